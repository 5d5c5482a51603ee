// « Mon récap »: reads the conversation of this browser, or of the page that opened this one, and lays it out on a page.
import { TEXTS } from "./recap-texts.js";
import { element } from "./widget/draw.js";
import { Memory } from "./widget/memory.js";

const FACTS = 3; // of each card, so that all fits on a sheet
const PATIENCE = 3000; // milliseconds
const KEPT = ["Adresse", "Téléphone", "Inscription", "À apporter", "Prochaine session", "Pour entrer", "Horaires"];
const main = document.querySelector("#recap");
const status = document.querySelector("#status");

document.querySelector("#print").addEventListener("click", () => window.print());
load();

async function load() {
  const conversation = opener ? await asked(opener) : new Memory(new URL("/", location).href).conversation;
  if (!conversation) return say(TEXTS.nothing);
  const answer = await fetch(`/api/v1/conversations/${conversation.id}/recap`, {
    headers: { Authorization: `Bearer ${conversation.token}` },
  });
  if (!answer.ok) return say(TEXTS.nothing);
  draw(await answer.json());
}

// The widget of another site holds the conversation: it answers the page that it opened itself, and no other.
function asked(widget) {
  return new Promise((done) => {
    addEventListener("message", ({ source, data }) => source === widget && done(data));
    setTimeout(done, PATIENCE);
    widget.postMessage("piste-recap", "*");
  });
}

function say(text) {
  status.textContent = text;
}

function draw({ written_at, told, cards }) {
  document.querySelector("#when").textContent = TEXTS.when(new Date(written_at).toLocaleDateString("fr-FR"));
  if (!told.length && !cards.length) return say(TEXTS.nothing);
  if (told.length) main.append(section(TEXTS.me, told.map((line) => element("li", {}, line)), "ul"));
  for (const [kind, title] of Object.entries(TEXTS.kinds)) {
    const mine = cards.filter((card) => card.kind === kind);
    if (mine.length) main.append(section(title, mine.map(drawCard), "div"));
  }
  main.append(section(TEXTS.questions, TEXTS.asked.map((line) => element("li", {}, line)), "ul"));
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
