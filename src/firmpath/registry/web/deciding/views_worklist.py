"""What is missing about listed entries, by manufacturer, and the letters that ask for it."""

from typing import NamedTuple

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.letters import (
    SUBJECT,
    Sent,
    draft_letter,
    letters_to,
    mark_shown,
    record_answered,
    record_sent,
)
from firmpath.registry.submissions.worklist import ToAsk, Wanted, find_lacking, whom_to_ask
from firmpath.registry.web.deciding.texts import require_text
from firmpath.registry.web.deciding.worklist_rows import list_context, list_file, rows_of
from firmpath.registry.web.lists import in_order, page_of, wants_csv
from firmpath.registry.web.questions import Question, asked, parse_day, summary
from firmpath.tables.free_text import parse_free_name

SENT_ON = Question("sent_on", "Sent on", "For example 22 11 2026", "date")
SENT_TO = Question("sent_to", "Sent to", "The address, or the name of the person")
_LINES_SHOWN = 100
_PACKER = Signer(salt="firmpath letter, packed")


_BY_ENTRY = {
    "entry": lambda each: each.entry.cpl_entry_id,
    "version": lambda each: (str(each.entry.firmware_version), each.entry.cpl_entry_id),
    "type": lambda each: (each.entry.hardware_model.device_type.value, each.entry.cpl_entry_id),
    "missing": lambda each: (len(each.gaps), each.entry.cpl_entry_id),
}


class Cut(NamedTuple):
    """The beginning of a text, and how many lines come after it."""

    text: str
    left_out: int


@allowed(GET=Act.EDIT)
def worklist(request: Asked) -> HttpResponse:
    """List what is missing, by manufacturer."""
    found = rows_of(request)
    if wants_csv(request):
        return list_file(found)
    return render(request, "deciding/worklist.html", list_context(request, found))


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def letter(request: Asked, manufacturer_id: str) -> HttpResponse:
    """Show what to ask a manufacturer, the letter, and those that were sent; note that it was sent."""
    to_ask = _find(request, manufacturer_id)
    if request.GET.get("format") == "txt":
        return _text_file(request, to_ask)
    if request.method != "POST":
        return _letter_page(request, to_ask)
    try:
        record_sent(_read_sent(request, manufacturer_id), request.who, request.at)
    except FirmpathError as error:
        return _letter_page(request, to_ask, error.faults)
    messages.success(request, "The letter has been noted as sent.")
    return redirect("letter", manufacturer_id=manufacturer_id)


@allowed(POST=Act.EDIT)
def answered(request: Asked, letter_id: int) -> HttpResponse:
    """Note that a letter was answered."""
    found = record_answered(letter_id, request.who, request.at)
    messages.success(request, "The letter has been noted as answered.")
    return redirect("letter", manufacturer_id=found.manufacturer_id)


def _read_sent(request: Asked, manufacturer_id: str) -> Sent:
    """Read what was sent: the letter comes back packed, as it was shown, with the mark that says so."""
    sent_on, sent_to = all_parsed(
        lambda: parse_day(request.POST, SENT_ON), lambda: require_text(request.POST, SENT_TO, parse_free_name)
    )
    try:
        text = _PACKER.unsign_object(request.POST.get("text", ""))
    except BadSignature:
        text = ""  # for which no mark speaks
    return Sent(manufacturer_id, text, request.POST.get("mark", ""), sent_on, sent_to)


def _letter_page(request: Asked, to_ask: ToAsk, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    values = request.POST or {SENT_ON.name: request.today, SENT_TO.name: to_ask.contact}
    asked_list = asked((SENT_ON, SENT_TO), values, faults)
    rows, sort = in_order(to_ask.lacking, request, _BY_ENTRY, "entry")
    text = draft_letter(to_ask, request.today)
    context = {
        "to_ask": to_ask,
        "page": page_of(rows, request),
        "sort": sort,
        "cut": _beginning_of(text),
        "packed": _PACKER.sign_object(text, compress=True),
        "mark": mark_shown(to_ask.manufacturer_id, text),
        "mailto": _mailto(to_ask, text),
        "letters": [(each, _beginning_of(each.text)) for each in letters_to(to_ask.manufacturer_id)],
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
    }
    return render(request, "deciding/letter.html", context, status=422 if faults else 200)


def _find(request: Asked, manufacturer_id: str) -> ToAsk:
    catalogue = current().register.catalogue(request.today)
    found = whom_to_ask(find_lacking(catalogue, Wanted(manufacturer_id)))
    if not found and letters_to(manufacturer_id):
        return ToAsk(manufacturer_id, f"the manufacturer with the identifier {manufacturer_id}", "", ())
    if not found:
        raise Http404("Nothing is missing about the entries of this manufacturer.")
    return found[0]


def _text_file(request: Asked, to_ask: ToAsk) -> HttpResponse:
    """Give the letter as it would be sent today, or one that was sent, as it was."""
    day, text = request.today, ""
    if number := request.GET.get("letter"):
        sent = {str(each.pk): each for each in letters_to(to_ask.manufacturer_id)}
        if number not in sent:
            raise Http404("No such letter was sent to this manufacturer.")
        day, text = sent[number].sent_on, sent[number].text
    name = f"letter-{to_ask.manufacturer_id}-{day}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    text = text or draft_letter(to_ask, day)
    return HttpResponse(text.encode(), content_type="text/plain; charset=utf-8", headers=headers)


def _beginning_of(text: str) -> Cut:
    """Give as much of a letter as a page shows; one can name thousands of entries."""
    lines = text.splitlines()
    left_out = max(0, len(lines) - _LINES_SHOWN)
    return Cut("\n".join(lines[:_LINES_SHOWN]) if left_out else text, left_out)


def _mailto(to_ask: ToAsk, text: str) -> str:
    """Give a link that opens the letter in an e-mail, its subject alone if it is long; "" without an address."""
    if "@" not in to_ask.contact or any(c.isspace() for c in to_ask.contact):
        return ""
    query = urlencode({"subject": SUBJECT, "body": text}).replace("+", "%20")
    link = f"mailto:{to_ask.contact}?{query}"
    return link if len(link) < _LONGEST_LINK else f"mailto:{to_ask.contact}?{urlencode({'subject': SUBJECT})}"


_LONGEST_LINK = 2000
