"""What is understood of a person, said to them or to who speaks for them."""

from collections.abc import Mapping
from typing import Any

from actions.texts import AGE_BUTTONS, LEVELS, MODALITIES, in_register, listed
from actions.texts.quiz import TYPE_NAMES

AGE_NAMES = {group: f"{name[0].lower()}{name[1:]}" for name, group in AGE_BUTTONS}

FACTS = {
    "age": "mon âge",
    "place": "ma ville",
    "level": "mon niveau",
    "without_car": "que je suis sans voiture",
    "modality": "à distance ou sur place",
    "riasec": "mon test",
}
OF_ANOTHER = {
    "Tu aimes": "Aime",
    "Tu ne veux pas": "Ne veut pas",
    "Tes choix au test": "Choix au test",
    "Ton âge": "Âge",
    "Ton niveau": "Niveau",
    "Tu es à": "Habite à",
    "Pour te déplacer": "Pour se déplacer",
    "Tu préfères": "Préfère",
}


def profile_lines(slots: Mapping[str, Any]) -> list[str]:
    """Return what is understood of a person, a line each, as slot `register` wants; empty when nothing is."""
    place, level, age = slots.get("place") or {}, slots.get("level"), slots.get("age")
    told = [
        ("Tu aimes", ", ".join(slots.get("likes") or ())),
        ("Tu ne veux pas", ", ".join(slots.get("dislikes") or ())),
        ("Tes choix au test", listed([TYPE_NAMES[axis].lower() for axis in slots.get("riasec") or ""])),
        ("Ton âge", f"{age} ans" if age else AGE_NAMES.get(slots.get("age_group") or "", "")),
        ("Ton niveau", LEVELS.get(level, "") if level is not None else ""),
        ("Tu es à", place.get("label", "")),
        ("Pour te déplacer", "sans voiture" if slots.get("without_car") else ""),
        ("Tu préfères", MODALITIES.get(slots.get("modality") or "", "")),
    ]
    vous = slots.get("register") == "vous"
    other = slots.get("about") == "other"
    return [f"{OF_ANOTHER[what] if other else in_register(what, vous=vous)} : {said}." for what, said in told if said]
