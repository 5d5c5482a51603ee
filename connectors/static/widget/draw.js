// Messages, cards and buttons as elements. Text is only ever text, never markup; addresses are only of kinds that open
// pages, calls or mails.
import { TEXTS } from "./texts.js";

const OPENS = ["http:", "https:", "tel:", "mailto:"];
const LINKS = /(https?:\/\/[^\s<>"»]+[^\s<>"».,;:!?)])/;
const AT_A_GLANCE = 120; // characters
const OUTSIDE = 20; // pixels of the next card that show there is one

export class Drawer {
  #base;
  #press;

  constructor(base, press) {
    this.#base = base;
    this.#press = press;
  }

  message(message) {
    const box = element("div", { class: `message ${message.author}` });
    box.append(element("span", { class: "who" }, who(message)));
    if (message.text) box.append(this.#text(message.text));
    if (message.image) box.append(element("img", { src: this.#address(message.image.url) ?? "", alt: message.image.alt }));
    if (message.cards?.length) box.append(this.#cards(message.cards));
    if (message.buttons?.length) box.append(this.#choices(message.buttons));
    return box;
  }

  #text(text) {
    const paragraph = element("p", { class: "text" });
    text.split(LINKS).forEach((part, index) => paragraph.append(index % 2 ? this.#link(part, part) : part));
    return paragraph;
  }

  #link(url, title, about = "") {
    const address = this.#address(url);
    if (!address) return title;
    const made = element("a", { href: address, rel: "noopener noreferrer", ...(about && { "aria-label": about }) }, title);
    if (/^https?:/.test(address) && !address.endsWith(".ics")) made.target = "_blank";
    return made;
  }

  #address(url) {
    try {
      const found = new URL(url, this.#base);
      return OPENS.includes(found.protocol) ? found.href : null;
    } catch {
      return null;
    }
  }

  #cards(cards) {
    const list = element("ul", { class: "cards", role: "list", "aria-label": TEXTS.cards(cards.length) });
    list.append(...cards.map((card) => wrap("li", this.#card(card))));
    if (cards.length === 1) return list;
    const box = element("div", { class: "carousel" });
    box.append(list, steps(list));
    return box;
  }

  #card(card) {
    const box = element("article", { class: `card ${card.kind}` });
    const kind = [TEXTS.kinds[card.kind], card.demo ? TEXTS.demo : null].filter(Boolean).join(" · ");
    box.append(element("p", { class: "kind" }, kind), element("h3", {}, card.title));
    const where = card.distance_km === null ? null : TEXTS.distance(card.distance_km);
    const under = [card.subtitle, where].filter(Boolean).join(" · ");
    if (under) box.append(element("p", {}, under));
    box.append(element("p", { class: "why" }, card.why));
    const [first, rest] = sentences(card.text ?? "");
    if (first) box.append(element("p", {}, first));
    if (rest || card.facts.length) box.append(details(card, rest));
    const verified = new Date(card.verified_at).toLocaleDateString("fr-FR");
    box.append(element("p", { class: "source" }, TEXTS.source(card.source, verified)));
    if (card.actions.length) box.append(this.#choices(card.actions, card.title));
    return box;
  }

  // What pressing a button says is its title, on a card followed by the card's: by it a used button is known.
  #choices(choices, about = "") {
    const row = element("div", { class: about ? "choices" : "choices answers" });
    for (const choice of choices) {
      const says = about ? `${choice.title} : ${about}` : choice.title;
      if (choice.url) {
        row.append(this.#link(choice.url, choice.title, `${says} (${TEXTS.newTab})`));
        continue;
      }
      const button = element("button", { type: "button", "data-says": says, ...(about && { "aria-label": says }) }, choice.title);
      button.addEventListener("click", () => this.#press({ payload: choice.payload, says }));
      row.append(button);
    }
    return row;
  }
}

// Turns the buttons that these words press into text, wherever the person pressed or typed them.
export function markUsed(log, says) {
  const same = [...log.querySelectorAll("button[data-says]")].filter((button) => button.dataset.says === says);
  const button = same.at(-1);
  if (!button) return;
  const row = button.parentElement;
  const chosen = element("span", { class: "chosen" });
  chosen.append(element("span", { class: "who" }, TEXTS.chosen), button.textContent);
  if (row.classList.contains("answers")) row.replaceChildren(chosen);
  else button.replaceWith(chosen);
}

// A card is read at a glance: the first sentence of its text, the others with the details.
function sentences(text) {
  const end = text.search(/[.!?…] /);
  return end < 0 || text.length < AT_A_GLANCE ? [text, ""] : [text.slice(0, end + 1), text.slice(end + 2)];
}

function details(card, rest) {
  const more = element("details", {});
  const summary = element("summary", {}, TEXTS.details);
  summary.append(element("span", { class: "who" }, ` : ${card.title}`));
  const list = element("dl", {});
  card.facts.forEach(({ label, value }) => list.append(element("dt", {}, label), element("dd", {}, value)));
  more.append(summary);
  if (rest) more.append(element("p", {}, rest));
  if (card.facts.length) more.append(list);
  return more;
}

function steps(list) {
  const row = element("div", { class: "steps" });
  for (const [sign, label, way] of [["‹", TEXTS.previous, -1], ["›", TEXTS.next, 1]]) {
    const button = element("button", { type: "button", "aria-label": label }, sign);
    button.addEventListener("click", () => list.scrollBy({ left: way * (list.firstElementChild.offsetWidth + OUTSIDE) }));
    row.append(button);
  }
  return row;
}

export function who({ author, author_name: name }) {
  return author === "counsellor" ? TEXTS.who.counsellor(name) : TEXTS.who[author];
}

function wrap(name, child) {
  const made = element(name, {});
  made.append(child);
  return made;
}

export function element(name, attributes, text) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}
