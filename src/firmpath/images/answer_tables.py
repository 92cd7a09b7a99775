"""Answers as rows copied out of a table: the headings, then a row for each Device.

Source: FEATURES F53; an inventory is often shown, and sent on, as a table.
"""

from collections.abc import Callable, Sequence
from typing import Final

from firmpath.images.answer_parts import MANUFACTURER, MODEL, TERM, VERSION, Fields
from firmpath.pathways.faults import Fault

Cells = tuple[str, ...]
NameOf = Callable[[str], str]
"""Gives which field a heading means, '' where it is none that is read."""

_BETWEEN: Final = "\t;,"
_NEEDED: Final = frozenset((MANUFACTURER, MODEL, VERSION))


def find_table(text: str, name_of: NameOf) -> list[Fields | Fault] | None:
    """Give the fields of each row of a table, or what is wrong with it; None where the text is no such table.

    Cost: linear in the text.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    between = next((each for each in _BETWEEN if lines and each in lines[0]), "")
    if not between:
        return None
    rows = [_cells(line, between) for line in lines]
    if len(rows) == 1 and between == "\t":
        rows = _parted(rows[0], name_of)
    headings, *rest = rows
    names = [name_of(each) for each in headings]
    if not rest or not _NEEDED.issubset(names):
        return None
    if twice := next((each for each in names if each and names.count(each) > 1), None):
        right = "take the one that does not say what Devices run now out"
        return [Fault(TERM, "", f"has two columns for {twice}", right, quoted=False)]
    return [_fields(names, row, at) for at, row in enumerate(rest, 2)]


def _fields(names: Sequence[str], row: Cells, at: int) -> Fields | Fault:
    if len(row) != len(names):
        wrong = f"has {len(row)} cells where its headings are {len(names)}"
        return Fault(TERM, "", wrong, "copy whole rows", f"in row {at}", quoted=False)
    return {name: cell for name, cell in zip(names, row, strict=True) if name and cell}


def _cells(line: str, between: str) -> Cells:
    return tuple(cell.strip().strip('"').strip() for cell in line.split(between))


def _parted(cells: Cells, name_of: NameOf) -> list[Cells]:
    """Part the headings from the one row that a box has joined them with: a blank is between the two.

    The cell in the middle has the last heading and the first value; where the heading ends is known of one that is
    read.
    """
    middle, is_odd = divmod(len(cells), 2)
    words = cells[middle].split(" ")
    for at in range(len(words) - 1, 0, -1):
        heading, value = " ".join(words[:at]), " ".join(words[at:])
        if is_odd and name_of(heading):
            return [(*cells[:middle], heading), (value, *cells[middle + 1 :])]
    return [cells]
