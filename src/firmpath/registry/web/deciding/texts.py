"""How what was written into a form is read: as text, day or choice, or as what is not known where it is empty."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.web.questions import Question, parse_day, written_day
from firmpath.tables.free_text import parse_free_text

LONGEST_MAIL: Final = 100_000
_NOT_IN_MAIL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Answers = Mapping[str, object]
"""What a form sent, or what stands in for it: texts or lists of texts by the name of their question."""


def one(answers: Answers, name: str) -> str:
    """Give the one answer to a question, "" where there is none; line breaks become line feeds."""
    written = answers.get(name, "")
    if isinstance(written, (list, tuple)):
        written = written[0] if written else ""
    return str(written).replace("\r\n", "\n").strip()


def require_text(answers: Answers, question: Question, parse: Callable[[str, str], str] = parse_free_text) -> str:
    """Read text that has to be there.

    :raises FirmpathError: it is missing or unfit.
    """
    written = one(answers, question.name)
    if not written:
        raise FirmpathError(Fault(question.term, "", "is not given", "write it", quoted=False))
    return parse(written, question.term)


def text_or_not_known(
    answers: Answers, name: str, term: str, parse: Callable[[str, str], str] = parse_free_text
) -> str | NotKnown:
    """Read text that may be left empty.

    :raises FirmpathError: it is unfit.
    """
    written = one(answers, name)
    return parse(written, term) if written else NOT_KNOWN


def evidence_text(answers: Answers, question: Question) -> str:
    """Read the text of an e-mail as it was written, "" where there is none.

    :raises FirmpathError: it is very long, or has a character that no e-mail shows.
    """
    written = one(answers, question.name)
    found = _NOT_IN_MAIL.search(written)
    if found:
        wrong = f"has the character U+{ord(found[0]):04X}, which cannot be shown"
        raise FirmpathError(Fault(question.term, written, wrong, "take it out"))
    if len(written) > LONGEST_MAIL:
        wrong = f"has {len(written)} characters, more than {LONGEST_MAIL}"
        raise FirmpathError(Fault(question.term, written, wrong, "send it as a file, or a part of it"))
    return written


def day_or_not_known(answers: Answers, question: Question) -> date | NotKnown:
    """Read a day that may be left empty.

    :raises FirmpathError: it is none.
    """
    return parse_day(answers, question) if written_day(answers, question.name) else NOT_KNOWN
