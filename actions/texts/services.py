"""What each kind of service is called, and for whom it is: why it is proposed."""

NAMES = {
    "mission_locale": "Mission Locale",
    "information_jeunesse": "Information Jeunesse",
    "cio": "CIO, centre d'information et d'orientation",
    "france_travail": "France Travail",
    "cap_emploi": "Cap emploi",
    "mdph": "MDPH, maison départementale des personnes handicapées",
    "plie": "PLIE, plan local pour l'insertion et l'emploi",
    "espace_numerique": "Espace public numérique",
    "france_services": "France services",
    "greta": "Greta, formation des adultes",
    "school": "L'établissement scolaire",
    "chambre_metiers": "Chambre de métiers et de l'artisanat",
    "university_guidance": "Service d'orientation de l'université (SCUIO)",
    "cfa": "CFA, centre de formation d'apprentis",
}
FOR_WHOM = {
    "mission_locale": "c'est le service des 16-25 ans qui ne sont plus à l'école",
    "information_jeunesse": "c'est ouvert à tous les jeunes, sans dire son nom",
    "cio": "c'est le service des élèves et de leurs familles",
    "france_travail": "c'est le service de qui cherche un emploi",
    "cap_emploi": "c'est le service de l'emploi avec un handicap",
    "mdph": "c'est là qu'on fait reconnaître un handicap",
    "plie": "c'est un suivi personnel pour revenir vers l'emploi",
    "espace_numerique": "on y trouve des ordinateurs et de l'aide",
    "france_services": "on y trouve un ordinateur et de l'aide pour les démarches",
    "chambre_metiers": "on y aide à trouver un patron pour l'apprentissage",
    "university_guidance": "on y aide à changer de voie pendant ses études",
    "greta": "c'est la formation des adultes de l'Éducation nationale",
}
