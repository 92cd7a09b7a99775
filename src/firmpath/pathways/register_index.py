"""Where in a register file the lines of each HardwareFamily are, so that a question need read no others.

An index is made from a register that was read whole and found sound, and holds for just those bytes: whoever
keeps one keeps the SHA-256 of the file with it. Source: ADR 0008.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import EntryPublished, NoticeClosed, NoticeExtended, NoticeOpened, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByHash, ByID, Newest, Target
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.statement import Statement

_Ranges = list[int]
"""Beginnings and ends of runs of lines, in octets, one after the other."""


class Octets(Protocol):
    """A register file, in memory or mapped into it."""

    def find(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Give the first place of `sub`, or -1."""

    def rfind(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Give the last place of `sub`, or -1."""

    def __getitem__(self, part: slice, /) -> bytes: ...


class RegisterIndex(NamedTuple):
    """For each family: its ids, its models (`F001/00050203`), and its lines; and the lines about notices."""

    ids: list[list[int]]
    models: list[list[str]]
    lines: list[_Ranges]
    notices: _Ranges


def index_register(octets: bytes, statements: Iterable[Statement]) -> RegisterIndex:
    """Make the index of a register from its octets and the statements read from them.

    Cost: linear, about a microsecond a statement.
    """
    statements = tuple(statements)
    index = RegisterIndex([], [], [], [])
    slot_of = _slots(index, statements)
    place_of: dict[int, int] = {}
    begin = octets.index(b"\n") + 1
    for statement in statements:
        end = octets.index(b"\n", begin) + 1
        place = place_of[statement.number] = _place(statement, slot_of, place_of)
        _add_line(index.notices if place < 0 else index.lines[place], begin, end)
        begin = end
    return index


def read_families(octets: Octets, index: RegisterIndex, families: Iterable[int]) -> tuple[Statement, ...]:
    """Read the statements about some families, and about every notice, in order of their numbers.

    :raises FirmpathError: the index is not that of this register.
    """
    ranges = [index.notices, *(index.lines[family] for family in families)]
    lines = (line for run in ranges for line in _lines(octets, run))
    return tuple(sorted(read_lines(lines), key=lambda statement: statement.number))


def families_of(octets: Octets, index: RegisterIndex, references: Iterable[Target]) -> set[int]:
    """Give the families that have an entry which one of these references can mean."""
    found: set[int] = set()
    for reference in references:
        if isinstance(reference, ByID):
            found |= _families_with(index, {reference.cpl_entry_id})
        elif isinstance(reference, ByHash):
            found |= _families_with(index, _ids_with_hash(octets, reference.manufacturer_image_hash))
        elif not isinstance(reference, Newest):
            model = f"{reference.manufacturer_id}/{reference.model}"
            found |= {family for family, models in enumerate(index.models) if model in models}
    return found


def _slots(index: RegisterIndex, statements: Iterable[Statement]) -> dict[CPLEntryID, int]:
    """Open a slot of the index for each family, and say which slot each entry is in.

    Families stay together where a correction has moved an entry from one to another: both need all its lines.
    """
    slots: dict[HardwareFamily, int] = {}
    slot_of: dict[CPLEntryID, int] = {}
    for fact in (statement.fact for statement in statements if isinstance(statement.fact, EntryPublished)):
        family = fact.device_model.hardware_model.family
        slot = slots.setdefault(family, slot_of.get(fact.cpl_entry_id, len(index.ids)))
        moved_from = slot_of.get(fact.cpl_entry_id, slot)
        if moved_from != slot:
            _join(slots, slot_of, moved_from, slot)
        elif slot == len(index.ids):
            index.ids.append([])
            index.models.append([])
            index.lines.append([])
        slot_of[fact.cpl_entry_id] = slot
    for cpl_entry_id, slot in slot_of.items():
        index.ids[slot].append(cpl_entry_id)
    for statement in statements:
        if isinstance(statement.fact, EntryPublished):
            models = index.models[slot_of[statement.fact.cpl_entry_id]]
            model = str(statement.fact.device_model.hardware_model)
            if model not in models:
                models.append(model)
    return slot_of


def _join(slots: dict[HardwareFamily, int], slot_of: dict[CPLEntryID, int], from_slot: int, to_slot: int) -> None:
    slots.update({family: to_slot for family, slot in slots.items() if slot == from_slot})
    slot_of.update({cpl_entry_id: to_slot for cpl_entry_id, slot in slot_of.items() if slot == from_slot})


def _place(statement: Statement, slot_of: dict[CPLEntryID, int], place_of: dict[int, int]) -> int:
    """Give the slot of the family that a statement is about, or -1 where it is about a notice."""
    fact = statement.fact
    if isinstance(fact, Retracted):
        return place_of[statement.corrects] if statement.corrects else -1
    if isinstance(fact, NoticeOpened | NoticeExtended | NoticeClosed):
        return -1
    return slot_of[fact.cpl_entry_id]


def _add_line(run: _Ranges, begin: int, end: int) -> None:
    if run and run[-1] == begin:
        run[-1] = end
    else:
        run += (begin, end)


def _lines(octets: Octets, run: _Ranges) -> Iterator[str]:
    for begin, end in zip(run[::2], run[1::2], strict=True):
        yield from octets[begin:end].decode().rstrip("\n").split("\n")


def _families_with(index: RegisterIndex, ids: set[CPLEntryID]) -> set[int]:
    return {family for family, own in enumerate(index.ids) if not ids.isdisjoint(own)}


def _ids_with_hash(octets: Octets, manufacturer_image_hash: str) -> set[CPLEntryID]:
    """Find the entries whose listing has this hash, by looking for it in the text."""
    wanted = f'"manufacturer_image_hash":"{manufacturer_image_hash}"'.encode()
    ids: set[CPLEntryID] = set()
    at = octets.find(wanted)
    while at >= 0:
        line = octets[octets.rfind(b"\n", 0, at) + 1 : octets.find(b"\n", at)]
        fact = read_lines([line.decode()])[0].fact
        if isinstance(fact, EntryPublished):
            ids.add(fact.cpl_entry_id)
        at = octets.find(wanted, at + 1)
    return ids
