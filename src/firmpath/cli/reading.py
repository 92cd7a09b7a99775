"""Whatever file holds the CPL, it becomes a register, and of that as much is read as the question needs."""

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from firmpath.cli.arguments import cpl_path, day_asked_about, known_at
from firmpath.cli.kept import keep, kept, key_of
from firmpath.cli.progress import working
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.fold import fold, fold_sound
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.reference import Target
from firmpath.pathways.register_index import RegisterIndex, families_of, index_register, read_families
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement

IMPORTING_PARTY = "CPL import"
"""The responsible Party of what is imported, where nobody says who it is."""

_REGISTER_BEGINS = b'{"firmpath_register":'


class How(NamedTuple):
    """How a table is to be understood: a mapping file, columns to leave out, the sheet, and the Party."""

    mapping: str = ""
    ignore: tuple[str, ...] = ()
    sheet: str = ""
    party: str = IMPORTING_PARTY


_PLAINLY = How()


def how_of(arguments: argparse.Namespace) -> How:
    """Give how the arguments say that a table is to be understood."""
    return How(arguments.mapping or "", tuple(arguments.ignore), arguments.sheet)


def read_catalogue(arguments: argparse.Namespace) -> Catalogue:
    """Read the whole CPL that the arguments name, as at the day they ask about.

    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    statements = read_statements(cpl_path(arguments), how_of(arguments))
    return fold(statements, day_asked_about(arguments), known_at(arguments))


def read_statements(path: str, how: How = _PLAINLY, continues: int = 0) -> tuple[Statement, ...]:
    """Read every statement of a register file, or of a table.

    `continues` is how many statements a register goes on from, where it does not begin with the first.
    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    octets = read_file(path)
    if octets.startswith(_REGISTER_BEGINS):
        with working(f"Reading {path}"):
            return read_register(lines_of(octets, path), continues + 1)
    return import_table(path, how)


def read_for(arguments: argparse.Namespace, references: Iterable[Target]) -> Catalogue:
    """Read those parts of the CPL that a question about these entries needs.

    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    return fold_sound(read_part(arguments, references), day_asked_about(arguments))


def read_part(arguments: argparse.Namespace, references: Iterable[Target]) -> tuple[Statement, ...]:
    """Read the statements about the families of these entries, and about every notice.

    The first question about a file reads it whole and keeps an index; later ones read a few lines. Either way
    the answer is the same. Cost with an index: the SHA-256 of the file, and the families asked about.
    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    path, known = cpl_path(arguments), known_at(arguments)
    octets = _register_octets(path, how_of(arguments))
    index = _kept_index(octets)
    if index is None:
        statements = read_register(lines_of(octets, path))
        refuse_if_any(faults_of_record(statements))
        index = index_register(octets, statements)
        keep(_index_name(octets), json.dumps(index, separators=(",", ":")).encode())
    return _known_by(read_families(octets, index, sorted(families_of(octets, index, references))), known)


def import_table(path: str, how: How, recorded_at: datetime | None = None) -> tuple[Statement, ...]:
    """Read a CSV or XLSX table as statements.

    :raises FirmpathError: the file cannot be read, or has faults; all faults of all rows.
    """
    from firmpath.tables.mapping import NO_MAPPING, ignoring, read_mapping  # a register needs none of it
    from firmpath.tables.reading import read_table
    from firmpath.tables.statements import statements_from_table

    mapping = ignoring(read_mapping(how.mapping) if how.mapping else NO_MAPPING, how.ignore)
    with working(f"Importing {path}"):
        return statements_from_table(read_table(path, mapping, how.sheet), how.party, recorded_at)


def read_file(path: str) -> bytes:
    """Read a file whole.

    :raises FirmpathError: it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FirmpathError(Fault("File", path, f"cannot be read: {why.lower()}", "check the name")) from None


def lines_of(octets: bytes, path: str) -> Sequence[str]:
    """Give the lines of a register file.

    :raises FirmpathError: it is not UTF-8, or its last line was cut off.
    """
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        wrong = f"is not UTF-8 (octet {error.start})"
        raise FirmpathError(Fault("Register", path, wrong, "restore it from where it came")) from None
    if not text.endswith("\n"):
        raise FirmpathError(Fault("Register", path, "ends within a line", "restore it from where it came"))
    return text[:-1].split("\n")


def _register_octets(path: str, how: How) -> bytes:
    """Give the octets of a register: those of the file, or those that the table comes to."""
    octets = read_file(path)
    if octets.startswith(_REGISTER_BEGINS):
        return octets
    from firmpath.pathways.register_writer import write_register

    mapping = read_file(how.mapping).decode(errors="replace") if how.mapping else ""
    name = key_of(octets, "table", mapping, how.sheet, how.party, *how.ignore) + ".register"
    before = kept(name)
    if before and _kept_index(before) is not None:  # an index is kept only of what was found sound
        return before
    register = "".join(write_register(import_table(path, how))).encode()
    keep(name, register)
    return register


def _kept_index(octets: bytes) -> RegisterIndex | None:
    try:
        return RegisterIndex(*json.loads(kept(_index_name(octets))))
    except (ValueError, TypeError):
        return None


def _index_name(octets: bytes) -> str:
    from firmpath import __version__  # another release may find faults that this one does not

    return key_of(octets, "index", __version__) + ".index"


def _known_by(statements: tuple[Statement, ...], known: datetime | NotKnown) -> tuple[Statement, ...]:
    if isinstance(known, NotKnown):
        return statements
    return tuple(statement for statement in statements if statement.recorded_at <= known)
