// A screen that many people use, one after the other: after a silence everything is erased, here and on the server, and
// the next person finds a first page. Whoever only reads slowly is asked first, and keeps all with one press.
import { element } from "./draw.js";
import { TEXTS } from "./texts.js";

const ASKED_BEFORE = 20; // seconds
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];

export class Idle {
  #seconds;
  #panel;
  #talk;
  #since = 0;
  #clock = null;
  #question = null;

  constructor(seconds, panel, talk) {
    this.#seconds = Math.max(seconds, 2 * ASKED_BEFORE);
    this.#panel = panel;
    this.#talk = talk;
    for (const sign of SIGNS) panel.box.addEventListener(sign, () => this.#moved(), { passive: true });
  }

  // What an earlier page left is erased; nothing is opened before somebody asks for it.
  async start() {
    if (this.#talk.conversation) await this.#talk.erase();
    const begin = element("button", { type: "button", class: "begin" }, TEXTS.start);
    this.#panel.box.classList.add("asleep");
    this.#panel.box.append(begin);
    begin.addEventListener("click", async () => {
      begin.remove();
      this.#panel.box.classList.remove("asleep");
      this.#moved();
      this.#clock = setInterval(() => this.#look(), 1000);
      await this.#talk.start();
      this.#panel.focus();
    });
    begin.focus();
  }

  #moved() {
    this.#since = Date.now();
    this.#question?.remove();
    this.#question = null;
  }

  #look() {
    const left = Math.ceil(this.#seconds - (Date.now() - this.#since) / 1000);
    if (left <= 0) return this.#forget();
    if (left > ASKED_BEFORE) return;
    if (this.#question) this.#question.firstChild.textContent = TEXTS.idle(left);
    else this.#ask(left);
  }

  #ask(left) {
    this.#question = element("div", { class: "ask", role: "alertdialog", "aria-label": TEXTS.here });
    const yes = element("button", { type: "button" }, TEXTS.here);
    yes.addEventListener("click", () => {
      this.#moved();
      this.#panel.focus();
    });
    this.#question.append(element("p", {}, TEXTS.idle(left)), yes);
    this.#panel.box.append(this.#question);
    yes.focus();
  }

  async #forget() {
    clearInterval(this.#clock);
    this.#question?.remove();
    this.#question = null;
    this.#panel.field.value = "";
    await this.start();
  }
}
