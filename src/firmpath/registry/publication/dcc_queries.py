"""What the DCC's systems have loaded, and which extracts it took. Source: DOMAIN section 3."""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.publication.dcc_kinds import LoadKind
from firmpath.registry.publication.models import ExtractTaken, LoadRecord


class NotLoaded(NamedTuple):
    """A listed entry that the DCC's systems are not known to have, and for how many days it has been listed."""

    entry: CPLEntry
    age_days: int


class Loaded(NamedTuple):
    """An entry that the DCC's systems have, and since when."""

    entry: CPLEntry
    on: date


def loaded_on(cpl_entry_id: CPLEntryID) -> date | NotKnown:
    """Give the day on which the DCC's systems loaded an entry; not known where no record says so."""
    last = LoadRecord.objects.filter(cpl_entry_id=cpl_entry_id).order_by("-pk").first()
    return last.on if last and last.kind == LoadKind.LOADED else NOT_KNOWN


def loaded_days() -> dict[CPLEntryID, date]:
    """Give the day on which each loaded entry was loaded.

    Cost: linear in the records.
    """
    days: dict[CPLEntryID, date] = {}
    rows = LoadRecord.objects.order_by("pk").values_list("cpl_entry_id", "kind", "on")
    for number, kind, on in rows.iterator(chunk_size=5000):
        if kind == LoadKind.LOADED:
            days[CPLEntryID(number)] = on
        else:
            days.pop(CPLEntryID(number), None)
    return days


def not_loaded(catalogue: Catalogue) -> list[NotLoaded]:
    """Give the listed entries that the DCC's systems are not known to have, the longest waiting first."""
    days = loaded_days()
    waiting = [
        NotLoaded(entry, (catalogue.as_at - entry.listed_on).days)
        for each, entry in catalogue.entries.items()
        if each not in days and not entry.withdrawn_on
    ]
    return sorted(waiting, key=lambda each: -each.age_days)


def loaded(catalogue: Catalogue) -> list[Loaded]:
    """Give the entries that the DCC's systems have, the last loaded first."""
    days = loaded_days()
    found = [Loaded(catalogue[each], on) for each, on in days.items() if each in catalogue]
    return sorted(found, key=lambda each: (each.on, each.entry.cpl_entry_id), reverse=True)


def last_extract() -> ExtractTaken | None:
    """Give the extract taken last; None where none was."""
    return ExtractTaken.objects.order_by("-pk").first()


def extracts() -> QuerySet[ExtractTaken]:
    """Give the extracts, the newest first."""
    return ExtractTaken.objects.select_related("taken_by", "since").order_by("-pk")


def find_extract(number: int) -> ExtractTaken | None:
    """Give an extract by its number; None where there is none."""
    return ExtractTaken.objects.select_related("taken_by", "since").filter(pk=number).first()
