// The agenda keeps itself up to date and shows its list as a map. Without this script the page says the same.
import { showMap } from "./agenda.map.js";
import { TEXTS } from "./agenda.texts.js";

const EVERY = 60_000; // milliseconds
const results = document.getElementById("resultats");
const status = document.getElementById("changed");
let looked = Date.now();
let redraw = () => {};

const around = document.getElementById("around");
const box = document.getElementById("map");
const drawn = () => box.dataset.latitude || document.querySelector(".item[data-latitude]");
if (window.L && drawn()) redraw = showMap(box, around, document.getElementById("map-count"));

setInterval(() => document.hidden || look(), EVERY);
document.addEventListener("visibilitychange", () => document.hidden || Date.now() - looked < EVERY || look());

async function look() {
  looked = Date.now();
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return; // next time
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("resultats");
  if (!fresh || results.isEqualNode(fresh)) return;
  const ids = (part) => [...part.querySelectorAll(".item")].map((item) => item.id);
  const [before, after] = [new Set(ids(results)), new Set(ids(fresh))];
  const count = (some, others) => [...some].filter((id) => !others.has(id)).length;
  inPlace(() => {
    reconcile(results, fresh);
    redraw();
    status.textContent = TEXTS.changed(count(after, before), count(before, after));
  });
}

// What is read stays where it is on the screen, and keeps the focus.
function inPlace(change) {
  const focused = document.activeElement;
  const reading = [...results.querySelectorAll(".item")].filter((item) => item.getBoundingClientRect().bottom > 0);
  const tops = reading.map((item) => [item.id, item.getBoundingClientRect().top]);
  change();
  const kept = tops.find(([id]) => document.getElementById(id));
  const moved = kept ? document.getElementById(kept[0]).getBoundingClientRect().top - kept[1] : 0;
  if (window.scrollY) window.scrollBy({ top: moved, behavior: "instant" });
  if (!focused.isConnected) {
    const item = document.getElementById(focused.closest(".item")?.id ?? "");
    (item?.querySelector("h3, h4") ?? results).focus({ preventScroll: true });
  }
}

// Makes `old` what `fresh` is, leaving alone every node that did not change; parts are known by their ids.
function reconcile(old, fresh) {
  const wanted = new Set([...fresh.children].map((part) => part.id));
  for (const part of [...old.children]) if (!part.id || !wanted.has(part.id)) part.remove();
  let at = old.firstElementChild;
  for (const part of [...fresh.children]) {
    const mine = part.id && [...old.children].find((one) => one.id === part.id);
    if (!mine) {
      old.insertBefore(part, at);
      continue;
    }
    if (mine === at) at = at.nextElementSibling;
    else old.insertBefore(mine, at);
    if (mine.isEqualNode(part)) continue;
    if ([...part.children].some((child) => child.id)) reconcile(mine, part);
    else mine.replaceWith(part);
  }
}
