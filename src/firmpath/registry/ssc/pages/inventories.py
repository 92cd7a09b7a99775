"""The page of inventories: their counts of Devices by entry, given as a small CSV file."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.inventories import counts
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.pages.asking import file_of
from firmpath.registry.web.questions import Question, asked, parse_day, summary

_DAY: Final = Question("counted_on", counts.COUNTED_ON, "The day of the inventory", "date")
_QUESTIONS: Final = (
    Question("name", counts.NAME, "Whose Devices they are, for example All Suppliers", width=40),
    _DAY,
    Question("file", counts.FILE, "CSV with the columns cpl_entry_id and devices", "file", accept=".csv,text/csv"),
)


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
    given = counts.inventories()
    log_look(request.who, "inventories", request.at, len(given))
    asked_list = asked(_QUESTIONS, request.POST, faults)
    context = {"inventories": given, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    return render(request, "ssc/inventories.html", context, status=422 if faults else 200)
