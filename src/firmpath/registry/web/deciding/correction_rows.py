"""Requests for corrections as their list and their page show them."""

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse

from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.naming import name_of
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.correction_queries import age_days, corrections_for
from firmpath.registry.submissions.deciding_states import CorrectionState, ProposalState
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile
from firmpath.registry.submissions.on_record import OnRecord, find_on_record
from firmpath.registry.web.deciding.correction_form import MARK, asked_to_apply
from firmpath.registry.web.deciding.fields import FIELDS, questions_about
from firmpath.registry.web.deciding.kinds import KINDS
from firmpath.registry.web.deciding.wording import not_yet
from firmpath.registry.web.lists import ALL, csv_file, in_order, page_of
from firmpath.registry.web.questions import Choice, Question, asked

STATES = {
    CorrectionState.OPEN: ("Open", "warn"),
    CorrectionState.APPLIED: ("Applied", "good"),
    CorrectionState.REFUSED: ("Refused", "bad"),
}
_FILTERS = (
    Question(
        "state", "State", "", "select", (ALL, *(Choice(name.value, word) for name, (word, _) in STATES.items()))
    ),
    Question("entry", "CPL Entry ID", "", "text", width=10, inputmode="numeric"),
)
_HEADINGS = ("Number", "About", "What is asked", "Party", "Asked at", "Age in days", "State", "Reason")


class Row(NamedTuple):
    """A request in the list: what it is about in words, and its age in days."""

    correction: CorrectionRequest
    about: str
    age_days: int
    word: str
    kind: str


_KEYS = {
    "number": lambda row: row.correction.pk,
    "about": lambda row: (row.correction.cpl_entry_id or 0, row.correction.notice_id, row.correction.pk),
    "party": lambda row: (row.correction.party.name.casefold(), row.correction.pk),
    "age": lambda row: (row.age_days, -row.correction.pk),
    "state": lambda row: (row.correction.state, row.correction.pk),
}


def list_context(request: Asked) -> dict[str, object]:
    """Give what the list of requests shows."""
    rows, sort = _rows(request)
    answers = {question.name: request.GET.get(question.name, "") for question in _FILTERS}
    is_filtered = any(answers.values())
    return {
        "page": page_of(rows, request),
        "sort": sort,
        "filters": asked(_FILTERS, answers),
        "is_filtered": is_filtered,
        "decides": request.who.may(Act.EDIT),
    }


def list_file(request: Asked) -> HttpResponse:
    """Give the list as a CSV file."""
    rows, _ = _rows(request)
    cells = (
        (
            row.correction.pk,
            row.about,
            row.correction.words,
            row.correction.party.name,
            write_instant(row.correction.asked_at),
            row.age_days,
            row.word,
            row.correction.decision_reason,
        )
        for row in rows
    )
    return csv_file("corrections", _HEADINGS, cells)


def correction_page(request: Asked, correction: CorrectionRequest) -> dict[str, Any]:
    """Give what the page of one request shows."""
    register, today = current().register, request.today
    found = find_on_record(register, correction.cpl_entry_id or 0, today)
    entry = found.entry if found else NOT_KNOWN
    word, kind = STATES[CorrectionState(correction.state)]
    states = set(correction.proposals.values_list("state", flat=True))
    decides = request.who.may(Act.EDIT)
    changes = [each for each in KINDS.values() if entry and each.offered(entry)] if decides else []
    return {
        "correction": correction,
        "about": about_in_words(register, correction, today),
        "not_yet": "" if not found or found.is_listed else not_yet(found),
        "word": word,
        "kind": kind,
        "age_days": age_days(correction, request.at),
        "wanted": _wanted_in_words(found, correction) if found else (),
        "files": EvidenceFile.objects.filter(correction=correction).defer("contents").order_by("pk"),
        "proposals": correction.proposals.order_by("pk") if decides else (),
        "waits": ProposalState.WAITING in states,
        "may_settle": ProposalState.RECORDED in states,
        "may_decide": decides and correction.state == CorrectionState.OPEN,
        "may_apply_as_asked": decides and bool(found and asked_to_apply(correction.wanted, found)),
        "changes": changes,
        "entry": entry,
    }


def about_in_words(register: LivingRegister, correction: CorrectionRequest, today: date) -> str:
    """Name what a request is about."""
    if not correction.cpl_entry_id:
        return f"Notice {correction.notice_id}"
    found = find_on_record(register, correction.cpl_entry_id, today)
    return name_of(found.entry) if found else f"CPL entry {correction.cpl_entry_id}"


def _wanted_in_words(found: OnRecord, correction: CorrectionRequest) -> list[tuple[str, str]]:
    """Say field by field what is asked for, entries with their versions."""
    catalogue, entry = found.catalogue, found.entry
    questions = (*questions_about(catalogue, entry, FIELDS), MARK)
    rows = []
    for question in questions:
        labels = {choice.value: choice.label for choice in question.choices}
        values = correction.wanted.get(question.name, ())
        if values:
            rows.append((question.term, "; ".join(labels.get(value, value) for value in values)))
    return rows


def _rows(request: Asked) -> tuple[list[Row], str]:
    register, today = current().register, request.today
    found = corrections_for(request.who)
    state, entry = request.GET.get("state", ""), request.GET.get("entry", "").strip()
    if state in STATES:
        found = found.filter(state=state)
    if entry:
        found = found.filter(cpl_entry_id=int(entry)) if entry.isdecimal() and len(entry) < 16 else found.none()
    rows = (
        Row(
            each,
            about_in_words(register, each, today),
            age_days(each, request.at),
            *STATES[CorrectionState(each.state)],
        )
        for each in found
    )
    return in_order(rows, request, _KEYS, "-number")
