"""The extract that the DCC's systems are fed with: every listed entry, or what changed since the last extract.

An extract is noted, not kept: the ledger's number and the day give the same rows again. Source: DOMAIN section 3.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import transaction

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.publication.dcc_queries import last_extract
from firmpath.registry.publication.models import ExtractTaken
from firmpath.registry.publication.tables import PUBLIC_COLUMNS, rows_of
from firmpath.tables import listing
from firmpath.tables.cell_values import Status
from firmpath.tables.entry_rows import Row
from firmpath.tables.writing import workbook_octets

CHANGE: Final = "change"
"""The last column of an extract of changes: `added`, `changed` or `removed`."""

_STATUS: Final = PUBLIC_COLUMNS.index("status")


class Extract(NamedTuple):
    """An extract that was taken, with its columns and rows, in order of the CPL Entry IDs."""

    taken: ExtractTaken
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def take_extract(kind: ExtractKind, by: Who, at: datetime) -> ExtractTaken:
    """Note that an extract is taken of the register as it is now.

    It is made before it is noted, so that nobody who writes has to wait for it; made again where the ledger has
    grown meanwhile, or another extract was taken.
    Cost: linear in the CPL; for changes also in the statements.

    :raises FirmpathError: changes are asked for, and there is no extract before.
    """
    while True:
        taken, before = _extract_of_now(kind, by, at)
        with transaction.atomic():
            take_turn("extracts for the DCC")
            if current().chain == taken.chain and last_extract() == before:
                taken.save()
                log_act(by, "extract for the DCC taken", f"extract {taken.pk}", at)
                return taken


def _extract_of_now(kind: ExtractKind, by: Who, at: datetime) -> tuple[ExtractTaken, ExtractTaken | None]:
    """Give what is to be noted of an extract, and the extract before it."""
    head, before = current(), last_extract()
    if kind is ExtractKind.CHANGES and before is None:
        wrong, right = "cannot be taken, since no extract was taken before", "take one of all entries first"
        raise FirmpathError(Fault("Extract of changes", "", wrong, right, quoted=False))
    taken = ExtractTaken(
        taken_at=at,
        taken_by_id=by.person_id,
        kind=kind,
        as_at=britains_day(at),
        ledger_number=head.number,
        chain=head.chain,
        since=before if kind is ExtractKind.CHANGES else None,
    )
    taken.entries = len(make_extract(taken, head.register).rows)
    return taken, before


def make_extract(taken: ExtractTaken, register: LivingRegister) -> Extract:
    """Make an extract, now or again: the same rows for ever.

    Cost: linear in the CPL, and in the statements where the register has grown since.
    """
    catalogue = _catalogue(register, taken.ledger_number, taken.as_at)
    after = _listed(catalogue)
    if taken.since is None:
        return Extract(taken, PUBLIC_COLUMNS, tuple(after.values()))
    before = _listed(_catalogue(register, taken.since.ledger_number, taken.since.as_at))
    return Extract(taken, (*PUBLIC_COLUMNS, CHANGE), tuple(_changes(before, after, catalogue)))


def json_of(extract: Extract) -> bytes:
    """Give an extract as JSON: what it is of, and its entries; what is not known is left out."""
    taken = extract.taken
    about: dict[str, Any] = {
        "version": 1,
        "extract": taken.pk,
        "kind": taken.kind,
        "taken_at": write_instant(taken.taken_at),
        "as_at": taken.as_at.isoformat(),
        "ledger_number": taken.ledger_number,
        "chain": taken.chain,
    }
    if taken.since_id is not None:
        about["since"] = taken.since_id
    entries = [_fields(extract.headings, row) for row in extract.rows]
    return json.dumps({**about, "entries": entries}, ensure_ascii=False, indent=1).encode() + b"\n"


def csv_of(extract: Extract) -> bytes:
    """Give an extract as CSV."""
    return listing.csv_of(extract.headings, extract.rows)


def xlsx_of(extract: Extract) -> bytes:
    """Give an extract as a workbook, every cell of it text."""
    return workbook_octets(extract.headings, extract.rows)


def _catalogue(register: LivingRegister, ledger_number: int, as_at: date) -> Catalogue:
    if ledger_number == register.last_number:
        return register.catalogue(as_at)
    return fold_sound(register.statements[:ledger_number], as_at)


def _listed(catalogue: Catalogue) -> dict[str, Row]:
    """Give the rows of the listed entries by CPL Entry ID, as texts, in order."""
    rows = rows_of((entry for entry in catalogue.entries.values() if not entry.withdrawn_on), PUBLIC_COLUMNS)
    return {row[0]: row for row in rows}


def _changes(before: dict[str, Row], after: dict[str, Row], catalogue: Catalogue) -> list[Row]:
    everything = {row[0]: row for row in rows_of(catalogue.entries.values(), PUBLIC_COLUMNS)}
    found = []
    for each in sorted(before.keys() | after.keys(), key=int):
        if each not in after:
            gone = everything.get(each) or (
                *before[each][:_STATUS],
                str(Status.REMOVED),
                *before[each][_STATUS + 1 :],
            )
            found.append((*gone, "removed"))
        elif before.get(each) != after[each]:
            found.append((*after[each], "changed" if each in before else "added"))
    return found


def _fields(headings: Sequence[str], row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {name: cell for name, cell in zip(headings, row, strict=True) if cell}
    return {**fields, "cpl_entry_id": int(row[0])}
