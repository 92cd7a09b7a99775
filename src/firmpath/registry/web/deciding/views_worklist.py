"""What is missing about listed entries, by manufacturer, and the letters that ask for it."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.letters import (
    DAYS_TO_ANSWER,
    SUBJECT,
    draft_letter,
    is_due,
    last_letters,
    letters_to,
    record_answered,
    record_sent,
)
from firmpath.registry.submissions.models_deciding import LetterSent
from firmpath.registry.submissions.worklist import Gap, Lacking, ToAsk, Wanted, find_lacking, whom_to_ask
from firmpath.registry.web.deciding.lists import ALL, csv_file, in_order, page_of, wants_csv
from firmpath.registry.web.deciding.texts import collected, require_text
from firmpath.registry.web.questions import Choice, Question, asked, parse_day, summary

_HEADINGS = (
    "CPL Entry ID", "Firmware version", "Firmware name", "Device type", "Manufacturer identifier", "Manufacturer",
    *(f"{gap.value} missing" for gap in Gap), "Contact", "Last letter sent on",
)  # fmt: skip
_COLUMNS = ("Base firmware", "Band", "Vendor", "Stack")
SENT_ON = Question("sent_on", "Sent on", "For example 22 11 2026", "date")
SENT_TO = Question("sent_to", "Sent to", "The address, or the name of the person")
_BY_ENTRY = {
    "entry": lambda each: each.entry.cpl_entry_id,
    "version": lambda each: (str(each.entry.firmware_version), each.entry.cpl_entry_id),
    "type": lambda each: (each.entry.hardware_model.device_type.value, each.entry.cpl_entry_id),
    "missing": lambda each: (len(each.gaps), each.entry.cpl_entry_id),
}
_BY_MAKER = {
    "name": lambda row: (row.to_ask.name.casefold(), row.to_ask.manufacturer_id),
    "entries": lambda row: (len(row.to_ask.lacking), row.to_ask.manufacturer_id),
    "sent": lambda row: (row.letter.sent_on.isoformat() if row.letter else "", row.to_ask.manufacturer_id),
}


class Row(NamedTuple):
    """A manufacturer in the list: what to ask it, the last letter, and whether a reminder is due."""

    to_ask: ToAsk
    letter: LetterSent | None
    is_due: bool

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The entries for which each thing is missing, under the short name of its column."""
        return tuple(zip(_COLUMNS, self.to_ask.counts, strict=True))


