"""SECAS changes an entry: what can be changed, one form for each, and statements to take back."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.naming import name_of
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import Change, standing_about, state
from firmpath.registry.submissions.on_record import OnRecord, find_on_record
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.fields import FIELDS, present_answers, present_in_words
from firmpath.registry.web.deciding.image_facts import image_in_words, present_image
from firmpath.registry.web.deciding.kinds import IMAGE, KINDS, Kind, change_of, questions_of, read_change
from firmpath.registry.web.deciding.prefilled import correction_id, parties_for, provenance_defaults
from firmpath.registry.web.deciding.provenance import Provenance, read_provenance, source_questions
from firmpath.registry.web.deciding.texts import Answers
from firmpath.registry.web.deciding.wording import not_yet, statement_words


class _At(NamedTuple):
    """The entry that is to be changed, in the register of now; it may be listed from a later day only."""

    register: LivingRegister
    found: OnRecord

    @property
    def entry(self) -> CPLEntry:
        return self.found.entry

    @property
    def entry_id(self) -> CPLEntryID:
        return self.entry.cpl_entry_id

    @property
    def caption(self) -> str:
        return name_of(self.entry) if self.found.is_listed else f"{name_of(self.entry)}, {not_yet(self.found)}"


@allowed(GET=Act.EDIT)
def change_entry(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """List what can be changed about an entry."""
    at = _find(request, cpl_entry_id)
    catalogue = at.found.catalogue
    kinds = [kind for kind in KINDS.values() if kind.offered(at.entry)]
    standing = [
        (each, statement_words(catalogue, each), not isinstance(each.fact, EntryPublished))
        for each in standing_about(at.register, at.entry_id)
    ]
    context = {
        "entry": at.entry,
        "not_yet": "" if at.found.is_listed else not_yet(at.found),
        "kinds": kinds,
        "now": list(present_in_words(catalogue, at.entry).items()),
        "standing": standing,
        "query": request.META["QUERY_STRING"],
    }
    return render(request, "deciding/change_entry.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def change(request: Asked, cpl_entry_id: int, kind: str) -> HttpResponse:
    """Make one kind of change to an entry."""
    at, chosen = _find(request, cpl_entry_id), KINDS.get(kind)
    if chosen is None or not chosen.offered(at.entry):
        raise Http404("This change cannot be made to this entry, or not any more.")
    return ask_and_confirm(request, _form(request, at, chosen))


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def retract(request: Asked, cpl_entry_id: int, number: int) -> HttpResponse:
    """Take back a statement about an entry."""
    at = _find(request, cpl_entry_id)
    statement = next((each for each in standing_about(at.register, at.entry_id) if each.number == number), None)
    if statement is None or isinstance(statement.fact, EntryPublished):
        raise Http404("There is no such statement to take back.")
    return ask_and_confirm(request, _retraction_form(request, at, statement))


def _form(request: Asked, at: _At, kind: Kind) -> ChangeForm:
    defaults, parties = provenance_defaults(request, at.entry), parties_for(request, at.entry)
    questions = questions_of(kind, at.found, parties)

    def read(answers: Answers) -> Proposed:
        wanted, told = read_change(kind, at.register, at.found, answers, parties)
        return _proposed(request, at, kind.what, wanted, told)

    return ChangeForm(
        kind.title,
        at.caption,
        questions,
        {**present_answers(at.entry), **present_image(at.entry), **defaults},
        read,
        _back(request, at),
        _now(kind, at.found, [question.term for question in questions if question.name in FIELDS]),
        kind.hint,
    )


def _now(kind: Kind, found: OnRecord, terms: list[str]) -> tuple[tuple[str, object], ...]:
    if kind.name == IMAGE:
        return image_in_words(found.entry)
    present = present_in_words(found.catalogue, found.entry)
    return tuple((term, present[term]) for term in terms)


def _proposed(request: Asked, at: _At, what: str, wanted: Change, told: Provenance) -> Proposed:
    stated = state(at.register, wanted, request.who, at.found.day)
    return Proposed(
        stated,
        f"{name_of(at.entry)}: {what}",
        told.reason,
        at.entry_id,
        "",
        told.evidence,
        correction_id(request),
        not told.effective_from,
    )


def _retraction_form(request: Asked, at: _At, statement: Statement) -> ChangeForm:
    parties = parties_for(request, at.entry)

    def read(answers: Answers) -> Proposed:
        told = read_provenance(answers, False, parties)
        wanted = change_of(told)._replace(retracts=(statement,))
        return _proposed(request, at, f"statement {statement.number} taken back", wanted, told)

    return ChangeForm(
        f"Take back statement {statement.number}",
        at.caption,
        source_questions(parties),
        provenance_defaults(request, at.entry),
        read,
        _back(request, at),
        (("Statement", statement_words(at.found.catalogue, statement)),),
        "It should never have been made, and nothing takes its place. It stays readable in the history",
    )


def _back(request: Asked, at: _At) -> str:
    query = request.META["QUERY_STRING"]
    return reverse("change_entry", args=[at.entry_id]) + (f"?{query}" if query else "")


def _find(request: Asked, cpl_entry_id: int) -> _At:
    register = current().register
    found = find_on_record(register, cpl_entry_id, request.today)
    if not found:
        raise Http404("There is no such CPL entry.")
    return _At(register, found)
