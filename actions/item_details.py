"""One of the things shown: « le deuxième », « celui de samedi », « c'est quand ? », « comment je m'inscris »."""

import re
from typing import Any, cast

from actions import texts
from actions.answering import sure_answer, tell
from actions.base import PisteAction, Reply, Slots
from actions.beside_shown import beside_shown
from actions.cards import button, card
from actions.guessing import guess_or_ask
from actions.known import is_drawn
from actions.listening import ListeningAction
from actions.pointing import pointed_at
from actions.services import Services
from actions.situations import services_named
from actions.suggest import KINDS, ask_for_interest, named_items, row_of, suggest, suggest_only
from actions.texts import facets
from actions.texts.facets import Facet
from actions.turn import Turn
from actions.understanding import facts_beside
from knowledge_base import Item, Kind, Suggestion
from knowledge_base.french import fold

Row = dict[str, Any]

SAID = {"choose": "utter_chosen", "ask_details": "utter_what_i_know", "register": "utter_how_to_register"}
OF_EVENTS = ("who", "bring")  # what is only asked of events
FEW = 4  # things of which what is asked is told at once
CLOSER = re.compile(r"\b(?:plus (?:pres|proches?)|moins loin|trop loin|a cote de chez)\b")
CLOSEST = re.compile(r"\b(?:le|la|celui|celle)\b.{0,20}\bplus (?:pres|proche)\b")
FURTHER = re.compile(r"\b(?:plus loin|elargi\w*|plus large|n'importe ou|partout|moins pres)\b")
BY_MEASURE = re.compile(
    r"\b(?:l[ae]|celui|celle) (?:qui (?:est|dure|coute) )?(?:le )?(?:plus|moins) (?:court|long|cher|longtemps)\w*"
)
NEAREST_KM, NEAR_KM, FAR_KM = 3.0, 60.0, 150.0
SHORTEST_NAME = 5  # letters of a title's word that names it
# « la courte », « celle qui dure le plus longtemps »
SHORTEST = re.compile(r"\b(?:l[ae]|celui|celle)\b.{0,20}\b(?:courte?|rapide|moins long\w*|moins de temps)\b")
LONGEST = re.compile(r"\b(?:l[ae]|celui|celle)\b.{0,20}\b(?:longue?|plus long\w*|plus de temps)\b")
LASTS = re.compile(r"(\d+) ?(h|jour|semaine|mois|an)")
HOURS = {"h": 1, "jour": 7, "semaine": 35, "mois": 150, "an": 1600}  # of a course


