// What one can do with the conversation besides writing: keep it, hear it, enlarge it, continue elsewhere, erase it.
import { element } from "./draw.js";
import { TEXTS } from "./texts.js";

const WORDS = TEXTS.actions;

export class Menu {
  #base;
  #talk;
  #panel;
  #log;
  #isAloud = false;

  constructor({ base, talk, panel, log, isKiosk }) {
    this.#base = base;
    this.#talk = talk;
    this.#panel = panel;
    this.#log = log;
    this.list = element("div", { class: "menu", id: "menu", hidden: "" });
    this.button = element("button", { type: "button", class: "icon", "aria-label": TEXTS.menu, "aria-expanded": "false", "aria-controls": "menu" }, "⋯");
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.#open()));
    this.#entries(isKiosk);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  #entries(isKiosk) {
    const own = !isKiosk; // on a screen of everybody's, nothing is kept or carried away
    if (own) this.#entry(WORDS.recap, () => this.#recap());
    if (own) this.#entry(WORDS.data, () => this.#download());
    if (own) this.#entry(WORDS.copy, () => this.#copy());
    if ("speechSynthesis" in globalThis) this.#entry(WORDS.aloud, (button) => this.#aloud(button));
    this.#entry(WORDS.bigger, () => this.#panel.resize(1), { stays: true });
    this.#entry(WORDS.smaller, () => this.#panel.resize(-1), { stays: true });
    this.#entry(WORDS.elsewhere, () => this.#elsewhere());
    if (own) this.#entry(WORDS.takeUp, () => this.#askCode(), { stays: true });
    this.#entry(WORDS.erase, () => this.#confirmErase(), { stays: true });
  }

  #entry(title, act, { stays = false } = {}) {
    const button = element("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      act(button);
      if (!stays) this.close({ focus: true });
    });
    this.list.append(button);
  }

  #open() {
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.list.querySelector("button").focus();
  }

  close({ focus = false } = {}) {
    this.list.hidden = true;
    this.list.querySelector(".ask")?.remove();
    this.button.setAttribute("aria-expanded", "false");
    if (focus) this.button.focus();
  }

  // The page asks for the conversation itself: its token stands in no address.
  #recap() {
    const page = open(`${this.#base}recap`, "_blank");
    const { origin } = new URL(this.#base);
    addEventListener("message", (event) => {
      if (event.source === page && event.origin === origin && event.data === "piste-recap") {
        page.postMessage(this.#talk.conversation, origin);
      }
    });
  }

  async #download() {
    const link = element("a", { download: TEXTS.file });
    link.href = URL.createObjectURL(await this.#talk.export());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#log.text());
      this.#panel.say(WORDS.copied);
    } catch {
      this.#panel.say(WORDS.notCopied);
    }
  }

  #aloud(button) {
    this.#isAloud = !this.#isAloud;
    button.textContent = this.#isAloud ? WORDS.notAloud : WORDS.aloud;
    if (!this.#isAloud) return speechSynthesis.cancel();
    const last = this.#log.lastAnswer();
    if (last) this.speak(last);
  }

  // Reads what the bot or a counsellor says, where it was asked for.
  speak({ author, text, cards = [] }) {
    if (!this.#isAloud || author === "user") return;
    const words = new SpeechSynthesisUtterance([text, ...cards.map((card) => `${card.title}. ${card.why}`)].join("\n"));
    words.lang = "fr-FR";
    speechSynthesis.speak(words);
  }

  async #elsewhere() {
    const { code, expires_at: until, detail } = await this.#talk.continuation();
    const time = until && new Date(until).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    this.#log.notice(code ? TEXTS.elsewhere(code, time) : detail);
  }

  #askCode() {
    const form = element("form", { class: "ask" });
    const field = element("input", { id: "code", required: "", maxlength: "12", autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
    form.append(element("label", { for: "code" }, TEXTS.askCode), field, element("button", { type: "submit" }, TEXTS.takeUp));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const why = await this.#talk.takeUp(field.value.trim());
      if (why) return this.#panel.say(why);
      this.close();
      this.#panel.focus();
    });
    this.#put(form, field);
  }

  #confirmErase() {
    const box = element("div", { class: "ask", role: "alertdialog", "aria-label": TEXTS.confirm });
    const yes = element("button", { type: "button", class: "grave" }, TEXTS.yes);
    const no = element("button", { type: "button" }, TEXTS.no);
    yes.addEventListener("click", () => {
      this.close();
      this.#panel.restart(TEXTS.erased);
    });
    no.addEventListener("click", () => this.close({ focus: true }));
    box.append(element("p", {}, TEXTS.confirm), yes, no);
    this.#put(box, no);
  }

  #put(box, focus) {
    this.list.querySelector(".ask")?.remove();
    this.list.append(box);
    focus.focus();
  }
}
