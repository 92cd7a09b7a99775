"""Where in a register file the lines of each HardwareFamily are, so that a question need read no others.

An index is made from a register that was read whole and found sound, and holds for just those octets: whoever
keeps one has to know the file again. It is text that is searched and never read as a whole: a line that says
where the notices of every family are, one that says where all notices are, and one for each family with its ids,
its models, and the runs of its lines, as in `,101,204,;F007/35340103;24-1613 3216-25088`. Source: ADR 0008.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NewType, Protocol

from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import AnyEntry, EntryPublished, NoticeClosed, NoticeExtended, NoticeOpened, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByHash, ByID, Newest, Target
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.statement import Statement

RegisterIndex = NewType("RegisterIndex", str)
"""The text of an index."""

Family = NewType("Family", int)
"""A family, by the place in the index where its line begins."""

_BEGINS: Final = "firmpath index 2\n"
_EVERYWHERE, _ALL_NOTICES = -2, -1  # stand beside the slots of families, and come before them

_Runs = list[int]
"""Beginnings and ends of runs of lines, in octets, one after the other."""


class Octets(Protocol):
    """A register file, in memory or mapped into it."""

    def find(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Give the first place of `sub`, or -1."""

    def rfind(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Give the last place of `sub`, or -1."""

    def __getitem__(self, part: slice, /) -> bytes: ...


def index_register(octets: bytes, statements: Iterable[Statement]) -> RegisterIndex:
    """Make the index of a register from its octets and the statements read from them.

    Cost: linear, about two microseconds a statement.
    """
    statements = tuple(statements)
    slot_of = _slots(statements)
    runs: dict[int, _Runs] = {_EVERYWHERE: [], _ALL_NOTICES: []}
    begin = octets.index(b"\n") + 1
    for slots in _slots_of_statements(statements, slot_of):
        end = octets.index(b"\n", begin) + 1
        for slot in slots:
            run = runs.setdefault(slot, [])
            if run and run[-1] == begin:
                run[-1] = end
            else:
                run += (begin, end)
        begin = end
    names = _names_of_slots(statements, slot_of)
    lines = (f"{names.get(slot, '')}{_write_runs(run)}\n" for slot, run in runs.items())
    return RegisterIndex(_BEGINS + "".join(lines))


def require_index(text: str) -> RegisterIndex:
    """Take a text for the index that it begins like.

    :raises ValueError: it is of another shape.
    """
    if not text.startswith(_BEGINS):
        raise ValueError("this is no index of a register")
    return RegisterIndex(text)


def read_families(
    octets: Octets, index: RegisterIndex, families: Iterable[Family], with_all_notices: bool = False
) -> tuple[Statement, ...]:
    """Read the statements about some families and the notices that concern them, in order of their numbers.

    :raises FirmpathError: the index is not that of this register.
    :raises ValueError: it is no index.
    """
    everywhere = index.index("\n") + 1
    of_notices = index.index("\n", everywhere) + 1
    runs: set[str] = set()
    for place in (of_notices if with_all_notices else everywhere, *families):
        runs.update(index[place : index.index("\n", place)].rpartition(";")[2].split())
    found = {statement.number: statement for statement in read_lines(_lines(octets, runs))}
    return tuple(found[number] for number in sorted(found))


def families_of(octets: Octets, index: RegisterIndex, references: Iterable[Target]) -> set[Family]:
    """Give the families that have an entry which one of these references can mean."""
    found: set[Family] = set()
    for reference in references:
        if isinstance(reference, ByID):
            found.update(_families_with(index, f",{reference.cpl_entry_id},"))
        elif isinstance(reference, ByHash):
            for cpl_entry_id in _ids_with_hash(octets, reference.manufacturer_image_hash):
                found.update(_families_with(index, f",{cpl_entry_id},"))
        elif not isinstance(reference, Newest):
            found.update(_families_with(index, f";{reference.manufacturer_id}/{reference.model};"))
    return found


def _slots(statements: Iterable[Statement]) -> dict[CPLEntryID, int]:
    """Number the families from 0, and say which each entry is in.

    Families stay together where a correction has moved an entry from one to another: both need all its lines.
    """
    slots: dict[HardwareFamily, int] = {}
    slot_of: dict[CPLEntryID, int] = {}
    for fact in (statement.fact for statement in statements if isinstance(statement.fact, EntryPublished)):
        family = fact.device_model.hardware_model.family
        slot = slots.setdefault(family, slot_of.get(fact.cpl_entry_id, len(slots)))
        moved_from = slot_of.setdefault(fact.cpl_entry_id, slot)
        if moved_from != slot:
            slots.update({each: slot for each, old in slots.items() if old == moved_from})
            slot_of.update({each: slot for each, old in slot_of.items() if old == moved_from})
    return slot_of


def _slots_of_statements(
    statements: Iterable[Statement], slot_of: dict[CPLEntryID, int]
) -> Iterator[tuple[int, ...]]:
    """Give for each statement the families that need its line; a notice concerns those that its steps name."""
    of_notices = _slots_of_notices(statements, slot_of)
    given: dict[int, tuple[int, ...]] = {}
    for statement in statements:
        fact = statement.fact
        if isinstance(fact, Retracted):
            slots = given[statement.corrects] if statement.corrects else ()
        elif isinstance(fact, (NoticeOpened, NoticeExtended, NoticeClosed)):
            slots = (_ALL_NOTICES, *sorted(of_notices[fact.notice_id]))
        else:
            slots = (slot_of[fact.cpl_entry_id],)
        given[statement.number] = slots
        yield slots


def _slots_of_notices(statements: Iterable[Statement], slot_of: dict[CPLEntryID, int]) -> dict[str, set[int]]:
    of_notices: dict[str, set[int]] = {}
    for fact in (statement.fact for statement in statements):
        if isinstance(fact, (NoticeOpened, NoticeExtended)):
            slots = of_notices.setdefault(fact.notice_id, set())
            for step in fact.steps:
                named = [end for end in step if not isinstance(end, AnyEntry)]
                slots.update(slot_of.get(end, _EVERYWHERE) for end in named)
                slots.update(() if named else (_EVERYWHERE,))
    return of_notices


def _names_of_slots(statements: Iterable[Statement], slot_of: dict[CPLEntryID, int]) -> dict[int, str]:
    """Write the ids and the models of each family; a model that a correction has taken away still leads to it."""
    ids: dict[int, list[str]] = {}
    for cpl_entry_id, slot in slot_of.items():
        ids.setdefault(slot, []).append(str(cpl_entry_id))
    models: dict[int, dict[str, None]] = {slot: {} for slot in ids}
    for fact in (statement.fact for statement in statements):
        if isinstance(fact, EntryPublished):
            models[slot_of[fact.cpl_entry_id]][str(fact.device_model.hardware_model)] = None
    return {slot: f",{','.join(own)},;{';'.join(models[slot])};" for slot, own in ids.items()}


def _write_runs(runs: _Runs) -> str:
    return " ".join(f"{begin}-{end}" for begin, end in zip(runs[::2], runs[1::2], strict=True))


def _lines(octets: Octets, runs: Iterable[str]) -> Iterator[str]:
    for run in runs:
        begin, _, end = run.partition("-")
        yield from octets[int(begin) : int(end)].decode().rstrip("\n").split("\n")


def _families_with(index: RegisterIndex, name: str) -> Iterator[Family]:
    at = index.find(name)
    while at >= 0:
        yield Family(index.rindex("\n", 0, at) + 1)
        at = index.find(name, at + 1)


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
