"""Calls for the SSC's programs, put under `/api/v1/ssc` by the URL table; every one of them is a logged look."""

from typing import Final

from firmpath.registry.api.document import DocumentedAPI
from firmpath.registry.ssc.api import exposure, finding, keeping, letters, looks, names, stacks, vulnerabilities

_ROUTERS: Final = (
    finding.router,
    vulnerabilities.router,
    exposure.router,
    letters.router,
    keeping.router,
    stacks.router,
    names.router,
    looks.router,
)


def add_calls(api: DocumentedAPI) -> None:
    """Add the calls to the API, which is done once, before its addresses are made."""
    for router in _ROUTERS:
        api.add_router("/ssc", router)
