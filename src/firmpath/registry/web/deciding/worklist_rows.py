"""What is missing by manufacturer, as its list and its download show it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpResponse

from firmpath.pathways.device_model import DeviceType
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.letters import DAYS_TO_ANSWER, is_due, last_letters
from firmpath.registry.submissions.models_deciding import LetterSent
from firmpath.registry.submissions.worklist import Gap, Lacking, ToAsk, Wanted, find_lacking, whom_to_ask
from firmpath.registry.web.lists import ALL, csv_file, in_order, page_of
from firmpath.registry.web.questions import Choice, Question, asked

_HEADINGS = (
    "CPL Entry ID", "Firmware version", "Firmware name", "Device type", "Manufacturer identifier", "Manufacturer",
    *(f"{gap.value} missing" for gap in Gap), "Contact", "Last letter sent on",
)  # fmt: skip
_COLUMNS = ("Base firmware", "Band", "Vendor", "Stack")
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


class Rows(NamedTuple):
    """The manufacturers of the list: `every` one that has something missing, and those `shown`."""

    every: tuple[Row, ...]
    shown: tuple[Row, ...]


def rows_of(request: Asked) -> Rows:
    """Give what is missing by manufacturer; those alone whose letter is due for a reminder, if that is asked."""
    catalogue = current().register.catalogue(request.today)
    letters, days = last_letters(), _days(request)
    to_ask = whom_to_ask(find_lacking(catalogue, _wanted(request)))
    every = tuple(_row(each, letters, request, days) for each in to_ask)
    only_due = request.GET.get("due") == "yes"
    return Rows(every, tuple(row for row in every if row.is_due or not only_due))


def list_context(request: Asked, found: Rows) -> dict[str, object]:
    """Give what the list shows."""
    rows, sort = in_order(found.shown, request, _BY_MAKER, "name")
    filters = asked(_filters(), {**request.GET.dict(), "days": request.GET.get("days", "")})
    return {
        "page": page_of(rows, request),
        "sort": sort,
        "filters": filters,
        "days": _days(request),
        "gaps": _COLUMNS,
        "entries": sum(len(row.to_ask.lacking) for row in found.every),
        "makers": len(found.every),
        "due": sum(row.is_due for row in found.every),
        "is_filtered": any(request.GET.get(each.question.name) for each in filters),
    }


def list_file(found: Rows) -> HttpResponse:
    """Give the list as a CSV file, an entry a row in order of ids."""
    entries = [(each, row) for row in found.shown for each in row.to_ask.lacking]
    entries.sort(key=lambda pair: pair[0].entry.cpl_entry_id)
    return csv_file("gaps", _HEADINGS, (_cells(each, row) for each, row in entries))


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


def _row(to_ask: ToAsk, letters: Mapping[str, LetterSent], request: Asked, days: int) -> Row:
    found = letters.get(to_ask.manufacturer_id)
    return Row(to_ask, found, is_due(found, request.today, days))


def _cells(each: Lacking, row: Row) -> tuple[object, ...]:
    hardware = each.entry.hardware_model
    return (
        each.entry.cpl_entry_id,
        each.entry.firmware_version,
        each.entry.published.firmware_name or "",
        hardware.device_type,
        hardware.manufacturer_id,
        row.to_ask.name,
        *("yes" if gap in each.gaps else "no" for gap in Gap),
        row.to_ask.contact,
        row.letter.sent_on if row.letter else "",
    )
