"""How tests read the pages of a submission."""

from typing import Any

from firmpath.registry.submissions.models import Submission


def text_of(response: Any) -> str:
    """Give the HTML of a page, with quotation marks as people see them."""
    text: str = response.content.decode()
    return text.replace("&#x27;", "'").replace("&quot;", '"')


def at(submission: Submission, page: str = "") -> str:
    """Give the address of a page of a submission."""
    return f"/submissions/{submission.reference}/{page}"
