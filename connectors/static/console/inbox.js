// An open inbox: counts that follow, a word when the list is out of date, keys to go through it. Nothing needs it.
import { shortcuts, toggle } from "./keys.js";

const EVERY = 5000; // milliseconds
const MOST = 99;
const links = () => [...document.querySelectorAll("#inbox li > a")];
let latest;

async function look() {
    const answer = await fetch("/console/conversations/etat", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const state = await answer.json();
    for (const [name, number] of Object.entries(state.counts)) {
        const shown = document.querySelector(`[data-count="${name}"]`);
        if (shown) shown.textContent = number > MOST ? `${MOST}+` : String(number);
    }
    if (latest !== undefined && latest !== state.latest) document.getElementById("changed").hidden = false;
    latest = state.latest;
}

function move(step) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    all.at(Math.min(Math.max(at + step, 0), all.length - 1))?.focus();
}

const go = (query) => () => location.assign(`/console/conversations?${query}`);
shortcuts({
    j: () => move(1),
    k: () => move(-1),
    "/": () => {
        const field = document.getElementById("q");
        field.closest("details").open = true;
        field.focus();
    },
    ga: go("etat=waiting"),
    gm: go("a=me"),
    gn: go("etat=unread"),
});
const box = document.getElementById("keys");
box.closest("p").hidden = false;
toggle(box);
document.querySelector("#changed a").href = location.href;
look();
setInterval(() => !document.hidden && look(), EVERY);
