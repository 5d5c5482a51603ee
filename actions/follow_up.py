"""« Et après ? »: reminders of an event, what became of it, and the next step."""

import re
from dataclasses import replace
from typing import Any

from actions import texts
from actions.about_shown import about_named
from actions.base import PisteAction, Reply, Slots
from actions.cards import button
from actions.counsellor import ActionAskHuman
from actions.item_details import meant_of, named_rows
from actions.known import is_drawn
from actions.reminders import (
    AND_REMIND,
    CANCELS,
    NAMED,
    NO_REMINDER,
    OTHERWISE,
    REMIND,
    WHEN,
    again,
    times_of,
    wanted,
    ways_on,
    without_reminding,
)
from actions.services import Services
from actions.suggest import suggest_only
from actions.texts import facets
from actions.turn import Turn
from actions.understanding import SAID_ALONE
from knowledge_base.french import fold

Row = dict[str, Any]

ASKED = "outcome"  # what was last « asked »: whether they went
OUTCOMES = (("Oui, j'y étais", "went"), ("Non, pas cette fois", "missed"))
SAID = {"went": "utter_outcome_went", "missed": "utter_outcome_missed"}
# What became of it, as people tell it; the first that fits is answered.
TOLD = {
    "utter_outcome_refused": re.compile(
        r"\b(?:refus\w*|(?:dit|repondu|reponse) (?:non|negative)|recale\w*|rejete\w*"
        r"|pas (?:ete )?(?:prise?|retenue?|acceptee?|selectionnee?)|(?:toujours )?(?:pas|aucune|zero|0) (?:de )?reponse"
        r"|(?:personne|il|elle|on) (?:ne )?(?:m a|ma|me|m)? ?(?:jamais )?(?:pas )?rappelee?s? pas)\b"
    ),
    "utter_outcome_missed": re.compile(
        r"\bpas pu (?:y )?(?:aller|venir|etre)|\b(?:rate|loupe|manque) (?:le|la|l|mon)\b|\bj ?etais malade\b"
    ),
    "utter_outcome_unhappy": re.compile(
        r"\b(?:j ?aime pas|me plai\w* pas|decue?|degoutee?|horrible|l horreur|j ?ai arrete|veux arreter|abandonn\w*)\b"
    ),
    "utter_outcome_good": re.compile(
        r"\b(?:j ?ai|g|on a|c est|c|m a|ma|m ont|mont|suis|jsuis|chui|il est|elle est|elle a|il a)\b"
        r"(?!.{0,12}\bpas\b).{0,25}"
        r"\b(?:trouvee?|signee?|acceptee?|embauchee?|prise?|admise?|reussi|validee?|decroche\w*|obtenu|commence\w*)\b"
    ),
}
GOING = re.compile(
    r"\b(?:j ?y ?(?:vais|serai|irai)|je (?:vais|irai|serai|viens|viendrai) (?:a|au|aux|y|la)\b|je participe)"
)
NOT_GOING = re.compile(r"\b(?:pas|plus|laisse|annule|comment|combien)\b")


