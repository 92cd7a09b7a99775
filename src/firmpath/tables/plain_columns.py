"""Columns in which every cell is plainly right are read in one go, which makes a large table quick.

Each shape below is narrower than what the parser of the column accepts, and in the form that the parser
gives. A column with any other cell in it is left to the parser, cell by cell; so no rule is stated twice, and
a test holds the two readings against each other.
"""

import re
from collections.abc import Callable, Sequence
from operator import lt
from typing import Any, Final

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases, NoPreviousVersion
from firmpath.pathways.identifiers import FirmwareVersion
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.plain_text import LONGEST_TEXT

_new = tuple.__new__  # a third of the time of calling the class

_ID = "[1-9][0-9]{0,14}"
_TEXT = "(?:[A-Za-z0-9](?:[ -~]*[!-~])?)?"


def _column_of(cell: str) -> re.Pattern[str]:
    """Return the pattern of a whole column, its cells joined by line feeds."""
    return re.compile(f"(?:{cell}\n)*+{cell}")


def _texts(cells: Sequence[str]) -> Sequence[Any]:
    if max(map(len, cells)) > LONGEST_TEXT:
        raise ValueError("too long for plain text")
    return cells if all(cells) else [cell or NOT_KNOWN for cell in cells]


def _bases(cells: Sequence[str]) -> Sequence[Any]:
    return [_base_firmware(cell) for cell in cells]


def _base_firmware(cell: str) -> Bases | NoPreviousVersion | NotKnown:
    if ";" not in cell:
        if not cell:
            return NOT_KNOWN
        return NO_PREVIOUS_VERSION if cell == "N/A" else _new(Bases, ((int(cell),),))
    ids = tuple(map(int, cell.split("; ")))
    if not all(map(lt, ids, ids[1:])):
        ids = tuple(sorted({*ids}))
        if len(ids) != cell.count(";") + 1:
            raise ValueError("an id stands twice")
    return _new(Bases, (ids,))


Shape = tuple[re.Pattern[str], Callable[[Sequence[str]], Sequence[Any]]]

_PLAIN_TEXT: Final[Shape] = (_column_of(_TEXT), _texts)
_SHAPES: Final[dict[str, Shape]] = {
    "cpl_entry_id": (_column_of(_ID), lambda cells: list(map(int, cells))),
    "firmware_version": (_column_of("[0-9A-F]{8}"), lambda cells: list(map(FirmwareVersion, cells))),
    "manufacturer_image_hash": (_column_of("[0-9A-F]{64}"), lambda cells: cells),
    "base_cpl_entry_ids": (_column_of(f"(?:N/A|{_ID}(?:; {_ID})*)?"), _bases),
    "release_notes_url": (_column_of("(?:https?://[!#-~]+)?"), _texts),
    **dict.fromkeys(("cpa_certificate", "zigbee_certificate", "notes"), _PLAIN_TEXT),
}


def read_plain_column(name: str, cells: Sequence[object]) -> Sequence[Any]:
    """Return the values of a column if all its cells are plain text of the plainest shape, and () otherwise."""
    shape = _SHAPES.get(name)
    if shape is None or not cells:
        return ()
    pattern, values_of = shape
    try:
        if pattern.fullmatch("\n".join(cells)):  # type: ignore[arg-type]  # other than text: the TypeError below
            return values_of(cells)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        pass
    return ()
