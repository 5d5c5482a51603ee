// The list as a map. Everything written on it is text of the page's list; nothing from data is ever markup.
import { TEXTS } from "./agenda.texts.js";

const L = window.L;
const PIN = 34; // pixels: pins nearer than this are one
const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;
const FRANCE = [[42.2, -4.8], [51.1, 8.3]];
const LARGE = 8; // how many of the towns shown are written larger

export function showMap(box, part, note) {
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, minZoom: 3, maxZoom: 16,
    dragging: !L.Browser.mobile, // one finger scrolls the page; two move the map
    zoomAnimation: !CALM, fadeAnimation: !CALM, markerZoomAnimation: !CALM, inertia: !CALM,
  });
  if (CALM) map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", TEXTS.map);
  L.control.zoom({ zoomInTitle: TEXTS.zoomIn, zoomOutTitle: TEXTS.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const { tiles, latitude, longitude, km } = box.dataset;
  const town = latitude && [Number(latitude), Number(longitude)];
  const pins = L.layerGroup().addTo(map);
  let items = [];
  part.hidden = false;

  const draw = () => {
    pins.clearLayers();
    for (const group of grouped(map, items)) pins.addLayer(pin(map, group));
  };
  const refresh = () => {
    items = read();
    note.textContent = TEXTS.online(document.querySelectorAll(".item").length - items.length);
    if (!map.getContainer().querySelector(".leaflet-popup")) draw();
    else map.once("popupclose", () => setTimeout(draw));
  };

  map.setView([46.6, 2.4], 5, { animate: false });
  refresh();
  const bounds = L.latLngBounds(items.map((one) => one.point));
  if (town) {
    const reach = L.circle(town, { radius: km * 1000, interactive: false, className: "reach" }).addTo(map);
    bounds.extend(reach.getBounds());
  }
  map.invalidateSize({ pan: false });
  map.fitBounds(bounds.isValid() ? bounds : FRANCE, { padding: [30, 30], maxZoom: 13, animate: false });
  draw();
  map.on("zoomend", draw);
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  else drawTowns(map);
  return refresh;
}

function read() {
  return [...document.querySelectorAll(".item[data-latitude]")].map((item) => ({
    id: item.id,
    point: L.latLng(Number(item.dataset.latitude), Number(item.dataset.longitude)),
    isPlace: item.classList.contains("place"),
    title: item.querySelector("h3, h4").textContent,
    when: item.querySelector(".when")?.textContent ?? "",
    place: item.dataset.place,
  }));
}

function grouped(map, items) {
  const groups = [];
  for (const item of items) {
    const at = map.latLngToLayerPoint(item.point);
    const near = groups.find((group) => group.at.distanceTo(at) < PIN);
    if (near) near.items.push(item);
    else groups.push({ at, point: item.point, items: [item] });
  }
  return groups;
}

function pin(map, group) {
  const places = group.items.filter((item) => item.isPlace).length;
  const events = group.items.length - places;
  const [place, ...others] = new Set(group.items.map((item) => item.place));
  const counted = TEXTS.pin(events, places);
  const heading = others.length ? counted : place;
  const face = element("span", String(group.items.length));
  const icon = L.divIcon({ html: face, iconSize: [PIN - 4, PIN - 4], className: events ? "pin" : "pin services" });
  const marker = L.marker(group.point, { icon, keyboard: true, riseOnHover: true });
  marker.bindPopup(() => opened(marker, group, heading), { closeButton: false, minWidth: 180, maxWidth: 260, autoPanPadding: [10, 10] });
  marker.on("add", () => {
    const shown = marker.getElement();
    shown.setAttribute("role", "button");
    shown.setAttribute("aria-label", `${counted} : ${[place, ...others].join(", ")}`);
  });
  marker.on("popupopen", ({ popup }) => popup.getElement().querySelector("p").focus({ preventScroll: true }));
  return marker;
}

function opened(marker, group, heading) {
  const said = element("div");
  const where = element("p", heading);
  where.tabIndex = -1;
  const list = element("ul");
  for (const item of group.items) {
    const link = element("a", item.title);
    link.href = `#${item.id}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      marker.closePopup();
      const heading = document.getElementById(item.id)?.querySelector("h3, h4");
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: "center", behavior: CALM ? "auto" : "smooth" });
    });
    const line = element("li");
    const told = [item.when, item.place !== heading && item.place].filter(Boolean).join(", ");
    line.append(link, element("div", told));
    list.append(line);
  }
  const close = () => {
    marker.closePopup();
    marker.getElement()?.focus({ preventScroll: true });
  };
  const button = element("button", TEXTS.close);
  button.type = "button";
  button.addEventListener("click", close);
  said.addEventListener("keydown", (event) => event.key === "Escape" && close());
  said.append(where, list, button);
  return said;
}

// Without anybody's tiles: the largest towns in view by name, as many as have room, and a light grid.
function drawTowns(map) {
  const pane = map.createPane("towns");
  pane.style.zIndex = 350;
  pane.setAttribute("aria-hidden", "true");
  const layer = L.layerGroup().addTo(map);
  let asked = 0;
  const draw = async () => {
    const mine = ++asked;
    const view = map.getBounds();
    const step = 2 ** Math.max(-3, 5 - map.getZoom()); // degrees: views that are nearly alike ask the same
    const [south, west] = [view.getSouth(), view.getWest()].map((side) => Math.floor(side / step) * step);
    const [north, east] = [view.getNorth(), view.getEast()].map((side) => Math.ceil(side / step) * step);
    const query = new URLSearchParams({ south: Math.max(-90, south), north: Math.min(90, north), west, east });
    const answer = await fetch(`/agenda/villes.json?${query}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const towns = await answer.json();
    layer.clearLayers();
    grid(map, layer, view, step);
    const taken = [];
    towns.forEach(([name, latitude, longitude]) => {
      const at = map.latLngToLayerPoint([latitude, longitude]);
      const wide = name.length * 7.5 + 14;
      const seen = map.latLngToContainerPoint([latitude, longitude]);
      if (seen.x < 8 || seen.y < 8 || seen.x + wide > map.getSize().x || seen.y + 10 > map.getSize().y) return;
      if (taken.some((other) => Math.abs(other.y - at.y) < 20 && at.x < other.right && other.left < at.x + wide)) return;
      const size = taken.length < LARGE ? "town large" : "town";
      taken.push({ y: at.y, left: at.x - 10, right: at.x + wide });
      const icon = L.divIcon({ html: element("span", name), className: size, iconSize: null, iconAnchor: [3, 6] });
      layer.addLayer(L.marker([latitude, longitude], { icon, pane: "towns", interactive: false, keyboard: false }));
    });
  };
  map.on("moveend", draw);
  draw();
}

function grid(map, layer, view, step) {
  const options = { className: "grid", weight: 1, interactive: false, pane: "towns" };
  for (let at = Math.floor(view.getWest() / step) * step; at < view.getEast(); at += step)
    layer.addLayer(L.polyline([[view.getSouth(), at], [view.getNorth(), at]], options));
  for (let at = Math.floor(view.getSouth() / step) * step; at < view.getNorth(); at += step)
    layer.addLayer(L.polyline([[at, view.getWest()], [at, view.getEast()]], options));
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
