"""Finding a place where somebody can help."""

from actions.find_training import FindOneKind


class ActionFindPlace(FindOneKind):
    """Services near the person."""

    topic = "place"

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_place"
