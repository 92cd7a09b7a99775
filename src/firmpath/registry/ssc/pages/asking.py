"""What several pages ask and give: day, knowledge and inventory; a file that is sent; a table to take away."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NotKnown
from firmpath.registry.parties.access import Asked
from firmpath.registry.ssc.exposure.looking import INVENTORY, KNOWN_ON, ON, AskedOf, read_asked
from firmpath.registry.ssc.exposure.tables import KINDS, Table
from firmpath.registry.ssc.inventories.counts import inventories
from firmpath.registry.web.questions import Choice, Question, written_day

_ON: Final = Question("on", ON, "Which CPL: that of this day. Today, if left empty", "date")
_KNOWN_ON: Final = Question(
    "known_on", KNOWN_ON, "What was known by the end of this day, UTC. All that is known, if left empty", "date"
)


def as_of_questions(known_at: datetime | NotKnown) -> tuple[Question, ...]:
    """Ask for the day, the knowledge and the inventory; the choices are those that were given by an instant."""
    given = (
        Choice(str(each.number), f"{each.name}, {each.counted_on}: {each.devices:,} Devices")
        for each in inventories(known_at)
    )
    choices = (Choice("", "None: count entries alone"), *given)
    return Question("inventory", INVENTORY, kind="select", choices=choices), _ON, _KNOWN_ON


def wanted_of(request: Asked) -> AskedOf:
    """Read what a page is asked for.

    :raises FirmpathError: every part of it that cannot be meant.
    """
    query = request.GET
    days = {name: written_day(query, name) for name in ("on", "known_on")}
    return read_asked({**days, "inventory": query.get("inventory", "")}, request.today)


def carried_of(wanted: AskedOf) -> list[tuple[str, str]]:
    """Give the day, the knowledge and the inventory as a query string has them, to take on to the next page."""
    as_of = wanted.as_of
    given = (
        ("on", as_of.on if as_of.on != as_of.today else ""),
        ("known_on", as_of.known_on or ""),
        ("inventory", wanted.inventory or ""),
    )
    return [(name, str(value)) for name, value in given if value]


def file_of(request: Asked, name: str, refuse_large: Callable[[int], None]) -> tuple[str, bytes]:
    """Give the name and the octets of a file that was sent.

    :raises FirmpathError: none was, or `refuse_large` says so of its octets, which then are not read.
    """
    file = request.FILES.get(name)
    if not isinstance(file, UploadedFile):
        raise FirmpathError(Fault("File", "", "has not been chosen", "choose one", quoted=False))
    refuse_large(file.size or 0)
    return str(file.name)[:80], file.read()


def refused(error: FirmpathError) -> HttpResponse:
    """Say why nothing is given to take away: what was asked for cannot be meant, and nothing takes its place."""
    text = "".join(f"{fault}.\n" for fault in error.faults)
    return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")


def table_response(form: str, table: Table, name: str) -> HttpResponse:
    """Give a table to take away."""
    kind, write = KINDS[form]
    answer = HttpResponse(write(table), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
