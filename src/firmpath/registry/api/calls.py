"""The API as a whole: its calls, area by area."""

from typing import Any

from ninja import NinjaAPI

from firmpath.registry.api import entries, pathways
from firmpath.registry.api.problems import tell_problems

api = NinjaAPI(
    title="Firmpath",
    version="1",
    description="The register of firmware upgrade pathways, for programs.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
tell_problems(api)
api.add_router("/entries", entries.router)
api.add_router("/pathways", pathways.router)


def openapi_document() -> dict[str, Any]:
    """Give the OpenAPI document of all calls."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))
