"""Read a whole CPL from whatever file holds it: a table or a register."""

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, NamedTuple

from firmpath.cli.arguments import cpl_path, day_asked_about, known_at
from firmpath.cli.progress import working
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement

IMPORTING_PARTY = "CPL import"
"""The responsible Party of what is imported, where nobody says who it is."""

REGISTER_BEGINS = b'{"firmpath_register":'
"""How every version of a register file begins; whatever begins otherwise is taken for a table."""


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
    if octets.startswith(REGISTER_BEGINS):
        with working(f"Reading {path}"):
            return read_register(lines_of(octets, path), continues + 1)
    return import_table(path, how)


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
    with open_file(path) as file:
        return file.read()


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """Open a file to read its octets.

    :raises FirmpathError: it cannot be opened, or fails while it is read.
    """
    try:
        with open(os.fsencode(path), "rb") as file:
            yield file
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FirmpathError(Fault("File", path, f"cannot be read: {why}", "check the name")) from None


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
