"""French of signing in and of accounts that is chosen in code."""

PASSWORD_LENGTH = "Le mot de passe doit avoir entre 12 et 200 caractères : une phrase courte fait l'affaire."
PASSWORD_GUESSED = (
    "Ce mot de passe se devine trop vite. Prenez plusieurs mots sans rapport avec vous ni avec votre structure."
)
PASSWORDS_DIFFER = "Les deux mots de passe ne sont pas les mêmes."
WRONG = (
    "Cette adresse et ce mot de passe ne vont pas ensemble. Réessayez, ou demandez un nouveau lien à qui administre."
)
LOCKED = "Trop d'essais : attendez un quart d'heure, puis réessayez."
NO_LINK = "Ce lien a déjà servi, ou ses 24 heures sont passées. Demandez-en un autre à qui administre la console."
OTHER_SITE = "Ce formulaire vient d'un autre site. Recommencez depuis la page de connexion."
CHOSEN = "Votre mot de passe est choisi. Connectez-vous."
