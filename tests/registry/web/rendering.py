"""Templates in a test: rendered without the frame's own look-ups, so that nothing but the template is tested."""

import re

from django.template import engines
from django.test import RequestFactory


def rendered(template: str, query: str = "", **context: object) -> str:
    """Render a template as a page at `/entries/` does, without line breaks between its elements."""
    load = "" if template.startswith("{% extends") else "{% load firmpath %}"
    request = RequestFactory().get(f"/entries/{query}")
    text = engines["django"].from_string(load + template).render({"request": request, **context})
    return re.sub(r">\s+<", "><", text).strip()
