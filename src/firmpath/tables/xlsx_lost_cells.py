"""Cells that the reading library gives as empty though they are not: errors, and formulas without a value."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from firmpath.pathways.faults import Fault, FirmpathError

_RULE: Final = "R14"
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def find_lost_cells(octets: bytes, suspects: frozenset[str], sheet: str) -> dict[tuple[int, int], Fault]:
    """Return the lost cells of a sheet by row and position from 0.

    Cost: a few times what reading the sheet takes.
    """
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        name = _part_of_sheet(archive, sheet)
        if not name:
            right = "open it in a spreadsheet program, and save it again"
            raise FirmpathError(Fault("Sheet", sheet, "cannot be found among the parts of the workbook", right))
        if name not in suspects:
            return {}
        return {place: fault for place, cell in _cells(archive.read(name)) for fault in _loss(cell)}


def _part_of_sheet(archive: zipfile.ZipFile, sheet: str) -> str:
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _elements(archive.read("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for element in _elements(archive.read("xl/workbook.xml"), "sheet"):
        if element.get("name") == sheet:
            identifiers = [value for key, value in element.items() if key.endswith("}id")]
            target = targets.get(identifiers[0], "") if identifiers else ""
            # The reading library forgives case and slashes in the names of parts, so we have to.
            wanted = posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/").lower()
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            return names.get(wanted, "")
    return ""


def _cells(part: bytes) -> Iterator[tuple[tuple[int, int], ElementTree.Element]]:
    """Yield the cells of a sheet; row and cell may leave out where they are, and then follow the one before."""
    row = position = -1
    reader = ElementTree.iterparse(io.BytesIO(part), events=("start", "end"))
    for event, element in reader:
        tag = element.tag.rpartition("}")[2]
        if tag == "row" and event == "start":
            row = int(element.get("r", row + 2)) - 1
            position = -1
        elif tag == "row":
            element.clear()
        elif tag == "c" and event == "end":
            found = _REFERENCE.fullmatch(element.get("r", ""))
            row, position = (int(found[2]) - 1, _position(found[1])) if found else (row, position + 1)
            yield (row, position), element


def _position(letters: str) -> int:
    position = 0
    for letter in letters.upper():
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def _loss(cell: ElementTree.Element) -> list[Fault]:
    inside = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
    kind, value = cell.get("t", "n"), inside.get("v", "")
    if kind == "e":
        right = "put the formula right, or type the value"
        return [Fault("Cell", value, "is the error of a formula", right, rule=_RULE)]
    if "f" in inside and not value and kind != "str":  # a formula may give an empty text
        wrong = "is a formula whose value the file does not have"
        right = "open it in a spreadsheet program, which works it out, and save it again"
        return [Fault("Cell", f"={inside['f']}", wrong, right, rule=_RULE)]
    return []


def _elements(part: bytes, tag: str) -> Iterator[ElementTree.Element]:
    for _, element in ElementTree.iterparse(io.BytesIO(part)):
        if element.tag.rpartition("}")[2] == tag:
            yield element
