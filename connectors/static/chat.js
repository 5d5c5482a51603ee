// The chat page: sends once, whatever the network does, and shows messages in the order of their seq.
import { TEXTS } from "./texts.js";
import { drawMessage } from "./draw.js";

const API = "/api/v1/conversations";
const RETRY_AFTER = 1500; // milliseconds
const list = document.querySelector("#messages");
const status = document.querySelector("#status");
const form = document.querySelector("#form");
const field = document.querySelector("#text");

let conversation = read("piste-conversation"); // { id, token }
let lastSeq = 0;
let stream = new AbortController();
let outgoing = read("piste-outgoing") ?? []; // what is not known to have arrived, oldest first
let sending = false;

start();

async function start() {
  if (!conversation || !(await reload())) await open();
  follow();
  flush();
}

async function open() {
  lastSeq = 0;
  list.replaceChildren();
  const answer = await persist(() => call("POST", "", { locale: "fr", origin: "page" }));
  const opened = await answer.json();
  conversation = { id: opened.id, token: opened.token };
  keep("piste-conversation", conversation);
  opened.replies.forEach(show);
}

async function reload() {
  const answer = await persist(() => call("GET", `/${conversation.id}/messages`));
  if (!answer.ok) return false;
  (await answer.json()).messages.forEach(show);
  return true;
}

function show(message) {
  if (message.seq <= lastSeq) return;
  lastSeq = message.seq;
  list.append(drawMessage(message, press));
  status.textContent = "";
  // What the person said goes to the top, so that the answer is read from its beginning.
  if (message.author === "user") list.lastElementChild.scrollIntoView({ block: "start" });
}

function press(choice) {
  send({ payload: choice.payload });
}

function send(content) {
  outgoing.push({ client_id: crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now(), ...content });
  keep("piste-outgoing", outgoing);
  flush();
}

// The same client_id is sent until an answer comes: the gateway runs it once.
async function flush() {
  if (sending) return;
  sending = true;
  while (outgoing.length) {
    status.textContent = TEXTS.sending;
    const answer = await persist(() => call("POST", `/${conversation.id}/messages`, outgoing[0]));
    status.textContent = answer.ok ? TEXTS.typing : TEXTS.refused + (await answer.json()).detail;
    outgoing.shift();
    keep("piste-outgoing", outgoing);
  }
  sending = false;
}

async function follow() {
  stream = new AbortController();
  const { signal } = stream;
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${API}/${conversation.id}/events`, {
        headers: { Authorization: `Bearer ${conversation.token}`, "Last-Event-ID": String(lastSeq) },
        signal,
      });
      if (answer.status === 404) return;
      if (answer.ok) await readEvents(answer.body);
    } catch {
      if (signal.aborted) return;
      status.textContent = TEXTS.offline;
    }
    await pause();
  }
}

async function readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    events.forEach(handle);
  }
}

function handle(event) {
  const fields = Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s, 2)));
  if (fields.event === "message") show(JSON.parse(fields.data));
  if (fields.event === "typing") status.textContent = TEXTS.typing;
}

function call(method, path, body) {
  const headers = conversation ? { Authorization: `Bearer ${conversation.token}` } : {};
  if (body) headers["Content-Type"] = "application/json";
  return fetch(API + path, { method, headers, body: body && JSON.stringify(body) });
}

// Until somebody answers: a dropped network or a service that restarts is only a delay.
async function persist(attempt) {
  for (;;) {
    try {
      const answer = await attempt();
      if (answer.status < 500 && answer.status !== 429) return answer;
    } catch {
      // the network is away
    }
    status.textContent = TEXTS.offline;
    await pause();
  }
}

function pause() {
  return new Promise((done) => setTimeout(done, RETRY_AFTER));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  send({ text });
  field.value = "";
  field.focus();
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.querySelector("#erase").addEventListener("click", async () => {
  if (!confirm(TEXTS.confirmErase)) return;
  stream.abort();
  await persist(() => call("DELETE", `/${conversation.id}`));
  outgoing = [];
  keep("piste-outgoing", outgoing);
  conversation = null;
  await open();
  status.textContent = TEXTS.erased;
  follow();
});

document.querySelector("#copy").addEventListener("click", async () => {
  const answer = await persist(() => call("GET", `/${conversation.id}/export`));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = "piste-mes-donnees.json";
  link.click();
  URL.revokeObjectURL(link.href);
});

// A browser that forbids storage still gets a conversation, for as long as the page is open.
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // nothing to do
  }
}
