"""Read as much of a CPL as a question needs: of a register a few lines, of a table what was kept of it.

The first question about a file reads it whole and keeps an index; later ones go by the index. Either way every
line that is used is parsed in full, and the answer is the same. Source: ADR 0008.
"""

import argparse
import json
import mmap
from collections.abc import Iterable
from typing import BinaryIO

from firmpath.cli.arguments import cpl_path, day_asked_about, known_at
from firmpath.cli.kept import keep, kept, kept_path, marks_of
from firmpath.cli.reading import REGISTER_BEGINS, How, how_of, import_table, lines_of, open_file, read_file
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError, refuse_if_any
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.reference import Target
from firmpath.pathways.register_index import RegisterIndex, families_of, index_register, read_families
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement

_INDEX, _REGISTER = "index", "register"


def read_for(arguments: argparse.Namespace, references: Iterable[Target]) -> Catalogue:
    """Read those parts of the CPL that a question about these entries needs.

    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    return fold_sound(read_part(arguments, references), day_asked_about(arguments))


def read_part(arguments: argparse.Namespace, references: Iterable[Target]) -> tuple[Statement, ...]:
    """Read the statements about the families of these entries, and about every notice.

    Cost: of a file read before, that of the families asked about; otherwise that of the whole file.
    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    references, known = tuple(references), known_at(arguments)
    path = cpl_path(arguments)
    with open_file(path) as file:
        is_register = file.read(len(REGISTER_BEGINS)) == REGISTER_BEGINS
        part = _part_of_register(file, path, references) if is_register else None
    if part is None:
        part = _part_of_table(path, how_of(arguments), references)
    if known:
        part = tuple(statement for statement in part if statement.recorded_at <= known)
    return part


def _part_of_register(file: BinaryIO, path: str, references: tuple[Target, ...]) -> tuple[Statement, ...]:
    marks = marks_of(file.fileno())
    index = _kept_index(marks)
    if index is None:
        octets = read_file(path)
        index = _index_of(octets, path)
        keep(marks, _INDEX, json.dumps(index, separators=(",", ":")).encode())
        return _look_up(octets, index, references)
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        return _look_up(mapped, index, references)


def _part_of_table(path: str, how: How, references: tuple[Target, ...]) -> tuple[Statement, ...]:
    """Import a table as a register that is kept; the next question reads that."""
    with open_file(path) as file:
        marks = marks_of(file.fileno())
    if marks:
        marks += _mark_of(how)
        try:
            with open(kept_path(marks, _REGISTER), "rb") as register:
                return _part_of_register(register, path, references)
        except (OSError, FirmpathError):
            pass  # nothing is kept, or what is kept has been spoilt: import it again
    from firmpath.pathways.register_writer import write_register  # a register needs none of it

    octets = "".join(write_register(import_table(path, how))).encode()
    keep(marks, _REGISTER, octets)
    return _look_up(octets, _index_of(octets, path), references)


def _mark_of(how: How) -> str:
    """Mark how a table is understood, so that another mapping is another import."""
    from hashlib import sha256

    mapping = read_file(how.mapping) if how.mapping else b""
    words = json.dumps([how.ignore, how.sheet, how.party, mapping.hex()])
    return f"-{sha256(words.encode()).hexdigest()[:16]}"


def _look_up(
    octets: bytes | mmap.mmap, index: RegisterIndex, references: tuple[Target, ...]
) -> tuple[Statement, ...]:
    return read_families(octets, index, sorted(families_of(octets, index, references)))


def _index_of(octets: bytes, path: str) -> RegisterIndex:
    statements = read_register(lines_of(octets, path))
    refuse_if_any(faults_of_record(statements))
    return index_register(octets, statements)


def _kept_index(marks: str) -> RegisterIndex | None:
    try:
        return RegisterIndex(*json.loads(kept(marks, _INDEX)))
    except (ValueError, TypeError):
        return None