class ActionShowItem(PisteAction):
    """Shows the card that a message points at, or asks which."""

    hears = True

    def name(self) -> str:
        """Name in the domain."""
        return "action_show_item"

    def act(self, turn: Turn, reply: Reply) -> Slots:
        """Show it again, with what the person asked about it in view."""
        told = facts_beside(turn, self.services)  # « j'ai 20 ans, à Besançon : c'est quand, le forum ? »
        if turn.slot("place"):  # « celui de Planoise » tells where it is, not where they live
            told.pop("place", None)
        return told | self._tell_asked(turn, reply)

    def _tell_asked(self, turn: Turn, reply: Reply) -> Slots:
        shown: list[Row] = turn.slot("shown", [])
        facet = facet_of(turn)
        named = [] if "item" in turn.entities else named_rows(turn, self.services, shown)
        rows = named or (suited(shown, facet) if facet else shown)
        meant = named if len(named) == 1 else meant_of(turn, rows, self.services)
        of_rights = not rows and facet is None and not services_named(turn.text)[0]
        if of_rights and (answer := sure_answer(turn, self.services)):  # « à qui je demande pour un visa ? »
            return tell(answer, turn, reply)
        if not named and BY_MEASURE.search(turn.plain):  # « la plus courte, c'est laquelle ? »
            meant = []
        if not named and not pointed_at(turn, rows):
            items = [self.services.knowledge.item(row["id"]) for row in rows]
            if (found := beside_shown(turn, reply, self.services, [one for one in items if one])) is not None:
                return found
        if not rows:
            return self._nothing_shown(turn, reply)
        if not meant and turn.intent != "choose":
            looked_at = (turn.slot("chosen"), turn.context.get("event"))
            meant = [row for one in looked_at for row in rows if one and row["id"] == one][:1]
        if len(meant) == 1:
            return tell_of(meant[0], facet, turn, reply, self.services)
        return self._tell_several(meant or rows, facet, turn, reply)

    def _tell_several(self, several: list[Row], facet: Facet | None, turn: Turn, reply: Reply) -> Slots:
        """Say what is asked of a few things, or ask which is meant."""
        if facet and len(several) <= FEW:
            return tell_of_all(several, facet, turn, reply, self.services)
        about = {"facet": facet.key} if facet else {}
        intent = turn.intent if turn.intent in SAID else "ask_details"
        choices = [button(row["title"], intent, item=row["id"], **about) for row in several]
        day = next((day for day in texts.DAYS if day in fold(turn.text)), None)
        if day and not facet:
            reply.say("utter_none_that_day", buttons=choices, day=day)
        else:
            reply.say("utter_which_item", buttons=choices)
        return {}

    def _nothing_shown(self, turn: Turn, reply: Reply) -> Slots:
        """Say where services are listed when one was looked for in vain, else ask what draws the person."""
        facet = facet_of(turn)
        if facet and facet.key == "price":
            reply.say("utter_ask_help")  # « c'est gratuit ? », of Piste itself
            return {}
        if turn.slot("topic") != "place" and is_drawn(turn.slots):
            return suggest(turn, reply, self.services, turn.slots)
        if turn.slot("topic") != "place":
            return guess_or_ask(turn, reply, self.services, {})
        ways = [button("Un endroit où aller", "find_place"), button("Des idées de métiers", "explore_jobs")]
        reply.say("utter_where_listed", buttons=ways)
        return {"asked": None}


def facet_of(turn: Turn) -> Facet | None:
    """Return what the message asks to know of something, None when it only points at it."""
    if pressed := turn.entities.get("facet"):
        return facets.BY_KEY.get(str(pressed))
    chooses = turn.intent == "choose" and not BY_MEASURE.search(turn.plain)
    found = None if chooses else facets.asked(turn.plain)
    return found or (facets.BY_KEY["register"] if turn.intent == "register" and not turn.text else None)


def suited(shown: list[Row], facet: Facet) -> list[Row]:
    """Leave out trades, of which no card says when or where."""
    events = [row for row in shown if row["kind"] == "event"]
    if facet.key in OF_EVENTS and events:
        return events
    return [row for row in shown if row["kind"] != "job_family"] or shown


def named_rows(turn: Turn, services: Services, shown: list[Row]) -> list[Row]:
    """Return what the message calls by its own name, whether or not it was shown."""
    kinds: tuple[Kind, ...] = ("event", "place", "training")
    found = [one for kind in kinds for one in named_items(turn, services, turn.slots, kind)]
    known = {row["id"]: row for row in shown}
    return [known.get(one.item.id) or row_of(one, turn.slots) for one in found]


def tell_of(row: Row, facet: Facet | None, turn: Turn, reply: Reply, services: Services) -> Slots:
    """Say what was asked of one thing, its card beside."""
    item = services.knowledge.item(row["id"])
    if item is None:
        reply.say("utter_gone", buttons=[button("Autre chose", "ask_more")])
        return {}
    again = card_again(item, row, turn)
    ways = [button("Autre chose", "ask_more"), button("Pas pour moi", "not_for_me", item=item.id)]
    response, words = SAID.get(turn.intent, "utter_chosen"), dict[str, str]()
    if facet:
        known = told_of(facet, again, turn)
        unknown = {"what": f"{facet.name[0].upper()}{facet.name[1:]}"}
        response, words = ("utter_fact", {"fact": known}) if known else ("utter_fact_unknown", unknown)
        if not known and (phone := facets.told(facets.BY_KEY["phone"], again)):
            response, words = "utter_fact_to_ask", unknown | {"who": f"{item.title} : {phone}"}
    reply.say(response, buttons=ways, directives=[{"type": "cards", "cards": [again]}], **words)
    is_shown = any(one["id"] == item.id for one in turn.slot("shown", []))
    return {"chosen": item.id} | ({} if is_shown else {"shown": [row]})


