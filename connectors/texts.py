"""Every French sentence that the gateway itself says."""

BOT_NAME = "Piste"
USER_NAME = "Toi"

# System sentences, said when the bot cannot answer now.
PENDING = "Je mets un peu plus de temps que prévu. Ton message est bien gardé, la réponse arrive ici toute seule."
STARTING = "Bienvenue sur Piste. Je démarre, encore quelques secondes…"
GAVE_UP = "Je n'ai pas réussi à répondre à ce message. Tu peux me le dire autrement ?"

# A human in the conversation.
TAKEN_OVER = "{name}{of} te répond maintenant. Moi, le programme, je me tais jusqu'à la fin de votre échange."
OF_STRUCTURE = " ({structure})"

# `detail` of problem+json.
NOT_JSON = "La demande n'est pas lisible : le corps doit être du JSON valide."
NO_TOKEN = "Il manque le jeton de cette conversation, ou il n'est pas le bon. Ouvre une nouvelle conversation."
NO_CONVERSATION = "Cette conversation n'existe pas ou a été effacée. Tu peux en ouvrir une nouvelle."
BLANK = "Le message est vide. Écris quelque chose et renvoie-le."
TOO_LONG = "Ton message est trop long : 2 000 caractères au plus. Envoie-le en plusieurs fois."
BOTH = "Envoie soit un texte, soit un bouton, et seulement l'un des deux."
NO_EVENT = "Cet événement n'est plus annoncé. Demande ce qui est prévu près de chez toi."
NOT_OFFERED = "Ce bouton n'a pas été proposé dans cette conversation. Écris plutôt ce que tu veux faire."
WRONG_SHAPE = "La demande n'a pas la forme attendue : {where}."
TOO_MANY = "Ça va un peu vite. Attends quelques secondes et réessaie."
UNAVAILABLE = "Le service redémarre. Ton message n'est pas encore arrivé : renvoie-le dans quelques secondes."
UNEXPECTED = "Quelque chose n'a pas marché de notre côté. Réessaie dans un instant."
NOT_FOUND = "Cette page n'existe pas."
NOT_ALLOWED = "Cette adresse ne répond pas à ce type de demande."
OTHER_SITE = "Ce formulaire vient d'un autre site. Recommence depuis la page de Piste."
ERASED = "La conversation est effacée. Tu peux en commencer une nouvelle."
METRICS_CLOSED = "Les mesures ne se lisent que depuis la machine, ou avec le jeton prévu."

# Messaging channels (docs/channels.md).
SOURCE = "Source : {source}, vérifié le {day}"
SHORT_SOURCE = "Source : {source}"  # where characters are paid for
EXAMPLE = "exemple"
CHOOSE = "Que veux-tu faire ?"  # over buttons that stand alone
CHOICES = "Choisir"  # opens a list of buttons
MORE_CHOICES = "Et encore :"  # over those that one list does not hold
REPLY = "Réponds"  # before what can be answered by SMS
REPLY_NUMBER = "Réponds avec un numéro, par exemple : {examples}"  # below numbered cards
IN_PRIVATE = "Je ne parle qu'en tête à tête : écris-moi en privé. Je quitte ce groupe, bonne suite !"
FORGED = "Cet envoi ne vient pas de la plateforme : sa signature manque ou n'est pas la bonne."
STOPPED = "C'est noté : je ne t'écris plus ici. Si tu veux reprendre un jour, écris « start »."
STARTED_AGAIN = "Te revoilà ! On reprend où on en était : dis-moi ce que tu cherches."
UNREAD = {
    "voice": "Je ne sais pas écouter les messages vocaux. Écris-moi la même chose, même en quelques mots.",
    "image": "Je ne sais pas regarder les images. Écris-moi ce que tu voulais me montrer.",
    "video": "Je ne sais pas regarder les vidéos. Écris-moi ce que tu voulais me montrer.",
    "sticker": "Joli ! Mais je ne lis que le texte : dis-moi avec des mots ce que tu cherches.",
    "location": "Je ne lis pas les positions. Écris-moi plutôt le nom de ta ville ou ton code postal.",
    "contact": "Je ne garde pas les contacts. Écris-moi ce que tu cherches.",
}
UNREAD_OTHER = "Je ne lis que le texte. Écris-moi ce que tu voulais me dire."
CODE_GIVEN = (
    "Ton code : {code}\nPour continuer cette conversation ailleurs, donne-le-moi là-bas dans les 15 minutes. Il sert"
    " une seule fois. Ne le montre à personne d'autre : il ouvre tout ce qu'on s'est dit."
)
CODE_UNKNOWN = (
    "Ce code n'ouvre aucune conversation : il a déjà servi, ou ses 15 minutes sont passées. Demande un nouveau code là"
    " où tu as commencé."
)
CONTINUED_HERE = (
    "C'est bon, on continue ici la conversation que ce code ouvre. Ce qu'on se dit ici se lit aussi là où elle a"
    " commencé : si le code ne vient pas de toi, écris « stop »."
)

