"""The one family of errors of the library. Each message says where, what, and the remedy."""


class KnowledgeError(Exception):
    """Base of every error that the library raises on purpose."""


class BadRecord(KnowledgeError):
    """A row or entry that cannot be taken: `file:line: reason`."""

    def __init__(self, source: str, line: int | str, reason: str) -> None:
        super().__init__(f"{source}:{line}: {reason}")


class BadFile(BadRecord):
    """A file that cannot be read as what it was given for; nothing of it is kept."""


class DatabaseUnavailable(KnowledgeError):
    """PostgreSQL does not answer, or lacks what we need of it."""


class ModelUnavailable(KnowledgeError):
    """The embedding model cannot be read or built."""
