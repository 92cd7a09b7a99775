"""The OpenAPI document: docs/openapi.json."""

import json

from firmpath.registry.api.document import write_document
from firmpath.registry.urls import api
from tests.docs.page import Page


def write() -> str:
    """Write the document."""
    return json.dumps(write_document(api), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


PAGE = Page("docs/openapi.json", write)