@allowed(GET=Act.EDIT)
def worklist(request: Asked) -> HttpResponse:
    """List what is missing, by manufacturer."""
    catalogue = current().register.catalogue(request.at.date())
    lacking = find_lacking(catalogue, _wanted(request))
    letters, days = last_letters(), _days(request)
    if wants_csv(request):
        names = {each.manufacturer_id: each for each in whom_to_ask(lacking)}
        return csv_file("gaps", _HEADINGS, (_cells(each, names[each.manufacturer_id], letters) for each in lacking))
    every = [_row(each, letters, request, days) for each in whom_to_ask(lacking)]
    only_due = request.GET.get("due") == "yes"
    rows, sort = in_order([row for row in every if row.is_due or not only_due], request, _BY_MAKER, "name")
    filters = asked(_filters(), {**request.GET.dict(), "days": request.GET.get("days", "")})
    context = {
        "page": page_of(rows, request),
        "sort": sort,
        "filters": filters,
        "days": days,
        "gaps": _COLUMNS,
        "entries": len(lacking),
        "makers": len(every),
        "due": sum(row.is_due for row in every),
        "is_filtered": any(request.GET.get(each.question.name) for each in filters),
    }
    return render(request, "deciding/worklist.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def letter(request: Asked, manufacturer_id: str) -> HttpResponse:
    """Show what to ask a manufacturer, the letter, and those that were sent; note that it was sent."""
    to_ask = _find(request, manufacturer_id)
    if request.GET.get("format") == "txt":
        return _text_file(request, to_ask)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            sent_on, sent_to = collected(
                lambda: parse_day(request.POST, SENT_ON), lambda: require_text(request.POST, SENT_TO)
            )
            record_sent(to_ask, sent_on, sent_to[:200], request.who, request.at)
        except FirmpathError as error:
            faults = error.faults
        else:
            messages.success(request, "The letter has been noted as sent.")
            return redirect("letter", manufacturer_id=manufacturer_id)
    values = request.POST or {SENT_ON.name: request.at.date(), SENT_TO.name: to_ask.contact}
    asked_list = asked((SENT_ON, SENT_TO), values, faults)
    rows, sort = in_order(to_ask.lacking, request, _BY_ENTRY, "entry")
    text = draft_letter(to_ask, request.at.date())
    context = {
        "to_ask": to_ask,
        "page": page_of(rows, request),
        "sort": sort,
        "text": text,
        "mailto": _mailto(to_ask, text),
        "letters": letters_to(manufacturer_id),
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
    }
    return render(request, "deciding/letter.html", context, status=422 if faults else 200)


@allowed(POST=Act.EDIT)
def answered(request: Asked, letter_id: int) -> HttpResponse:
    """Note that a letter was answered."""
    found = record_answered(letter_id, request.who, request.at)
    messages.success(request, "The letter has been noted as answered.")
    return redirect("letter", manufacturer_id=found.manufacturer_id)


def _find(request: Asked, manufacturer_id: str) -> ToAsk:
    catalogue = current().register.catalogue(request.at.date())
    found = whom_to_ask(find_lacking(catalogue, Wanted(manufacturer_id)))
    if not found and letters_to(manufacturer_id):
        return ToAsk(manufacturer_id, f"the manufacturer with the identifier {manufacturer_id}", "", ())
    if not found:
        raise Http404("Nothing is missing about the entries of this manufacturer.")
    return found[0]


def _text_file(request: Asked, to_ask: ToAsk) -> HttpResponse:
    name = f"letter-{to_ask.manufacturer_id}-{request.at.date()}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    text = draft_letter(to_ask, request.at.date())
    return HttpResponse(text.encode(), content_type="text/plain; charset=utf-8", headers=headers)


def _mailto(to_ask: ToAsk, text: str) -> str:
    """Give a link that opens the letter in an e-mail, its subject alone if it is long; "" without an address."""
    if "@" not in to_ask.contact or any(c.isspace() for c in to_ask.contact):
        return ""
    query = urlencode({"subject": SUBJECT, "body": text}).replace("+", "%20")
    link = f"mailto:{to_ask.contact}?{query}"
    return link if len(link) < _LONGEST_LINK else f"mailto:{to_ask.contact}?{urlencode({'subject': SUBJECT})}"


_LONGEST_LINK = 2000


def _filters() -> tuple[Question, ...]:
    types = tuple(Choice(each.value, each.value) for each in DeviceType)
    gaps = tuple(Choice(gap.value, gap.value.capitalize() if gap is Gap.BASE else gap.value) for gap in Gap)
    return (
        Question("maker", "Manufacturer identifier", "", width=8),
        Question("type", "Device type", "", "select", (ALL, *types)),
        Question("gap", "What is missing", "", "select", (ALL, *gaps)),
        Question("due", "Letters", "", "select", (ALL, Choice("yes", "Reminder due"))),
        Question(
            "days", "Days to answer", f"{DAYS_TO_ANSWER} unless you say otherwise", width=4, inputmode="numeric"
        ),
    )


def _wanted(request: Asked) -> Wanted:
    get = request.GET.get
    return Wanted(get("maker", "").strip().upper(), get("type", ""), get("gap", ""))


def _days(request: Asked) -> int:
    written = request.GET.get("days", "").strip()
    return int(written) if written.isdecimal() and len(written) < 5 else DAYS_TO_ANSWER


def _row(to_ask: ToAsk, letters: object, request: Asked, days: int) -> Row:
    found = letters.get(to_ask.manufacturer_id)  # type: ignore[attr-defined]
    return Row(to_ask, found, is_due(found, request.at.date(), days))


def _cells(each: Lacking, to_ask: ToAsk, letters: object) -> tuple[object, ...]:
    sent = letters.get(each.manufacturer_id)  # type: ignore[attr-defined]
    hardware = each.entry.hardware_model
    name = each.entry.published.firmware_name
    return (
        each.entry.cpl_entry_id,
        each.entry.firmware_version,
        name or "",
        hardware.device_type,
        hardware.manufacturer_id,
        to_ask.name,
        *("yes" if gap in each.gaps else "no" for gap in Gap),
        to_ask.contact,
        sent.sent_on if sent else "",
    )
