"""Record what the DCC's systems have loaded: from ids that were ticked, pasted or sent as a table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day, day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.naming import full_name
from firmpath.pathways.not_known import NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.publication.dcc_kinds import LoadKind
from firmpath.registry.publication.dcc_queries import loaded_days
from firmpath.registry.publication.models import LoadRecord
from firmpath.tables.columns import NAME_BY_HEADING, fold_heading

LOADED_ON, FILE, IDS = "Loaded on", "File", "CPL Entry ID"
_LOADING: Final = "what the DCC has loaded"
_NUMBER_OF_NAMED: Final = 20
"""After so many faults about entries, the rest are counted."""


class Written(NamedTuple):
    """An id as somebody wrote it, and where."""

    text: str
    where: str = ""


def read_pasted(text: str) -> list[Written]:
    """Read ids from text, parted by space, commas, semicolons or lines."""
    return [
        Written(word, f"in line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        for word in line.replace(",", " ").replace(";", " ").split()
    ]


def read_file(octets: bytes) -> list[Written]:
    """Read ids from a CSV table: of the column with that heading, or of one column without a heading.

    :raises FirmpathError: it is no such table.
    """
    try:
        rows = list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise FirmpathError(
            Fault(FILE, "", "is not a CSV table in UTF-8", "save it as CSV UTF-8", quoted=False)
        ) from None
    names = [NAME_BY_HEADING.get(fold_heading(cell), "") for cell in rows[0]] if rows else []
    if "cpl_entry_id" in names:
        place, first = names.index("cpl_entry_id"), 1
    elif all(len(row) <= 1 for row in rows):
        place, first = 0, 0
    else:
        raise FirmpathError(
            Fault(FILE, "", f"has no column '{IDS}'", "give that heading to a column", quoted=False)
        )
    numbered = enumerate(rows[first:], start=first + 1)
    return [
        Written(row[place].strip(), f"in row {number} of the file") for number, row in numbered if _has(row, place)
    ]


def record_loaded(
    written: Sequence[Written], on: date | NotKnown, faults: Sequence[Fault], by: Who, at: datetime
) -> int:
    """Record that the DCC's systems loaded entries on a day, and give how many; named twice counts once.

    `faults` are those that reading the form has found; the day is not known where one of them is about it.

    :raises FirmpathError: these, and every fault of the ids and of the day; nothing is recorded.
    """
    with transaction.atomic():
        take_turn(_LOADING)
        catalogue, days = current().register.catalogue(britains_day(at)), loaded_days()
        found = list(faults)
        if on and on > britains_day(at):
            found.append(Fault(LOADED_ON, on.isoformat(), "is still to come", "give the day on which it was done"))
        ids = _ids_of(written, catalogue, found)
        found += _faults_of_loading(ids, catalogue, days, on)
        refuse_if_any(_shortened(found))
        _add(ids, LoadKind.LOADED, on or britains_day(at), by, at)
    return len(ids)


def record_removed(written: Sequence[Written], by: Who, at: datetime) -> int:
    """Record that the DCC's systems have entries no more, or never had them; give how many.

    :raises FirmpathError: every entry that is not recorded as loaded, and nothing is recorded.
    """
    with transaction.atomic():
        take_turn(_LOADING)
        catalogue, days = current().register.catalogue(britains_day(at)), loaded_days()
        faults: list[Fault] = []
        ids = _ids_of(written, catalogue, faults)
        for each, where in ids.items():
            if each not in days:
                faults.append(_fault_of(catalogue, each, "is not recorded as loaded", "leave it out", where))
        refuse_if_any(_shortened(faults))
        _add(ids, LoadKind.REMOVED, britains_day(at), by, at)
    return len(ids)


def _ids_of(written: Iterable[Written], catalogue: Catalogue, faults: list[Fault]) -> dict[CPLEntryID, str]:
    """Give the entries that are on the CPL, each with the first place where it was written; add to the faults."""
    ids: dict[CPLEntryID, str] = {}
    for text, where in written:
        try:
            each = parse_cpl_entry_id(text)
        except FirmpathError as error:
            faults += (fault.at(where) for fault in error.faults)
            continue
        if each in catalogue:
            ids.setdefault(each, where)
        else:
            faults.append(Fault(IDS, text, "is not on the CPL", "check the number", where))
    if not ids and not faults:
        faults.append(
            Fault(IDS, "", "is not given", "tick entries, paste their ids, or choose a file", quoted=False)
        )
    return ids


def _faults_of_loading(
    ids: Mapping[CPLEntryID, str], catalogue: Catalogue, days: Mapping[CPLEntryID, date], on: date | NotKnown
) -> Iterable[Fault]:
    for each, where in ids.items():
        if each in days:
            wrong = f"is recorded as loaded on {day_in_words(days[each])} already"
            yield _fault_of(catalogue, each, wrong, "leave it out", where)
        elif on and on < catalogue[each].listed_on:
            wrong = f"is listed only since {day_in_words(catalogue[each].listed_on)}, after {day_in_words(on)}"
            yield _fault_of(catalogue, each, wrong, "check the day", where)


def _fault_of(catalogue: Catalogue, each: CPLEntryID, wrong: str, right: str, where: str) -> Fault:
    name = full_name(catalogue, each).removeprefix("CPL entry ")
    return Fault(IDS, name, wrong, right, where, quoted=False)


def _shortened(faults: list[Fault]) -> list[Fault]:
    more = len(faults) - _NUMBER_OF_NAMED
    if more <= 1:
        return faults
    return [*faults[:_NUMBER_OF_NAMED], Fault(IDS, "", f"has {more} more faults like these", quoted=False)]


def _add(ids: Iterable[CPLEntryID], kind: LoadKind, on: date, by: Who, at: datetime) -> None:
    rows = [
        LoadRecord(cpl_entry_id=each, kind=kind, on=on, recorded_at=at, recorded_by_id=by.person_id) for each in ids
    ]
    LoadRecord.objects.bulk_create(rows, batch_size=500)
    what = f"entries recorded as {kind} in the DCC's systems"
    log_act(by, what, f"load record {rows[0].pk}", at)


def _has(row: list[str], place: int) -> bool:
    return len(row) > place and bool(row[place].strip())
