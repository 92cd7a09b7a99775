"""What stays the same whichever vulnerability is asked about: the CPL of a day, and the stack of each entry.

Entries have few different stacks, so a vulnerability is judged once for each stack.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.versions.names import Names, ReadStack, read_stack

Devices = Mapping[CPLEntryID, int]
"""How many Devices run each entry."""

Together = Mapping[Steps, int]
"""How many Devices run one of several entries that the inventory does not tell apart."""


class FamilyStacks(NamedTuple):
    """A family: its entries, and for each the number of its stack."""

    family: HardwareFamily
    ids: Steps
    codes: tuple[int, ...]


class Ground(NamedTuple):
    """The CPL, the names, the different stacks that were given, and the families.

    `code_of` numbers the stacks, and `counts` has how many entries have each. `called` has the different ways in
    which entries are called by all of `GROUPINGS`, and `called_of` numbers them.
    """

    catalogue: Catalogue
    names: Names
    given: Mapping[CPLEntryID, KnownStack]
    stacks: tuple[ReadStack, ...]
    code_of: Mapping[CPLEntryID, int]
    counts: tuple[int, ...]
    families: tuple[FamilyStacks, ...]
    called_of: Mapping[CPLEntryID, int]
    called: tuple[tuple[str, ...], ...]


GROUPINGS: Final[Mapping[str, Callable[[CPLEntry], str]]] = {
    "Manufacturer": lambda entry: str(entry.published.manufacturer_name or entry.hardware_model.manufacturer_id),
    "Device type": lambda entry: entry.hardware_model.device_type.value,
    "ZigBee band": lambda entry: str(entry.zigbee_band),
}
"""By what the exposure is broken down."""


def lay_ground(catalogue: Catalogue, given: Mapping[CPLEntryID, KnownStack], names: Names) -> Ground:
    """Read the stack of every entry once.

    Cost: linear in the entries.
    """
    with collection_paused():
        return _laid(catalogue, given, names)


def _laid(catalogue: Catalogue, given: Mapping[CPLEntryID, KnownStack], names: Names) -> Ground:
    codes: dict[KnownStack, int] = {}
    code_of = {each: codes.setdefault(given.get(each, _NOTHING), len(codes)) for each in catalogue.entries}
    stacks = tuple(
        read_stack(names, str(stack.chipset_vendor or ""), str(stack.stack_version or "")) for stack in codes
    )
    counts = Counter(code_of.values())
    in_order = tuple(counts[code] for code in range(len(stacks)))
    families = tuple(_families(catalogue, code_of))
    return Ground(catalogue, names, given, stacks, code_of, in_order, families, *_called(catalogue))


_NOTHING = KnownStack()


def _families(catalogue: Catalogue, code_of: Mapping[CPLEntryID, int]) -> Iterator[FamilyStacks]:
    for family, ids in catalogue.families.items():
        yield FamilyStacks(family, ids, tuple(code_of[each] for each in ids))


def _called(catalogue: Catalogue) -> tuple[Mapping[CPLEntryID, int], tuple[tuple[str, ...], ...]]:
    names = (map(name_of, catalogue.entries.values()) for name_of in GROUPINGS.values())
    numbers: dict[tuple[str, ...], int] = {}
    called_of = {
        each: numbers.setdefault(called, len(numbers))
        for each, called in zip(catalogue.entries, zip(*names, strict=True), strict=True)
    }
    return called_of, tuple(numbers)


class Weighed(NamedTuple):
    """The Devices of each entry, in the order of the entries as well, and of each stack by its code."""

    devices: Devices
    in_order: Sequence[int]
    by_code: Sequence[int]


def weigh_ground(ground: Ground, devices: Devices) -> Weighed:
    """Add the Devices of entries up once, for all vulnerabilities that they are weighed by.

    Cost: linear in the entries; without Devices in the stacks.
    """
    by_code = [0] * len(ground.stacks)
    if not devices:
        return Weighed(devices, (), by_code)
    in_order = list(map(devices.get, ground.code_of, repeat(0)))
    for code, number in zip(ground.code_of.values(), in_order, strict=True):
        by_code[code] += number
    return Weighed(devices, in_order, by_code)
