"""The welcome, which says what Piste is and offers the age step, and greetings later on."""

import re

from actions import texts
from actions.base import PisteAction, Reply, Slots
from actions.cards import button, directive, theme_buttons
from actions.profile import ActionInform
from actions.suggest import joined, remember
from actions.turn import Turn
from knowledge_base import Suggestion
from knowledge_base.french import fold

WANTS_TU = re.compile(r"\b(?:tutoi?e[sz]?|tutoiement|tutoye[rz]|(?:dire|dis|dites|dises|di) tu|au tu|le tu)\b")
WANTS_VOUS = re.compile(r"\b(?:vouvo[iy]\w*|(?:dire|dis|dites|dises) vous|au vous|le vous)\b")
REFUSES = re.compile(r"\b(?:pas|plus|jamais|pk|pourquoi|arrete|enleve\w*|gene|sans|deteste|mal)\b")

REFUSAL = 25  # letters before it, within which a register is refused: « j'aime pas qu'on me tutoie »
# What a message may ask beside: « vouvoyez-moi. Et combien de temps gardez-vous mes messages ? »
BESIDE = {
    "utter_privacy": re.compile(
        r"\b(?:gard|conserv|stock|enregistr)\w+\b.{0,30}\b(?:messages?|donnees|ecris|conversations?|infos?)\b"
    ),
    "utter_bot_challenge": re.compile(
        r"\b(?:robots?|humaine?s?|vraie? personne|personne reelle|machine|programme|intelligence artificielle|ia)\b"
    ),
}


class ActionWelcome(PisteAction):
    """The gateway opens a conversation: say what this is, offer the age step."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_welcome"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Two short messages, and an optional step without birth date; the event first, where one was joined."""
        if turn.context.get("join_code_unknown"):
            reply.say("utter_unknown_join_code")
        reply.say("utter_welcome")
        shown: Slots = {}
        if event := joined(turn, self.services):
            here = Suggestion(event, 1.0, (), None)
            who = button("Qui est là ?", "ask_details", item=event.id)
            reply.say("utter_joined", buttons=[who], directives=[directive([here], turn.now)], title=event.title)
            shown = remember([here], turn.slots)
            if readers := turn.context.get("read_by"):
                reply.say("utter_read_by", readers=texts.listed(readers))
        reply.say("utter_ask_age", buttons=age_buttons())
        return shown | {"asked": "age"}


class ActionGreet(ActionInform):
    """« salut » alone gets a greeting; « salut j'aime la cuisine » gets what it asks for."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_greet"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Greet, or inform when the greeting holds more."""
        if turn.entities or self.services.knowledge.wishes(turn.text, turn.spans).likes:
            return super().act(turn, reply)
        if turn.slot("likes"):
            reply.say(
                "utter_greet_again",
                buttons=[button("Autre chose", "ask_more"), button("On repart de zéro", "start_over")],
            )
            return {}
        reply.say("utter_greet", buttons=theme_buttons(4))
        return {"asked": "likes"}


class ActionAskVous(PisteAction):
    """« merci de me vouvoyer », « tu peux me tutoyer »: what follows is said so."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_vous"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Change the register; who asks for what already is keeps it. The rule then says so in the new one."""
        said = fold(turn.text)
        wanted = register_wanted(said, vous=turn.vous)
        said_beside = [name for name, words in BESIDE.items() if words.search(said)]
        if said_beside:
            reply.speak_of({**turn.slots, "register": wanted})
        for response in said_beside:
            reply.say(response)
        return {"register": wanted}


def register_wanted(said: str, *, vous: bool) -> str | None:
    """Return « vous » or None, for « tu », as a folded message asks; the other one where it does not say which."""
    for words, wanted, other in ((WANTS_VOUS, "vous", None), (WANTS_TU, None, "vous")):
        if named := words.search(said):
            refused = REFUSES.search(said[max(named.start() - REFUSAL, 0) : named.start()])
            return other if refused else wanted
    return None if vous else "vous"


def age_buttons() -> list[dict[str, str]]:
    """Return the buttons of the age step."""
    return [button(title, "inform", age_group=group) for title, group in texts.AGE_BUTTONS]
