"""The SSC's list: every CPL entry with what is known of its ZigBee stack; filtered, in order.

A filter never names a value, but the number of the statement that first said it: an address is kept by browsers and
servers, and no value of the SSC belongs in one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.registry.ssc.stacks.queries import KnownStack, Stacks, Waiting
from firmpath.registry.web.lists import holds_all
from firmpath.registry.web.questions import Choice, Question

LISTED, WITHDRAWN = "Listed", "Withdrawn"
_ANY: Final = Choice("", "Any")
_GIVEN: Final[Mapping[str, tuple[str, Callable[[KnownStack], bool]]]] = {
    "both": ("Both given", all),
    "some": ("Something is not given", lambda stack: not all(stack)),
    "vendor": ("Vendor not given", lambda stack: not stack.chipset_vendor),
    "version": ("Stack version not given", lambda stack: not stack.stack_version),
    "none": ("Nothing given", lambda stack: not any(stack)),
}


class Row(NamedTuple):
    """An entry, and what is known of its stack."""

    entry: CPLEntry
    stack: KnownStack

    @property
    def status(self) -> str:
        """Its status in a word."""
        return WITHDRAWN if self.entry.withdrawn_on else LISTED

    @property
    def manufacturer(self) -> str:
        """The manufacturer by name and identifier, or by identifier alone."""
        return manufacturer_of(self.entry)


def manufacturer_of(entry: CPLEntry) -> str:
    """Give the manufacturer of an entry by name and identifier, or by identifier alone."""
    identifier = entry.hardware_model.manufacturer_id
    name = entry.published.manufacturer_name
    return f"{name} ({identifier})" if name else identifier


class Sought(NamedTuple):
    """What a list is asked for: texts of the query string, '' where they are not in it.

    `text` is the number under which the log keeps what was searched for.
    """

    text: str = ""
    vendor: str = ""
    version: str = ""
    manufacturer: str = ""
    device_type: str = ""
    band: str = ""
    status: str = ""
    given: str = ""
    sort: str = ""


class Count(NamedTuple):
    """How many entries have a stack, and the numbers that filter for it; "" where it is not given."""

    stack: KnownStack
    listed: int
    withdrawn: int
    vendor_number: str
    version_number: str


def read_sought(query: Mapping[str, str]) -> Sought:
    """Read a query string; what it does not say is not asked for."""
    return Sought(*(query.get(name, "").strip() for name in Sought._fields))


def rows_of(catalogue: Catalogue, stacks: Stacks) -> list[Row]:
    """Put every entry of a day beside what is known of its stack."""
    none = KnownStack()
    return [Row(entry, stacks.by_entry.get(each, none)) for each, entry in catalogue.entries.items()]


def find_rows(rows: Iterable[Row], sought: Sought, stacks: Stacks, searched: str) -> list[Row]:
    """Give the rows that are asked for, in the order that is asked for; each word of `searched` is in them.

    Cost: linear in the rows, and sorting them.
    """
    tests = list(_tests(sought, stacks, searched))
    found = [row for row in rows if all(test(row) for test in tests)]
    key = _SORTS.get(sought.sort.lstrip("-"))
    if key:
        found.sort(key=key, reverse=sought.sort.startswith("-"))
    return found


def _tests(sought: Sought, stacks: Stacks, searched: str) -> Iterable[Callable[[Row], bool]]:
    if sought.text:
        parts = searched.split()
        yield lambda row: holds_all(parts, _words_of(row))
    vendors, versions = _by_number(stacks.vendor_numbers), _by_number(stacks.version_numbers)
    equal: tuple[tuple[str, Callable[[Row], object], Mapping[str, str] | None], ...] = (
        (sought.vendor, lambda row: row.stack.chipset_vendor, vendors),
        (sought.version, lambda row: row.stack.stack_version, versions),
        (sought.manufacturer, lambda row: row.entry.hardware_model.manufacturer_id, None),
        (sought.device_type, lambda row: row.entry.hardware_model.device_type, None),
        (sought.band, lambda row: row.entry.zigbee_band, None),
        (sought.status, lambda row: row.status, None),
    )
    for wanted, value_of, names in equal:
        if wanted:
            yield _is_equal(value_of, names.get(wanted, "") if names is not None else wanted)
    if sought.given in _GIVEN:
        test = _GIVEN[sought.given][1]
        yield lambda row: bool(test(row.stack))


def _is_equal(value_of: Callable[[Row], object], wanted: str) -> Callable[[Row], bool]:
    return lambda row: bool(wanted) and value_of(row) == wanted


def _by_number(numbers: Mapping[str, int]) -> dict[str, str]:
    return {str(number): text for text, number in numbers.items()}


def public_words_of(entry: CPLEntry) -> str:
    """Give what everybody can find an entry by, in small letters."""
    words = (
        *(entry.cpl_entry_id, entry.firmware_version, entry.published.firmware_name, entry.hardware_model),
        *(manufacturer_of(entry), entry.manufacturer_image_hash),
    )
    return "\n".join(str(word) for word in words if word).casefold()


def _words_of(row: Row) -> str:
    return "\n".join((public_words_of(row.entry), *(str(word).casefold() for word in row.stack if word)))


def known_first(text: object) -> tuple[bool, str]:
    """Sort by a text whatever its case, what nobody has said last."""
    return not text, str(text).casefold()


COUNT_SORTS: Final[Mapping[str, Callable[[Count], Any]]] = {
    "vendor": lambda count: known_first(count.stack.chipset_vendor),
    "version": lambda count: known_first(count.stack.stack_version),
    "listed": lambda count: count.listed,
    "withdrawn": lambda count: count.withdrawn,
}
"""By what the counts can be sorted."""

WAITING_SORTS: Final[Mapping[str, Callable[[Waiting], Any]]] = {
    "submission": lambda row: row.submission,
    "party": lambda row: row.party.casefold(),
    "manufacturer": lambda row: row.manufacturer_id,
    "firmware": lambda row: row.firmware_version,
    "vendor": lambda row: known_first(row.stack.chipset_vendor),
    "version": lambda row: known_first(row.stack.stack_version),
    "status": lambda row: row.status,
}
"""By what those in review can be sorted."""

_SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "id": lambda row: row.entry.cpl_entry_id,
    "manufacturer": lambda row: row.manufacturer.casefold(),
    "type": lambda row: row.entry.hardware_model.device_type.value,
    "vendor": lambda row: known_first(row.stack.chipset_vendor),
    "version": lambda row: known_first(row.stack.stack_version),
    "status": lambda row: row.status,
}


SEARCH: Final = Question("text", "Search", kind="hidden")
"""The number of what is searched for, which goes with the filters of a list."""


def questions_of(rows: Sequence[Row], stacks: Stacks) -> tuple[Question, ...]:
    """Ask what the list shows: the choices are those that occur."""
    bands = [each.value for kind in (ZigBeeBand, LegacyZigBeeBand) for each in kind]
    makers = {row.entry.hardware_model.manufacturer_id: row.manufacturer for row in rows}
    return (
        Question("vendor", "ZigBee chipset vendor", kind="select", choices=_numbered(stacks.vendor_numbers)),
        Question("version", "ZigBee stack version", kind="select", choices=_numbered(stacks.version_numbers)),
        select("manufacturer", "Manufacturer", sorted(makers.items(), key=lambda each: each[1].casefold())),
        select("device_type", "Device type", [(each.value, each.value) for each in DeviceType]),
        select("band", "ZigBee band", [(each, each) for each in bands]),
        select("status", "Status", [(LISTED, LISTED), (WITHDRAWN, WITHDRAWN)]),
        select("given", "What is given", [(name, words) for name, (words, _) in _GIVEN.items()]),
        SEARCH,
    )


def select(name: str, term: str, choices: Iterable[tuple[str, str]]) -> Question:
    """Ask for one of several values, or any of them."""
    return Question(name, term, kind="select", choices=(_ANY, *(Choice(value, label) for value, label in choices)))


def _numbered(numbers: Mapping[str, int]) -> tuple[Choice, ...]:
    in_order = sorted(numbers.items(), key=lambda each: each[0].casefold())
    return (_ANY, *(Choice(str(number), text) for text, number in in_order))


def count_stacks(rows: Iterable[Row], stacks: Stacks) -> list[Count]:
    """Count the entries of each vendor and version, those with most listed entries first, what is unknown last."""
    in_order = sorted(rows, key=lambda row: tuple(map(known_first, row.stack)))
    found = []
    for stack, group in groupby(in_order, key=lambda row: row.stack):
        statuses = [row.status for row in group]
        numbers = (stacks.vendor_numbers.get(str(stack[0]), ""), stacks.version_numbers.get(str(stack[1]), ""))
        found.append(Count(stack, statuses.count(LISTED), statuses.count(WITHDRAWN), *map(str, numbers)))
    return sorted(found, key=lambda count: (not any(count.stack), -count.listed))
