"""What kinds of extract there are, and what can be recorded of an entry in the DCC's systems."""

from enum import StrEnum


class ExtractKind(StrEnum):
    """What is in an extract."""

    ALL = "all"
    CHANGES = "changes"


class LoadKind(StrEnum):
    """What is recorded of an entry."""

    LOADED = "loaded"
    REMOVED = "removed"