class ActionRemindMe(PisteAction):
    """« tu me le rappelles ? »."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_remind_me"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Have reminders of the event meant sent here; none for under-15s, of whom nothing is kept."""
        events = [row for row in turn.slot("shown", []) if row["kind"] == "event"]
        if (told := self._of_named(turn, reply, events)) is not None:
            return told
        if turn.slot("age_group") == "under_15" and "item" not in turn.entities:
            reply.say("utter_remind_under_15", buttons=ways_on())
            return {}
        if "item" not in turn.entities and not events:
            reply.say("utter_remind_what")
            return suggest_only(turn, reply, self.services, turn.slots, "event")
        rows = meant_of(turn, events, self.services) if events else []
        if (elsewhere := self._not_shown(turn, reply, rows, events)) is not None:
            return elsewhere
        looked_at = [row for row in events if row["id"] == turn.slot("chosen")]
        rows = rows if len(rows) == 1 else looked_at or rows  # « tu me le rappelles ? »
        ids = [str(turn.entities["item"])] if "item" in turn.entities else [row["id"] for row in rows or events]
        item = self.services.knowledge.item(ids[0]) if len(ids) == 1 else None
        if item is None or item.starts_at is None:
            choices = [button(row["title"], "remind_me", item=row["id"]) for row in rows or events]
            reply.say("utter_remind_which", buttons=choices or [button("Des événements", "find_event")])
            return {}
        shown = {"type": "cards", "cards": [again(item, turn)]}
        times = times_of(item, turn.now)
        young = turn.slot("age_group") == "under_15"
        if young or not any(one["step"] != "after" for one in times):
            never = "utter_remind_under_15" if young else "utter_remind_too_late"
            reply.say(never, buttons=ways_on(), directives=[shown])
            return {"chosen": item.id}
        times = wanted(times, fold(turn.text))
        asked = {"type": "reminder", "item": item.id, "times": times}
        stop = button("Pas de rappel", "stop_messages")
        reply.say(
            "utter_remind_noted", buttons=[stop, *ways_on()], directives=[asked, shown], title=item.title,
            times=texts.listed([WHEN[one["step"]] for one in times]),
        )  # fmt: skip
        return {"chosen": item.id}

    def _of_named(self, turn: Turn, reply: Reply, events: list[Row]) -> Slots | None:
        """« rappelle-moi la veille du job dating en cuisine », though it was not shown."""
        if turn.text and (asked := about_named(turn, reply, self.services)) is not None:
            if not (str(asked.get("chosen", "")).startswith("event") and REMIND.search(fold(turn.text))):
                return asked  # « file-moi un téléphone pour plus tard »
            return asked | self.act(replace(turn, text="", entities={"item": asked["chosen"]}), reply)
        found = named_rows(turn, self.services, events) if turn.text and "item" not in turn.entities else []
        named = [row for row in found if row["kind"] == "event"]
        if len(named) != 1:
            return None
        pressed = replace(turn, entities={**turn.entities, "item": named[0]["id"]}, text="")
        return self.act(pressed, reply) | {"shown": named}

    def _not_shown(self, turn: Turn, reply: Reply, rows: list[Row], events: list[Row]) -> Slots | None:
        """Search the event that a message tells of when it is not among those shown; None when it tells of none."""
        text = without_reminding(turn.text)
        if not text or "item" in turn.entities or (rows and not OTHERWISE.search(fold(turn.text))):
            return None
        if any(row["kind"] == "event" for row in named_rows(turn, self.services, events)):
            return None
        likes = [
            one
            for one in self.services.knowledge.wishes(text, ()).likes
            if self.services.knowledge.means_something(one, SAID_ALONE)
        ]
        if not likes:
            return None
        slots = {**turn.slots, "likes": likes}
        reply.say("utter_remind_what")
        return suggest_only(replace(turn, text=""), reply, self.services, slots, "event")


class ActionStopMessages(PisteAction):
    """« arrête de m'envoyer des messages »."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_stop_messages"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Cancel every reminder still to come."""
        coming = turn.context.get("reminders") or []
        directives = [{"type": "reminder", "cancelled": True}] if coming else None
        reply.say("utter_messages_stopped" if coming else "utter_no_messages", buttons=ways_on(), directives=directives)
        return {"asked": None}


class ActionReminderDue(PisteAction):
    """The gateway begins this turn when a reminder is due."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_reminder_due"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Say what is known of the event now; after it, ask how it went."""
        item = self.services.knowledge.item(str(turn.entities.get("item", "")))
        step = str(turn.entities.get("step", ""))
        if item is None or item.cancelled or item.starts_at is None:
            reply.say("utter_reminder_gone", buttons=ways_on())
            return {}
        if step == "after":
            went, missed = (button(title, "tell_outcome", outcome=outcome) for title, outcome in OUTCOMES)
            reply.say(
                "utter_after_event", buttons=[went, missed, button("Plus de messages", "stop_messages")],
                title=item.title,
            )  # fmt: skip
            return {"asked": ASKED, "chosen": item.id}
        shown = {"type": "cards", "cards": [again(item, turn)]}
        reply.say(
            "utter_reminder", buttons=[button("Plus de messages", "stop_messages"), *ways_on()], directives=[shown],
            title=item.title, when=texts.day(item.starts_at, all_day=bool(item.details.get("all_day"))),
        )  # fmt: skip
        return {"chosen": item.id}


