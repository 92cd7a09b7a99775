"""The call that reads the notices that are open."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.facts import AnyEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.entries import Json, known
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.notices import Notice
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import CONDITIONAL, Calls, Reading, read
from firmpath.registry.api.schemas.notices import Notices
from firmpath.registry.api.taken import AsAt
from firmpath.registry.parties.roles import Act

router = Calls(tags=["notices"], auth=Takes(Act.READ_FIR))


@router.get(
    "", response=Notices, summary="List the notices that are open", by_alias=True, openapi_extra=CONDITIONAL
)
def list_notices(request: Any, as_at: AsAt) -> HttpResponseBase:
    """Give the notices that are open on a day, in order of their ids, with the upgrades that each is about."""

    def notices(reading: Reading) -> Json:
        fields = {"notices": [_notice_json(each) for each in reading.catalogue.notices]}
        as_of = {"version": 1, "as_at": reading.catalogue.as_at.isoformat()}
        return {**as_of, **fields, "entries": named_json(fields, reading.catalogue)}

    return read(request, notices, as_at)


def _notice_json(notice: Notice) -> Json:
    opened = notice.opened
    return known(
        {
            "notice_id": notice.notice_id,
            "name": opened.name,
            "text": opened.text,
            "link": opened.link,
            "fixed_in": opened.fixed_in,
            "opened_on": notice.opened_on.isoformat(),
            "responsible_party": notice.responsible_party,
            "steps": [{"from": _end_json(step.from_id), "to": _end_json(step.to_id)} for step in notice.steps],
        }
    )


def _end_json(end: CPLEntryID | AnyEntry) -> CPLEntryID | str:
    return "any" if isinstance(end, AnyEntry) else end
