"""A sheet of which every cell is text of one format, written row by row: a fifth of the time of cell by cell.

It writes what XlsxWriter would write, but for the hint of how wide each row is, which readers do without.
"""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_IN_A_CELL: Final = 32_767
"""UTF-16 units: what a spreadsheet takes; the rest is left out."""


class TextSheet(Worksheet):  # type: ignore[misc]  # it has no types
    """A sheet that is filled with rows of text at once, below what is written to it otherwise."""

    def fill_with(self, rows: Sequence[Sequence[str]], first: int, text: Any) -> None:
        """Put rows of text, all with one format, from the row with the number `first`, of which 0 is the top one.

        Cost: linear in the cells; a text that stands in many of them is kept once.
        """
        index_of, style = self.str_table._get_shared_string_index, text._get_xf_index()
        letters = [xl_col_to_name(position) for position in range(max(map(len, rows), default=0))]
        self._filled = []
        for number, row in enumerate(rows, start=first + 1):
            cells = [
                f'<c r="{letter}{number}" s="{style}" t="s"><v>{index_of(_cut(cell))}</v></c>'
                if not cell.startswith("<r>")
                else f'<c r="{letter}{number}" s="{style}" t="inlineStr">{self._in_line(_cut(cell))}</c>'
                for letter, cell in zip(letters, row, strict=False)
                if cell
            ]
            self._filled.append(f'<row r="{number}">{"".join(cells)}</row>' if cells else "")
        self._below = first + len(rows) - 1, len(letters) - 1

    def _in_line(self, text: str) -> str:
        """Write a text in its cell: among those that are kept once XlsxWriter would take it for XML of its own."""
        escaped = self._escape_data(self._escape_control_characters(text))
        return f'<is><t xml:space="preserve">{escaped}</t></is>'

    def _write_dimension(self) -> None:
        row, column = self._below
        self._check_dimensions(max(row, 0), max(column, 0))
        super()._write_dimension()

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.write("".join(self._filled))


def _cut(cell: str) -> str:
    if len(cell) <= MOST_IN_A_CELL // 2:  # a character is two units at most
        return cell
    return cell.encode("utf-16-le")[: 2 * MOST_IN_A_CELL].decode("utf-16-le", "ignore")
