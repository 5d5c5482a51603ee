"""A message in another language among the others of its conversation: what was spoken before, what is heard of it.

Plain Python, so that it is tested without Rasa: keys are written as Rasa's parsed messages hold them.
"""

from typing import Any, Dict, Iterator, Text

LANGUAGE = "language"  # where a parsed message keeps the other language that it was written in, "" for French
TOLD_FRENCH = "told_french"  # the slot that keeps that the language of answers was told
ENOUGH = 3  # words in another language from which it is told
MAYBE_DANGER = "maybe_danger"
# Intents that are kinds of danger, as in bot/config.yml.
DANGER = ("distress", "violence", "sexual_violence", "harassment", "danger_at_home")


def wants_french(parsed: Dict[Text, Any], tracker: Any) -> bool:
    """Say whether to tell that Piste answers in French: once, and never before an answer to danger."""
    told = tracker.get_slot(TOLD_FRENCH) or parsed["intent"]["name"] in DANGER
    return bool(parsed.get(LANGUAGE)) and not told and len(parsed["text"].split()) >= ENOUGH


def heard_twice(glossed: Dict[Text, Any], written: Dict[Text, Any], *, whole: bool) -> Dict[Text, Any]:
    """Return intent and ranking of a message read in French and as written: danger in either, else the surer one.

    Sentences were learned in other languages too; a gloss that says all of a message (`whole`) tells more than they.
    """
    alarms = [one for one in (glossed, written) if one["intent"]["name"] in DANGER]
    surer = max((glossed, written), key=lambda one: one["intent"]["confidence"])
    heard = alarms[0] if alarms else glossed if whole else surer
    maybe = not alarms and any(one.get(MAYBE_DANGER) for one in (glossed, written))
    return {"intent": heard["intent"], "intent_ranking": heard.get("intent_ranking", []), MAYBE_DANGER: maybe}


def spoken_before(tracker: Any) -> Text:
    """Return the other language that the last message was written in, "" for French; presses do not count."""
    typed: Iterator[Dict[Text, Any]] = (
        dict(event.parse_data or {}) for event in reversed(tracker.events) if event.type_name == "user"
    )
    return next((str(one[LANGUAGE] or "") for one in typed if LANGUAGE in one), "")
