"""Requests for corrections as their list and their page show them."""

from typing import Any, NamedTuple

from django.http import HttpResponse

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.correction_queries import age_days, corrections_for
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile
from firmpath.registry.web.deciding.correction_form import MARK, in_catalogue
from firmpath.registry.web.deciding.fields import FIELDS, questions_about
from firmpath.registry.web.deciding.kinds import KINDS
from firmpath.registry.web.deciding.lists import ALL, csv_file, in_order, page_of
from firmpath.registry.web.questions import Choice, Question, asked

STATES = {"open": ("Open", "warn"), "applied": ("Applied", "good"), "refused": ("Refused", "bad")}
_FILTERS = (
    Question("state", "State", "", "select", (ALL, *(Choice(name, word) for name, (word, _) in STATES.items()))),
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
            f"{row.correction.asked_at:%Y-%m-%d %H:%M}",
            row.age_days,
            row.word,
            row.correction.decision_reason,
        )
        for row in rows
    )
    return csv_file("corrections", _HEADINGS, cells)


def correction_page(request: Asked, correction: CorrectionRequest) -> dict[str, Any]:
    """Give what the page of one request shows."""
    catalogue = current().register.catalogue(request.at.date())
    entry = in_catalogue(catalogue, correction.cpl_entry_id)
    word, kind = STATES[correction.state]
    decides = request.who.may(Act.EDIT)
    changes = [each for each in KINDS.values() if entry and each.offered(entry)] if decides else []
    return {
        "correction": correction,
        "about": about_in_words(catalogue, correction),
        "word": word,
        "kind": kind,
        "age_days": age_days(correction, request.at),
        "wanted": _wanted_in_words(catalogue, correction),
        "files": EvidenceFile.objects.filter(correction=correction).defer("contents").order_by("pk"),
        "proposals": correction.proposals.order_by("pk") if decides else (),
        "waits": correction.proposals.filter(state="waiting").exists(),
        "may_decide": decides and correction.state == "open",
        "may_apply_as_asked": decides and bool(entry) and any(name in FIELDS for name in correction.wanted),
        "changes": changes,
        "entry": entry,
    }


def about_in_words(catalogue: Catalogue, correction: CorrectionRequest) -> str:
    """Name what a request is about."""
    if correction.cpl_entry_id:
        return full_name(catalogue, CPLEntryID(correction.cpl_entry_id))
    return f"Notice {correction.notice_id}"


def _wanted_in_words(catalogue: Catalogue, correction: CorrectionRequest) -> list[tuple[str, str]]:
    """Say field by field what is asked for, entries with their versions."""
    entry = in_catalogue(catalogue, correction.cpl_entry_id)
    if not entry:
        return []
    questions = (*questions_about(catalogue, entry, FIELDS), MARK)
    rows = []
    for question in questions:
        labels = {choice.value: choice.label for choice in question.choices}
        values = correction.wanted.get(question.name, ())
        if values:
            rows.append((question.term, "; ".join(labels.get(value, value) for value in values)))
    return rows


def _rows(request: Asked) -> tuple[list[Row], str]:
    catalogue = current().register.catalogue(request.at.date())
    found = corrections_for(request.who)
    state, entry = request.GET.get("state", ""), request.GET.get("entry", "").strip()
    if state in STATES:
        found = found.filter(state=state)
    if entry:
        found = found.filter(cpl_entry_id=int(entry)) if entry.isdecimal() and len(entry) < 16 else found.none()
    rows = (
        Row(each, about_in_words(catalogue, each), age_days(each, request.at), *STATES[each.state])
        for each in found
    )
    return in_order(rows, request, _KEYS, "-number")
