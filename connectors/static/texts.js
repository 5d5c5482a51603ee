// Every French sentence of the page itself.
export const TEXTS = {
  kinds: { job_family: "Métier", training: "Formation", event: "Rendez-vous", place: "Adresse" },
  demo: "exemple",
  details: "Les détails",
  distance: (km) => (km < 1 ? "à moins d'un kilomètre" : `à environ ${Math.round(km)} km`),
  source: (name, date) => `Source : ${name}, vérifié le ${date}.`,
  typing: "Piste écrit…",
  offline: "La connexion est coupée. Je réessaie, rien n'est perdu.",
  sending: "Ton message part…",
  refused: "Ton message n'est pas parti : ",
  confirmErase: "Effacer toute la conversation ? On ne pourra pas la retrouver.",
  erased: "La conversation est effacée. En voici une nouvelle.",
};
