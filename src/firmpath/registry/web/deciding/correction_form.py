"""The form by which anybody who is signed in asks for a correction, and how it is read."""

from collections.abc import Mapping
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.corrections import Request
from firmpath.registry.submissions.evidence import ENDINGS, TERM
from firmpath.registry.submissions.on_record import OnRecord
from firmpath.registry.web.deciding.fields import (
    BAND,
    BASE,
    CERTIFICATES,
    FIELDS,
    RELEASE,
    questions_about,
    read_facts,
)
from firmpath.registry.web.deciding.kinds import KINDS, MARKS
from firmpath.registry.web.deciding.texts import Answers, evidence_text, one, require_text
from firmpath.registry.web.deciding.uploads import read_files
from firmpath.registry.web.questions import Choice, Question, asked, written_day

WORDS: Final = Question("words", "What is wrong, and what would be right", "In your own words", "textarea")
EMAIL: Final = Question(
    "email_text", "The e-mail's text", "An e-mail that shows it, if you have one", "textarea", optional=True
)
FILES: Final = Question(
    "files",
    TERM,
    f"Up to 5 files of at most 5 MB each, and 7 MB together: {', '.join(ENDINGS)}",
    "file",
    optional=True,
    accept=",".join(f".{ending}" for ending in ENDINGS),
    multiple=True,
)
MARK: Final = Question(
    "mark",
    "Mark",
    "",
    "radios",
    (
        Choice("stepping-stone", "It should be marked as a stepping stone"),
        Choice("not-a-stepping-stone", "It should not be marked as a stepping stone"),
        Choice("dead-end", "It should be marked as a dead end"),
        Choice("not-a-dead-end", "It should not be marked as a dead end"),
    ),
)
NO_CHANGE: Final = Choice("", "No change")
_GROUPS: Final = ((BASE,), (BAND,), CERTIFICATES, RELEASE)


def words_questions() -> tuple[Question, ...]:
    """Ask for the words and the evidence."""
    return WORDS, EMAIL, FILES


def field_questions(catalogue: Catalogue, entry: CPLEntry) -> tuple[Question, ...]:
    """Ask, field by field, what would be right; every one may be left empty."""
    return tuple(map(_may_be_left, (*questions_about(catalogue, entry, FIELDS), MARK)))


def _may_be_left(question: Question) -> Question:
    """Let a question be left without an answer; a radio button once chosen cannot be unset but by another."""
    choices = (*question.choices, NO_CHANGE) if question.kind == "radios" else question.choices
    return question._replace(optional=True, choices=choices)


def read_request(request: Asked, catalogue: Catalogue, entry: CPLEntry | NotKnown, notice_id: str = "") -> Request:
    """Read a request for a correction.

    :raises FirmpathError: every answer that cannot be one, and every fault of every file, at once.
    """
    answers = request.POST
    words, email_text, files, wanted = all_parsed(
        lambda: require_text(answers, WORDS, parse_text),
        lambda: evidence_text(answers, EMAIL),
        lambda: read_files(request, FILES.name),
        lambda: _wanted(answers, catalogue, entry) if entry else {},
    )
    cpl_entry_id = entry.cpl_entry_id if entry else CPLEntryID(0)
    return Request(words, cpl_entry_id, notice_id, email_text, wanted, files)


def asked_to_apply(wanted: Mapping[str, object], found: OnRecord) -> tuple[str, ...]:
    """Give the names of what a request asks for that can be applied; not a mark that is there, or gone, already."""
    mark = one(wanted, MARK.name)
    marks = (MARK.name,) if mark in MARKS and KINDS[mark].offered(found.entry) else ()
    return (*(name for name in FIELDS if name in wanted), *marks)


def _wanted(answers: Answers, catalogue: Catalogue, entry: CPLEntry) -> dict[str, list[str]]:
    """Keep the answers that were given, once they can be read, under the names of their questions."""
    given = {each.question.name: list(each.values) for each in asked(field_questions(catalogue, entry), answers)}
    given |= {name: [written_day(answers, name)] for name in ("cpa_valid_until",) if written_day(answers, name)}
    wanted = {name: [value.strip() for value in values if value.strip()] for name, values in given.items()}
    wanted = {name: values for name, values in wanted.items() if values}
    for group in _GROUPS:
        if not set(group).isdisjoint(wanted):
            read_facts(wanted, entry, questions_about(catalogue, entry, group))
    if "mark" in wanted and wanted["mark"][0] not in {choice.value for choice in MARK.choices}:
        wrong = "is not one of the answers"
        raise FirmpathError(Fault(MARK.term, wanted["mark"][0], wrong, "choose one"))
    return wanted
