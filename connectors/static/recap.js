// « Mon récap »: reads the conversation of this tab and lays it out on one page.
import { TEXTS } from "./texts.js";
import { element } from "./draw.js";

const FACTS = 3; // of each card, so that all fits on a sheet
const KEPT = ["Adresse", "Téléphone", "Inscription", "À apporter", "Prochaine session", "Pour entrer", "Horaires"];
const main = document.querySelector("#recap");
const status = document.querySelector("#status");

document.querySelector("#print").addEventListener("click", () => window.print());
load();

async function load() {
  const conversation = JSON.parse(sessionStorage.getItem("piste-conversation"));
  if (!conversation) return say(TEXTS.recap.nothing);
  const answer = await fetch(`/api/v1/conversations/${conversation.id}/recap`, {
    headers: { Authorization: `Bearer ${conversation.token}` },
  });
  if (!answer.ok) return say(TEXTS.recap.nothing);
  draw(await answer.json());
}

function say(text) {
  status.textContent = text;
}

function draw({ written_at, told, cards }) {
  document.querySelector("#when").textContent = TEXTS.recap.when(new Date(written_at).toLocaleDateString("fr-FR"));
  if (!told.length && !cards.length) return say(TEXTS.recap.nothing);
  if (told.length) main.append(section(TEXTS.recap.me, told.map((line) => element("li", {}, line)), "ul"));
  for (const [kind, title] of Object.entries(TEXTS.recap.kinds)) {
    const mine = cards.filter((card) => card.kind === kind);
    if (mine.length) main.append(section(title, mine.map(drawCard), "div"));
  }
  main.append(section(TEXTS.recap.questions, TEXTS.recap.asked.map((line) => element("li", {}, line)), "ul"));
}

function section(title, children, holder) {
  const made = element("section", {});
  const inside = element(holder, {});
  inside.append(...children);
  made.append(element("h2", {}, title), inside);
  return made;
}

function drawCard(card) {
  const box = element("article", {});
  const title = card.demo ? `${card.title} (${TEXTS.demo})` : card.title;
  box.append(element("h3", {}, title));
  if (card.subtitle) box.append(element("p", {}, card.subtitle));
  box.append(element("p", { class: "why" }, card.why));
  const facts = card.facts.filter(({ label }) => KEPT.includes(label)).slice(0, FACTS);
  if (facts.length) box.append(element("p", {}, facts.map(({ label, value }) => `${label} : ${value}`).join(" · ")));
  return box;
}
