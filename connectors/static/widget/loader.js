// The one script of a site: `<script src="https://…/widget.js" data-…>`. It draws the button that opens Piste; the rest
// is fetched when somebody opens it, points at it, or has a conversation already. Nothing is stored before that.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
  const base = new URL(".", script.src).href;
  const STYLE = `
    :host { --piste-accent: #174ea6; --piste-on-accent: #fff; --piste-font: system-ui, sans-serif; font-family: var(--piste-font); }
    :host(:not([data-mode="page"])) { position: fixed; z-index: 2147483000; right: 0; bottom: 0; width: 0; height: 0; }
    .corner { position: fixed; right: 1rem; bottom: 1rem; }
    :host([data-position="left"]) .corner { right: auto; left: 1rem; }
    :host([data-mode="page"]) { display: block; height: 100%; }
    .open { font: 600 1rem/1.2 var(--piste-font); min-height: 3.25rem; padding: .6rem 1.25rem; border: 2px solid var(--piste-on-accent); border-radius: 2rem;
            background: var(--piste-accent); color: var(--piste-on-accent); cursor: pointer; box-shadow: 0 2px 10px #0005; }
    .open:focus-visible, .greeting button:focus-visible { outline: 3px solid #b3261e; outline-offset: 3px; box-shadow: 0 0 0 6px #fff; }
    .unread { display: inline-block; min-width: 1.4em; margin-left: .5rem; padding: .1em .3em; border-radius: 1em; background: #b3261e; color: #fff; }
    .greeting { bottom: 5.25rem; width: max-content; max-width: min(18rem, calc(100vw - 2rem)); display: flex; gap: .5rem; align-items: start; padding: .75rem;
                border-radius: .75rem; background: #fff; color: #1d2433; border: 1px solid #5a6478; box-shadow: 0 2px 10px #0005; }
    .greeting button { font: inherit; min-width: 2.75rem; min-height: 2.75rem; border: 0; background: none; color: inherit; cursor: pointer; }
    [hidden] { display: none !important; }
    @media print { :host(:not([data-mode="page"])) { display: none; } }`;
  const WORDS = { open: "Parler avec Piste", unread: (n) => (n > 1 ? `${n} messages non lus` : "1 message non lu"), dismiss: "Fermer ce message" };

  class PisteChat extends HTMLElement {
    #panel = null; // a promise of the panel, once asked for
    #launcher = null;
    #badge = null;
    #greeting = null; // the timer of what is said first

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      this.adopt(STYLE);
      if (this.dataset.color) this.#paint(this.dataset.color);
      if (this.dataset.mode === "page") return void this.open();
      this.#drawLauncher(root);
      const delay = 1000 * (Number(this.dataset.greetingDelay) || 0);
      if (this.dataset.greeting) this.#greeting = setTimeout(() => this.#greet(root), delay);
      if (this.#hasConversation()) this.#load(); // to count what is not read
    }

    // Styles that a site's policy on inline styles says nothing of; as an element in browsers before 2023.
    adopt(css) {
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets, sheet];
      } catch {
        const style = document.createElement("style");
        style.textContent = css;
        this.shadowRoot.append(style);
      }
    }

    get launcher() {
      return this.#launcher;
    }

    // Written by the panel: how many messages came while it was closed.
    set unread(number) {
      this.#badge.hidden = !number;
      this.#badge.textContent = number || "";
      this.#launcher.setAttribute("aria-label", number ? `${this.#title()}, ${WORDS.unread(number)}` : this.#title());
    }

    async open() {
      clearTimeout(this.#greeting);
      this.shadowRoot.querySelector(".greeting")?.remove();
      (await this.#load()).show();
    }

    async close() {
      (await this.#panel)?.hide();
    }

    #title() {
      return this.dataset.title || WORDS.open;
    }

    #drawLauncher(root) {
      this.#launcher = document.createElement("button");
      this.#launcher.type = "button";
      this.#launcher.className = "open corner";
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#badge = document.createElement("span");
      this.#badge.className = "unread";
      this.#badge.hidden = true;
      this.#launcher.append(this.#title(), this.#badge);
      this.#launcher.addEventListener("click", () => this.open());
      for (const sign of ["pointerenter", "focus"]) this.#launcher.addEventListener(sign, () => this.#load(), { once: true });
      root.append(this.#launcher);
    }

    #greet(root) {
      if (this.#dismissed()) return;
      const bubble = document.createElement("div");
      bubble.className = "greeting corner";
      bubble.setAttribute("role", "status");
      const close = document.createElement("button");
      close.type = "button";
      close.setAttribute("aria-label", WORDS.dismiss);
      close.textContent = "×";
      close.addEventListener("click", () => {
        bubble.remove();
        this.#dismissed(true);
        this.#launcher.focus();
      });
      root.prepend(bubble);
      bubble.append(this.dataset.greeting, close); // after the region exists, so that it is spoken
    }

    // Remembered for this tab, and only once the person closed it.
    #dismissed(now = false) {
      try {
        if (now) sessionStorage.setItem("piste-greeting", "closed");
        return sessionStorage.getItem("piste-greeting") !== null;
      } catch {
        return now;
      }
    }

    #hasConversation() {
      try {
        return localStorage.getItem(`piste:${base}`) !== null;
      } catch {
        return false;
      }
    }

    #load() {
      this.#panel ??= import(`${base}static/widget/panel.js`)
        .then(({ makePanel }) => makePanel(this, base))
        .catch((error) => {
          this.#panel = null; // the network was away: the next click tries again
          throw error;
        });
      return this.#panel;
    }

    // Black or white on the site's colour, whichever is read better (WCAG 2.1, relative luminance).
    #paint(color) {
      const pen = document.createElement("canvas").getContext("2d");
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      this.style.setProperty("--piste-accent", color);
      this.style.setProperty("--piste-on-accent", 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#fff" : "#000");
    }
  }

  if (!customElements.get("piste-chat")) customElements.define("piste-chat", PisteChat);

  function mount() {
    if (document.querySelector("piste-chat")) return;
    const made = document.createElement("piste-chat");
    Object.assign(made.dataset, script.dataset);
    document.body.append(made);
  }
  if (document.body && document.readyState !== "loading") mount();
  else document.addEventListener("DOMContentLoaded", mount);
})();
