"""The CPL of one day in memory: its entries, and the ways to look one up.

A Catalogue never changes. What is derived from it is worked out when first asked for and then kept.
Source: DESIGN decision 2.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar

from firmpath.pathways.ahead import Ahead, ComingEntry
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily, HardwareModel
from firmpath.pathways.facts import ANY_ENTRY, AnyEntry
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.notices import Notice
from firmpath.pathways.upgrades import Upgrades, find_upgrades

_Ids = tuple[CPLEntryID, ...]
_Key = TypeVar("_Key")

NOTHING_AHEAD: Final = Ahead()


class Catalogue:
    """The entries listed by the day `as_at`, in order of their ids, and the notices open on it.

    `ahead` is what the record has that takes effect on a later day. `upgrades` are those that are known already,
    with no notice accepted. `excluded` are the entries that whoever asks wants no Device taken to.
    """

    def __init__(
        self,
        as_at: date,
        entries: Mapping[CPLEntryID, CPLEntry],
        notices: tuple[Notice, ...] = (),
        ahead: Ahead = NOTHING_AHEAD,
        upgrades: Mapping[HardwareFamily, Upgrades] = MappingProxyType({}),
        excluded: frozenset[CPLEntryID] = frozenset(),
    ) -> None:
        self.as_at = as_at
        self.entries = entries
        self.notices = notices
        self.ahead = ahead
        self.excluded = excluded
        self._upgrades = dict(upgrades)
        self._upgrades_accepting: dict[tuple[HardwareFamily, frozenset[str]], Upgrades] = {}
        self._twins: dict[CPLEntryID, _Ids] = {}
        self._listed_after: dict[CPLEntryID, _Ids] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self._contents == other._contents

    def __hash__(self) -> int:
        return hash((self.as_at, len(self.entries)))

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self.entries)} entries as at {self.as_at}>"

    @property
    def _contents(self) -> tuple[object, ...]:
        return self.as_at, self.entries, self.notices, self.ahead, self.excluded

    @property
    def not_yet_listed(self) -> Mapping[CPLEntryID, ComingEntry]:
        """The entries that the record lists from a later day."""
        return self.ahead.entries

    def __getitem__(self, cpl_entry_id: CPLEntryID) -> CPLEntry:
        return self.entries[cpl_entry_id]

    def __contains__(self, cpl_entry_id: CPLEntryID) -> bool:
        return cpl_entry_id in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def families(self) -> Mapping[HardwareFamily, _Ids]:
        """The ids of each HardwareFamily, ascending."""
        return self._grouped(_family)

    @cached_property
    def hardware_models(self) -> Mapping[HardwareModel, _Ids]:
        """The ids of each HardwareModel, ascending."""
        return self._grouped(_hardware_model)

    @cached_property
    def by_hash(self) -> Mapping[ManufacturerImageHash, _Ids]:
        """The ids of the entries with each Manufacturer Image hash: mostly one."""
        return self._grouped(_image_hash)

    @cached_property
    def by_model_and_version(self) -> Mapping[tuple[str, str, FirmwareVersion], _Ids]:
        """The ids for each manufacturer identifier, 8-digit model and firmware version: mostly one."""
        return self._grouped(_model_and_version)

    def family_of(self, cpl_entry_id: CPLEntryID) -> HardwareFamily:
        """Give the HardwareFamily of an entry, within which its upgrades lie."""
        return self.entries[cpl_entry_id].hardware_model.family

    def twins_of(self, cpl_entry_id: CPLEntryID) -> _Ids:
        """Give the entries with the firmware version and HardwareModel of this one, itself included."""
        found = self._twins.get(cpl_entry_id)
        if found is None:
            hardware, version = self.entries[cpl_entry_id].published.device_model
            alike = self.by_model_and_version[hardware.manufacturer_id, hardware.model, version]
            found = tuple(each for each in alike if self.entries[each].hardware_model == hardware)
            self._twins[cpl_entry_id] = found
        return found

    def listed_after(self, cpl_entry_id: CPLEntryID) -> _Ids:
        """Give the entries of the HardwareModel of this one that were listed on a later day, ascending.

        One listed on the very same day is no newer: from the newest of two such, the way would lead back and forth.
        """
        found = self._listed_after.get(cpl_entry_id)
        if found is None:
            entry = self.entries[cpl_entry_id]
            alike = self.hardware_models[entry.hardware_model]
            found = tuple(each for each in alike if self.entries[each].listed_on > entry.listed_on)
            self._listed_after[cpl_entry_id] = found
        return found

    def coming_for(self, hardware_model: HardwareModel) -> _Ids:
        """Give the ids of the entries of a HardwareModel that are listed from a later day, ascending."""
        coming = self.not_yet_listed.items()
        return tuple(sorted(each for each, entry in coming if entry.hardware_model == hardware_model))

    def notices_about(self, ids: Iterable[CPLEntryID]) -> tuple[Notice, ...]:
        """Give the notices that can be about an upgrade from and to these entries, in the order of all notices.

        Cost: linear in the ids, once the notices are sorted.
        """
        named: Iterable[CPLEntryID | AnyEntry] = (ANY_ENTRY, *ids)
        places = {place for each in named for place in self._places_of_notices.get(each, ())}
        return tuple(self.notices[place] for place in sorted(places))

    def upgrades(self, family: HardwareFamily, accepted: frozenset[str] = frozenset()) -> Upgrades:
        """Give the declared upgrades among the entries of a family, and what bars each.

        `accepted` are the ids of notices whose risk is accepted.
        Cost: linear in the family's entries and bases, once for each set of accepted notices that are about them.
        """
        ids = self.families[family]
        if accepted:  # ids that mean nothing here, which anybody can write, are not kept
            accepted &= {notice.notice_id for notice in self.notices_about(ids)}
        found = self._upgrades_accepting.get((family, accepted)) if accepted else self._upgrades.get(family)
        if found is None:
            entries = {cpl_entry_id: self.entries[cpl_entry_id] for cpl_entry_id in ids}
            notices = [notice for notice in self.notices_about(ids) if notice.notice_id not in accepted]
            found = find_upgrades(entries, notices, self.as_at, self.excluded)
            if accepted:
                self._upgrades_accepting[family, accepted] = found
            else:
                self._upgrades[family] = found
        return found

    def excluding(self, ids: Iterable[CPLEntryID]) -> "Catalogue":
        """Return the Catalogue to ask where no Device is to be taken to these entries: neither there nor through.

        What runs one of them already is led out of it as ever.
        """
        excluded = self.excluded | frozenset(ids)
        changed = {self.family_of(each) for each in excluded}
        kept = {family: found for family, found in self._upgrades.items() if family not in changed}
        return Catalogue(self.as_at, self.entries, self.notices, self.ahead, kept, excluded)

    @cached_property
    def whole(self) -> "Catalogue":
        """The Catalogue of the same day that excludes nothing."""
        return Catalogue(self.as_at, self.entries, self.notices, self.ahead) if self.excluded else self

    def kept_upgrades(self) -> dict[HardwareFamily, Upgrades]:
        """Give the upgrades, with no notice accepted, of those families whose have been asked for so far."""
        return self._upgrades.copy()  # in one go, whatever other threads ask for in the meantime

    @cached_property
    def _places_of_notices(self) -> Mapping[CPLEntryID | AnyEntry, list[int]]:
        """The places of the notices by what each of their steps is found by."""
        places: dict[CPLEntryID | AnyEntry, list[int]] = {}
        for place, notice in enumerate(self.notices):
            for step in notice.steps:
                places.setdefault(step.found_by, []).append(place)
        return places

    def _grouped(self, key_of: Callable[[CPLEntry], _Key]) -> Mapping[_Key, _Ids]:
        groups: dict[_Key, list[CPLEntryID]] = {}
        for cpl_entry_id, entry in self.entries.items():
            groups.setdefault(key_of(entry), []).append(cpl_entry_id)
        return {key: tuple(ids) for key, ids in groups.items()}


def _family(entry: CPLEntry) -> HardwareFamily:
    return entry.hardware_model.family


def _hardware_model(entry: CPLEntry) -> HardwareModel:
    return entry.hardware_model


def _image_hash(entry: CPLEntry) -> ManufacturerImageHash:
    return entry.manufacturer_image_hash


def _model_and_version(entry: CPLEntry) -> tuple[str, str, FirmwareVersion]:
    return entry.hardware_model.manufacturer_id, entry.hardware_model.model, entry.firmware_version


GROUPS: Final[Mapping[str, Callable[[CPLEntry], object]]] = {
    "families": _family,
    "hardware_models": _hardware_model,
    "by_hash": _image_hash,
    "by_model_and_version": _model_and_version,
}
"""By what each way to group the entries does so; every group is in order, and comes in order of its first id."""

PLACES_OF_NOTICES: Final = "_places_of_notices"
"""What is worked out from the notices alone."""
