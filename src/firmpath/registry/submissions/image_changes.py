"""When a correction makes a CPL entry another image: it needs a second person, whatever upgrades it opens."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Statement


class ImageChange(NamedTuple):
    """What makes the image of an entry another one: the standard's term, what it was, and what it becomes."""

    cpl_entry_id: int
    term: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"CPL entry {self.cpl_entry_id} becomes another image: {self.term} {self.was} becomes {self.becomes}"


def image_changes(register: LivingRegister, statements: Iterable[Statement]) -> tuple[ImageChange, ...]:
    """Give what corrections of published entries change about which image each entry is."""
    return tuple(
        change
        for statement in statements
        if isinstance(statement.fact, EntryPublished) and not isinstance(statement.corrects, NotKnown)
        for change in _between(register.statements[statement.corrects - 1].fact, statement.fact)
    )


def _between(was: object, now: EntryPublished) -> Iterator[ImageChange]:
    assert isinstance(was, EntryPublished)
    for (term, before), (_, after) in zip(_identity(was), _identity(now), strict=True):
        if before != after:
            yield ImageChange(now.cpl_entry_id, term, before, after)


def _identity(fact: EntryPublished) -> Iterator[tuple[str, str]]:
    hardware, version = fact.device_model
    yield "Device type", str(hardware.device_type)
    yield "Manufacturer and model", str(hardware)
    yield "Firmware version", str(version)
    yield "Manufacturer Image hash", str(fact.manufacturer_image_hash)
