"""Log each look before anything is shown."""

from datetime import datetime
from typing import Final

from firmpath.pathways.faults import refuse_if_any
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.models import LookLog
from firmpath.registry.ssc.stacks.parsing import check_name
from firmpath.registry.ssc.wall import ssc_open

SEARCHED: Final = "Search"


@ssc_open()
def log_look(who: Who, what: str, at: datetime, rows: int, asked: str = "", searched: str = "") -> int:
    """Log that somebody of the SSC looked, before they see anything; give the number of the log's row."""
    by_token = f", by token {who.token_id}" if who.token_id else ""
    return LookLog.objects.create(
        looked_at=at, person_id=who.person_id, what=what + by_token, asked=asked, searched=searched, rows=rows
    ).pk


def remember_search(who: Who, text: str, at: datetime) -> int:
    """Keep what somebody of the SSC searches for, and give the number that stands for it in addresses.

    :raises FirmpathError: nothing that could be found.
    """
    refuse_if_any(check_name(text, SEARCHED))
    return log_look(who, "search", at, 0, searched=text)
