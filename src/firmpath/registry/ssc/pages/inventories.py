"""The page of inventories: their counts of Devices by entry, given as a small CSV file."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import write_instant
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.inventories import counts
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.pages.asking import file_of, table_response
from firmpath.registry.ssc.pages.lists import Keys, form_of, in_asked_order, is_sorted
from firmpath.registry.ssc.pages.searching import search_field, search_of
from firmpath.registry.web.questions import Question, asked, parse_day, summary

_DAY: Final = Question("counted_on", counts.COUNTED_ON, "The day of the inventory", "date")
_QUESTIONS: Final = (
    Question("name", counts.NAME, "Whose Devices they are, for example All Suppliers", width=40),
    _DAY,
    Question("file", counts.FILE, "CSV with the columns cpl_entry_id and devices", "file", accept=".csv,text/csv"),
)
_HEADINGS: Final = ("number", "name", "counted_on", "devices", "given_by", "given_at")
_SORTS: Final[Keys[counts.Inventory]] = {
    "name": lambda each: each.name.casefold(),
    "counted": lambda each: each.counted_on,
    "devices": lambda each: each.devices,
    "given": lambda each: each.recorded_at,
}


@allowed(GET=Act.READ_SSC, POST=Act.WORK_SSC)
def inventories(request: Asked) -> HttpResponse:
    """Show the inventories, or take the counts of a further one."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            (_, octets), counted_on = all_parsed(
                lambda: file_of(request, "file", counts.refuse_large), lambda: parse_day(request.POST, _DAY)
            )
            found = counts.read_counts(octets)
            counts.keep_inventory(request.POST.get("name", "").strip(), counted_on, found, request.who, request.at)
            messages.success(request, f"{sum(found.values()):,} Devices have been counted.")
            return redirect("ssc_inventories")
        except FirmpathError as error:
            faults = error.faults
    form = form_of(request)
    search, every = search_of(request), counts.inventories()
    given = in_asked_order((each for each in every if search.finds(each.name, each.entered_by)), request, _SORTS)
    log_look(request.who, f"inventories as {form.upper()}" if form else "inventories", request.at, len(given))
    if form and request.method == "GET":
        rows = [tuple(map(str, _cells(each))) for each in given]
        return table_response(form, (_HEADINGS, rows), f"inventories-{request.today}")
    asked_list = asked(_QUESTIONS, request.POST, faults)
    shown = {"inventories": given, "total": len(every), "is_sorted": is_sorted(request, _SORTS)}
    shown |= search_field(request, "ssc_inventories")
    context = {**shown, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    return render(request, "ssc/inventories.html", context, status=422 if faults else 200)


def _cells(each: counts.Inventory) -> tuple[object, ...]:
    given_at = write_instant(each.recorded_at)
    return each.number, each.name, each.counted_on, each.devices, each.entered_by, given_at
