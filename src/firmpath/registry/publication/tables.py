"""The CPL as a table to download: the columns of `firmpath export`, or those of them that are everybody's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from firmpath.registry.publication.public_fields import PUBLIC_FIELDS
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import Row, row_of
from firmpath.tables.listing import csv_pieces
from firmpath.tables.writing import workbook_octets

PUBLIC_COLUMNS: Final = tuple(name for name in COLUMN_NAMES if name in PUBLIC_FIELDS)
"""The columns of a table for everybody."""

_LINES_AT_ONCE: Final = 500


def column_names(reads_fir: bool) -> tuple[str, ...]:
    """Give the columns of a table for somebody who may read the FIR, or who may not."""
    return COLUMN_NAMES if reads_fir else PUBLIC_COLUMNS


def rows_of(entries: Iterable[CPLEntry], names: Sequence[str]) -> Iterator[Row]:
    """Give the cells of these columns for each entry."""
    places = [COLUMN_NAMES.index(name) for name in names]
    return (tuple(row[place] for place in places) for row in map(row_of, entries))


def csv_of(entries: Iterable[CPLEntry], names: Sequence[str]) -> Iterator[bytes]:
    """Give a CSV table piece by piece."""
    return csv_pieces(names, rows_of(entries, names))


def xlsx_of(entries: Iterable[CPLEntry], names: Sequence[str]) -> bytes:
    """Give an XLSX table.

    Cost: 50,000 rows take seconds.
    """
    return workbook_octets(names, list(rows_of(entries, names)))


def register_of(statements: Iterable[Statement], with_people: bool) -> Iterator[bytes]:
    """Give a register file piece by piece; only SECAS is told which person entered what."""
    shown = statements if with_people else (each._replace(entered_by=NOT_KNOWN) for each in statements)
    piece: list[str] = []
    for line in write_register(shown):
        piece.append(line)
        if len(piece) == _LINES_AT_ONCE:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()
