"""The DCC's lists: narrowed and sorted by the query string."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.naming import maker_of
from firmpath.registry.publication.dcc_queries import Loaded, NotLoaded
from firmpath.registry.web.questions import Choice, Question

_Row = TypeVar("_Row", NotLoaded, Loaded)
_ANY: Final = Choice("", "Any")

_SORTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "id": lambda row: row.entry.cpl_entry_id,
    "manufacturer": lambda row: maker_of(row.entry).casefold(),
    "type": lambda row: row.entry.hardware_model.device_type.value,
    "listed": lambda row: row.entry.listed_on,
    "loaded": lambda row: row.on,
}


def find_waiting(rows: Iterable[NotLoaded], query: Mapping[str, str]) -> list[NotLoaded]:
    """Give what is asked for of the entries that wait; the longest waiting first unless another order is chosen."""
    return _found(rows, query, ("id", "manufacturer", "type", "listed"))


def find_loaded(rows: Iterable[Loaded], query: Mapping[str, str]) -> list[Loaded]:
    """Give what is asked for of the loaded entries; the last loaded first unless another order is chosen."""
    return _found(rows, query, tuple(_SORTS))


def questions_of(catalogue: Catalogue) -> tuple[Question, ...]:
    """Ask what a list shows."""
    makers = {entry.hardware_model.manufacturer_id: maker_of(entry) for entry in catalogue.entries.values()}
    in_order = sorted(makers.items(), key=lambda each: each[1].casefold())
    types = tuple(Choice(each.value, each.value) for each in DeviceType)
    return (
        Question("device_type", "Device type", kind="select", choices=(_ANY, *types)),
        Question(
            "manufacturer",
            "Manufacturer",
            kind="select",
            choices=(_ANY, *(Choice(each, name) for each, name in in_order)),
        ),
    )


def _found(rows: Iterable[_Row], query: Mapping[str, str], sorts: Sequence[str]) -> list[_Row]:
    found = [row for row in rows if _is_asked_for(row.entry, query)]
    sort = query.get("sort", "")
    if sort.lstrip("-") in sorts:
        found.sort(key=_SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    return found


def _is_asked_for(entry: CPLEntry, query: Mapping[str, str]) -> bool:
    hardware = entry.hardware_model
    given = (("device_type", hardware.device_type.value), ("manufacturer", hardware.manufacturer_id))
    return all(query.get(name, "") in ("", value) for name, value in given)
