"""Read a whole CPL from whatever file holds it: a table or a register."""

import argparse
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from firmpath.cli.arguments import cpl_path, day_asked_about, known_at
from firmpath.cli.progress import working
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.fold import fold
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement

if TYPE_CHECKING:
    from firmpath.tables.mapping import Mapping

IMPORTING_PARTY = "CPL import"
"""The responsible Party of what is imported, where nobody says who it is."""

REGISTER_BEGINS = b'{"firmpath_register":'
"""How every version of a register file begins; whatever begins otherwise is taken for a table."""


_LONGEST_SHOWN = 80
"""Characters, as many as a fault shows of a value."""


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
    refuse_unfit(arguments, is_register(cpl_path(arguments)))
    statements = read_statements(cpl_path(arguments), how_of(arguments))
    return fold(statements, day_asked_about(arguments), known_at(arguments))


def read_statements(path: str, how: How = _PLAINLY, continues: int = 0) -> tuple[Statement, ...]:
    """Read every statement of a register file, or of a table.

    `continues` is how many statements a register goes on from, where it does not begin with the first.
    :raises FirmpathError: the file cannot be read, or has faults; all of them.
    """
    octets = read_file(path)
    if octets.startswith(REGISTER_BEGINS):
        with working(f"Reading {path}"):
            statements = read_register(lines_of(octets, path), continues + 1)
            if not continues:  # what goes on from a register is judged together with it
                refuse_if_any(faults_of_record(statements))
            return statements
    return import_table(path, how)


def import_table(path: str, how: How, recorded_at: datetime | None = None) -> tuple[Statement, ...]:
    """Read a CSV or XLSX table as statements.

    :raises FirmpathError: the file cannot be read, or has faults; all faults of all rows.
    """
    from firmpath.tables.reading import read_table  # a register needs none of it
    from firmpath.tables.statements import statements_from_table

    mapping = mapping_of(how)
    with working(f"Importing {path}"):
        return statements_from_table(read_table(path, mapping, how.sheet), how.party, recorded_at)


def mapping_of(how: How) -> "Mapping":
    """Give which headings of a table mean which column, and which are left out.

    :raises FirmpathError: the mapping file cannot be read, or has faults.
    """
    from firmpath.tables.mapping import NO_MAPPING, ignoring, read_mapping

    return ignoring(read_mapping(how.mapping) if how.mapping else NO_MAPPING, how.ignore)


def is_register(path: str) -> bool:
    """Say whether a file is a register file, going by how it begins.

    :raises FirmpathError: it cannot be read.
    """
    with open_file(path) as file:
        return file.read(len(REGISTER_BEGINS)) == REGISTER_BEGINS


def refuse_unfit(arguments: argparse.Namespace, *are_registers: bool) -> None:
    """Refuse arguments that the files to be read, of which the first is the one of `--known-at`, cannot follow.

    :raises FirmpathError: every such argument.
    """
    faults = []
    if arguments.known_at is not None and not are_registers[0]:
        wrong = "is given, but a table does not say when things were recorded"
        right = "import it with --recorded-at first, or leave out --known-at"
        faults.append(Fault("Known at", arguments.known_at, wrong, right))
    if all(are_registers):
        for term, value in (
            ("--mapping", arguments.mapping),
            ("--ignore", ", ".join(arguments.ignore)),
            ("--sheet", arguments.sheet),
        ):
            if value:
                wrong = "goes with a table, and this is a register file"
                faults.append(Fault(term, value, wrong, f"leave out {term}"))
    refuse_if_any(faults)


def read_file(path: str) -> bytes:
    """Read a file whole.

    :raises FirmpathError: it cannot be read.
    """
    with open_file(path) as file:
        return file.read()


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """Open a file to read its octets.

    :raises FirmpathError: it cannot be opened, is no file, or fails while it is read.
    """
    if "\0" in path:
        raise FirmpathError(file_fault(path, "is not a name that a file can have", "check it"))
    try:
        at_once = getattr(os, "O_NONBLOCK", 0)  # or a pipe would keep us waiting for ever
        with open(os.open(path, os.O_RDONLY | at_once), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                # It is read more than once, which a pipe does not allow.
                raise FirmpathError(file_fault(path, "is not a file on disk", "save it as one first"))
            yield file
    except OSError as error:
        raise FirmpathError(unreadable(path, error)) from None


def file_fault(path: str, wrong: str, right: str, term: str = "File") -> Fault:
    """Give the fault of a file as a whole; of a long name the end is shown, which tells files apart."""
    shown = path if len(path) <= _LONGEST_SHOWN else f"…{path[1 - _LONGEST_SHOWN :]}"
    return Fault(term, shown, wrong, right)


def unreadable(path: str, error: OSError) -> Fault:
    """Give the fault of a file or folder that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return file_fault(path, "cannot be read: there is no such file", "check the name")
    if isinstance(error, IsADirectoryError):
        return file_fault(path, "cannot be read: it is a folder", "give the name of a file")
    if isinstance(error, PermissionError):
        return file_fault(path, "cannot be read: permission denied", "ask whoever owns it")
    return file_fault(path, f"cannot be read: {(error.strerror or str(error)).lower()}", "check the name")


@contextmanager
def naming_file(path: str) -> Iterator[None]:
    """Add the name of the file to every fault found in it, for commands that read several.

    :raises FirmpathError: the same faults, each with the file in its place.
    """
    try:
        yield
    except FirmpathError as error:
        about_file = ("File", "Register")  # they have its name in them
        named = (
            fault if fault.term in about_file else fault.at(_place(fault.where, path)) for fault in error.faults
        )
        raise FirmpathError(*named) from None


def _place(where: str, path: str) -> str:
    from firmpath.cli.output import printable  # only where something is wrong

    return f"{where} of {printable(path)}" if where else f"in {printable(path)}"


def lines_of(octets: bytes, path: str) -> Sequence[str]:
    """Give the lines of a register file.

    :raises FirmpathError: it is not UTF-8, or its last line was cut off.
    """
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        wrong = f"is not UTF-8 (octet {error.start})"
        raise FirmpathError(file_fault(path, wrong, "restore it from where it came", "Register")) from None
    if not text.endswith("\n"):
        raise FirmpathError(file_fault(path, "ends within a line", "restore it from where it came", "Register"))
    return text[:-1].split("\n")
