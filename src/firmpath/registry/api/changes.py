"""The call that reads what changed in the register, newest first."""

from typing import Annotated, Any, Final

from django.http import HttpResponseBase
from ninja import Query

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import LARGEST_CPL_ENTRY_ID, write_instant
from firmpath.pathways.json_form.entries import Json, known
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.problems import ProblemError
from firmpath.registry.api.reading import CONDITIONAL, Calls, Reading, read
from firmpath.registry.api.schemas.changes import ChangePage
from firmpath.registry.api.taken import Cursor, Limit, MakerID, Model, ReadBy, whole_number, write_cursor
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.changes import FIR_KINDS, PUBLIC_KINDS, Change, Sought, find_changes, kinds_for

_KINDS: Final = [kind.name for kind in (*PUBLIC_KINDS, *FIR_KINDS)]
_FIR_NAMES: Final = ", ".join(kind.name for kind in FIR_KINDS)


def _parse_kind(text: str) -> str:
    if text and text not in _KINDS:
        raise FirmpathError(Fault("Kind", text, "is not a kind of change", ", ".join(_KINDS)))
    return text


_Kind = Annotated[
    str,
    ReadBy(_parse_kind, {"type": "string", "enum": ["", *_KINDS]}),
    Query("", description=f"without a token there are none of {_FIR_NAMES}"),
]
_Since = Annotated[
    int,
    whole_number("Number", 0, LARGEST_CPL_ENTRY_ID),
    Query(0, description="only changes with a larger number: that of the newest change you know"),
]

router = Calls(tags=["changes"], auth=Takes(Act.READ_CPL))


@router.get("", response=ChangePage, summary="List what changed", openapi_extra=CONDITIONAL)
def list_changes(
    request: Any,
    manufacturer_id: MakerID,
    model: Model,
    kind: _Kind,
    since: _Since,
    limit: Limit,
    cursor: Cursor,
) -> HttpResponseBase:
    """Give changes, the newest first, a page at a time; without a token, those of the CPL's public fields."""

    def changes(reading: Reading) -> Json:
        _refuse_hidden(kind, reading.sees_fir)
        sought = Sought(manufacturer_id, model, kind, before=cursor)
        found = find_changes(reading.register, sought, reading.sees_fir, limit)
        new = [each for each in found.changes if each.number > since]
        has_more = found.next_before > since + 1 and len(new) == len(found.changes)
        more = {"next_cursor": write_cursor(found.next_before)} if has_more else {}
        return {"version": 1, "changes": [_change_json(each) for each in new], **more}

    return read(request, changes)


def _refuse_hidden(kind: str, sees_fir: bool) -> None:
    """Refuse a kind of change that the caller may not see, so that nobody takes it that there are none."""
    if kind and kind not in {each.name for each in kinds_for(sees_fir)}:
        raise ProblemError(401)


def _change_json(change: Change) -> Json:
    return known(
        {
            "number": change.number,
            "sha256": change.sha256,
            "recorded_at": write_instant(change.recorded_at),
            "effective_from": change.effective_from.isoformat(),
            "kind": change.kind.name,
            "text": change.words,
            "cpl_entry_ids": list(change.entries),
            "is_retraction": change.is_retraction,
            **({"corrects": change.corrects} if change.corrects else {}),
            **({"corrected_by": change.corrected_by} if change.corrected_by else {}),
            "party": change.party,
            "channel": change.channel,
            "reason": change.reason,
        }
    )