class ActionTellOutcome(PisteAction):
    """« j'y suis allé », « j'ai pas pu y aller »."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_outcome"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Keep what became of it, and offer the step after."""
        return tell_outcome(turn, reply, self.services, str(turn.entities.get("outcome", "told")))


class ActionAskReferral(ActionAskHuman):
    """« mets-moi en contact avec eux »: nothing is sent from here, so who to call."""

    said = "utter_ask_referral"
    asked_where = "utter_ask_referral_where"

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_referral"


def tell_outcome(turn: Turn, reply: Reply, services: Services, outcome: str) -> Slots:
    """Keep an outcome (went, missed, told) beside the event it is about; after it, show where one can train."""
    kept: Slots = {"outcomes": [*turn.slot("outcomes", []), {"item": turn.slot("chosen"), "outcome": outcome}]}
    said = fold(turn.text)
    fitting = next((response for response, words in TOLD.items() if said and words.search(said)), "utter_tell_outcome")
    reply.say(SAID.get(outcome, fitting))
    if outcome != "missed" and is_drawn(turn.slots) and turn.slot("place"):
        return kept | suggest_only(turn, reply, services, turn.slots, "training")
    return kept | {"asked": None}


def going(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« ok je vais au forum samedi »: glad of it, a reminder is offered, and the question of afterwards announced."""
    if (
        turn.intent in ("remind_me", "tell_outcome", "find_event")
        or not GOING.search(fold(turn.text))
        or NOT_GOING.search(fold(turn.text))
    ):
        return None
    events = [row for row in named_rows(turn, services, turn.slot("shown", [])) if row["kind"] == "event"]
    looked_at = [row for row in turn.slot("shown", []) if row["id"] == turn.slot("chosen") and row["kind"] == "event"]
    item = services.knowledge.item(next((row["id"] for row in events or looked_at), ""))
    if item is None or item.starts_at is None:
        return None
    when = texts.day(item.starts_at, all_day=bool(item.details.get("all_day")))
    ways = [button("Me le rappeler", "remind_me", item=item.id), *ways_on()]
    reply.say("utter_going", buttons=ways, title=item.title, when=when)
    return {"chosen": item.id}


def reminder_wanted(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« rappelle-moi l'événement en ligne », of an event shown, whatever it was taken for; not « … la date »."""
    events = any(row["kind"] == "event" for row in turn.slot("shown", []))
    if turn.intent != "stop_messages" and CANCELS.search(turn.plain):  # « nan laisse, annule le rappel »
        return ActionStopMessages(services).act(turn, reply)
    asks = REMIND.search(fold(turn.text)) and (not facets.asked(turn.plain) or AND_REMIND.search(turn.plain))
    if not (events and asks) or turn.intent in ("remind_me", "stop_messages") or NO_REMINDER.search(fold(turn.text)):
        return None
    told = about_named(turn, reply, services) if facets.asked(turn.plain) else None
    if told is None or not str(told.get("chosen", "")).startswith("event"):
        return told or ActionRemindMe(services).act(turn, reply)
    return told | ActionRemindMe(services).act(replace(turn, text="", entities={"item": told["chosen"]}), reply)


def reminder_again(turn: Turn, reply: Reply, services: Services) -> Slots | None:
    """« en fait plutôt la veille », right after a reminder was noted."""
    changed = turn.answers == "action_remind_me" and any(word in fold(turn.text) for word in NAMED.values())
    if not changed or not str(turn.slot("chosen", "")).startswith("event"):
        return None
    return ActionRemindMe(services).act(replace(turn, entities={"item": turn.slot("chosen")}), reply)
