"""Who comes back after a while, asks what is remembered of them, or holds a code that was not found."""

import re

from actions.base import Reply, Slots
from actions.cards import button, theme_buttons
from actions.intake import ASKED as INTAKE
from actions.interests_quiz import serve
from actions.known import is_drawn
from actions.profile import tell_profile
from actions.quiz_answers import question_asked
from actions.safety import SAFETY
from actions.services import Services
from actions.turn import Turn
from actions.understanding import LIKING, facts_beside
from knowledge_base.french import fold

LONGEST = 12  # words
AWAITED = (SAFETY, INTAKE)  # what was last asked, that comes before a welcome back
BACK = re.compile(
    r"\b(?:(?:j |g |je |jai |on )?(?:ai |a )?(?:du|devais|devai) (?:partir|y aller|couper|quitter|filer|m absenter"
    r"|raccrocher|arreter|fermer|bouger)|(?:plus|pu) de (?:batterie|reseau|forfait|connexion|wifi|data|internet)"
    r"|(?:ca|sa) (?:a|avait) coupe|me (?:re)?voi(?:la|ci)|(?:suis|chui|jsuis|jsui|sui) (?:revenue?|de retour)"
    r"|(?:c est|cest) (?:encore|re) ?moi|(?:desolee?|dsl|pardon) (?:pour|du|de) (?:le |l )?(?:attente|retard))\b"
)
# « je peux imprimer un résumé pour mon rendez-vous ? », of what was said here.
ON_PAPER = re.compile(
    r"\b(?:imprim\w*|papier|fiche|pdf)\b.{0,30}"
    r"\b(?:resume|recap\w*|bilan|rdv|rendez vous|conversation|discussion|profil|tout ca)\b"
    r"|\b(?:resume|recap\w*|bilan)\b.{0,30}\b(?:imprim\w*|papier|rdv|rendez vous|conseill\w*|mission local\w*|prof)\b"
)
REMEMBERS = re.compile(
    r"\b(?:rap+el+\w*|souvien\w*|souvenez|oublie\w*|note\w*|retenu\w*|enregistre\w*|savez"
    r"|tu (?:\w+ )?(?:sai[st]|connai[st]))\b.{0,25}?"
    r"\b(?:(?:ou|dans quelle ville|quel age|ce que) (?:j(?:e|\b)|j(?=[a-z]))"
    r"|(?:mon|ma|mes) (?:age|ville|adresse|gouts?|niveau|profil|infos?)|(?:de|sur) moi\b|qui je suis)"
)
ASKED_TO = re.compile(
    r"^(?:(?:et|ok|stp|bon|alors|merci|du coup) )*(?:rappel+e moi|oublie (?:que|ce|mon|ma|mes)"
    r"|note (?:que|ma|mon|mes))\b"
)
CODE = re.compile(r"\b(?:codes?|qr ?codes?|flash ?codes?|lien)\b")
OF_POSTER = re.compile(
    r"\b(?:affiche\w*|flyers?|forum|salon|evenement|stand|prospectus|papier|brochure|scann?e\w*|flash\w*|marche\w*"
    r"|fonctionne\w*|bug\w*|trouve\w*|reconnu|valide|expire|bon|mauvais|faux)\b"
)
OTHER_CODES = re.compile(
    r"\bcodes? (?:postal\w*|de la route|rome|du travail|informatique|penal|ape|secret)"
    r"|\b(?:le|mon|passer|permis et) code\b(?!.*(?:affiche|flyer|forum|qr|scan))"
)


def is_back(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« dsl j'ai dû partir hier »: take up the test, or offer to go on."""
    said = fold(turn.text)
    if (
        turn.slot("asked") in AWAITED
        or not BACK.search(said)
        or len(said.split()) > LONGEST
        or LIKING.search(said)
        or facts_beside_now(turn, services)
    ):
        return None
    if question_asked(turn.slots):
        return serve(turn, reply, services, "resume")
    if is_drawn(turn.slots) or turn.slot("shown"):
        ways = [button("Autre chose", "ask_more"), button("Des formations", "find_training")]
        reply.say("utter_greet_again", buttons=[*ways, button("On repart de zéro", "start_over")])
        return {"asked": None}
    reply.say("utter_greet", buttons=theme_buttons(4))
    return {"asked": "likes"}


def facts_beside_now(turn: Turn, services: Services) -> bool:
    """Say whether a message also tells a lasting fact, which comes first."""
    return bool(facts_beside(turn, services).keys() - {"when", "situations"})


def remembered(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« tu te rappelles où je crèche ? »: tell what is understood."""
    said = turn.plain
    asks = ON_PAPER.search(said) or REMEMBERS.search(said) or REMEMBERS.search(fold(turn.text))
    if not asks or len(said.split()) > LONGEST or ASKED_TO.search(said) or turn.intent in ("erase_data", "ask_privacy"):
        return None
    facts = facts_beside(turn, services)
    tell_profile(reply, {**turn.slots, **facts})
    return facts


def of_code(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« le code de l'affiche marche pas »: say what to do without it."""
    said = fold(turn.text)
    if not CODE.search(said) or not OF_POSTER.search(said) or OTHER_CODES.search(said) or len(said.split()) > LONGEST:
        return None
    reply.say("utter_code_fails", buttons=[button("Voir les événements", "find_event"), *theme_buttons(3)])
    return {"topic": "event", "asked": None if turn.slot("place") else "place"}
