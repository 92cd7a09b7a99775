"""What somebody typed into a form and sent after their session had ended: kept for them until they are back.

It is kept by the server, in the session of the same browser, and given once, to the same person, for the same page.
Source: ADR 0034.
"""

from datetime import datetime
from typing import Any, Final

from django.http import QueryDict

KEPT_S: Final = 15 * 60
MOST_OCTETS: Final = 64 * 1024
"""Of a form as it was sent; what is longer is not kept."""

KEPT: Final = "What you sent was not saved. Sign in within 15 minutes, and it stands in the form again."
STANDS_AGAIN: Final = (
    "What you typed before you were signed out stands in the form again. It is not saved: check it, and send it. "
    "Files have to be chosen again."
)
NOTHING: Final = QueryDict("")

_KEY: Final = "typed"
_TOKEN: Final = "csrfmiddlewaretoken"


def keep_typed(session: Any, person_id: int, page: str, sent: QueryDict, at: datetime) -> bool:
    """Keep what a person sent to a page; say whether it is, which what is very long is not."""
    typed = sent.copy()
    typed.pop(_TOKEN, None)
    text = typed.urlencode()
    if not text or len(text) > MOST_OCTETS:
        return False
    session[_KEY] = {"person": person_id, "page": page, "text": text, "at": int(at.timestamp())}
    session.set_expiry(KEPT_S)  # nobody is signed in by it, so it need not last any longer
    return True


def take_typed(session: Any, person_id: int, page: str, at: datetime) -> QueryDict:
    """Give what a person had sent to a page, and keep it no longer; nothing where nothing is kept for them."""
    kept = session.get(_KEY)
    if kept is None:
        return NOTHING
    is_theirs = kept["person"] == person_id and at.timestamp() - kept["at"] < KEPT_S
    if is_theirs and kept["page"] != page:
        return NOTHING
    del session[_KEY]
    return QueryDict(kept["text"]) if is_theirs else NOTHING


def take_over(session: Any, person_id: int) -> None:
    """Keep nothing of anybody else's in the session of whoever signs in, and nothing in those that have expired.

    What was kept may have made the session a short one: it ends with the browser, as others do.
    """
    session.clear_expired()
    if session.get("_session_expiry") == KEPT_S:
        session.set_expiry(0)
    if _KEY in session and session[_KEY]["person"] != person_id:
        del session[_KEY]