def told_of(facet: Facet, card: Row, turn: Turn) -> str | None:
    """Say what is asked, and what else the message asks of it that is known: « quel âge, et c'est gratuit ? »."""
    others = [] if turn.entities.get("facet") else facets.all_asked(turn.plain)
    said = [facets.told(one, card) for one in dict.fromkeys([facet, *others])]
    known = [line for one in said if one for line in one.splitlines()]
    return "\n".join(dict.fromkeys(known)) or None


def tell_of_all(rows: list[Row], facet: Facet, turn: Turn, reply: Reply, services: Services) -> Slots:
    """Say what was asked of each of a few things, a line each."""
    items = [(row, services.knowledge.item(row["id"])) for row in rows]
    known = [(row["title"], facets.told(facet, card_again(item, row, turn)) if item else None) for row, item in items]
    choices = [button(row["title"], "choose", item=row["id"]) for row in rows]
    if not any(said for _, said in known):
        what = f"{facet.name[0].upper()}{facet.name[1:]}"
        cards = [card_again(item, row, turn) for row, item in items if item]
        phones = [(one["title"], facets.told(facets.BY_KEY["phone"], one)) for one in cards]
        if called := [f"{title} : {phone}" for title, phone in phones if phone]:
            reply.say("utter_fact_to_ask", buttons=choices, what=what, who="\n".join(called))
        else:
            reply.say("utter_fact_unknown", buttons=choices, what=what)
        return {}
    lines = [f"{title} : {said.replace(chr(10), ' ') if said else texts.NOT_SAID}" for title, said in known]
    cards = [card_again(item, row, turn) for row, item in items if item]
    reply.say("utter_fact", buttons=choices, directives=[{"type": "cards", "cards": cards}], fact="\n".join(lines))
    return {}


def card_again(item: Item, row: Row, turn: Turn) -> Row:
    """Return an item's card as it was shown: with its reason and its distance."""
    return card(Suggestion(item, 1.0, (), row.get("distance_km")), turn.now, vous=turn.vous) | {"why": row["why"]}


