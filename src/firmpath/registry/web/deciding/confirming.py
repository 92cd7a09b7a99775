"""The two steps of every change: a form, then its effect. Nothing is recorded before its effect was seen."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.deciding_states import ProposalState
from firmpath.registry.submissions.proposals import EffectChanged, Preview, Proposed, preview, propose
from firmpath.registry.web.deciding.provenance import names_of
from firmpath.registry.web.deciding.texts import Answers
from firmpath.registry.web.deciding.wording import statement_words
from firmpath.registry.web.questions import Question, asked, summary

RECORDED = "The change has been recorded."
PROPOSED = "The change has been proposed. A second person of SECAS has to approve it."


class ChangeForm(NamedTuple):
    """A form for a change: what it asks, with which answers it begins, and how they are read.

    `now` is what the register has at present, as terms and values; `button` and `warning` stand below the form.
    """

    title: str
    caption: str
    questions: tuple[Question, ...]
    defaults: Mapping[str, object]
    read: Callable[[Answers], Proposed]
    back: str
    now: tuple[tuple[str, object], ...] = ()
    warning: str = ""


def ask_and_confirm(request: Asked, form: ChangeForm) -> HttpResponse:
    """Show the form, then the effect of the answers, then record or propose the change."""
    if request.method != "POST":
        return _form_page(request, form, form.defaults)
    if "again" in request.POST:
        return _form_page(request, form, request.POST)
    try:
        proposed = form.read(request.POST)
    except FirmpathError as error:
        return _form_page(request, form, request.POST, error.faults)
    try:
        if "seen" not in request.POST:
            return _confirm_page(request, form, proposed, preview(proposed.stated, request.at))
        proposal = propose(proposed, request.POST["seen"], request.who, request.at)
    except EffectChanged as changed:
        return _confirm_page(request, form, proposed, changed.preview, has_changed=True)
    except FirmpathError as error:
        return _form_page(request, form, request.POST, error.faults)
    messages.success(request, RECORDED if proposal.state == ProposalState.RECORDED else PROPOSED)
    return redirect("proposal", proposal_id=proposal.pk)


def effect_context(shown: Preview) -> dict[str, object]:
    """Give what `deciding/effect.html` shows of a preview."""
    after = shown.rehearsal.after
    return {
        "preview": shown,
        "stated": [statement_words(after, each) for each in shown.statements],
        "explanation": shown.explanation,
        "findings": shown.rehearsal.findings,
    }


def _form_page(
    request: Asked, form: ChangeForm, values: Mapping[str, object], faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    asked_list = asked(form.questions, values, faults)
    context = {"form": form, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    return render(request, "deciding/change_form.html", context, status=422 if faults else 200)


def _confirm_page(
    request: Asked, form: ChangeForm, proposed: Proposed, shown: Preview, *, has_changed: bool = False
) -> HttpResponse:
    sent = request.POST
    hidden = [(name, value) for name in names_of(form.questions) for value in sent.getlist(name)]
    context = {"form": form, "proposed": proposed, "hidden": hidden, "has_changed": has_changed}
    status = 409 if has_changed else 200
    return render(request, "deciding/confirm_change.html", {**context, **effect_context(shown)}, status=status)
