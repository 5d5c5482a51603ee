"""French of the inbox and of transcripts that is chosen in code."""

NOT_MASKED_YET = "en cours de masquage"
MASKED = {
    "name": "nom",
    "phone": "téléphone",
    "mail": "adresse mail",
    "address": "adresse",
    "handle": "pseudo",
    "birth": "date de naissance",
    "number": "numéro",
}
MASKED_OTHER = "masqué"

STATES = {
    "waiting": "Attend une personne",
    "flagged": "Alerte",
    "unclear": "Mal compris",
    "unread": "Non lu",
    "taken": "Prise en main",
    "to_review": "À relire",
    "reviewed": "Relu",
}
CHANNELS = {
    "web": "Site",
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "sms": "SMS",
}
ASSIGNED = {"me": "À moi", "nobody": "À personne"}
BAD_FILTER = "Un des filtres n'existe pas ou n'est pas une date : il a été laissé de côté."
VIEW_NAME = "Donnez un nom à cette vue (40 caractères au plus)."
WHY = {
    "event": "son événement",
    "referral": "une orientation vers vous",
    "handover": "un appel vers vous",
    "shared": "partagée par la personne",
}
DANGERS = {
    "distress": "détresse",
    "violence": "violence",
    "sexual_violence": "violence sexuelle",
    "harassment": "harcèlement",
    "danger_at_home": "danger à la maison",
}

REASON = (
    "Écrivez pourquoi vous dévoilez cette conversation : entre 10 et 300 caractères. La raison est gardée au journal."
)
BAD_NOTE = "La note est vide, ou dépasse 4 000 caractères : elle n'a pas été gardée."
BAD_TAGS = "Vingt étiquettes au plus, de 40 caractères au plus chacune, séparées par des virgules."
BAD_COLLEAGUE = "Cette personne ne fait pas partie de votre équipe : choisissez dans la liste."
BAD_MESSAGE = "Le message est vide, ou dépasse 2 000 caractères : il n'est pas parti."
BAD_SUMMARY = "Le résumé ne doit pas dépasser 600 caractères, ni un goût ou une ville 100."
BAD_DAYS = "Choisissez une durée dans la liste."
BAD_ANSWER = "Il faut un titre (80 caractères au plus) et un texte (2 000 au plus)."
ALREADY_TAKEN = "Quelqu'un d'autre a déjà pris cette conversation en main."
NOT_HELD = "Vous n'avez plus cette conversation en main : votre message n'est pas parti. Reprenez-la pour écrire."
NO_SHARE = "Ce lien n'ouvre plus rien : il est passé, ou a été fermé. Demandez-en un autre à qui vous l'a envoyé."
AIMS = {
    "": "Rien de particulier",
    "job_family": "Des métiers",
    "training": "Des formations",
    "event": "Des événements",
    "place": "Un endroit où aller",
}
AGES = {"under_15": "moins de 15 ans", "15_17": "15 à 17 ans", "18_25": "18 à 25 ans", "26_plus": "26 ans et plus"}
