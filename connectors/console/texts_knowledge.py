"""French of the knowledge forms that code chooses: what is wrong with a field, the names of choices, what was done."""

KINDS = {"event": "Événement", "training": "Formation", "place": "Lieu", "campaign": "Campagne"}
NEW = {
    "event": "Nouvel événement",
    "training": "Nouvelle formation",
    "place": "Nouveau lieu",
    "campaign": "Nouvelle campagne",
}

TOO_LONG = "C'est trop long : {length} caractères, pour {most} au plus."
LINE_TOO_LONG = "Une ligne est trop longue : {most} caractères au plus par ligne."
TOO_MANY_LINES = "Il y a trop de lignes : {most} au plus."
NO_SUCH_CHOICE = "Ce choix n'existe pas. Choisissez dans la liste."
NOT_A_NUMBER = "Écrivez un nombre entier, de {least} à {most}."
NOT_A_DAY = "Ce n'est pas une date du calendrier. Écrivez-la comme 14/03/2027."
NOT_A_TIME = "Ce n'est pas une heure. Écrivez-la comme 14:30."
NOT_AN_ADDRESS = (
    "Ce n'est pas une adresse de site que l'on peut ouvrir sans danger. Copiez-la depuis le navigateur : elle commence"
    " par https://"
)
NOT_A_PHONE = "Ce n'est pas un numéro de téléphone. Écrivez dix chiffres, comme 03 84 00 00 00, ou +41 suivi du numéro."
NOT_A_MAIL = "Ce n'est pas une adresse de courriel. Écrivez-la comme accueil@exemple.fr."

NO_TITLE = "Donnez un titre."
NO_SUMMARY = "Dites en une ou deux phrases ce que c'est : c'est avec ces mots que l'assistant le trouve."
NO_TYPE = "Choisissez une sorte d'événement."
NO_START = "Donnez le jour du début."
NO_START_TIME = "Donnez l'heure du début."
NO_END = "Donnez le dernier jour."
NO_MODALITY = "Dites si c'est sur place ou en ligne."
NO_TOWN = "Donnez la ville."
NAME_TOO = "Un code postal couvre souvent plusieurs communes : écrivez aussi le nom, comme {code} Nom-de-la-ville."
NO_SERVICE = "Choisissez une sorte de service."
NO_LINK = "En ligne : donnez l'adresse où l'on s'inscrit, ou celle du site."
NO_WAY_IN = "Donnez un numéro de téléphone ou l'adresse d'un site : sans cela, personne ne peut y aller."
IS_PAST = "Cette date est passée. Donnez une date à venir."
VERY_FAR = "C'est dans plus de deux ans. Vérifiez l'année."
ENDS_BEFORE = "La fin est avant le début. Vérifiez les jours et les heures."
VERY_LONG = "Cela dure plus d'un an. Vérifiez l'année de la fin."
BAD_DAY_LINE = "La ligne « {line} » ne se lit pas. Écrivez par exemple : 14/03/2027 14h-17h"
BAD_SESSION = "La ligne « {line} » n'est pas une date. Écrivez par exemple : 14/03/2027"
YOUNGEST_ABOVE = "L'âge minimum est au-dessus de l'âge maximum."
LEVELS_CROSSED = "Le niveau de sortie est au-dessous du niveau d'entrée."
UNKNOWN_TOWN = "Cette ville n'est pas connue. {near}"
CLOSE_TOWNS = "Vouliez-vous dire {names} ? Choisissez ci-dessous, ou corrigez."
NO_CLOSE_TOWN = "Vérifiez l'orthographe, ou écrivez le code postal et le nom."
WHICH_TOWN = "Plusieurs villes portent ce nom. Choisissez la bonne."
NOT_A_POINT = "Ce n'est pas un point. Copiez-le depuis une carte, comme 47.2378, 6.0241."
POINT_FAR = "Ce point est à {km} km de {town}. Vérifiez la ville, ou le point."
NOT_AN_HOUR = "« {words} » ne se lit pas. Écrivez par exemple : 9h-12h, 14h-17h30"
BAD_RNCP = "Un code RNCP ou RS s'écrit comme RNCP37674."
UNKNOWN_FAMILY = "Un des métiers cochés n'existe plus. Cherchez-le à nouveau."
NO_FAMILY_FOUND = "Aucun métier ne ressemble à ces mots. Essayez-en d'autres."
NOT_KEPT = "Cela ne peut pas être enregistré : {reason}."
CHANGED_MEANWHILE = (
    "{name} a enregistré une autre version pendant que vous écriviez. Vos réponses sont ci-dessous : enregistrez à"
    " nouveau pour remplacer la sienne, ou revenez à la liste pour la garder."
)
INDEX_ABSENT = "L'index ne répond pas : rien n'est enregistré. Vos réponses sont gardées ci-dessous, réessayez."
CARD_ABSENT = "L'aperçu de la carte n'est pas disponible : l'assistant redémarre. Réessayez dans une minute."

