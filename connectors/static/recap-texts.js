// Every French sentence of « Mon récap » that is not in its page.
export const TEXTS = {
  demo: "exemple",
  when: (date) => `Écrit le ${date} avec Piste, un programme : rien ici n'est décidé, tout se discute.`,
  nothing: "Il n'y a encore rien à mettre ici. Parle d'abord un peu avec Piste, dans ce navigateur.",
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
};
