// The list of messages: in the order of their seq, each spoken once, what waits to be sent at its end.
import { TEXTS } from "./texts.js";
import { element, markUsed } from "./draw.js";

const NEAR_END = 80; // pixels: who reads the end goes on reading the end

export class Log {
  #drawer;
  #waiting = new Map(); // client_id → { box, says }
  #typing = element("p", { class: "typing", hidden: "" }, TEXTS.typing);
  #day = "";
  #lastAnswer = null;

  constructor(drawer) {
    this.#drawer = drawer;
    this.box = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": TEXTS.log, tabindex: "0" });
    this.area = element("div", { class: "area" });
    this.area.append(this.box, this.#typing);
  }

  // Speaks nothing of what `work` shows: messages of before.
  async silently(work) {
    this.box.setAttribute("aria-live", "off");
    try {
      await work();
    } finally {
      requestAnimationFrame(() => this.box.setAttribute("aria-live", "polite"));
    }
  }

  // Shows a stored message. Our own that was on its way keeps its element, so that it is not spoken again.
  show(message) {
    this.typing(false);
    if (message.author !== "user") this.#lastAnswer = message;
    const follows = this.#nearEnd();
    const own = message.author === "user" ? this.#takeWaiting(message) : null;
    if (message.author === "user" && !own) markUsed(this.box, message.text);
    const box = own ?? this.#drawer.message(message);
    box.dataset.id = message.id;
    const first = this.#waiting.values().next().value?.box;
    if (first && first !== box) this.box.insertBefore(box, first);
    else if (!own) this.box.append(box);
    this.#separate(box, message.created_at);
    if (message.author === "user") this.toTop(box);
    else if (follows) this.#keepInView();
  }

  // Shows a message that is on its way.
  queue({ client_id: id, text, says }) {
    if (this.#waiting.has(id)) return;
    const words = text ?? says;
    markUsed(this.box, words);
    const box = this.#drawer.message({ author: "user", text: words });
    box.classList.add("waiting");
    box.append(element("p", { class: "note" }, TEXTS.waiting));
    this.#waiting.set(id, { box, says: words });
    this.box.append(box);
    this.toTop(box);
  }

  // The gateway has it, under this id; if it is shown already, by another tab's or an earlier delivery, once is enough.
  sent({ client_id: id }, messageId) {
    const mine = this.#waiting.get(id);
    if (!mine) return;
    if (this.box.querySelector(`[data-id="${CSS.escape(messageId)}"]`)) {
      this.#waiting.delete(id);
      mine.box.remove();
      return;
    }
    mine.box.dataset.id = messageId;
    settle(mine.box);
  }

  // The gateway refuses it: it stays to be read, with why.
  refused({ client_id: id }, why) {
    const mine = this.#waiting.get(id);
    if (!mine) return;
    this.#waiting.delete(id);
    settle(mine.box);
    mine.box.append(element("p", { class: "note refused" }, TEXTS.refused(why)));
  }

  notice(text) {
    this.box.append(element("p", { class: "notice" }, text));
    this.#keepInView();
  }

  typing(now) {
    this.#typing.hidden = !now;
    if (now && this.#nearEnd()) this.#keepInView();
  }

  clear() {
    this.box.replaceChildren();
    this.#waiting.clear();
    this.#day = "";
    this.typing(false);
  }

  // What the person said goes to the top, so that the answer is read from its beginning.
  toTop(box) {
    this.area.scrollTop = box.offsetTop - 12;
  }

  lastAnswer() {
    return this.#lastAnswer;
  }

  text() {
    const lines = [...this.box.querySelectorAll(".message")].map((box) => box.innerText.trim());
    return lines.join("\n\n");
  }

  // By the id that the gateway gave, or by its words where the message comes before that answer.
  #takeWaiting({ id: stored, text }) {
    for (const [id, { box, says }] of this.#waiting) {
      if (box.dataset.id ? box.dataset.id !== stored : says.trim() !== text.trim()) continue;
      this.#waiting.delete(id);
      settle(box);
      return box;
    }
    return null;
  }

  #separate(box, when) {
    const day = new Date(when).toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long" });
    if (this.#day && day !== this.#day) this.box.insertBefore(element("p", { class: "day" }, day), box);
    this.#day = day;
  }

  #nearEnd() {
    return this.area.scrollHeight - this.area.scrollTop - this.area.clientHeight < NEAR_END;
  }

  // To the end, but never past the beginning of the last answer.
  #keepInView() {
    const said = [...this.box.querySelectorAll(".message.user")].at(-1);
    const end = this.area.scrollHeight - this.area.clientHeight;
    this.area.scrollTop = said ? Math.min(end, said.offsetTop - 12) : end;
  }
}

function settle(box) {
  box.classList.remove("waiting");
  box.querySelector(".note")?.remove();
}
