"""When a session is over: 12 hours after signing in, or an hour after the last page."""

from datetime import datetime
from typing import Any, Final

LONGEST_S: Final = 12 * 3600
IDLE_S: Final = 3600
_NOTED_EVERY_S: Final = 300
"""So much of the hour may be lost: the last page is noted every five minutes at most, not with every request."""

_BEGAN, _SEEN = "began_at", "seen_at"

IDLE: Final = "You have been signed out because you did nothing for an hour."
TOO_LONG: Final = "You have been signed out because 12 hours have passed since you signed in."

NOT_SAVED: Final = "What you sent was not saved, because you are not signed in. Sign in, and send it again."
SWITCHED_OFF: Final = "You have been signed out because your account, or that of your Party, was switched off."


def why_over(session: Any, at: datetime) -> str:
    """Say why the session of a signed-in person is over, "" if it goes on; note now and then that it does."""
    now = int(at.timestamp())
    began, seen = session.get(_BEGAN, now), session.get(_SEEN, now)
    if now - began >= LONGEST_S:
        return TOO_LONG
    if now - seen >= IDLE_S:
        return IDLE
    if _BEGAN not in session or now - seen >= _NOTED_EVERY_S:
        session[_BEGAN], session[_SEEN] = began, now
    return ""
