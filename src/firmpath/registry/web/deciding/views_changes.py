"""SECAS changes an entry: what can be changed, one form for each, and statements to take back."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.naming import maker_of, name_of
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import Change, standing_about, state
from firmpath.registry.submissions.correction_queries import find_correction
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.fields import FIELDS, present_answers, present_in_words
from firmpath.registry.web.deciding.kinds import KINDS, Kind, questions_of, read_change
from firmpath.registry.web.deciding.provenance import CHANNEL, EVIDENCE, PARTY, REASON, read_provenance
from firmpath.registry.web.deciding.texts import Answers
from firmpath.registry.web.deciding.wording import statement_words


class _At(NamedTuple):
    """The entry that is to be changed, in the register of now."""

    register: LivingRegister
    entry: CPLEntry

    @property
    def entry_id(self) -> CPLEntryID:
        return self.entry.cpl_entry_id


@allowed(GET=Act.EDIT)
def change_entry(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """List what can be changed about an entry."""
    at = _find(request, cpl_entry_id)
    catalogue = at.register.catalogue(request.at.date())
    kinds = [kind for kind in KINDS.values() if kind.offered(at.entry)]
    standing = [
        (each, statement_words(catalogue, each), not isinstance(each.fact, EntryPublished))
        for each in standing_about(at.register, at.entry_id)
    ]
    context = {
        "entry": at.entry,
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


def provenance_defaults(request: Asked, entry: CPLEntry) -> dict[str, object]:
    """Begin with what the address says: for which request a change is made, or that it fills a gap."""
    correction = find_correction(correction_id(request))
    fills_gap = request.GET.get("fills") == "gap"
    party = maker_of(entry) if fills_gap else request.who.party_name
    return {
        "stands": "mistake" if correction else "",
        CHANNEL.name: (Channel.BEST_ENDEAVOURS if fills_gap else Channel.SECAS_CORRECTION).value,
        PARTY.name: correction.party.name if correction else party,
        EVIDENCE.name: correction.email_text if correction else "",
    }


def correction_id(request: Asked) -> int:
    """Read for which request a change is made; 0 for none."""
    written = request.GET.get("correction", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _form(request: Asked, at: _At, kind: Kind) -> ChangeForm:
    catalogue = at.register.catalogue(request.at.date())
    present = present_in_words(catalogue, at.entry)
    asked = questions_of(kind, catalogue, at.entry)
    terms = [question.term for question in asked if question.name in FIELDS]

    def read(answers: Answers) -> Proposed:
        wanted, told = read_change(kind, at.register, at.entry_id, answers, request.at.date())
        stated = state(at.register, wanted, request.who, request.at.date())
        what = f"{name_of(at.entry)}: {kind.what}"
        return Proposed(stated, what, told.reason, at.entry_id, "", told.evidence, correction_id(request))

    return ChangeForm(
        kind.title,
        name_of(at.entry),
        asked,
        {**present_answers(at.entry), **provenance_defaults(request, at.entry)},
        read,
        _back(request, at),
        tuple((term, present[term]) for term in terms),
        kind.hint,
    )


def _retraction_form(request: Asked, at: _At, statement: Statement) -> ChangeForm:
    catalogue = at.register.catalogue(request.at.date())

    def read(answers: Answers) -> Proposed:
        told = read_provenance(answers, asks_mistake=False)
        wanted = Change((), told.party, told.reason, channel=told.channel, retracts=(statement,))
        stated = state(at.register, wanted, request.who, request.at.date())
        what = f"{name_of(at.entry)}: statement {statement.number} taken back"
        return Proposed(stated, what, told.reason, at.entry_id, "", told.evidence, correction_id(request))

    return ChangeForm(
        f"Take back statement {statement.number}",
        name_of(at.entry),
        (REASON, CHANNEL, PARTY, EVIDENCE),
        provenance_defaults(request, at.entry),
        read,
        _back(request, at),
        (("Statement", statement_words(catalogue, statement)),),
        "It should never have been made, and nothing takes its place. It stays readable in the history",
    )


def _back(request: Asked, at: _At) -> str:
    query = request.META["QUERY_STRING"]
    return reverse("change_entry", args=[at.entry_id]) + (f"?{query}" if query else "")


def _find(request: Asked, cpl_entry_id: int) -> _At:
    register = current().register
    entry = register.catalogue(request.at.date()).entries.get(CPLEntryID(cpl_entry_id))
    if entry is None:
        raise Http404("There is no such CPL entry.")
    return _At(register, entry)
