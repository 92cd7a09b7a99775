"""The call that gives what was said of the stack of each entry."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.taken import Cursor, Limit, write_cursor
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.schemas_keeping import Stacks
from firmpath.registry.ssc.stacks.listing import Row, read_sought
from firmpath.registry.ssc.stacks.looking import see_list

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get("/stacks", response=Stacks, summary="List what is known of the stack of each entry")
def list_stacks(request: Any, limit: Limit, cursor: Cursor) -> HttpResponseBase:
    """Give chipset vendor and stack version of every entry, in order of their ids, a page at a time."""
    listed = see_list(read_sought({}), "list", "", request.who, request.at)
    rows = [row for row in listed.rows if row.entry.cpl_entry_id > cursor]
    page = rows[:limit]
    more = {"next_cursor": write_cursor(page[-1].entry.cpl_entry_id)} if len(rows) > limit else {}
    as_at = listed.catalogue.as_at.isoformat()
    return json_response({"version": 1, "as_at": as_at, "stacks": [_stack_json(row) for row in page], **more})


def _stack_json(row: Row) -> Json:
    said = {"chipset_vendor": row.stack.chipset_vendor, "stack_version": row.stack.stack_version}
    always = {"cpl_entry_id": row.entry.cpl_entry_id, "firmware_version": str(row.entry.firmware_version)}
    return {**always, **{name: value for name, value in said.items() if value}}
