"""Changes that wait for a second person of SECAS, and what became of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions import proposals as actions
from firmpath.registry.submissions.deciding_states import EffectKind, ProposalState
from firmpath.registry.submissions.models_deciding import Proposal
from firmpath.registry.submissions.proposal_queries import find_proposal, proposals
from firmpath.registry.web.deciding.confirming import RECORDED, effect_context
from firmpath.registry.web.deciding.texts import require_text
from firmpath.registry.web.deciding.wording import statement_words
from firmpath.registry.web.lists import csv_file, in_order, page_of, wants_csv
from firmpath.registry.web.questions import Choice, Question, asked, summary

STATES = {
    ProposalState.WAITING: ("Waiting", "warn"),
    ProposalState.RECORDED: ("Recorded", "good"),
    ProposalState.REFUSED: ("Refused", "bad"),
    ProposalState.WITHDRAWN: ("Taken back", "quiet"),
}
EFFECTS = {
    EffectKind.WIDENS: "Adds an upgrade, removes a stone, or makes an entry another image",
    EffectKind.NARROWS: "Adds no upgrade",
}
REASON = Question("reason", "Reason", "Whoever proposed the change reads it", "textarea", rows=3)
_FILTER = Question(
    "state", "State", "", "select",
    (*(Choice(state.value, word) for state, (word, _) in STATES.items()), Choice("all", "All")),
)  # fmt: skip
_KEYS = {
    "made": lambda each: (each.made_at, each.pk),
    "what": lambda each: (each.what.casefold(), each.pk),
    "by": lambda each: (each.made_by.name.casefold(), each.pk),
    "effect": lambda each: (each.effect, each.pk),
}
_HEADINGS = ("Number", "Change", "Reason", "Effect", "Why", "Proposed at", "Proposed by", "State", "Decided at")


@allowed(GET=Act.EDIT)
def list_proposals(request: Asked) -> HttpResponse:
    """List the changes that wait, or those of another state."""
    state = request.GET.get("state", ProposalState.WAITING)
    state = state if state in (*STATES, "all") else ProposalState.WAITING
    rows, sort = in_order(proposals("" if state == "all" else state), request, _KEYS, "made")
    if wants_csv(request):
        return csv_file("changes", _HEADINGS, map(_cells, rows))
    shown = [(each, *STATES[ProposalState(each.state)], EFFECTS[EffectKind(each.effect)]) for each in rows]
    context = {
        "page": page_of(shown, request),
        "sort": sort,
        "state": state,
        "asked": asked([_FILTER], {"state": state}),
    }
    return render(request, "deciding/proposals.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def show_proposal(request: Asked, proposal_id: int) -> HttpResponse:
    """Show a change with the effect it has now or had, and approve it."""
    proposal = _find(proposal_id)
    if request.method != "POST":
        return _page(request, proposal)
    try:
        actions.approve(proposal_id, request.POST.get("seen", ""), request.who, request.at)
    except actions.EffectChanged:
        return _page(request, proposal, has_changed=True)
    messages.success(request, RECORDED)
    return redirect("proposal", proposal_id=proposal_id)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def refuse_proposal(request: Asked, proposal_id: int) -> HttpResponse:
    """Refuse a change that somebody else proposed, with a reason."""
    proposal = _find(proposal_id)
    if request.method == "POST":
        try:
            reason = require_text(request.POST, REASON, parse_text)
            actions.refuse(proposal_id, reason, request.who, request.at)
        except FirmpathError as error:
            return _refusal_page(request, proposal, error)
        messages.success(request, "The change has been refused.")
        return redirect("proposal", proposal_id=proposal_id)
    return _refusal_page(request, proposal)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def withdraw_proposal(request: Asked, proposal_id: int) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = _find(proposal_id)
    if request.method == "POST":
        actions.withdraw(proposal_id, request.who, request.at)
        messages.success(request, "You have taken the change back.")
        return redirect("proposal", proposal_id=proposal_id)
    return render(request, "deciding/withdraw_proposal.html", {"proposal": proposal})


def _page(request: Asked, proposal: Proposal, *, has_changed: bool = False) -> HttpResponse:
    waiting = proposal.state == ProposalState.WAITING
    is_own = proposal.made_by_id == request.who.person_id
    word, kind = STATES[ProposalState(proposal.state)]
    context: dict[str, object] = {
        "proposal": proposal,
        "word": word,
        "kind": kind,
        "has_changed": has_changed,
        "may_decide": waiting and not is_own,
        "may_withdraw": waiting and is_own,
        "effect_name": EFFECTS[EffectKind(proposal.effect)],
    }
    context |= _effect_now(request, proposal) if waiting else _as_decided(request, proposal)
    return render(request, "deciding/proposal.html", context, status=409 if has_changed else 200)


def _effect_now(request: Asked, proposal: Proposal) -> dict[str, object]:
    """Rehearse the change in the register as it is; what has happened since may rule it out."""
    try:
        return effect_context(actions.preview(actions.stated_in(proposal, request.today), request.at))
    except FirmpathError as error:
        return {"ruled_out": [str(fault) for fault in error.faults], **_as_decided(request, proposal)}


def _as_decided(request: Asked, proposal: Proposal) -> dict[str, object]:
    catalogue = current().register.catalogue(request.today)
    stated = [statement_words(catalogue, each) for each in actions.statements_in(proposal)]
    return {"stated": stated, "why": proposal.effect_words.splitlines()}


def _refusal_page(request: Asked, proposal: Proposal, error: FirmpathError | None = None) -> HttpResponse:
    faults = error.faults if error else ()
    asked_list = asked([REASON], request.POST, faults)
    context = {"proposal": proposal, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    return render(request, "deciding/refuse_proposal.html", context, status=422 if faults else 200)


def _find(proposal_id: int) -> Proposal:
    proposal = find_proposal(proposal_id)
    if proposal is None:
        raise Http404("There is no such change.")
    return proposal


def _cells(each: Proposal) -> tuple[object, ...]:
    decided = write_instant(each.decided_at) if each.decided_at else ""
    made = write_instant(each.made_at)
    why = " ".join(each.effect_words.splitlines())
    effect, by = EFFECTS[EffectKind(each.effect)], each.made_by.name
    return each.pk, each.what, each.reason, effect, why, made, by, each.state, decided
