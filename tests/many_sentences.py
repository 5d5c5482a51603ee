"""What people write, for conversations made by the hundred thousand: `{job}`, `{town}`, `{day}`… are filled in."""

# (theme, card's id, title) of each job that somebody may like; themes are those of the agenda.
JOBS = (
    ("numerique", "job-M1855", "le développement web"), ("numerique", "job-M1801", "les réseaux informatiques"),
    ("nature", "job-A1203", "les espaces verts"), ("nature", "job-A1416", "le maraîchage"),
    ("batiment", "job-F1603", "la plomberie"), ("batiment", "job-F1602", "l'électricité"),
    ("accueil", "job-G1602", "la cuisine"), ("accueil", "job-G1803", "le service en salle"),
    ("sante", "job-J1501", "le métier d'aide-soignant"), ("sante", "job-J1506", "le métier d'infirmière"),
    ("social", "job-K1303", "la petite enfance"), ("social", "job-K1206", "l'animation"),
    ("vente", "job-D1102", "la boulangerie"), ("vente", "job-D1214", "la vente de vêtements"),
    ("industrie", "job-H2913", "la soudure"), ("reparation", "job-I1604", "la mécanique auto"),
    ("transport", "job-N4101", "la conduite de poids lourds"), ("bureau", "job-M1607", "le secrétariat"),
    ("communication", "job-E1205", "le graphisme"), ("spectacle", "job-L1508", "la régie son"),
)  # fmt: skip
# Towns with their department, the busiest first.
TOWNS = (
    ("Besançon", "25"), ("Dole", "39"), ("Vesoul", "70"), ("Belfort", "90"), ("Dijon", "21"), ("Montbéliard", "25"),
    ("Lons-le-Saunier", "39"), ("Lyon", "69"), ("Paris", "75"), ("Lille", "59"), ("Marseille", "13"), ("Nantes", "44"),
    ("Toulouse", "31"), ("Bobigny", "93"), ("Rennes", "35"), ("Strasbourg", "67"), ("Ajaccio", "2A"), ("Brest", "29"),
    ("Limoges", "87"), ("Saint-Denis", "974"),
)  # fmt: skip
CHANNELS = ("web", "web", "web", "web", "web", "telegram", "whatsapp", "messenger", "sms", "web")
EVENTS = (
    "event-forum-numerique-planoise", "event-visite-fromagerie", "event-portes-ouvertes-cfa", "event-job-dating-dole",
)  # fmt: skip
DANGERS = ("distress", "violence", "harassment")
NAMES = ("Inès", "Mehdi", "Léa", "Kevin", "Fatou", "Hugo", "Chloé", "Yanis")
TAGS = ("à rappeler", "mobilité", "logement", "permis", "rendez-vous pris")

# (intent, sentence): what a conversation begins with, then what is added, then what is asked, then how it ends.
WISHES = (
    ("inform", "j'aime bien {job}"), ("inform", "je voudrais travailler dans {job}, j'habite {town}"),
    ("explore_jobs", "quels métiers autour de {job} ?"),
    ("find_training", "je cherche une formation pour {job} à {town}"),
    ("inform", "slt je sais pas trop quoi faire, {job} ça m'attire un peu"),
    ("find_event", "y a des portes ouvertes {day} vers {town} ?"), ("inform", "je suis à {town} et {job} me plaît"),
    ("inform", "ma prof me conseille {job}, vous en pensez quoi ?"),
)  # fmt: skip
ADDED = (
    ("inform", "j'ai pas le permis, plutôt près de {town}"), ("inform", "j'ai un cap, je peux commencer {day}"),
    ("inform", "je préfère être dehors que dans un bureau"), ("inform", "je suis en seconde à {town}"),
    ("deny", "non pas ça, autre chose que {job}"), ("inform", "en fait je m'appelle {name} et j'habite {town}"),
    ("ask_daily_life", "c'est quoi une journée type dans {job} ?"), ("inform", "à distance si possible"),
)  # fmt: skip
ASKED = (
    ("ask_question", "c'est payé combien {job} ?"), ("ask_question", "l'alternance ça marche comment ?"),
    ("ask_question", "comment trouver un stage dans {job} ?"), ("ask_handoff", "je peux parler à quelqu'un ?"),
    ("find_place", "où est la mission locale de {town} ?"), ("remind_me", "rappelle moi {day}"),
    ("find_event", "il y a un forum à {town} {day} ?"), ("ask_question", "j'ai droit au transport gratuit à {town} ?"),
)  # fmt: skip
# What is not understood, in several wordings of few questions.
UNCLEAR = (
    "la caf elle paye le logement ou pas", "j'ai droit aux apl si je suis en formation ?",
    "les apl pendant la formation ?",
    "on peut garder son chien en internat", "y a un internat qui prend les chiens ?",
    "mon casier ça bloque pour {job} ?",
    "avec un casier judiciaire je peux faire {job} ?", "le bafa c remboursé", "qui paye le bafa ?",
    "comment avoir un titre de séjour pour bosser", "sans papiers je peux faire une formation ?", "wsh", "tkt",
    "hein ?",
)  # fmt: skip
ENDS = (
    ("thank", "merci"), ("thank", "ok merci beaucoup"), ("affirm", "oui je veux bien"), ("goodbye", "bonne journée !"),
    ("inform", "mon numéro c'est le 06 {digits}"), ("inform", "écrivez moi à {mail}@exemple.fr"),
    ("thank", "super, j'irai {day}"), ("affirm", "d'accord, je regarde ça avec {name}"),
)  # fmt: skip
DAYS = ("mercredi", "samedi prochain", "le mois prochain", "cette semaine", "demain", "après les vacances")
ANSWERS = (
    "Voici des métiers proches de {job}.", "D'accord. Tu es où, à peu près ?", "J'ai trouvé des formations à {town}.",
    "Je note. Tu veux voir des événements près de {town} ?",
    "Une journée dans {job} : ça dépend beaucoup de l'endroit.",
    "En alternance, tu travailles et tu apprends en même temps.",
    "Bonne question. À {town}, la Mission Locale peut t'aider.",
    "C'est noté, je te le rappellerai {day}.",
)  # fmt: skip
WELCOME = "Bonjour, je suis Piste, un programme. Je t'aide à trouver ta voie."
NOT_UNDERSTOOD = "Je n'ai pas bien compris. Tu peux le dire autrement ?"
