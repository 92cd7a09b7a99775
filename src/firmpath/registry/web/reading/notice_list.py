"""Every notice on record: those in force, those to come, and those that are closed."""

from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeOpened, NoticeStep
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.publication.change_words import Naming

_ABOUT_NOTICES: Final = (NoticeOpened, NoticeExtended, NoticeClosed)


class NoticeShown(NamedTuple):
    """A notice with the upgrades that it is about and what puts it right, in words; and its days."""

    opened: NoticeOpened
    steps: tuple[str, ...]
    fixed_in: str
    opened_on: date
    closed_on: date | NotKnown
    responsible_party: str


def list_notices(register: LivingRegister) -> tuple[NoticeShown, ...]:
    """Give every notice that was opened and not taken back: those not closed first, and of them the latest.

    Cost: linear in the statements.
    """
    corrected = {each.corrects for each in register.statements if each.corrects}
    about = (each for each in register.statements if isinstance(each.fact, _ABOUT_NOTICES))
    stand = (each for each in about if each.number not in corrected)
    naming = Naming(register)
    found: dict[str, NoticeShown] = {}
    for statement in sorted(stand, key=lambda each: each.effective_from):
        fact, on = statement.fact, statement.effective_from
        if isinstance(fact, NoticeOpened):
            fixed_in = naming.short(fact.fixed_in) if fact.fixed_in else ""
            steps = _in_words(naming, fact.steps)
            found[fact.notice_id] = NoticeShown(fact, steps, fixed_in, on, NOT_KNOWN, statement.party)
        elif isinstance(fact, NoticeExtended) and fact.notice_id in found:
            shown = found[fact.notice_id]
            found[fact.notice_id] = shown._replace(steps=(*shown.steps, *_in_words(naming, fact.steps)))
        elif isinstance(fact, NoticeClosed) and fact.notice_id in found:
            found[fact.notice_id] = found[fact.notice_id]._replace(closed_on=on)
    latest_first = sorted(found.values(), key=lambda shown: shown.opened_on, reverse=True)
    return tuple(sorted(latest_first, key=lambda shown: bool(shown.closed_on)))


def _in_words(naming: Naming, steps: tuple[NoticeStep, ...]) -> tuple[str, ...]:
    return tuple(f"{naming.short(step.from_id)} → {naming.short(step.to_id)}" for step in steps)
