"""What is asked to open, extend and close a notice, and the facts that the answers state."""

import re
from collections.abc import Callable
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import (
    ANY_ENTRY,
    AnyEntry,
    NoticeClosed,
    NoticeExtended,
    NoticeFact,
    NoticeOpened,
    NoticeStep,
)
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.naming import full_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.web.deciding.texts import Answers, one, require_text, text_or_not_known
from firmpath.registry.web.questions import Question
from firmpath.tables.free_text import parse_address, parse_free_name

NOTICE_ID: Final = Question(
    "notice_id", "Notice", "A short id that is never used again: letters, digits, '.', '_' and '-'", width=20
)
NAME: Final = Question("name", "Name", "A few words, for example: Clock stops after a step from 2.1")
TEXT: Final = Question("text", "Text", "What happens, and what to do meanwhile", "textarea")
STEPS: Final = Question(
    "steps",
    "Upgrades",
    "One a line, by CPL Entry ID, as in: 311 -> 402. Write any for every entry, as in: any -> 402",
    "textarea",
    rows=4,
)
LINK: Final = Question("link", "Link", "A page that says more, beginning with https://", optional=True)
FIXED_IN: Final = Question(
    "fixed_in", "Fixed in", "The CPL Entry ID of the entry that puts it right", width=10, inputmode="numeric",
    optional=True,
)  # fmt: skip

QUESTIONS: Final = {
    "open": (NOTICE_ID, NAME, TEXT, STEPS, LINK, FIXED_IN),
    "extend": (STEPS,),
    "close": (),
}
"""What each thing that can be done with a notice asks."""

_NOTICE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ARROW: Final = re.compile(r"\s*(?:->|→)\s*")


def read_notice(verb: str, notice_id: str, answers: Answers, catalogue: Catalogue) -> NoticeFact:
    """Read what is to be stated about a notice.

    :raises FirmpathError: every answer that cannot be one, at once.
    """
    match verb:
        case "open":
            return _opened(lambda: _notice_id(answers), answers, catalogue)
        case "extend":
            return NoticeExtended(notice_id, _steps(answers, catalogue))
        case _:
            return NoticeClosed(notice_id)


def questions_to_correct(fact: NoticeOpened | NoticeExtended) -> tuple[Question, ...]:
    """Ask what would be right in a statement about a notice; its id stays what it is."""
    return (NAME, TEXT, STEPS, LINK, FIXED_IN) if isinstance(fact, NoticeOpened) else (STEPS,)


def present_notice(fact: NoticeOpened | NoticeExtended) -> dict[str, object]:
    """Give what a statement about a notice says, as the answers to the questions."""
    steps = "\n".join(f"{step.from_id} -> {step.to_id}" for step in fact.steps)
    if isinstance(fact, NoticeExtended):
        return {STEPS.name: steps}
    texts = {NAME.name: fact.name, TEXT.name: fact.text, LINK.name: str(fact.link or "")}
    return {**texts, STEPS.name: steps, FIXED_IN.name: str(fact.fixed_in or "")}


def read_correction(
    fact: NoticeOpened | NoticeExtended, answers: Answers, catalogue: Catalogue
) -> NoticeOpened | NoticeExtended:
    """Read what would be right in a statement about a notice.

    :raises FirmpathError: every answer that cannot be one, at once; or it is what is on record already.
    """
    if isinstance(fact, NoticeOpened):
        right: NoticeOpened | NoticeExtended = _opened(lambda: fact.notice_id, answers, catalogue)
    else:
        right = NoticeExtended(fact.notice_id, _steps(answers, catalogue))
    if right == fact:
        wrong = "is what is on record already"
        raise FirmpathError(Fault("The change", "", wrong, "change something, or go back", quoted=False))
    return right


def _opened(notice_id: Callable[[], str], answers: Answers, catalogue: Catalogue) -> NoticeOpened:
    return NoticeOpened(
        *all_parsed(
            notice_id,
            lambda: require_text(answers, NAME, parse_free_name),
            lambda: require_text(answers, TEXT),
            lambda: _steps(answers, catalogue),
            lambda: text_or_not_known(answers, LINK.name, LINK.term, parse_address),
            lambda: _fixed_in(answers, catalogue),
        )
    )


def _notice_id(answers: Answers) -> str:
    written = require_text(answers, NOTICE_ID)
    if _NOTICE_ID.fullmatch(written):
        return written
    right = "write 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit"
    raise FirmpathError(Fault(NOTICE_ID.term, written, "is not an id of a notice", right))


def _steps(answers: Answers, catalogue: Catalogue) -> tuple[NoticeStep, ...]:
    lines = [line.strip() for line in require_text(answers, STEPS).split("\n") if line.strip()]
    found = all_parsed(*(lambda line=line: _step(line, catalogue) for line in lines))
    return tuple(dict.fromkeys(found))


def _step(line: str, catalogue: Catalogue) -> NoticeStep:
    ends = _ARROW.split(line)
    if len(ends) != 2:
        raise FirmpathError(Fault(STEPS.term, line, "is not an upgrade", "write it as in 311 -> 402"))
    return NoticeStep(*all_parsed(*(lambda end=end: _end(end, catalogue) for end in ends)))


def _end(written: str, catalogue: Catalogue) -> CPLEntryID | AnyEntry:
    return ANY_ENTRY if written.casefold() == "any" else _listed(written, catalogue, STEPS.term)


def _fixed_in(answers: Answers, catalogue: Catalogue) -> CPLEntryID | NotKnown:
    written = one(answers, FIXED_IN.name)
    return _listed(written, catalogue, FIXED_IN.term) if written else NOT_KNOWN


def _listed(written: str, catalogue: Catalogue, term: str) -> CPLEntryID:
    try:
        cpl_entry_id = parse_cpl_entry_id(written)
    except FirmpathError as error:
        raise FirmpathError(*(fault._replace(term=term) for fault in error.faults)) from None
    if cpl_entry_id not in catalogue and cpl_entry_id not in catalogue.not_yet_listed:
        wrong = f"names {full_name(catalogue, cpl_entry_id)}, which is not on the CPL"
        raise FirmpathError(Fault(term, "", wrong, "check the id", quoted=False))
    return cpl_entry_id
