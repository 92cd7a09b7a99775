"""The part of a Catalogue that has to do with one HardwareFamily."""

from collections.abc import Mapping
from typing import TypeVar

from firmpath.pathways.ahead import Ahead
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

_Value = TypeVar("_Value")


def family_on_record(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> HardwareFamily | NotKnown:
    """Give the HardwareFamily of an entry that is on the CPL, or is to be listed on a later day."""
    if cpl_entry_id in catalogue:
        return catalogue.family_of(cpl_entry_id)
    coming = catalogue.not_yet_listed.get(cpl_entry_id)
    return coming.hardware_model.family if coming else NOT_KNOWN


def restricted_to(family: HardwareFamily | NotKnown, catalogue: Catalogue) -> Catalogue:
    """Leave out the entries of every other HardwareFamily, and what is ahead of them; notices stay."""
    ahead = catalogue.ahead
    entries = {each: entry for each, entry in catalogue.entries.items() if entry.hardware_model.family == family}
    coming = {each: entry for each, entry in ahead.entries.items() if entry.hardware_model.family == family}
    ids = entries.keys() | coming.keys()
    changes, stones, declarations = (_only(ids, each) for each in (ahead.changes, ahead.stones, ahead.declarations))
    of_family = Ahead(coming, changes, stones, ahead.warnings, declarations)
    return Catalogue(catalogue.as_at, entries, catalogue.notices, of_family)


def _only(ids: set[CPLEntryID], values: Mapping[CPLEntryID, _Value]) -> dict[CPLEntryID, _Value]:
    return {each: value for each, value in values.items() if each in ids}
