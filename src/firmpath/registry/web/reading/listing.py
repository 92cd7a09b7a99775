"""The list of entries: which are shown, and in which order."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from django.http import QueryDict

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.naming import maker_of
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.registry.web.questions import Choice, Question

PER_PAGE: Final = 50
_SHORTEST_HASH: Final = 8
"""Characters from which on a word is looked for at the beginning of hashes, too."""

_FIELDS: Final = ("q", "device_type", "manufacturer", "model", "band", "status")
_NOT_KNOWN: Final = "not known"


class Shown(NamedTuple):
    """What the list is narrowed to, as it stands in the query string; "" where anything will do."""

    q: str = ""
    device_type: str = ""
    manufacturer: str = ""
    model: str = ""
    band: str = ""
    status: str = ""
    sort: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether no entry is left out."""
        return not any(self[:-1])


LONGEST_SEARCH: Final = 120
"""Characters of a search: enough for a hash and more."""


class _Searched(NamedTuple):
    entry: CPLEntry
    text: str


class _Kept:
    """The words of the entries of the Catalogue that was searched last; it is nearly always the same one."""

    held: tuple[Catalogue, tuple[_Searched, ...]] | None = None


SORTS: Final[dict[str, Callable[[CPLEntry], object]]] = {
    "id": lambda entry: entry.cpl_entry_id,
    "version": lambda entry: str(entry.firmware_version),
    "type": lambda entry: entry.hardware_model.device_type.value,
    "manufacturer": lambda entry: maker_of(entry).casefold(),
    "model": lambda entry: entry.hardware_model.model,
    "band": lambda entry: str(entry.zigbee_band),
    "listed": lambda entry: entry.listed_on,
}
"""What each column is sorted by. Firmware versions have no order of age; they are sorted as text, to be found."""


def read_shown(query: QueryDict) -> Shown:
    """Read what a query string narrows the list to; a column that it cannot be sorted by is no order.

    :raises FirmpathError: more is sought than anybody would type.
    """
    sort = query.get("sort", "")
    fields = {name: query.get(name, "").strip() for name in _FIELDS}
    right = f"search for at most {LONGEST_SEARCH} characters"
    refuse_if_any(
        Fault("Search", value, f"has {len(value)} characters", right)
        for value in fields.values()
        if len(value) > LONGEST_SEARCH
    )
    return Shown(**fields, sort=sort if sort.removeprefix("-") in SORTS else "")


def find_entries(catalogue: Catalogue, shown: Shown) -> list[CPLEntry]:
    """Give the entries to show, in their order; those that are alike in it in order of their ids.

    Cost: linear in the entries of the CPL.
    """
    found = list(_fitting(catalogue, shown))
    key = shown.sort.removeprefix("-")
    if key:
        found.sort(key=SORTS[key], reverse=shown.sort.startswith("-"))  # type: ignore[arg-type]  # each has an order
    return found


def questions_for(catalogue: Catalogue) -> tuple[Question, ...]:
    """Give what the list can be narrowed by."""
    makers = {entry.hardware_model.manufacturer_id: maker_of(entry) for entry in catalogue.entries.values()}
    named = sorted(makers.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return (
        Question("q", "Search", "Words, an id, a version, or the beginning of a hash", kind="search", width=30),
        _select("device_type", "Device type", (each.value for each in DeviceType)),
        Question(
            "manufacturer",
            "Manufacturer",
            kind="select",
            choices=(Choice("", "Any"), *(Choice(each, f"{name} ({each})") for each, name in named)),
        ),
        Question("model", "Model", "8 characters", width=10),
        _select("band", "ZigBee band", (*(each.value for each in (*ZigBeeBand, *LegacyZigBeeBand)), _NOT_KNOWN)),
        Question(
            "status",
            "Status",
            kind="select",
            choices=(Choice("", "Any"), Choice("listed", "Listed"), Choice("removed", "Withdrawn")),
        ),
    )


def _select(name: str, term: str, values: Iterable[str]) -> Question:
    choices = (Choice("", "Any"), *(Choice(each, each) for each in values))
    return Question(name, term, kind="select", choices=choices)


def _fitting(catalogue: Catalogue, shown: Shown) -> Iterator[CPLEntry]:
    if shown.is_everything:
        yield from catalogue.entries.values()
        return
    words = tuple(dict.fromkeys(shown.q.casefold().replace("/", " ").replace("@", " ").split()))
    model = shown.model.casefold()
    for entry, text in _searched(catalogue):
        hardware = entry.hardware_model
        if (
            shown.device_type in ("", hardware.device_type.value)
            and shown.manufacturer in ("", hardware.manufacturer_id)
            and model in ("", hardware.model.casefold())
            and shown.band in ("", str(entry.zigbee_band))
            and shown.status in ("", "listed" if entry.withdrawn_on is NOT_KNOWN else "removed")
            and all(_has(entry, text, word) for word in words)
        ):
            yield entry


def _has(entry: CPLEntry, text: str, word: str) -> bool:
    if word == str(entry.cpl_entry_id) or word in text:
        return True
    return len(word) >= _SHORTEST_HASH and entry.manufacturer_image_hash.casefold().startswith(word)


def _searched(catalogue: Catalogue) -> tuple[_Searched, ...]:
    held = _Kept.held
    if held is None or held[0] is not catalogue:
        held = catalogue, tuple(_Searched(entry, _text_of(entry)) for entry in catalogue.entries.values())
        _Kept.held = held
    return held[1]


def _text_of(entry: CPLEntry) -> str:
    hardware = entry.hardware_model
    name = entry.published.firmware_name or ""
    parts = (hardware.device_type.value, hardware.manufacturer_id, hardware.model, maker_of(entry))
    return " ".join((*parts, str(entry.firmware_version), str(name))).casefold()
