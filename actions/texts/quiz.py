"""What the interests quiz says of a person's types."""

from collections.abc import Sequence

# What draws each RIASEC type, in few words.
TYPES = {
    "R": "faire de ses mains, bouger, être sur le terrain",
    "I": "comprendre, chercher, résoudre",
    "A": "créer, imaginer, s'exprimer",
    "S": "aider, écouter, transmettre",
    "E": "convaincre, organiser, entraîner les autres",
    "C": "ranger, vérifier, faire les choses dans l'ordre",
}
TYPE_NAMES = {"R": "Faire", "I": "Comprendre", "A": "Créer", "S": "Aider", "E": "Entraîner", "C": "Ordonner"}
SCALE = 3.0  # an interest as far from the middle fills or empties its bar


def filled(means: Sequence[float]) -> dict[str, int]:
    """Return how full each type's bar is, in percent."""
    return {
        axis: round(100 * min(max(0.5 + mean / (2 * SCALE), 0.05), 1)) for axis, mean in zip(TYPES, means, strict=True)
    }


def picture_of(means: Sequence[float]) -> str:
    """Return the address of the picture of a quiz's result: the six bars, nothing of the person."""
    return f"/pictures/interests/{'-'.join(str(part) for part in filled(means).values())}.svg"


def described(means: Sequence[float]) -> str:
    """Say what the picture shows, the strongest first."""
    bars = sorted(filled(means).items(), key=lambda pair: -pair[1])
    return "Les intérêts : " + ", ".join(f"{TYPE_NAMES[axis]} {part} %" for axis, part in bars)
