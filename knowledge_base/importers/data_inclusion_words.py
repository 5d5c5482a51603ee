"""The slugs of data·inclusion in words."""

import re

from knowledge_base.french import fold

# Slugs have neither accents nor apostrophes: « decouvrir-un-metier-ou-un-secteur-dactivite ».
SPELLED = {
    fold(word).replace(" ", ""): word
    for word in """à accès l'accès accéder accompagné acquérir l'action activité activités d'activité adapté améliorer
    d'accompagnement d'asile bénéficiaires bénéficier bénévolat budgétaire citoyenneté compétences connaître création
    crédit CV découvrir définir dégradation démarches d'emploi d'enfants d'endettement l'éducation
    l'emploi d'entreprise l'étranger dépendante détention développer difficultés d'hébergement d'une
    d'urgence école écoles électroménager équipement étrangère étrangères être étudiants exilées financière
    financières français handicapées hébergement invalidité impayés l'international
    liées maîtriser matériel MDPH médiation ménagère métier métiers mobilité numérique numériques
    opportunités parentalité partagée prévenir préparer présentiel problématique QPV FRR réaliser
    réduire rémunération réparer répondre réseau résidents retraités RSA salariés santé séparation séniors
    s'informer s'organiser s'ouvrir spécifique spontanées surdité véhicule vélo""".split()  # noqa: SIM905
}
# What words alone would not say well.
IDIOMS = {
    "demandeurs-emploi": "demandeurs d'emploi",
    "residents-qpv-frr": "résidents en QPV ou FRR",
    "mobilite-douce-partagee-collective": "mobilité douce, partagée ou collective",
    "benevolat-action-citoyenne": "bénévolat et action citoyenne",
    "soutien-aidants": "soutien aux aidants",
    "realiser-un-cv-et-ou-une-lettre-de-motivation": "réaliser un CV ou une lettre de motivation",
    "jeunes-16-26": "jeunes de 16 à 26 ans",
    "seniors-65": "séniors",
    "familles-enfants": "familles, enfants",
    "bien-etre-confiance-en-soi": "bien-être, confiance en soi",
}


def words(slug: str) -> str:
    """Put a slug into words: « se-former--trouver-sa-formation » is « trouver sa formation »."""
    last = slug.rpartition("--")[2]
    return IDIOMS.get(last) or " ".join(SPELLED.get(word.lower(), word) for word in re.split(r"[-_\s]+", last) if word)
