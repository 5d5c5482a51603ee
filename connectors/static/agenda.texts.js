// Every French sentence that the agenda's scripts say.
const many = (count, one, more) => `${count} ${count > 1 ? more : one}`;
export const TEXTS = {
  map: "Carte : les flèches la déplacent, plus et moins la rapprochent ou l'éloignent",
  zoomIn: "Rapprocher",
  zoomOut: "Éloigner",
  close: "Fermer",
  online: (count) => (count ? `${many(count, "rendez-vous n'a", "rendez-vous n'ont")} pas de point sur la carte : la liste les dit tous.` : ""),
  pin: (events, places) =>
    [events && many(events, "événement", "événements"), places && many(places, "lieu", "lieux")].filter(Boolean).join(" et "),
  changed: (added, removed) =>
    added || removed
      ? `L'agenda vient de changer : ${[added && `${added} de plus`, removed && `${removed} de moins`].filter(Boolean).join(", ")}.`
      : "L'agenda vient d'être mis à jour.",
};
