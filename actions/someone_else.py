"""For a son, a sister, a pupil: what they like and where they are, nothing that names them."""

import re
from dataclasses import replace
from typing import Any

from actions.answering import tell_likely
from actions.base import Reply, Slots
from actions.known import is_drawn
from actions.others import names
from actions.profile import ActionInform
from actions.services import Services
from actions.suggest import ask_for_interest, suggest
from actions.turn import Turn
from actions.understanding import SAID_OUTRIGHT, age_group, understand, understood
from knowledge_base.wishes import flat

SHORT = 6  # words: who says no more names somebody, « d'abord ma fille », « et maintenant le garçon »
# What such a message may be taken for.
VAGUE = frozenset(("out_of_scope", "greet", "ask_answer", "nlu_fallback", "deny", "affirm", "thank", "choose", "refine",
                   "withdraw_referral", "goodbye", "repeat", "for_someone_else", "inform", "how_are_you",
                   "bot_challenge"))  # fmt: skip
# Two children told of in one message, by the name that each is given.
CHILD = {
    "fille": re.compile(r"\b(?:une|ma|la|l'autre) (?:petite |grande )?(?:fille|fillette|gamine)\b"),
    "fils": re.compile(r"\b(?:un|mon|le|l'autre) (?:petit |grand )?(?:garcon|fils|fiston|gamin|gars)\b"),
}
AGED = re.compile(r"\b(\d{1,2}) ans\b")


class ActionForSomeoneElse(ActionInform):
    """« c'est pour mon fils »: from here on, what is told of anybody is told of them."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_for_someone_else"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Take what the message already tells, or say what is useful to know."""
        if turn.slot("about") == "other" and "who" in turn.noticed:
            reply.say("utter_for_whom")
        if understand(turn, self.services) or is_drawn(turn.slots):
            return super().act(turn, reply) | {"about": "other"}
        if (told := tell_likely(turn, reply, self.services, told=True)) is not None:
            return told | {"about": "other"}
        reply.say("utter_for_someone_else")
        return {"about": "other", "asked": "likes"}


def named_again(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« d'abord ma fille », « et maintenant le garçon »: no more than who is meant, so go on for them."""
    if turn.slot("about") != "other" or turn.intent not in VAGUE or len(turn.text.split()) > SHORT:
        return None
    told = understood(turn, services).keys() - {"situations"}  # « ma fille » tells of a child
    if not names(turn.text) or told:
        return None
    reply.say("utter_for_whom")
    if not is_drawn(turn.slots):
        return ask_for_interest(turn, reply)
    afresh = replace(turn, slots={**turn.slots, "seen": None})  # who comes back is shown theirs again
    return {"topic": None} | suggest(afresh, reply, services, afresh.slots)


def several(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« une fille de 15 ans qui aime la chimie et un garçon de 19 ans »: what is told of each, the first one served."""
    plain = flat(turn.text)
    found = sorted((match.start(), who) for who, words in CHILD.items() if (match := words.search(plain)))
    if len(found) != len(CHILD):
        return None
    ends = [found[1][0], len(turn.text)]
    told = {who: _told(turn.text[start:end], services) for (start, who), end in zip(found, ends, strict=True)}
    if not all(told.values()):
        return None
    (_, first), (_, second) = found
    around = {name: value for name, value in understood(turn, services).items() if name == "place"}
    changes: Slots = {"about": "other", "who": first, "people": {second: told[second]}, "seen": None, **around}
    changes |= {"likes": None, "age": None, "age_group": None} | told[first]
    reply.speak_of({**turn.slots, **changes})
    reply.say("utter_one_by_one", first=WHOM[first], then=WHOM[second])
    slots = {**turn.slots, **changes}
    return changes | (suggest(turn, reply, services, slots) if is_drawn(slots) else ask_for_interest(turn, reply))


WHOM = {"fille": "la fille", "fils": "le garçon"}


def _told(stretch: str, services: Services) -> dict[str, Any]:
    """Return the age and the wishes told of one of them."""
    aged, wishes = AGED.search(stretch), services.knowledge.wishes(_without_names(stretch), ())
    likes = [one for one in wishes.likes if services.knowledge.means_something(one, SAID_OUTRIGHT)]
    known: dict[str, Any] = {"age": int(aged[1]), "age_group": age_group(int(aged[1]))} if aged else {}
    return known | ({"likes": likes} if likes else {})


def _without_names(stretch: str) -> str:
    """Blank how somebody is called and how old they are, which are no wishes."""
    plain = flat(stretch)
    for words in (*CHILD.values(), AGED):
        plain = words.sub(lambda match: "," * len(match[0]), plain)
    return "".join(old if new != "," else "," for old, new in zip(stretch, plain, strict=True))
