"""The SSC opens a public notice; why it did so stays in its own database.

The notice goes the way of every change to the register: its effect is seen first, and its statement is the SSC's.
Its text, its name and its reason are written by the SSC for all who read the FIR; nothing is put into them here.
"""

from datetime import datetime
from typing import Final

from firmpath.pathways.days import britains_day
from firmpath.pathways.facts import NoticeOpened
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.models import SteeringNotice
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.changes import Change, state
from firmpath.registry.submissions.notice_queries import used_notice_ids
from firmpath.registry.submissions.proposals import Proposed, propose

REASON: Final = "A notice of the Security Sub-Committee"
"""What the record gives as the reason of every such notice, whatever the vulnerability."""


def proposed_notice(fact: NoticeOpened, by: Who, at: datetime) -> Proposed:
    """Give the change that opens a notice.

    :raises FirmpathError: its id has been used before.
    """
    register = current().register
    if fact.notice_id in used_notice_ids(register):
        raise FirmpathError(Fault("Notice", fact.notice_id, "has been used before", "give it an id of its own"))
    stated = state(
        register, Change((fact,), by.party_name, REASON, channel=Channel.SSC_NOTICE), by, britains_day(at)
    )
    return Proposed(stated, f"Notice {fact.notice_id} opened", REASON, 0, fact.notice_id)


def open_notice(vulnerability: int, proposed: Proposed, seen: str, by: Who, at: datetime) -> None:
    """Record a notice whose effect was seen, and keep apart because of which vulnerability.

    That is kept first: should the register then refuse the notice, a link that leads nowhere is left here; never a
    notice of which the SSC does not know why it opened it.

    :raises FirmpathError: it contradicts the record.
    :raises EffectChanged: its effect is not the one that was seen.
    """
    with ssc_open():  # and closed again before the register's own code runs
        SteeringNotice.objects.create(
            vulnerability=vulnerability, notice_id=proposed.notice_id, entered_by=by.in_record, recorded_at=at
        )
    propose(proposed, seen, by, at)


@ssc_open()
def notices_because_of(vulnerability: int, known_at: datetime | NotKnown = NOT_KNOWN) -> list[str]:
    """Give the ids of the notices that were opened by an instant because of a vulnerability, the newest first."""
    rows = SteeringNotice.objects.filter(vulnerability=vulnerability).order_by("-pk")
    rows = rows.filter(recorded_at__lte=known_at) if known_at else rows
    return list(dict.fromkeys(rows.values_list("notice_id", flat=True)))


def steps_into(ids: list[CPLEntryID]) -> str:
    """Give the upgrades into some entries from anywhere, as a notice's form has them."""
    return "\n".join(f"any -> {each}" for each in ids)
