"""The heading row: where it is, which column each heading means, and what to say where one means none."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.tables.columns import COLUMN_NAMES, NAME_BY_HEADING, REQUIRED_NAMES, fold_heading
from firmpath.tables.files import file_fault
from firmpath.tables.mapping import Mapping, check_mapping, suggest

ROWS_SEARCHED: Final = 20
"""A heading row may come after a few rows of title; so many rows are looked at."""

_IGNORED = "(ignored)"


class HeadingRow(NamedTuple):
    """A heading row: its number, and for each of our columns its position from 0 and its heading.

    `unnamed` are the positions that have no heading.
    """

    row_number: int
    positions: dict[str, int]
    headings: dict[str, str]
    unnamed: tuple[int, ...]


class KindOfTable(NamedTuple):
    """What a kind of table holds: which of our columns it must have, further ones by heading, and what to advise.

    `further` are pairs of a heading and a name of its own. The two kinds of advice say what to do about a heading
    that is not known, and about a column that is missing.
    """

    required: tuple[str, ...] = REQUIRED_NAMES
    further: tuple[tuple[str, str], ...] = ()
    unknown_advice: str = "map it to a column of ours with --mapping, or leave it out with --ignore"
    missing_advice: str = "every table has it; where it goes by another heading, map that"


CPL_TABLE: Final = KindOfTable()
"""A table of entries that are on the CPL."""


class Headings:
    """The headings that are understood under one mapping, in one kind of table."""

    def __init__(self, mapping: Mapping, kind: KindOfTable = CPL_TABLE) -> None:
        refuse_if_any(check_mapping(mapping))
        self.mapping = mapping
        self.kind = kind
        self.names = (*COLUMN_NAMES, *(name for _, name in kind.further))
        self.meanings = NAME_BY_HEADING | {fold_heading(heading): name for heading, name in kind.further}
        self.meanings.update((fold_heading(heading), _IGNORED) for heading in mapping.ignore)
        self.meanings.update((fold_heading(heading), name) for heading, name in mapping.columns)

    def known_in(self, row: Sequence[object]) -> set[str]:
        """Return the names of our columns that the cells of a row mean."""
        found = {self.meanings.get(fold_heading(cell), "") for cell in row if isinstance(cell, str)}
        return found - {"", _IGNORED}

    def find_row(self, rows: Sequence[Sequence[object]]) -> tuple[int, bool]:
        """Return the row from 0 that names the most required columns, and whether it names all of them."""
        required = self.kind.required
        counts = [len(self.known_in(row).intersection(required)) for row in rows[:ROWS_SEARCHED]]
        best = max(counts, default=0)
        return (counts.index(best) if counts else 0), best == len(required)

    def read_row(self, rows: Sequence[Sequence[object]], path: str) -> HeadingRow:
        """Read the heading row among the first rows.

        :raises FirmpathError: there is none, or a heading is not understood; every such fault at once.
        """
        index = self.find_row(rows)[0]
        row = [_heading_text(cell) for cell in rows[index]] if rows else []
        if not self.known_in(row):
            refuse_if_any([self._no_heading_row(path)])
        where = f"in row {index + 1}"
        refuse_if_any([*self._unknown(row, where), *self._repeated(row, where), *self._absent(row, where)])
        meanings = [self.meanings.get(fold_heading(heading), "") for heading in row]
        positions = {name: at for at, name in enumerate(meanings) if name in self.names}
        unnamed = tuple(at for at, heading in enumerate(row) if not heading)
        return HeadingRow(index + 1, positions, {name: row[at] for name, at in positions.items()}, unnamed)

    def _unknown(self, row: Sequence[str], where: str) -> list[Fault]:
        free = [name for name in COLUMN_NAMES if name not in self.known_in(row)]
        remedy = self.kind.unknown_advice
        faults = []
        for heading in row:
            if heading and fold_heading(heading) not in self.meanings:
                hint = suggest(heading, free)
                right = f"{hint} If not, {remedy}" if hint else remedy
                faults.append(Fault("Heading", heading, "is not known", right, where))
        return faults

    def _repeated(self, row: Sequence[str], where: str) -> list[Fault]:
        faults = []
        first: dict[str, str] = {}
        for heading in row:
            name = self.meanings.get(fold_heading(heading), "")
            if name in first and name in self.names:
                wrong = f"means the column {name}, and so does '{first[name]}'"
                faults.append(Fault("Heading", heading, wrong, "ignore one of them", where))
            first.setdefault(name, heading)
        return faults

    def _absent(self, row: Sequence[str], where: str) -> list[Fault]:
        """Find headings of the mapping that the file has not, and required columns that it has not."""
        there = {fold_heading(heading) for heading in row}
        named = [*(heading for heading, _ in self.mapping.columns), *self.mapping.ignore]
        faults = [
            Fault("Heading", heading, "of the mapping is not in the table", suggest(heading, row), where)
            for heading in named
            if fold_heading(heading) not in there
        ]
        known = self.known_in(row)
        right = self.kind.missing_advice
        missing = [name for name in self.kind.required if name not in known]
        return faults + [Fault("Column", name, "is missing", right, where) for name in missing]

    def _no_heading_row(self, path: str) -> Fault:
        wrong = f"has no heading row: none of its first {ROWS_SEARCHED} rows names a column of the CPL"
        return file_fault(path, wrong, "the columns a table needs are " + ", ".join(self.kind.required))


def name_of_position(position: int) -> str:
    """Return the letters a spreadsheet shows above a column: position 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _heading_text(cell: object) -> str:
    text = cell.value if isinstance(cell, Fault) else str(cell)
    return " ".join(text.split())
