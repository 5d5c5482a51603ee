// One conversation over the network: opens it, sends each message once and in order, follows its events, and takes all of
// it up again after whatever happened to the network, the server or the page.
import { TEXTS } from "./texts.js";

const RETRY_AFTER = 1500; // milliseconds
const LONGEST_RETRY = 15_000;
// The server says something every 15 s: beyond this the line is dead, or doubtful when a phone wakes up.
const SILENT_TOO_LONG = 40_000;
const SILENT_ON_WAKING = 20_000;

export class Talk {
  #api;
  #memory;
  #opening; // what to say of ourselves when opening: origin, join_code
  #heard; // callbacks: message, queued, sent, refused, typing, state, status, reset
  #lastSeq = 0;
  #line = null; // the AbortController of the open event stream
  #heardAt = Infinity; // when the line last said something
  #hangUp = () => {};
  #sending = false;
  #started = null;

  constructor(base, memory, opening, heard) {
    this.#api = `${base}api/v1/conversations`;
    this.#memory = memory;
    this.#opening = opening;
    this.#heard = heard;
    memory.watch((conversation) => this.#elsewhere(conversation));
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
  }

  get conversation() {
    return this.#memory.conversation;
  }

  get lastSeq() {
    return this.#lastSeq;
  }

  // Opens or takes up the conversation; the promise is kept once its messages are shown.
  start() {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin() {
    if (!this.conversation || !(await this.#catchUp())) await this.#open();
    this.#memory.waiting.forEach((message) => this.#heard.queued(message));
    this.#follow();
    this.#flush();
  }

  async #open() {
    const alone = navigator.locks ? (work) => navigator.locks.request(`piste ${this.#api}`, work) : (work) => work();
    await alone(async () => {
      if (this.conversation && (await this.#catchUp())) return; // another tab was quicker
      const answer = await this.#persist(() => this.#call("POST", "", { locale: "fr", ...this.#opening }));
      if (!answer.ok) throw new Error(`no conversation: ${answer.status}`);
      const { id, token, replies } = await answer.json();
      this.#memory.conversation = { id, token };
      replies.forEach((message) => this.#show(message));
    });
  }

  // Shows what is not shown yet; false where the conversation is no more.
  async #catchUp() {
    const answer = await this.#persist(() => this.#mine("GET", `/messages?after=${this.#lastSeq}`));
    if (!answer.ok) return false;
    (await answer.json()).messages.forEach((message) => this.#show(message));
    return true;
  }

  #show(message) {
    if (message.seq <= this.#lastSeq) return;
    this.#lastSeq = message.seq;
    this.#heard.message(message);
  }

  send(content) {
    const now = Date.now();
    const unique = crypto.randomUUID?.() ?? `${now}-${Math.random().toString(36).slice(2)}`;
    const order = `${String(now).padStart(15, "0")}-${String(performance.now()).padStart(16, "0")}-${unique}`;
    const message = { client_id: unique, order, ...content };
    this.#memory.wait(message);
    this.#heard.queued(message);
    this.#flush();
  }

  // The same client_id is sent until an answer comes: the gateway runs it once.
  async #flush() {
    if (this.#sending || !this.conversation) return;
    this.#sending = true;
    try {
      for (let next = this.#memory.waiting[0]; next; next = this.#memory.waiting[0]) await this.#deliver(next);
    } finally {
      this.#sending = false;
    }
  }

  async #deliver(message) {
    const { client_id, text, payload } = message;
    const body = payload === undefined ? { client_id, text } : { client_id, payload };
    const answer = await this.#persist(() => this.#mine("POST", "/messages", body));
    if (answer.status === 404 || answer.status === 401) {
      // Erased meanwhile, by silence or from elsewhere: words are said again in a new conversation, a button has no sense there.
      if (payload !== undefined) this.#memory.arrived(message);
      return this.#again();
    }
    this.#memory.arrived(message);
    if (answer.ok) this.#heard.sent(message, (await answer.json()).message_id);
    else this.#heard.refused(message, (await answer.json()).detail);
  }

  async #follow() {
    this.#line?.abort();
    const line = new AbortController();
    this.#line = line;
    while (!line.signal.aborted) {
      const conversation = this.conversation;
      try {
        const answer = await this.#mine("GET", "/events", undefined, { "Last-Event-ID": String(this.#lastSeq) }, line.signal);
        if (answer.ok) {
          this.#heard.status(null);
          await this.#listen(answer.body, line);
        } else if (answer.status === 404 || answer.status === 401) {
          if (this.#line === line && conversation?.id === this.conversation?.id) this.#heard.gone();
          return;
        }
      } catch {
        if (line.signal.aborted) return;
        this.#heard.status(TEXTS.offline);
      }
      await this.#pause(RETRY_AFTER);
    }
  }

  async #listen(body, line) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    this.#hangUp = () => reader.cancel();
    let text = "";
    for (;;) {
      this.#heardAt = Date.now();
      const silence = setTimeout(this.#hangUp, SILENT_TOO_LONG);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done || this.#line !== line) return;
      const events = (text + value).split("\n\n");
      text = events.pop();
      events.forEach((event) => this.#handle(event));
    }
  }

  #handle(event) {
    const fields = Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s, 2)));
    if (fields.event === "message") this.#show(JSON.parse(fields.data));
    if (fields.event === "typing") this.#heard.typing();
    if (fields.event === "state") this.#heard.state(JSON.parse(fields.data).state);
  }

  // Another tab erased the conversation, or began one.
  #elsewhere(conversation) {
    if (!this.#started) return;
    if (!conversation) return this.#heard.gone();
    this.#reset();
    this.#started = this.#begin();
  }

  async #again() {
    this.#reset();
    this.#memory.conversation = null;
    await this.#open();
    this.#memory.waiting.forEach((message) => this.#heard.queued(message));
    this.#follow();
  }

  #reset() {
    this.#line?.abort();
    this.#lastSeq = 0;
    this.#heard.reset();
  }

  // Erases everywhere, here at once: what waits to be sent is dropped too.
  async erase({ keepalive = false } = {}) {
    this.#line?.abort();
    this.#memory.waiting.forEach((message) => this.#memory.arrived(message));
    if (this.conversation) await this.#persist(() => this.#mine("DELETE", "", undefined, {}, undefined, keepalive));
    this.#memory.conversation = null;
    this.#started = null;
    this.#reset();
  }

  // Takes up a conversation that was begun elsewhere, by its short code; false where the code opens none.
  async takeUp(code) {
    const answer = await this.#persist(() => this.#call("POST", "", { code }, {}, undefined, false, "continuations"));
    if (!answer.ok) return (await answer.json()).detail;
    const { id, token } = await answer.json();
    this.#reset();
    this.#memory.conversation = { id, token };
    this.#started = this.#begin();
    return null;
  }

  async continuation() {
    return (await this.#persist(() => this.#mine("POST", "/continuation"))).json();
  }

  async export() {
    return (await this.#persist(() => this.#mine("GET", "/export"))).blob();
  }

  #mine(method, path, body, headers = {}, signal = undefined, keepalive = false) {
    const { id, token } = this.conversation;
    return this.#call(method, `/${id}${path}`, body, { Authorization: `Bearer ${token}`, ...headers }, signal, keepalive);
  }

  #call(method, path, body, headers = {}, signal = undefined, keepalive = false, under = "conversations") {
    if (body) headers = { ...headers, "Content-Type": "application/json" };
    const url = this.#api.replace(/conversations$/, under) + path;
    return fetch(url, { method, headers, body: body && JSON.stringify(body), signal, keepalive, credentials: "omit" });
  }

  // Until somebody answers: a dropped network or a service that restarts is only a delay.
  async #persist(attempt) {
    for (let tries = 0; ; tries++) {
      let wait = Math.min(RETRY_AFTER * 1.5 ** tries, LONGEST_RETRY);
      try {
        const answer = await attempt();
        if (answer.status < 500 && answer.status !== 429) {
          this.#heard.status(null);
          return answer;
        }
        wait = 1000 * Number(answer.headers.get("Retry-After")) || wait;
      } catch {
        // the network is away
      }
      this.#heard.status(TEXTS.offline);
      await this.#pause(wait);
    }
  }

  #wakers = new Set();

  #pause(milliseconds) {
    return new Promise((done) => {
      const waker = () => {
        clearTimeout(timer);
        this.#wakers.delete(waker);
        done();
      };
      const timer = setTimeout(waker, milliseconds);
      this.#wakers.add(waker);
    });
  }

  #wake() {
    if (Date.now() - this.#heardAt > SILENT_ON_WAKING) this.#hangUp();
    [...this.#wakers].forEach((waker) => waker());
  }
}
