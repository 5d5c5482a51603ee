// An open transcript: what is said arrives by itself, a message leaves without loading the page again.
import { shortcuts } from "./keys.js";

const TYPING_EVERY = 3000; // milliseconds
const frame = document.getElementById("transcript");
const lines = document.getElementById("lines");
const form = document.querySelector("form.write");
const field = form?.elements.text;
const path = frame.dataset.path;
const DRAFT = `piste-console:draft:${path}`;

const atEnd = () => lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
const toEnd = () => lines.scrollTo({ top: lines.scrollHeight });
const last = () => Number(lines.lastElementChild?.dataset.seq ?? 0);
let asking = Promise.resolve();

async function add() {
    const answer = await fetch(`${path}/suite?after=${last()}`);
    if (!answer.ok) return;
    const followed = atEnd();
    const made = document.createRange().createContextualFragment(await answer.text());
    for (const line of [...made.querySelectorAll("li.message")]) {
        if (Number(line.dataset.seq) > last()) lines.append(line);
    }
    if (followed) toEnd();
}

const stream = new EventSource(`${path}/flux`);
stream.addEventListener("change", (event) => {
    const { seq, state } = JSON.parse(event.data);
    if (Number(seq) > last()) asking = asking.then(add, add);
    if (state !== frame.dataset.state) {
        asking = asking.finally(() => location.reload());
    }
});
stream.addEventListener("gone", () => {
    stream.close();
    location.reload();
});

if (field) {
    field.value = sessionStorage.getItem(DRAFT) ?? "";
    let told = 0;
    field.addEventListener("input", () => {
        sessionStorage.setItem(DRAFT, field.value);
        if (Date.now() - told < TYPING_EVERY) return;
        told = Date.now();
        fetch(`${path}/frappe`, { method: "POST", headers: { "X-CSRF": document.body.dataset.csrf } });
    });
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const sent = new FormData(form);
        const button = form.querySelector("button");
        button.disabled = true;
        const answer = await fetch(form.action, { method: "POST", body: sent }).catch(() => null);
        button.disabled = false;
        if (answer === null) return; // nothing left: the words stay in the field
        if (!answer.ok) return form.submit(); // the page says why
        field.value = "";
        sessionStorage.removeItem(DRAFT);
        field.focus();
    });
    const canned = document.getElementById("canned");
    canned?.addEventListener("change", () => {
        field.value = [field.value.trim(), canned.value].filter(Boolean).join("\n");
        canned.value = "";
        field.dispatchEvent(new Event("input"));
        field.focus();
    });
}

shortcuts({
    u: () => document.getElementById("back").click(),
    t: () => document.getElementById("take")?.click(),
    r: () => document.getElementById("reviewed")?.click(),
    n: () => document.querySelector("#notes textarea")?.focus(),
});
toEnd();
