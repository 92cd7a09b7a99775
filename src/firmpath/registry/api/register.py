"""The call that gives the record itself, statement by statement, to keep and to check."""

from typing import Annotated, Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Query

from firmpath.pathways.identifiers import LARGEST_CPL_ENTRY_ID
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import CONDITIONAL, Calls, conditional
from firmpath.registry.api.taken import whole_number
from firmpath.registry.ledger.current import Current
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.tables import register_of

CONTENT_TYPE = "application/jsonl"

_From = Annotated[
    int,
    whole_number("Number", 1, LARGEST_CPL_ENTRY_ID),
    Query(1, alias="from", description="the number of the first statement to give"),
]
_LINES = {
    "responses": {
        200: {
            "description": (
                "A register file, which `firmpath` reads: a line that names the format, and then one JSON object a "
                "line for each statement. Only SECAS is told which person entered what."
            ),
            "content": {CONTENT_TYPE: {"schema": {"type": "string"}}},
        }
    }
}

router = Calls(tags=["register"], auth=Takes(Act.READ_FIR))


@router.get("", summary="Read the record", openapi_extra=CONDITIONAL | _LINES)
def read_register(request: Any, number: _From) -> HttpResponseBase:
    """Give the statements of the record from a number on, as JSON lines, in order of their numbers."""

    def lines(head: Current, sees_fir: bool) -> HttpResponseBase:
        if request.method == "HEAD":
            return HttpResponse(content_type=CONTENT_TYPE)
        statements = head.register.statements[number - 1 :]
        pieces = register_of(statements, with_people=request.who.may(Act.EDIT))
        return StreamingHttpResponse(pieces, content_type=CONTENT_TYPE)

    return conditional(request, lines, "edit" if request.who.may(Act.EDIT) else "all")
