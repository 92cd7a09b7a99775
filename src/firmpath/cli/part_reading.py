"""Read as much of a CPL as a question needs: of a register a few lines, of a table what was kept of it.

The first question about a file reads it whole and keeps an index; later ones go by the index. Either way every
line that is used is parsed in full, and the answer is the same. Source: ADR 0008.
"""

import argparse
import mmap
import os
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from firmpath.cli.arguments import cpl_path, day_asked_about, known_at
from firmpath.cli.kept import keep, keep_marked, kept, kept_path, marks_of
from firmpath.cli.reading import (
    REGISTER_BEGINS,
    How,
    how_of,
    import_table,
    lines_of,
    open_file,
    read_file,
    refuse_unfit,
)
from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import ANY_ENTRY, BaseFirmwareDeclared, EntryPublished, NoticeExtended, NoticeOpened
from firmpath.pathways.faults import FirmpathError, refuse_if_any
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.reference import ByID, Target
from firmpath.pathways.register_index import (
    Octets,
    RegisterIndex,
    families_of,
    index_register,
    read_families,
    require_index,
)
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement

_INDEX, _REGISTER = "index", "register"


class _Asked(NamedTuple):
    """What a question is about: these entries, and perhaps notices that are accepted by name, wherever they are."""

    references: tuple[Target, ...]
    all_notices: bool


def read_for(arguments: argparse.Namespace, references: Iterable[Target]) -> Catalogue:
    """Read those parts of the CPL that a question about these entries needs.

    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    return fold_sound(read_part(arguments, references), day_asked_about(arguments))


def read_part(arguments: argparse.Namespace, references: Iterable[Target]) -> tuple[Statement, ...]:
    """Read the statements about the families of these entries, and about the notices that concern them.

    Cost: of a file read before, that of the families asked about; otherwise that of the whole file.
    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    known = known_at(arguments)
    asked = _Asked(tuple(references), bool(getattr(arguments, "accept", ())))
    path = cpl_path(arguments)
    if "\0" not in path:
        path = os.path.realpath(path)  # once: a link may be switched while we read
    with open_file(path) as file:
        is_register = file.read(len(REGISTER_BEGINS)) == REGISTER_BEGINS
        part = _part_of_register(file, path, asked) if is_register else ()
        marks = marks_of(file.fileno())
    refuse_unfit(arguments, is_register)
    if not is_register:
        part = _part_of_table(marks, path, how_of(arguments), asked)
    if known:
        part = tuple(statement for statement in part if statement.recorded_at <= known)
    return part


def _part_of_register(file: BinaryIO, path: str, asked: _Asked) -> tuple[Statement, ...]:
    marks = marks_of(file.fileno())
    part = _part_by_index(file, marks, asked)
    if part is not None:
        return part
    file.seek(0)
    octets = file.read()
    index = _index_of(octets, path)
    keep_marked(marks, _INDEX, index.encode())
    return _look_up(octets, index, asked)


def _part_of_table(marks: str, path: str, how: How, asked: _Asked) -> tuple[Statement, ...]:
    """Import a table as a register that is kept; the next question reads that."""
    if marks:
        marks += _mark_of(how)
        try:
            with open(kept_path(marks, _REGISTER), "rb") as register:
                own_marks = marks_of(register.fileno(), settled=False)
                part = _part_by_index(register, own_marks, asked)
        except OSError:
            part = None
        if part is not None:
            return part
    from firmpath.pathways.register_writer import write_register  # a register needs none of it

    octets = "".join(write_register(import_table(path, how))).encode()
    index = _index_of(octets, path)
    with open_file(path) as file:
        if marks_of(file.fileno()) + (_mark_of(how) if marks else "") != marks:
            return _look_up(octets, index, asked)  # the file was changed while it was imported
    keep_marked(keep(marks, _REGISTER, octets), _INDEX, index.encode())
    return _look_up(octets, index, asked)


def _part_by_index(file: BinaryIO, marks: str, asked: _Asked) -> tuple[Statement, ...] | None:
    """Look up what is asked about by the index that is kept; None where there is none that fits the file.

    An index of another shape fails in one way or another, and then the file is read whole, as if there were none.
    """
    try:
        index = require_index(kept(marks, _INDEX).decode())
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return _look_up(mapped, index, asked)
    except (AttributeError, FirmpathError, LookupError, TypeError, ValueError):
        return None


def _mark_of(how: How) -> str:
    """Mark how a table is understood, so that another mapping is another import."""
    import json  # a register needs none of it
    from hashlib import sha256

    mapping = read_file(how.mapping) if how.mapping else b""
    words = json.dumps([how.ignore, how.sheet, how.party, mapping.hex()])
    return f"-{sha256(words.encode()).hexdigest()[:16]}"


def _look_up(octets: Octets, index: RegisterIndex, asked: _Asked) -> tuple[Statement, ...]:
    families = families_of(octets, index, asked.references)
    part = read_families(octets, index, families, asked.all_notices)
    elsewhere = _named_elsewhere(part)
    if elsewhere:
        families |= families_of(octets, index, elsewhere)
        part = read_families(octets, index, families, asked.all_notices)
    return part


def _named_elsewhere(part: tuple[Statement, ...]) -> list[ByID]:
    """Give entries of other families that an answer names with their versions: bases, and where a risk ends."""
    ids = {statement.fact.cpl_entry_id for statement in part if type(statement.fact) is EntryPublished}
    named: set[object] = set()
    # Whatever a notice has said at any time counts: to read a family too many costs little.
    about: set[str] = set()
    for statement in part:
        fact = statement.fact
        if type(fact) is BaseFirmwareDeclared and type(fact.base_firmware) is Bases:
            named.update(fact.base_firmware.ids)
        elif isinstance(fact, NoticeOpened | NoticeExtended) and any(
            ids.issuperset(set(step) - {ANY_ENTRY}) for step in fact.steps
        ):
            about.add(fact.notice_id)
    opened = (statement.fact for statement in part if type(statement.fact) is NoticeOpened)
    named.update(fact.fixed_in for fact in opened if fact.notice_id in about)
    return [ByID(each) for each in named - ids if isinstance(each, int)]  # type: ignore[arg-type]


def _index_of(octets: bytes, path: str) -> RegisterIndex:
    statements = read_register(lines_of(octets, path))
    refuse_if_any(faults_of_record(statements))
    return index_register(octets, statements)
