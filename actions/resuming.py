"""Taking up again: « remontre les formations », « les métiers de tout à l'heure », « ya pas un autre endroit ? »."""

import re
from dataclasses import replace

from actions import texts
from actions.base import Reply, Slots
from actions.cards import payload
from actions.item_details import ActionShowItem, card_again
from actions.known import is_drawn
from actions.services import Services
from actions.situations import services_named
from actions.suggest import KINDS, NEXT, suggest, suggest_only
from actions.texts import facets
from actions.turn import Turn
from actions.understanding import OF_WISHES, understood, without
from knowledge_base import Kind
from knowledge_base.periods import is_past

LONGEST = 18  # words
TERSE = 5  # words
AGAIN = re.compile(
    r"\b(?:re ?montre\w*|re ?affiche\w*|re ?donne\w*|revoir|revenons|on revient|retour (?:a|aux)|reviens aux?"
    r"|tout a l heure|d avant|de tantot|encore une fois (?:les|la))\b"
)
RESUME = re.compile(r"\b(?:ou on en etait|on en etait|on en est ou|reprend\w*|on continue|ou j en etais)\b")
RESUMED_WITH = re.compile(
    r"(?:reprend\w*|était|etait|continue)\b.{0,12}?\b(?:avec|sur|pour|dans|à|a|au|aux)\s+(?P<what>.{3,60})$",
    re.IGNORECASE,
)
FROM_NOTHING = re.compile(
    r"\b(?:zero|debut|autre chose|formation|etudes?|ecole|cours|lycee)\b"
)  # « on reprend à zéro »
# « et pour le stage ? », « et la formation alors »: back to what was looked for, said in a few words.
BACK = re.compile(
    r"^(?:(?:ok|oui|bon|bref|merci|d accord|alors|et|mais|du coup|sinon|bien) )*(?:et )?(?:(?:pour|concernant|sur) )?"
    r"(?:le|la|les|mon|ma|mes|son|sa)"
    r" (?P<what>stages?|formations?|apprentissage|alternance|metiers?|boulots?|evenements?|forums?)"
    r"(?: (?:alors|du coup|donc|stp|svp|on fait comment|t as trouve|y a quoi|ya quoi))*$"
)
OTHER = re.compile(r"\b(?:d )?autres?\b|\bailleurs\b")
NEW = re.compile(
    r"\b(?:du nouveau|de nouveau pour moi|quoi de neuf|des nouveautes|du neuf"
    r"|quoi pour (?:moi|lui|elle|eux|nous)(?! comme))\b"
)
FIND_PLACEMENT = "placement_after_college"  # the answer on finding one
GOT = r"(?:compri[st]?|compren\w*|capt\w*|pig\w*)"
NOT_GOT = re.compile(
    rf"\b{GOT} (?:rien|pas|pa|keud\w*)|\b(?:rien|pas|pa) (?:tout )?{GOT}|\bsimple\w*|\bfacile\w*"
    r"|\btrop (?:dur|complique|difficile)\w*|\bexplique\w*"
)
SAID_SIMPLY = {
    "job_family": "des métiers", "training": "des formations", "event": "des rencontres", "place": "des lieux",
}  # fmt: skip
STAYS = frozenset(("stop", "erase_data", "start_over", "not_for_me", "deny", "goodbye", "take_quiz", "insult"))
NO = re.compile(r"\b(?:pas|plus|sans|marre)\b")


