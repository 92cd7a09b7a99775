"""The slot through which the ZigBee chipset vendor and stack version go to the SSC: in, and never out again.

What stands behind the slot is put there when the SSC's application starts. Nothing on this side can read what was
put in, or learn whether it was changed later. Source: MP231 section 3 items 2 and 3; DESIGN decision 6.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from firmpath.registry.parties.who import Who


class ZigBeeStack(NamedTuple):
    """What is put in: texts as typed; '' where nothing was given."""

    chipset_vendor: str
    stack_version: str


class Slot(Protocol):
    """What the SSC's side has to offer."""

    def put(self, reference: UUID, stack: ZigBeeStack, by: Who, at: datetime) -> None:
        """Take what was given with the entry of a submission, in place of what was given for it before."""

    def put_all(self, stacks: Mapping[UUID, ZigBeeStack], by: Who, at: datetime) -> None:
        """Take what was given with the entries of many, as `put` does for one: all of it, or nothing."""

    def discard(self, references: list[UUID]) -> None:
        """Forget what was given with drafts that were thrown away."""


class _Behind:
    slot: Slot | None = None


def stand_behind(slot: Slot) -> None:
    """Say what takes what is put into the slot; called once, by the SSC's application."""
    _Behind.slot = slot


def the_slot() -> Slot:
    """Give the slot to put something in."""
    if _Behind.slot is None:
        raise RuntimeError("nothing stands behind the sealed slot; the SSC's application has not started")
    return _Behind.slot
