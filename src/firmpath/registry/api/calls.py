"""The API as a whole: its calls, area by area."""

from typing import Any, Final

from django.http import HttpResponseBase

from firmpath.registry.api import (
    about,
    changes,
    corrections,
    dcc,
    deciding,
    drafts,
    entries,
    notices,
    pathways,
    preflight,
    register,
    submissions,
)
from firmpath.registry.api.document import DocumentedAPI, write_document
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.refusals import tell_problems
from firmpath.registry.api.strictness import StrictParser, be_strict
from firmpath.registry.parties.roles import Act

_DESCRIPTION: Final = """\
The register of firmware upgrade pathways, for programs. Without a token you are the public; with one, whom \
it belongs to, or as much of them as its scope allows.

What is not known is left out of an answer, never null or empty. Ids of CPL entries are whole numbers, days are \
written 2026-01-31, instants 2026-01-31T09:30:00Z. A page of a list says by `next_cursor` how to go on. What reads \
the register has an ETag that stays while the register does. Problems are told as RFC 9457 has them: 422 if what \
was sent cannot be meant, 409 if it cannot be done as things stand; `faults` says why, and what would be right."""

document_calls = Calls(tags=["about"], auth=Takes(Act.READ_CPL))

api = DocumentedAPI(
    title="Firmpath",
    version="1",
    description=_DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
    parser=StrictParser(),
)
be_strict(api)
tell_problems(api)
api.add_router("", about.router)
api.add_router("/entries", entries.router)
api.add_router("/pathways", pathways.router)
api.add_router("/preflight", preflight.router)
api.add_router("/notices", notices.router)
api.add_router("/changes", changes.router)
api.add_router("/register", register.router)
for router in {submissions.router, drafts.router, deciding.router}:  # one, since one address has one
    api.add_router("/submissions", router)
api.add_router("/corrections", corrections.router)
api.add_router("/dcc", dcc.router)
api.add_router("", document_calls)


@document_calls.get("/openapi.json", include_in_schema=False)
def read_document(request: Any) -> HttpResponseBase:
    """Give the OpenAPI document of this API."""
    return json_response(write_document(api))
