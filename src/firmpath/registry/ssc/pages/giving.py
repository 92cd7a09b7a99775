"""The pages on which others give the SSC what it needs, and never read it back once it is given."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.stacks.actions import EVIDENCE, PARTY, REASON, FromEmail, give, record_from_email
from firmpath.registry.ssc.stacks.parsing import STACK, VENDOR
from firmpath.registry.ssc.stacks.queries import find_given, typed_by
from firmpath.registry.submissions.on_record import find_on_record
from firmpath.registry.submissions.sealed import ZigBeeStack
from firmpath.registry.submissions.zigbee_given import find_open_entry
from firmpath.registry.web.questions import Question, asked, summary

_STACK_QUESTIONS: Final = (
    Question("chipset_vendor", VENDOR, "Who makes the ZigBee chip in the Device", width=40, autocomplete="off"),
    Question(
        "stack_version",
        STACK,
        "The name and release of the ZigBee software on the chip; not the version in the header of the OTA file",
        width=40,
        autocomplete="off",
    ),
)
_EMAIL_QUESTIONS: Final = (
    *(each._replace(optional=True) for each in _STACK_QUESTIONS),
    Question("party", PARTY, "The organisation that answers for the information", width=40, autocomplete="off"),
    Question(
        "evidence", EVIDENCE, "The whole e-mail; only the Security Sub-Committee can read it", "textarea", rows=8
    ),
)
_WHY: Final = Question(
    "reason", REASON, "Needed where it replaces something that was given before", "textarea", rows=3, optional=True
)


NO_FAULTS: Final[tuple[Fault, ...]] = ()


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def zigbee(request: Asked, reference: UUID) -> HttpResponse:
    """Take the chipset vendor and stack version of a submission's entry from its submitter."""
    entry = find_open_entry(request.who, reference)
    values, faults = typed_by(reference)._asdict(), NO_FAULTS
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in values}
        try:
            give(reference, ZigBeeStack(**values), request.who, request.at)
            _tell_what_is_missing(request, values)
            return redirect(_url_of(entry.submission.reference))
        except FirmpathError as error:
            faults = error.faults
    questions = asked(_STACK_QUESTIONS, values, faults)
    context: dict[str, Any] = {
        "asked": questions,
        "problems": summary(questions, faults),
        "faults": faults,
        "entry": entry,
        "back": _url_of(entry.submission.reference),
    }
    return render(request, "ssc/zigbee.html", context, status=422 if faults else 200)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def record(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """Take what an e-mail said about an entry from SECAS, which sees only whether something was given before."""
    found = find_on_record(current().register, cpl_entry_id, request.today)
    if isinstance(found, NotKnown):
        raise Http404("The CPL has no such entry.")
    questions, faults = (*_EMAIL_QUESTIONS, _WHY), NO_FAULTS
    values = {each.name: request.POST.get(each.name, "").replace("\r\n", "\n").strip() for each in questions}
    if request.method == "POST":
        try:
            record_from_email(CPLEntryID(cpl_entry_id), _from_email(values), request.who, request.at)
            messages.success(request, "Recorded. From now on only the Security Sub-Committee can read it.")
            return redirect("ssc_record", cpl_entry_id=cpl_entry_id)
        except FirmpathError as error:
            faults = error.faults
    asked_list = asked(questions, values, faults)
    context: dict[str, Any] = {
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
        "catalogue": found.catalogue,
        "entry": found.entry,
        "given": list(zip((VENDOR, STACK), find_given(CPLEntryID(cpl_entry_id)), strict=True)),
    }
    return render(request, "ssc/record.html", context, status=422 if faults else 200)


def _tell_what_is_missing(request: Asked, values: dict[str, str]) -> None:
    missing = [each.term for each in _STACK_QUESTIONS if not values[each.name]]
    if missing:
        messages.warning(
            request, f"Not given yet: {' and '.join(missing)}. Both can be given until you send it in."
        )


def _from_email(values: dict[str, str]) -> FromEmail:
    stack = ZigBeeStack(values["chipset_vendor"], values["stack_version"])
    return FromEmail(stack, values["party"], values["evidence"], values["reason"])


def _url_of(reference: str) -> str:
    """Give the address of a submission's task list."""
    try:
        return reverse("submission", kwargs={"reference": reference})
    except NoReverseMatch:
        return reverse("home")
