"""Vulnerabilities from and to CSV: a row for each range; rows with one reference are one vulnerability.

Every fault of every row is told at once, and then nothing is taken in.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    AffectedRange,
    RangeStatus,
    Vulnerability,
    check_range,
    check_vulnerability,
)
from firmpath.tables.listing import csv_of

REQUIRED: Final = ("reference", "stack")
COLUMNS: Final = (
    *("reference", "cves", "title", "stack_vendor", "stack", "chipset_vendor"),
    *(
        "affected_from",
        "affected_to",
        "affected_below",
        "status",
        "condition",
        "as_printed",
        "cvss",
        "note",
        "source",
    ),
)
_SEPARATORS: Final = re.compile(r"[\s,;]+")


class _Row(NamedTuple):
    number: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


def read_csv(octets: bytes) -> list[Vulnerability]:
    """Read a CSV file of vulnerabilities, in order of their first rows.

    :raises FirmpathError: every fault of every row.
    """
    rows, faults = _rows(octets)
    by_reference: dict[str, list[_Row]] = {}
    for row in rows:
        by_reference.setdefault(row.get("reference"), []).append(row)
    found = []
    for group in by_reference.values():
        faults += _faults_of_group(group)
        found.append(_vulnerability(group))
    refuse_if_any(sorted(faults, key=_row_of))
    return found


def write_csv(vulnerabilities: Iterable[Vulnerability]) -> bytes:
    """Write vulnerabilities in the columns that are read."""
    return csv_of(COLUMNS, rows_of(vulnerabilities))


def rows_of(vulnerabilities: Iterable[Vulnerability]) -> Iterator[tuple[str, ...]]:
    """Give a row of cells for each range."""
    for each in vulnerabilities:
        for affected in each.ranges:
            yield (
                *(each.reference, " ".join(each.cves), each.title, affected.stack_maker, affected.stack),
                *(
                    affected.chipset_vendor,
                    *affected.versions,
                    affected.status,
                    each.condition,
                    affected.as_printed,
                    each.cvss,
                ),
                *(each.note, "; ".join(each.sources)),
            )


def _rows(octets: bytes) -> tuple[list[_Row], list[Fault]]:
    reader = csv.reader(io.StringIO(_text_of(octets), newline=""), strict=True)
    try:
        lines = [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        raise FirmpathError(_file_fault(f"is no CSV that can be read: {error}", "save it as CSV anew")) from None
    if not lines:
        raise FirmpathError(_file_fault("is empty", f"its first row has to name columns: {', '.join(COLUMNS)}"))
    headings, *rest = lines
    refuse_if_any(_faults_of_headings(headings))
    faults = [
        Fault("Row", str(number), f"has {len(line)} cells for {len(headings)} columns", "mend it").at(
            _place(number)
        )
        for number, line in enumerate(rest, 2)
        if line and len(line) != len(headings)
    ]
    rows = [
        _Row(number, dict(zip(headings, line, strict=False))) for number, line in enumerate(rest, 2) if any(line)
    ]
    if not rows:
        raise FirmpathError(_file_fault("has no row", "write a row for each range of versions"))
    return rows, faults


def _text_of(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"is not in UTF-8: octet {error.start + 1} cannot be read"
        raise FirmpathError(_file_fault(wrong, "save it as CSV in UTF-8")) from None


def _faults_of_headings(headings: list[str]) -> Iterator[Fault]:
    for heading in dict.fromkeys(headings):
        if heading not in COLUMNS:
            yield Fault("Column", heading, "is not known", f"take it out, or name it one of {', '.join(COLUMNS)}")
        if headings.count(heading) > 1:
            yield Fault("Column", heading, "is there twice", "take one out")
    for name in REQUIRED:
        if name not in headings:
            yield Fault("Column", name, "is missing", "add it", quoted=True)


def _faults_of_group(group: list[_Row]) -> Iterator[Fault]:
    for row in group:
        for fault in (*check_range(_range(row)), *_check_status(row)):
            yield fault.at(_place(row.number))
    first = group[0]
    whole = _vulnerability(group)
    range_faults = {fault for row in group for fault in check_range(_range(row))}
    yield from (fault.at(_place(first.number)) for fault in check_vulnerability(whole) if fault not in range_faults)
    for name in ("title", "condition", "cvss", "note"):
        given = [row for row in group if row.get(name)]
        for row in given[1:]:
            if row.get(name) != given[0].get(name):
                right = "write the same in all rows of one reference, or leave it out of the later ones"
                wrong = f"is not that of row {given[0].number}, '{given[0].get(name)}'"
                yield Fault(name, row.get(name), wrong, right).at(_place(row.number))


def _vulnerability(group: list[_Row]) -> Vulnerability:
    def one(name: str) -> str:
        return next((row.get(name) for row in group if row.get(name)), "")

    return Vulnerability(
        one("reference"),
        tuple(dict.fromkeys(cve for row in group for cve in _SEPARATORS.split(row.get("cves")) if cve)),
        one("title"),
        tuple(dict.fromkeys(map(_range, group))),
        one("condition"),
        one("cvss"),
        one("note"),
        tuple(dict.fromkeys(part for row in group for part in row.get("source").split("; ") if part)),
    )


def _range(row: _Row) -> AffectedRange:
    versions = VersionRange(row.get("affected_from"), row.get("affected_to"), row.get("affected_below"))
    status = row.get("status")
    return AffectedRange(
        row.get("stack_vendor"),
        row.get("stack"),
        row.get("chipset_vendor"),
        versions,
        row.get("as_printed"),
        RangeStatus(status) if status in _STATUSES else RangeStatus.AFFECTED,
    )


_STATUSES: Final = tuple(each.value for each in RangeStatus)


def _check_status(row: _Row) -> Iterator[Fault]:
    status = row.get("status")
    if status and status not in _STATUSES:
        yield Fault("status", status, "is none", f"give one of {', '.join(_STATUSES)}, or leave it out")


def _place(number: int) -> str:
    return f"in row {number}"


def _row_of(fault: Fault) -> int:
    return int(fault.where.removeprefix("in row ") or 0)


def _file_fault(wrong: str, right: str) -> Fault:
    return Fault("File", "", wrong, right, quoted=False)
