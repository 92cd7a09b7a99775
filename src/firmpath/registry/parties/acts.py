"""The log of acts: who did what about which rows, and when. It is only ever added to."""

import re
from datetime import datetime
from typing import Final

from firmpath.registry.parties.models import ActLog
from firmpath.registry.parties.who import Who

_ABOUT: Final = re.compile(r"([a-z]+( [a-z]+)* [0-9a-f-]+(, )?)*")


def log_act(who: Who, what: str, about: str, at: datetime, reason: str = "") -> None:
    """Log an act in the transaction at hand: `log_act(who, "person switched off", "person 7", at)`.

    `about` names rows by kind and number alone ("submission 12, party 3"), so that the log, which is kept for
    ever, holds no names.

    :raises ValueError: `about` holds something else.
    """
    if not _ABOUT.fullmatch(about):
        raise ValueError("an act is about rows, each written as 'person 7'")
    ActLog.objects.create(
        at=at, person_id=who.person_id, party_id=who.party_id, what=what, about=about, reason=reason
    )
