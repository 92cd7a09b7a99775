"""What calls about exposure are asked: a day, what was known, and an inventory."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404
from ninja import Query

from firmpath.registry.api.taken import DAY, whole_number
from firmpath.registry.ssc.exposure.asked import AsOf
from firmpath.registry.ssc.exposure.looking import AskedOf, Picture, see_exposure

KnownOn = Annotated[
    Annotated[date, DAY] | None,
    Query(None, description="the last day, in UTC, whose knowledge counts; all that is known where it is left out"),
]
InventoryNumber = Annotated[
    int,
    whole_number("Inventory", 0, 10**15),
    Query(0, description="the number of an inventory to weigh by; 0 for none", examples=[0]),
]


def asked_of(request: Any, as_at: date | None, known_on: date | None, inventory: int) -> AskedOf:
    """Give what is asked for."""
    today = request.today
    as_of = AsOf(today, as_at or today)
    return AskedOf(as_of._replace(known_on=known_on) if known_on else as_of, inventory)


def picture_of(request: Any, number: int, asked: AskedOf, what: str) -> Picture:
    """Give the exposure to a vulnerability.

    :raises Http404: there is no such vulnerability, or there was none by then.
    """
    found = see_exposure(number, asked, f"{what} of vulnerability {number}", request.who, request.at)
    if found is None:
        raise Http404("There is no such vulnerability, or there was none by then.")
    return found