# The six types of the interests quiz, in the order of RIASEC.
INTERESTS = ("Faire", "Comprendre", "Créer", "Aider", "Entraîner", "Ordonner")

# Entries of the page's menu that people type instead, with what they mean to the bot.
MENU = (
    ("Mes données", "/export_data"),
    ("Mon récap", "/ask_profile"),
    ("Effacer la conversation", "/erase_data"),
)

# What a card shows, by its kind.
KINDS = {"job_family": "Métier", "training": "Formation", "event": "Rendez-vous", "place": "Adresse"}

# The agenda, its posters and its QR codes.
THEMES = {
    "numerique": "Numérique, informatique",
    "nature": "Nature, animaux, agriculture",
    "artisanat-art": "Artisanat d'art",
    "banque": "Banque, assurance, immobilier",
    "vente": "Commerce, vente",
    "communication": "Communication, image, médias",
    "batiment": "Bâtiment, travaux publics",
    "accueil": "Cuisine, hôtellerie, tourisme",
    "industrie": "Industrie",
    "reparation": "Installation, réparation",
    "sante": "Santé",
    "social": "Social, éducation, sécurité",
    "spectacle": "Spectacle, sport",
    "bureau": "Gestion, bureau",
    "transport": "Transport, logistique",
    "tous": "Sans métier précis",
}
EVENT_TYPES = {
    "forum": "Forum",
    "workshop": "Atelier",
    "visit": "Visite",
    "open_day": "Portes ouvertes",
    "job_dating": "Rencontre avec des employeurs",
    "webinar": "Webinaire",
    "meeting": "Réunion",
}
APPOINTMENTS = {"walk_in": "sans rendez-vous", "appointment": "sur rendez-vous", "both": "avec ou sans rendez-vous"}
PERIODS = {"week": "Cette semaine", "month": "Ce mois-ci", "holidays": "Vacances scolaires"}
MODALITIES = {"onsite": "Sur place", "remote": "En ligne"}
ONLINE = "En ligne"
HYBRID = "Sur place ou en ligne"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
BAD_FIELDS = {
    "from": "La date de début n'est pas une date : choisis un jour comme 2026-12-31.",
    "to": "La date de fin n'est pas une date : choisis un jour comme 2026-12-31.",
    "near": "Le nom de la ville est trop long : écris seulement la ville ou le code postal.",
    "q": "La recherche est trop longue : garde deux ou trois mots.",
    "km": "La distance doit être entre 1 et 200 km.",
}
BAD_FIELD = "Un des choix n'existe pas : je l'ai laissé de côté."
NO_TOWN = "Je ne connais pas cette ville : vérifie l'orthographe, ou écris le code postal. En attendant, voici partout."
NO_TOWN_API = "near : cette ville ou ce code postal est inconnu. Écris le nom entier, ou un autre code postal."
WITHOUT = {
    "q": "Sans les mots cherchés",
    "dates": "À toutes les dates",
    "theme": "Tous les thèmes",
    "campaign": "Sans la campagne",
    "modality": "Sur place et en ligne",
    "km": "Jusqu'à 100 km",
    "near": "Partout en France",
    "all": "Tout ce qui est prévu autour",
}