class ActionRefine(ListeningAction):
    """« La même chose mais à distance »: the last search again, with what changes."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_refine"

    def go_on(self, turn: Turn, reply: Reply, changes: Slots) -> Slots:
        """Search again for the kind named, or the one last spoken of."""
        changes |= reach_wanted(turn)
        slots = {**turn.slots, **changes}
        kind = kind_of(turn)
        if "within_km" in changes and not slots.get("place"):
            reply.say("utter_ask_place")
            return changes | {"asked": "place", "topic": kind or "event"}
        if "within_km" in changes and kind in (None, "job_family"):
            kind = "event"
        if kind in ("training", "event", "place"):
            return changes | suggest_only(turn, reply, self.services, slots, kind)
        if not is_drawn(slots) and turn.entities.keys() >= {"modality", "date"}:  # « quoi à distance cette semaine ? »
            return changes | suggest_only(turn, reply, self.services, slots, "event")
        if not is_drawn(slots):
            return changes | ask_for_interest(turn, reply)
        return changes | suggest(turn, reply, self.services, slots)


def reach_wanted(turn: Turn) -> Slots:
    """« plus près », « plus loin »: how far to look from now on, kilometres."""
    said = turn.plain
    far = max((row.get("distance_km") or 0.0 for row in turn.slot("shown", [])), default=0.0)
    if CLOSER.search(said):
        return {"within_km": max(NEAREST_KM, (far or turn.slot("within_km", NEAR_KM)) / 2)}
    if FURTHER.search(said) or turn.entities.get("reach") == "further":
        return {"within_km": max(FAR_KM, 2 * turn.slot("within_km", 0.0))}
    return {}


def kind_of(turn: Turn) -> Kind | None:
    """Return the kind that a message names, else the one last asked for, else the one card looked at."""
    if (pressed := turn.entities.get("kind")) in KINDS:
        return cast("Kind", pressed)
    named: list[Kind] = [kind for kind, words in KINDS.items() if words.search(fold(turn.text))]
    chosen: list[Kind] = [row["kind"] for row in turn.slot("shown", []) if row["id"] == turn.slot("chosen")]
    return next(iter([*named, *filter(None, [turn.slot("topic")]), *chosen]), None)


def meant_of(turn: Turn, shown: list[Row], services: Services) -> list[Row]:
    """Return what the words point at among what was shown: one, several that they do not tell apart, or none."""
    if pressed := turn.entities.get("item"):
        return [row for row in shown if row["id"] == pressed]
    said = fold(turn.text)
    kinds = [kind for kind, words in KINDS.items() if words.search(said)]
    rows = [row for row in shown if row["kind"] in kinds] or shown
    if ids := pointed_at(turn, rows):
        return [row for row in rows if row["id"] in ids]
    looked_at = next((row["kind"] for row in shown if row["id"] == turn.slot("chosen")), turn.slot("topic"))
    alike = [row for row in rows if row["kind"] == looked_at] or rows
    near = [row for row in alike if row.get("distance_km") is not None]
    if CLOSEST.search(said) and near:
        return [min(near, key=lambda row: float(row["distance_km"]))]
    items = {row["id"]: services.knowledge.item(row["id"]) for row in rows}
    if found := _by_length(said, rows, items):
        return found
    for tells in (_named, _on_the_day, _at_the_place):
        told = {row["id"]: tells(turn, said, row, items[row["id"]]) for row in rows}
        if most := max(told.values(), default=0):  # « la journée au chantier-école »: not all that says « école »
            return [row for row in rows if told[row["id"]] == most]
    return rows if len(rows) == 1 or rows is not shown else []


def _by_length(said: str, rows: list[Row], items: dict[str, Item | None]) -> list[Row]:
    """Return the shortest or the longest of what has a duration, when the message asks for it."""
    pick = min if SHORTEST.search(said) else max if LONGEST.search(said) else None
    last = {row["id"]: hours for row in rows if (item := items[row["id"]]) and (hours := hours_of(item)) is not None}
    return [row for row in rows if row["id"] == pick(last, key=lambda one: last[one])] if pick and last else []


def hours_of(item: Item) -> int | None:
    """Return about how many hours a course takes, by the first duration that is written of it."""
    found = LASTS.search(fold(str(item.details.get("duration") or "")))
    return int(found[1]) * HOURS[found[2]] if found else None


def _named(turn: Turn, said: str, row: Row, item: Item | None) -> int:
    words = set(re.findall(rf"\w{{{SHORTEST_NAME},}}", said))
    names = [row["title"]]
    if item is not None:
        place = item.details.get("place") or {}
        names += [item.details.get("organiser") or "", place.get("neighbourhood") or ""]
        names += ["en ligne distance"] if item.modality == "remote" else []
    return len(words & set(re.findall(rf"\w{{{SHORTEST_NAME},}}", fold(" ".join(names)))) - set(texts.DAYS))


def _on_the_day(turn: Turn, said: str, row: Row, item: Item | None) -> bool:
    if item is None or item.starts_at is None:
        return False
    starts = item.starts_at.astimezone(texts.PARIS)
    return texts.DAYS[starts.weekday()] in said or bool(re.search(rf"\ble {starts.day}\b", said))


def _at_the_place(turn: Turn, said: str, row: Row, item: Item | None) -> bool:
    named = turn.entities.get("place")
    return bool(named and item and item.place and fold(str(named)) in fold(item.place.label))