EVENT_TYPES = {
    "forum": "Forum, salon",
    "workshop": "Atelier",
    "visit": "Visite",
    "open_day": "Portes ouvertes",
    "job_dating": "Rencontre avec des employeurs, job dating",
    "webinar": "Webinaire",
    "meeting": "Réunion d'information",
    "other": "Autre",
}
MODALITIES = {"onsite": "Sur place", "remote": "En ligne", "hybrid": "Sur place ou en ligne, au choix"}
ENTRIES = {
    "free": "Entrée libre et gratuite",
    "registered": "Gratuit, sur inscription",
    "paid": "Payant",
}
APPOINTMENTS = {"walk_in": "Sans rendez-vous", "appointment": "Sur rendez-vous", "both": "Avec ou sans rendez-vous"}
SERVICES = {
    "mission_locale": "Mission Locale",
    "information_jeunesse": "Information Jeunesse",
    "cio": "CIO",
    "france_travail": "France Travail",
    "cap_emploi": "Cap emploi",
    "mdph": "MDPH",
    "plie": "PLIE",
    "espace_numerique": "Espace public numérique",
    "france_services": "France services",
    "greta": "Greta",
    "school": "Établissement scolaire",
    "chambre_metiers": "Chambre de métiers et de l'artisanat",
    "university_guidance": "Service d'orientation de l'université",
    "cfa": "CFA, centre de formation d'apprentis",
    "other": "Autre",
}
LEVELS = {
    "0": "Sans diplôme",
    "3": "CAP, BEP",
    "4": "Bac",
    "5": "Bac + 2",
    "6": "Bac + 3",
    "7": "Bac + 5",
    "8": "Doctorat",
}
DAYS = {
    "Mo": "Lundi",
    "Tu": "Mardi",
    "We": "Mercredi",
    "Th": "Jeudi",
    "Fr": "Vendredi",
    "Sa": "Samedi",
    "Su": "Dimanche",
}
OWN_SOURCE = "Piste"
SENTENCES_OF_PLACES = (
    "où est {service} {town}",
    "je cherche {service} près de chez moi",
    "qui peut m'aider à trouver un métier",
    "j'ai besoin d'aide pour mes démarches",
    "où parler de mon orientation avec quelqu'un",
)
ANY_SERVICE = "un lieu pour m'aider"
IN_TOWN = "à {town}"

FORMATS = {
    "csv": "Tableau (CSV) au modèle de Piste",
    "ics": "Calendrier (iCalendar, .ics)",
    "jsonld": "Événements d'une page de site (schema.org, JSON-LD)",
    "openagenda": "OpenAgenda (JSON)",
    "mes-evenements": "Mes évènements emploi de France Travail (JSON)",
    "data-inclusion": "data.inclusion (CSV, JSON ou XLSX)",
    "lheo": "Offre de formation LHEO (XML)",
    "onisep-actions": "Onisep, actions de formation (CSV)",
    "onisep-etablissements": "Onisep, établissements (CSV)",
    "cpf": "Mon Compte Formation (CSV)",
    "annuaire": "Annuaire des services publics (CSV) : remplace l'annuaire national",
    "onisep-formations": "Onisep, formations initiales (CSV) : remplace l'ensemble national",
    "rncp": "RNCP et RS (CSV ou XML) : remplace l'ensemble national",
    "kit-apprentissage": "Diplômes en apprentissage (CSV) : remplace l'ensemble national",
    "rome": "ROME 4.0 (zip) : remplace les métiers",
    "laposte": "Communes et codes postaux de La Poste (CSV) : remplace les communes",
}
ENCODINGS = {"utf-8-sig": "UTF-8 (le plus courant)", "windows-1252": "Windows (anciens tableurs)"}
STATES = {
    "reading": "lecture en cours",
    "read": "lu, à confirmer",
    "refused": "refusé",
    "loading": "chargement en cours",
    "loaded": "chargé",
}
NO_FORMAT = "Choisissez la sorte de fichier."
NO_FILE = "Choisissez un fichier qui ne soit pas vide."
LARGE_FILE = (
    "Ce fichier est trop lourd : 10 Mo au plus. Coupez-le en plusieurs, ou demandez un flux à l'administration."
)
AGREE_TO_REPLACE = "Cochez la case pour dire que l'ensemble déjà chargé peut être remplacé."
UPLOAD_GONE = "Le fichier n'est plus là : il n'est gardé qu'un jour. Envoyez-le à nouveau."
UPLOAD_TOO_SLOW = "La lecture a duré plus d'un quart d'heure et a été arrêtée : rien n'est chargé. Coupez le fichier."
UPLOAD_TOO_MUCH = "Ce fichier demande trop de mémoire ou de calcul pour être lu : rien n'est chargé."
UPLOAD_LATER = (
    "La base ne répond pas, ou un autre import est en cours : rien n'a changé. Réessayez dans quelques minutes."
)
