"""Calls that read the CPL: its entries, one entry, and its history."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponseBase
from ninja import Query

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.statements import statement_in_words
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.entries import Json, entry_json
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.problems import ProblemError
from firmpath.registry.api.reading import CONDITIONAL, Calls, Reading, read
from firmpath.registry.api.schemas.entries import EntryOut, EntryPage, HistoryOut
from firmpath.registry.api.taken import AsAt, Cursor, EntryID, Kind, Limit, MakerID, write_cursor
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.public_fields import public_part

_Status = Annotated[Literal["", "listed", "removed"], Query("", description="only those")]

router = Calls(tags=["entries"])


@router.get(
    "",
    auth=Takes(Act.READ_CPL),
    response=EntryPage,
    summary="List the entries of the CPL",
    openapi_extra=CONDITIONAL,
)
def list_entries(
    request: Any,
    manufacturer_id: MakerID,
    device_type: Kind,
    status: _Status,
    limit: Limit,
    cursor: Cursor,
    as_at: AsAt,
) -> HttpResponseBase:
    """Give entries in order of CPL Entry IDs, a page at a time; without a token, their public fields today."""
    _refuse_other_days(request, as_at)

    def page(reading: Reading) -> Json:
        found = []
        for cpl_entry_id, entry in reading.catalogue.entries.items():
            hardware = entry.hardware_model
            stands = "removed" if entry.withdrawn_on else "listed"
            if (
                cpl_entry_id > cursor
                and manufacturer_id in ("", hardware.manufacturer_id)
                and device_type in ("", hardware.device_type)
                and status in ("", stands)
            ):
                found.append(entry)
                if len(found) > limit:
                    break
        shown = [shown_json(entry, reading.sees_fir) for entry in found[:limit]]
        more = {"next_cursor": write_cursor(found[limit - 1].cpl_entry_id)} if len(found) > limit else {}
        return {"version": 1, "as_at": reading.catalogue.as_at.isoformat(), "entries": shown, **more}

    return read(request, page, as_at)


@router.get(
    "/{cpl_entry_id}",
    auth=Takes(Act.READ_CPL),
    response=EntryOut,
    summary="Read one entry",
    openapi_extra=CONDITIONAL,
)
def read_entry(request: Any, cpl_entry_id: EntryID, as_at: AsAt) -> HttpResponseBase:
    """Give everything on record about an entry; without a token, what is public of it today."""
    _refuse_other_days(request, as_at)

    def entry(reading: Reading) -> Json:
        found = require_entry(reading.catalogue, cpl_entry_id)
        return {
            "version": 1,
            "as_at": reading.catalogue.as_at.isoformat(),
            "entry": shown_json(found, reading.sees_fir),
        }

    return read(request, entry, as_at)


@router.get(
    "/{cpl_entry_id}/history",
    auth=Takes(Act.READ_FIR),
    response=HistoryOut,
    summary="Read the history of an entry",
    openapi_extra=CONDITIONAL,
)
def read_history(request: Any, cpl_entry_id: EntryID) -> HttpResponseBase:
    """Give every statement about an entry, in order; what was corrected stays, and says by which."""

    def history(reading: Reading) -> Json:
        require_entry(reading.catalogue, cpl_entry_id)
        past = reading.register.history_of(CPLEntryID(cpl_entry_id))
        statements = [
            {
                "number": each.statement.number,
                "sha256": statement_sha256(each.statement),
                "text": statement_in_words(each.statement, each.corrected_by),
                **({"corrected_by": each.corrected_by} if each.corrected_by else {}),
            }
            for each in past
        ]
        return {"version": 1, "cpl_entry_id": cpl_entry_id, "statements": statements}

    return read(request, history)


def _refuse_other_days(request: Asked, as_at: date | None) -> None:
    """Keep what was and what is to come, which is no part of the CPL, for those who may read the FIR.

    :raises ProblemError: another day than today is asked about by somebody else.
    """
    if as_at not in (None, request.today) and not request.who.may(Act.READ_FIR):
        raise ProblemError(403 if request.who.is_signed_in else 401)


def require_entry(catalogue: Catalogue, cpl_entry_id: int) -> CPLEntry:
    """Give an entry of the CPL.

    :raises ProblemError: it is not on it.
    """
    entry = catalogue.entries.get(CPLEntryID(cpl_entry_id))
    if entry is None:
        as_at = day_in_words(catalogue.as_at)
        raise ProblemError(404, f"CPL entry {cpl_entry_id} is not on the CPL as at {as_at}.")
    return entry


def shown_json(entry: CPLEntry, sees_fir: bool) -> Json:
    """Give an entry as JSON, without what only SEC Parties may see where the caller is none."""
    fields = entry_json(entry)
    return fields if sees_fir else public_part(fields)