def taken_up(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Show what the message wants to see again, or the next of it; None when it wants neither."""
    said = turn.plain
    if not said or len(said.split()) > LONGEST:
        return None
    in_places = turn.slot("topic") == "place" or "place" in _shown_kinds(turn)
    if in_places and services_named(turn.text)[1]:  # « pas la mission locale »
        changes = understood(turn, services)
        return changes | suggest_only(turn, reply, services, {**turn.slots, **changes}, "place")
    if (back := _back(turn, reply, services)) is not None:
        return back
    return None if turn.intent in STAYS else _again(turn, reply, services)


def _again(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Show a kind again, or the next of it; what was shown last; what there is for who asks for something new."""
    said = turn.plain
    if is_past(turn.text) and len(said.split()) <= TERSE and "event" in _shown_kinds(turn):  # « et hier ? »
        reply.say("utter_past_event")
        return suggest_only(turn, reply, services, turn.slots, "event")
    kinds = [kind for kind, words in KINDS.items() if words.search(said)]
    if kinds and AGAIN.search(said) and kinds[0] in _shown_kinds(turn) and facets.asked(said):
        return ActionShowItem(services).act(turn, reply)  # « revenons à la formation, elle commence quand ? »
    if kinds and AGAIN.search(said):
        return serve_again(kinds[0], turn, reply, services)
    if kinds and OTHER.search(said) and kinds[0] in _shown_kinds(turn):
        return serve_again(kinds[0], turn, reply, services, others=True)
    if (RESUME.search(said) and not NO.search(said)) or (AGAIN.search(said) and turn.intent in ("repeat", "go_back")):
        return show_again(turn, reply, services) if turn.slot("shown") else None
    if NEW.search(said) and (turn.slot("topic") or is_drawn(turn.slots)):
        return serve_again(turn.slot("topic") or "job_family", turn, reply, services)
    return None


def resumes(turn: Turn) -> bool:
    """Say whether a message goes back to where it stopped: « nan en vrai si, reprends avec la vente »."""
    said = turn.plain
    return bool(RESUME.search(said)) and not NO.search(said) and not FROM_NOTHING.search(said)


def resume(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Go on where it stopped: with a wish that the message names, else with what was shown last."""
    named = RESUMED_WITH.search(turn.text)
    about = replace(turn, intent="inform", text=named["what"]) if named else None
    changes = understood(about, services) if about else {}
    wished = [one for one in changes.get("likes") or () if one not in turn.slot("likes", [])]
    if wished and not without(
        wished, turn.slot("likes", [])
    ):  # « reprends avec la vente », said of « vente de vêtements »
        changes = {name: value for name, value in changes.items() if name not in OF_WISHES}
    if changes.get("likes"):
        slots = {**turn.slots, **changes}
        return changes | {"topic": None} | suggest(turn, reply, services, slots)
    return show_again(turn, reply, services) if turn.slot("shown") else None


def _back(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if resumes(turn) and (resumed := resume(turn, reply, services)) is not None:
        return resumed
    back = BACK.search(turn.plain)
    return _back_to(back["what"], turn, reply, services) if back else None


def _back_to(what: str, turn: Turn, reply: Reply, services: Services) -> Slots | None:
    if not is_drawn(turn.slots):
        return None
    kind = next((kind for kind, words in KINDS.items() if words.search(what)), None)
    if kind in ("training", "event"):
        return suggest_only(turn, reply, services, turn.slots, kind)
    found = {"topic": None} | suggest(replace(turn, slots={**turn.slots, "seen": None}), reply, services, turn.slots)
    if what.startswith("stage"):
        reply.offer("Comment trouver un stage ?", payload("ask_question", answer=FIND_PLACEMENT))
    return found


def serve_again(kind: Kind, turn: Turn, reply: Reply, services: Services, *, others: bool = False) -> Slots | None:
    """Search a kind again with what is known, `others` than those shown; None when nothing is known to search by."""
    slots = turn.slots
    if kind in ("job_family", "training") and not is_drawn(slots):
        return None
    if kind == "job_family":
        seen = slots.get("seen") if others else None
        anew = replace(turn, slots={**slots, "seen": seen})
        return {"topic": None} | suggest(anew, reply, services, anew.slots, again=others)
    return suggest_only(turn, reply, services, slots, kind, again=others)


def show_again(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """Show the last cards again; None when there are none any more."""
    found = [(services.knowledge.item(row["id"]), row) for row in turn.slot("shown", [])]
    cards = [card_again(item, row, turn) for item, row in found if item]
    if not cards:
        return None
    lost = NOT_GOT.search(turn.plain)
    kinds = dict.fromkeys(card["kind"] for card in cards)
    what = texts.listed([SAID_SIMPLY[kind] for kind in kinds])
    reply.say(
        "utter_shown_simply" if lost else "utter_shown_again",
        what=what,
        buttons=NEXT,
        directives=[{"type": "cards", "cards": cards}],
    )
    return {}


def _shown_kinds(turn: Turn) -> set[str]:
    return {row["kind"] for row in turn.slot("shown", [])}
