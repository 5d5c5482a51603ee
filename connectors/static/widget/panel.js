// The panel: its frame, where to write, what it says of the connection, and what opens and closes it.
import { Drawer, element } from "./draw.js";
import { Idle } from "./idle.js";
import { Log } from "./log.js";
import { Memory } from "./memory.js";
import { Menu } from "./menu.js";
import { Talk } from "./talk.js";
import { TEXTS } from "./texts.js";

const LONGEST = 2000; // characters of a message

export async function makePanel(host, base) {
  host.adopt(await (await fetch(new URL("widget.css", import.meta.url))).text());
  return new Panel(host, base);
}

class Panel {
  #host;
  #log;
  #talk;
  #memory;
  #menu;
  #unread = 0;
  #isPage;

  constructor(host, base) {
    this.#host = host;
    this.#isPage = host.dataset.mode === "page";
    const kiosk = Number(host.dataset.kiosk);
    const isShared = kiosk || host.dataset.memory === "session"; // computers that many people use
    this.#memory = new Memory(base, { area: isShared ? "sessionStorage" : "localStorage" });
    this.#log = new Log(new Drawer(base, (content) => this.#press(content)));
    this.#talk = new Talk(base, this.#memory, opening(host), this.#listener());
    this.#menu = new Menu({ base, talk: this.#talk, panel: this, log: this.#log, isKiosk: Boolean(kiosk) });
    this.#draw();
    this.#resize();
    if (kiosk) this.#idle = new Idle(kiosk, this, this.#talk);
    else if (this.#talk.conversation && !this.#isPage) this.#log.silently(() => this.#talk.start());
  }

  #idle = null;

  #draw() {
    this.box = element("section", { class: this.#isPage ? "panel" : "panel corner", "aria-labelledby": "title", ...(!this.#isPage && { role: "dialog", hidden: "" }) });
    this.box.lang = "fr";
    this.status = element("p", { class: "status", role: "status" });
    this.form = this.#makeForm();
    this.box.append(this.#makeHeader(), this.#menu.list, this.#log.area, this.status, this.form);
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event));
    this.#host.shadowRoot.append(this.box);
  }

  #makeHeader() {
    const header = element("header", {});
    const title = element("div", { class: "title" });
    const heading = element("h2", { id: "title" }, TEXTS.title);
    title.append(heading, element("p", {}, TEXTS.about));
    header.append(title, this.#menu.button);
    if (this.#isPage) return header;
    const close = element("button", { type: "button", class: "icon close", "aria-label": TEXTS.close }, "×");
    close.addEventListener("click", () => this.hide());
    header.append(close);
    return header;
  }

  #makeForm() {
    const form = element("form", {});
    this.field = element("textarea", { id: "text", rows: "2", maxlength: String(LONGEST), autocomplete: "off", enterkeyhint: "send" });
    form.append(element("label", { for: "text" }, TEXTS.field), this.field, element("button", { type: "submit" }, TEXTS.send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      this.field.focus();
      if (!text) return;
      this.field.value = "";
      this.#talk.send({ text });
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    return form;
  }

  #listener() {
    const log = this.#log;
    return {
      message: (message) => {
        log.show(message);
        this.#menu.speak(message);
        this.#read(message);
      },
      queued: (message) => log.queue(message),
      sent: (message, id) => log.sent(message, id),
      refused: (message, why) => {
        log.refused(message, why);
        if (message.text && !this.field.value) this.field.value = message.text;
      },
      typing: () => log.typing(true),
      state: (state) => this.#stateIs(state),
      status: (text) => this.say(text ?? "", { sticky: Boolean(text) }),
      gone: () => this.#gone(),
      reset: () => log.clear(),
    };
  }

  // What comes while the panel is closed is counted on the button that opens it, in later pages too.
  #read({ seq, author }) {
    if (!this.box.hidden) this.#memory.settings = { ...this.#memory.settings, read: seq };
    else if (author !== "user" && seq > (this.#memory.settings.read ?? 0)) this.#count(this.#unread + 1);
  }

  #state = "bot";

  #stateIs(state) {
    if (state !== this.#state) this.#log.notice(TEXTS[state]);
    this.#state = state;
  }

  #gone() {
    this.#log.clear();
    this.#log.notice(TEXTS.gone);
    const again = element("button", { type: "button" }, TEXTS.fresh);
    again.addEventListener("click", () => this.restart(TEXTS.fresh));
    this.#log.box.append(again);
  }

  // Erases, and begins again where the person is looking.
  async restart(said) {
    await this.#talk.erase();
    if (said) this.say(said);
    await this.#talk.start();
    this.focus();
  }

  #offline = "";

  // `sticky`: said for as long as it lasts; « » takes it away but leaves what somebody else said.
  say(text, { sticky = false } = {}) {
    if (!text && this.status.textContent !== this.#offline) return;
    if (sticky) this.#offline = text;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // The button pressed becomes text: whoever stood on it is brought to where the answer comes.
  #press(content) {
    this.#talk.send(content);
    this.focus();
  }

  async show() {
    this.box.hidden = false;
    this.#host.launcher?.setAttribute("aria-expanded", "true");
    if (this.#host.launcher) this.#host.launcher.hidden = true;
    this.#count(0);
    if (!this.#isPage) this.focus();
    this.say("");
    this.#memory.settings = { ...this.#memory.settings, read: this.#talk.lastSeq };
    if (this.#idle) await this.#idle.start();
    else if (this.#talk.conversation) await this.#log.silently(() => this.#talk.start());
    else await this.#talk.start();
  }

  hide() {
    if (this.#isPage) return;
    this.box.hidden = true;
    this.#menu.close();
    this.#host.launcher.hidden = false;
    this.#host.launcher.setAttribute("aria-expanded", "false");
    this.#host.launcher.focus();
  }

  // With a keyboard at hand, to the field; on a phone, where that would cover half the screen, to the conversation.
  focus() {
    (matchMedia("(pointer: fine)").matches ? this.field : this.#log.box).focus({ preventScroll: true });
  }

  #escape(event) {
    event.stopPropagation();
    if (this.#menu.isOpen) this.#menu.close({ focus: true });
    else this.hide();
  }

  #count(number) {
    this.#unread = number;
    if (this.#host.launcher) this.#host.unread = number;
  }

  resize(step) {
    const size = Math.min(1.75, Math.max(0.875, (this.#memory.settings.size ?? 1) + step * 0.125));
    this.#memory.settings = { ...this.#memory.settings, size };
    this.#resize();
  }

  #resize() {
    this.box.style.setProperty("--piste-size", this.#memory.settings.size ?? 1);
  }
}

function opening({ dataset }) {
  const asked = { origin: dataset.origin, join_code: dataset.joinCode };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
}
