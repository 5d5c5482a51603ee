"""What can go wrong with a feed. No message holds an address: it may carry a key."""

from datetime import timedelta

from knowledge_base.errors import KnowledgeError


class FeedError(KnowledgeError):
    """A feed that cannot be added, found or run."""


class FeedBusy(FeedError):
    """What another process is doing at this moment."""


class FetchFailed(FeedError):
    """What was asked for did not come; `retry_after` is how long its server wants to be left alone."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AddressRefused(FetchFailed):
    """A host that is not on the public internet."""


class NameNotFound(FetchFailed):
    """A host that does not exist."""
