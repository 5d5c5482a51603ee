"""Every French sentence that the gateway itself says."""

BOT_NAME = "Piste"
USER_NAME = "Toi"

# System sentences, said when the bot cannot answer now.
PENDING = "Je mets un peu plus de temps que prévu. Ton message est bien gardé, la réponse arrive ici toute seule."
STARTING = "Bienvenue sur Piste. Je démarre, encore quelques secondes…"
GAVE_UP = "Je n'ai pas réussi à répondre à ce message. Tu peux me le dire autrement ?"

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
METRICS_CLOSED = "Les mesures ne se lisent que depuis la machine, ou avec le jeton prévu."

# The six types of the interests quiz, in the order of RIASEC.
INTERESTS = ("Faire", "Comprendre", "Créer", "Aider", "Entraîner", "Ordonner")
