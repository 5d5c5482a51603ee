"""Finding events: forums, workshops, visits, open days. Useful even before an interest is known."""

from actions.find_training import FindOneKind


class ActionFindEvent(FindOneKind):
    """Events to come, near or online."""

    kind = "event"

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_event"
