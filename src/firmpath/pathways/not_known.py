"""A value for what nobody knows, so that it can never be mistaken for an empty one."""

from typing import Final, Literal


class NotKnown:
    """What is not on record; there is one such value, `NOT_KNOWN`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_KNOWN"

    def __str__(self) -> str:
        return "not known"

    def __bool__(self) -> Literal[False]:
        return False

    def __reduce__(self) -> str:
        return "NOT_KNOWN"


NOT_KNOWN: Final = NotKnown()
