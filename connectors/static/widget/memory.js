// What the browser keeps: which conversation, and what is not known to have arrived. Where storage is forbidden, memory
// serves for as long as the page is open.

export class Memory {
  #name;
  #area;
  #instead = new Map();

  constructor(base, { area = "localStorage" } = {}) {
    this.#name = `piste:${base}`;
    try {
      this.#area = globalThis[area];
      this.#area.getItem(this.#name);
    } catch {
      this.#area = null;
    }
  }

  get conversation() {
    return this.#read(this.#name);
  }

  set conversation(value) {
    if (value) this.#write(this.#name, value);
    else this.#drop(this.#name);
  }

  // Each message waits under a key of its own, so that two tabs never overwrite each other's.
  get waiting() {
    const keys = this.#area ? Object.keys(this.#area) : [...this.#instead.keys()];
    const mine = keys.filter((key) => key.startsWith(`${this.#name}#`)).sort();
    return mine.map((key) => this.#read(key)).filter(Boolean);
  }

  wait(message) {
    this.#write(`${this.#name}#${message.order}`, message);
  }

  arrived(message) {
    this.#drop(`${this.#name}#${message.order}`);
  }

  get settings() {
    return this.#read(`${this.#name}!settings`) ?? {};
  }

  set settings(value) {
    this.#write(`${this.#name}!settings`, value);
  }

  // Calls back when another tab opened, changed or erased the conversation.
  watch(changed) {
    addEventListener("storage", (event) => {
      if (event.key === this.#name || event.key === null) changed(this.conversation);
    });
  }

  #read(key) {
    try {
      return JSON.parse((this.#area ? this.#area.getItem(key) : this.#instead.get(key)) ?? null);
    } catch {
      return null;
    }
  }

  #write(key, value) {
    const text = JSON.stringify(value);
    try {
      if (this.#area) return this.#area.setItem(key, text);
    } catch {
      this.#area = null; // full, or just forbidden
    }
    this.#instead.set(key, text);
  }

  #drop(key) {
    this.#instead.delete(key);
    this.#area?.removeItem(key);
  }
}
