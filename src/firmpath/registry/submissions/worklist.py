"""What is still missing about listed entries, and who has to be asked.

Source: MP231 section 6, best endeavours; FEATURES F10.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import maker_of
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.models_deciding import ZigBeeNote


class Gap(StrEnum):
    """Something that nobody has said about an entry, or has said in a way that has to be asked about."""

    BASE = "base firmware"
    BAND = "ZigBee band"
    VENDOR = "ZigBee chipset vendor"
    STACK = "ZigBee stack version"


class Lacking(NamedTuple):
    """A listed entry, and what is missing about it, in the order of `Gap`."""

    entry: CPLEntry
    gaps: tuple[Gap, ...]

    @property
    def manufacturer_id(self) -> str:
        """The manufacturer identifier of whoever has to be asked."""
        return self.entry.hardware_model.manufacturer_id


class ToAsk(NamedTuple):
    """A manufacturer with the entries about which something is missing; `contact` is "" where none is on record."""

    manufacturer_id: str
    name: str
    contact: str
    lacking: tuple[Lacking, ...]

    def count(self, gap: Gap) -> int:
        """Count the entries for which one thing is missing."""
        return sum(gap in each.gaps for each in self.lacking)

    @property
    def counts(self) -> tuple[int, ...]:
        """The entries for which each thing is missing, in the order of `Gap`."""
        return tuple(map(self.count, Gap))


class Wanted(NamedTuple):
    """Which of the list is asked for; an empty text is all."""

    manufacturer_id: str = ""
    device_type: str = ""
    gap: str = ""


EVERYTHING: Final = Wanted()


def find_lacking(catalogue: Catalogue, wanted: Wanted = EVERYTHING) -> tuple[Lacking, ...]:
    """Give the entries on the CPL about which something is missing, in order of their ids.

    Withdrawn entries are left out: no Device is to be taken there any more.
    Cost: linear in the entries, and two queries for all of them.
    """
    vendors, stacks = _given()
    found = (
        Lacking(entry, tuple(_gaps(entry, entry.cpl_entry_id in vendors, entry.cpl_entry_id in stacks)))
        for entry in catalogue.entries.values()
        if not entry.withdrawn_on
    )
    return tuple(each for each in found if each.gaps and _is_wanted(each, wanted))


def whom_to_ask(lacking: Iterable[Lacking]) -> tuple[ToAsk, ...]:
    """Group what is missing by manufacturer, in order of name."""
    by_maker: dict[str, list[Lacking]] = {}
    for each in lacking:
        by_maker.setdefault(each.manufacturer_id, []).append(each)
    found = [ToAsk(maker, _name(group), _contact(group), tuple(group)) for maker, group in by_maker.items()]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.manufacturer_id)))


def note_zigbee_given(cpl_entry_id: CPLEntryID, vendor: bool, stack: bool, at: datetime) -> None:
    """Note that a ZigBee chipset vendor or stack version was passed on to the SSC; what it was is not told here.

    What was noted before stays noted: to pass on one of the two later takes nothing back.
    """
    with transaction.atomic():
        note, _ = ZigBeeNote.objects.select_for_update().get_or_create(
            cpl_entry_id=cpl_entry_id, defaults={"noted_at": at}
        )
        note.vendor_given |= vendor
        note.stack_given |= stack
        note.noted_at = at
        note.save()


def _given() -> tuple[set[int], set[int]]:
    """Give the entries of which the vendor, and those of which the stack version, has been given to the SSC."""
    rows = [*SubmissionEntry.objects.filter(~Q(cpl_entry_id=None)).values_list(*_FLAGS)]
    rows += ZigBeeNote.objects.values_list(*_FLAGS)
    return {entry for entry, vendor, _ in rows if vendor}, {entry for entry, _, stack in rows if stack}


_FLAGS = ("cpl_entry_id", "vendor_given", "stack_given")


def _gaps(entry: CPLEntry, has_vendor: bool, has_stack: bool) -> Iterator[Gap]:
    if isinstance(entry.base_firmware, NotProvided):
        yield Gap.BASE
    if band_has_to_be_asked(entry):
        yield Gap.BAND
    if not has_vendor:
        yield Gap.VENDOR
    if not has_stack:
        yield Gap.STACK


def band_has_to_be_asked(entry: CPLEntry) -> bool:
    """Say whether the band is missing, an older value, or Dual Band on a Device that is no Communications Hub."""
    is_hub = entry.hardware_model.device_type is DeviceType.COMMUNICATIONS_HUB
    band = entry.zigbee_band
    return not band or isinstance(band, LegacyZigBeeBand) or (band is ZigBeeBand.DUAL_BAND and not is_hub)


def _is_wanted(lacking: Lacking, wanted: Wanted) -> bool:
    return (
        wanted.manufacturer_id in ("", lacking.manufacturer_id)
        and wanted.device_type in ("", lacking.entry.hardware_model.device_type.value)
        and (not wanted.gap or wanted.gap in lacking.gaps)
    )


def _name(group: list[Lacking]) -> str:
    """Name the manufacturer as the latest of its entries does that has a name."""
    named = [each.entry for each in group if each.entry.published.manufacturer_name]
    return maker_of((named or [group[-1].entry])[-1])


def _contact(group: list[Lacking]) -> str:
    return str(next((each.entry.contact for each in reversed(group) if each.entry.contact), ""))
