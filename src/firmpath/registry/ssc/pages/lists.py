"""Lists of the SSC: in the order that is asked for, narrowed, a page of them, or all of them to take away.

An address is kept by browsers and servers: a list is narrowed in it by public facts and numbers alone, never by a
value of the SSC, and never by what is typed, which could be one.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from django.core.paginator import Paginator

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.registry.parties.access import Asked
from firmpath.registry.ssc.exposure.looking import Picture
from firmpath.registry.ssc.exposure.tables import KINDS
from firmpath.registry.ssc.pages.searching import Search
from firmpath.registry.ssc.stacks.listing import SEARCH, manufacturer_of, public_words_of, select
from firmpath.registry.web.lists import read_filters
from firmpath.registry.web.questions import Question

ROWS_PER_PAGE: Final = 50
_FILTERS: Final = ("manufacturer", "device_type", "band")
_Row = TypeVar("_Row")
Keys = Mapping[str, Callable[[_Row], Any]]
"""By what a list can be sorted, by the word that `?sort=` has for it."""


def form_of(request: Asked) -> str:
    """Give the form in which a list is to be taken away, or '' where it is to be shown."""
    form = request.GET.get("format", "")
    return form if form in KINDS else ""


def in_asked_order(rows: Iterable[_Row], request: Asked, keys: Keys[_Row]) -> list[_Row]:
    """Sort rows as `?sort=` says, `-` for the other way round; as they are where it names no order."""
    sort = request.GET.get("sort", "")
    key = keys.get(sort.removeprefix("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else list(rows)


def is_sorted(request: Asked, keys: Mapping[str, object]) -> bool:
    """Say whether the address names one of the orders that a list has."""
    return request.GET.get("sort", "").removeprefix("-") in keys


def page_of(rows: Any, request: Asked) -> Any:
    """Give the page that the address asks for; the nearest where there is none such."""
    return Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))


def entry_questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """Ask which entries a list is to show: by what everybody can read of them."""
    bands = [each.value for kind in (ZigBeeBand, LegacyZigBeeBand) for each in kind]
    makers = {entry.hardware_model.manufacturer_id: manufacturer_of(entry) for entry in catalogue.entries.values()}
    return (
        select("manufacturer", "Manufacturer", sorted(makers.items(), key=lambda each: each[1].casefold())),
        select("device_type", "Device type", [(each.value, each.value) for each in DeviceType]),
        select("band", "ZigBee band", [(each, each) for each in bands]),
        SEARCH,
    )


def is_narrowed(request: Asked) -> bool:
    """Say whether the address narrows a list of entries."""
    return any(read_filters(request, (*_FILTERS, SEARCH.name)).values())


def narrow(picture: Picture, ids: Iterable[CPLEntryID], request: Asked, search: Search) -> list[CPLEntryID]:
    """Give the entries that the address asks for, and that are found by public words or by their stacks."""
    maker, device_type, band = read_filters(request, _FILTERS).values()
    catalogue, given = picture.catalogue, picture.exposure.ground.given

    def is_wanted(each: CPLEntryID) -> bool:
        entry = catalogue[each]
        hardware = entry.hardware_model
        if maker not in ("", hardware.manufacturer_id) or device_type not in ("", hardware.device_type.value):
            return False
        if band not in ("", str(entry.zigbee_band)):
            return False
        return not search.is_on or search.finds(public_words_of(entry), *filter(None, given.get(each, ())))

    return list(filter(is_wanted, ids))
