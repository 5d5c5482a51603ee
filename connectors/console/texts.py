"""French sentences of the console that are no template's. Each page's own stand in `texts_PAGE.py` beside it."""

SIGN_IN = "Connectez-vous pour voir cette page."
NOT_YOURS = "Votre compte ne permet pas cela. Demandez à une personne qui administre votre structure."
STALE_FORM = "Ce formulaire n'est plus à jour. Revenez à la page, rechargez-la, et recommencez."
NO_SUCH = "Cette page n'existe pas, ou ne concerne pas votre structure."

CONVERSATIONS = "Conversations"
KNOWLEDGE = "Événements, lieux, formations"
