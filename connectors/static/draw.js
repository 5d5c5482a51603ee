// Messages, cards and buttons as elements. Text is only ever text, never markup.
import { TEXTS } from "./texts.js";

export function drawMessage(message, press) {
  const item = element("li", { class: `message ${message.author}` });
  item.append(element("span", { class: "who" }, `${message.author_name} : `));
  if (message.text) item.append(element("p", { class: "text" }, message.text));
  if (message.image) item.append(element("img", { src: message.image.url, alt: message.image.alt }));
  if (message.cards.length) {
    const cards = element("div", { class: "cards" });
    message.cards.forEach((card) => cards.append(drawCard(card, press)));
    item.append(cards);
  }
  if (message.buttons.length) item.append(drawChoices(message.buttons, press));
  return item;
}

function drawCard(card, press) {
  const box = element("article", { class: "card" });
  const kind = [TEXTS.kinds[card.kind], card.demo ? TEXTS.demo : null].filter(Boolean).join(" · ");
  box.append(element("p", { class: "kind" }, kind), element("h2", {}, card.title));
  const where = card.distance_km === null ? null : TEXTS.distance(card.distance_km);
  const under = [card.subtitle, where].filter(Boolean).join(" · ");
  if (under) box.append(element("p", {}, under));
  box.append(element("p", { class: "why" }, card.why));
  if (card.text) box.append(element("p", {}, card.text));
  if (card.facts.length) {
    const facts = element("dl", {});
    card.facts.forEach(({ label, value }) => facts.append(element("dt", {}, label), element("dd", {}, value)));
    const more = element("details", {});
    more.append(element("summary", {}, TEXTS.details), facts);
    box.append(more);
  }
  const verified = new Date(card.verified_at).toLocaleDateString("fr-FR");
  box.append(element("p", { class: "source" }, TEXTS.source(card.source, verified)));
  if (card.actions.length) box.append(drawChoices(card.actions, press, card.title));
  return box;
}

function drawChoices(choices, press, about = "") {
  const row = element("div", { class: "choices" });
  choices.forEach((choice) => {
    const label = about ? { "aria-label": `${choice.title} : ${about}` } : {};
    if (choice.url) {
      row.append(element("a", { href: choice.url, rel: "noreferrer", target: "_blank", ...label }, choice.title));
      return;
    }
    const button = element("button", { type: "button", ...label }, choice.title);
    button.addEventListener("click", () => press(choice));
    row.append(button);
  });
  return row;
}

export function element(name, attributes, text) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}
