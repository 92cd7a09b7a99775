"""What the SSC takes away: its vulnerabilities, the exposure to one, and the ways out, as CSV or XLSX."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from firmpath.pathways.days import britains_day
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.exposure.days import days_of_exposure, days_since_fix
from firmpath.registry.ssc.exposure.exposed import break_down
from firmpath.registry.ssc.exposure.looking import Line, Picture
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.stacks.tables import PUBLIC_HEADINGS, public_cells
from firmpath.registry.ssc.vulnerabilities.scoring import score
from firmpath.registry.ssc.ways_out.finding import Stuck
from firmpath.registry.ssc.ways_out.others import remarks_on, words_of
from firmpath.tables import listing
from firmpath.tables.writing import workbook_octets

Table = tuple[Sequence[str], list[tuple[str, ...]]]
"""Headings, and rows of texts."""


def _csv_of(table: Table) -> bytes:
    return listing.csv_of(*table)


def _xlsx_of(table: Table) -> bytes:
    headings, rows = table
    return workbook_octets(headings, rows, "Table")


KINDS: Final[Mapping[str, tuple[str, Callable[[Table], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", _csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx_of),
}
"""What each form is called in HTTP, and how a table is written in it."""


def vulnerabilities_table(lines: Iterable[Line]) -> Table:
    """Give a row for each vulnerability, with what it comes to."""
    headings = (
        *("number", "reference", "cves", "title", "affected_versions", "condition", "cvss", "score", "severity"),
        *(f"{kind.replace(' ', '_')}_{what}" for what in ("entries", "devices") for kind in VerdictKind),
        *("is_withdrawn", "cve_rejected", "same_cve_as"),
        *("with_a_way_out", "onto_affected_by_another", "most_activations", *(each.name.lower() for each in Stuck)),
    )
    return headings, [tuple(map(str, _line(each))) for each in lines]


def _line(line: Line) -> Iterator[object]:
    vulnerability = line.kept.vulnerability
    severity = score(vulnerability.cvss) if vulnerability.cvss else None
    yield from (line.kept.number, vulnerability.reference, " ".join(vulnerability.cves), vulnerability.title)
    yield "; ".join(each.words for each in vulnerability.ranges)
    yield from (vulnerability.condition, vulnerability.cvss)
    yield from (severity.score, severity.word) if severity else ("", "")
    yield from (line.total.entries[kind] for kind in VerdictKind)
    yield from (line.total.devices[kind] for kind in VerdictKind)
    yield "yes" if vulnerability.is_withdrawn else "no"
    yield from ("; ".join(vulnerability.rejected), "; ".join(each.words for each in line.same_cve))
    yield from (line.outcome.rescued, line.outcome.onto_affected, line.outcome.most_activations)
    yield from (line.outcome.stuck.get(each, 0) for each in Stuck)


def shares_table(picture: Picture) -> Table:
    """Give a row for each manufacturer, Device type and band, with its entries and Devices by verdict."""
    counted = [f"{kind.replace(' ', '_')}_{what}" for what in ("entries", "devices") for kind in VerdictKind]
    rows = [
        (by, share.name, *(str(of[kind]) for of in (share.entries, share.devices) for kind in VerdictKind))
        for by, shares in break_down(picture.exposure, picture.weighed, picture.together).items()
        for share in shares
    ]
    return ("by", "name", *counted), rows


def exposure_table(picture: Picture, ids: Iterable[CPLEntryID]) -> Table:
    """Give a row for each of these entries: its verdict and why, and the way out of those that are affected."""
    headings = (
        *PUBLIC_HEADINGS,
        *("zigbee_chipset_vendor", "zigbee_stack_version", "verdict", "why", "condition"),
        *("assessed_by", "assessed_on", "devices", "devices_of_it_or_another", "way_out"),
        "activations_of_exposure",
        *("days_of_exposure", "days_since_fix_was_listed", "no_way_out"),
        *("way_out_cautions", "cleaner_way_out", "cleaner_way_out_cautions"),
    )
    shared = picture.shared
    rows = (_exposed(picture, each, shared.get(each, "")) for each in ids)
    return headings, [tuple(map(str, row)) for row in rows]


def _exposed(picture: Picture, cpl_entry_id: CPLEntryID, shared: object) -> Iterator[object]:
    exposure, found = picture.exposure, picture.found
    verdict, given = exposure.verdict_of(cpl_entry_id), exposure.ground.given.get(cpl_entry_id)
    assessed = exposure.assessed.get(cpl_entry_id)
    way = found.ways.get(cpl_entry_id, ())
    yield from public_cells(picture.catalogue[cpl_entry_id])
    yield from ((given.chipset_vendor or "", given.stack_version or "") if given else ("", ""))
    yield from (verdict.kind, assessed.reason if assessed else verdict.why, exposure.condition_of(cpl_entry_id))
    yield from (assessed.entered_by, str(britains_day(assessed.recorded_at))) if assessed else ("", "")
    yield from (picture.devices.get(cpl_entry_id, ""), shared)
    yield from (" > ".join(map(str, way)), len(way) - 1 if way else "")
    yield from (
        _or_nothing(days_of_exposure(picture, cpl_entry_id)),
        _or_nothing(days_since_fix(picture, cpl_entry_id)),
    )
    yield found.stuck.get(cpl_entry_id, "")
    cleaner = found.cleaner.get(cpl_entry_id, ())
    yield from (_cautions(picture, way), " > ".join(map(str, cleaner)), _cautions(picture, cleaner))


def _cautions(picture: Picture, way: Steps) -> str:
    remarks = remarks_on(picture.found.others, way)
    return ". ".join(words_of(each, picture.catalogue) for each in remarks)


def _or_nothing(days: int | NotKnown) -> object:
    return "" if isinstance(days, NotKnown) else days


def operators_table(picture: Picture, ids: Iterable[CPLEntryID]) -> Table:
    """Give what may be shown to others: the public facts of entries.

    It has no pathway: that would end where the fix begins, and so tell what the entries have in common.
    """
    return PUBLIC_HEADINGS, [public_cells(picture.catalogue[each]) for each in ids]
