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
  recap: {
    when: (date) => `Écrit le ${date} avec Piste, un programme : rien ici n'est décidé, tout se discute.`,
    nothing: "Il n'y a encore rien à mettre ici. Parle d'abord un peu avec Piste, dans le même onglet.",
    me: "Ce que j'ai dit de moi",
    kinds: {
      job_family: "Des métiers à regarder",
      training: "Des formations",
      event: "Des rendez-vous",
      place: "Des adresses",
    },
    questions: "Mes questions pour le rendez-vous",
    asked: [
      "Est-ce que je peux voir ce métier en vrai, quelques heures ou quelques jours ?",
      "Par où entrer avec mon niveau, et qui paie ?",
      "Quelle est la prochaine étape, et à quelle date ?",
    ],
  },
};
