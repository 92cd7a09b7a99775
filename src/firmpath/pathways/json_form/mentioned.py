"""Every CPL Entry ID in a JSON object, wherever in it that is, with what names the entry."""

from collections.abc import Iterator
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.entries import Json, brief_json

_OF_ENTRIES: Final = frozenset(
    (
        *("cpl_entry_id", "installed", "target", "farthest", "next_step", "stepping_stone", "from", "to"),
        *("steps", "step", "stepping_stones", "without", "others", "missing", "leads_to_target", "coming"),
        *("targets", "excluded_entries", "candidates", "alternatives", "base_firmware", "new_entries"),
        *("listed", "no_longer_listed", "withdrawn", "reinstated", "changed"),
        *("lost_only_way_out", "gained_first_way_out", "newly_stranded", "rescued"),
    )
)
"""The fields that hold ids: one, a list, or a list of lists."""


def named_json(fields: Json, *catalogues: Catalogue) -> Json:
    """Give what names each entry that an object mentions, by id; so no answer shows an id without its version.

    The first catalogue that has the entry names it. Of one that is listed from a later day, or that no catalogue
    has, there is no more to say than the day, or the id.
    """
    return {str(each): _name(each, catalogues) for each in sorted(set(_ids_in(fields, set())))}


def _name(cpl_entry_id: CPLEntryID, catalogues: tuple[Catalogue, ...]) -> Json:
    for catalogue in catalogues:
        if cpl_entry_id in catalogue:
            return brief_json(catalogue[cpl_entry_id])
    for catalogue in catalogues:
        coming = catalogue.not_yet_listed.get(cpl_entry_id)
        if coming:
            return {"cpl_entry_id": cpl_entry_id, "listed_from": coming.listed_on.isoformat()}
    return {"cpl_entry_id": cpl_entry_id}


def _ids_in(value: object, seen: set[tuple[int, bool]], of_entries: bool = False) -> Iterator[CPLEntryID]:
    if isinstance(value, dict | list | tuple):
        place = id(value), of_entries
        if place in seen:  # what is said of many Devices alike can be one object, and need not be walked again
            return
        seen.add(place)
    if isinstance(value, dict):
        for name, each in value.items():
            if name != "entries":  # the names of what another answer within this one mentions, which is walked too
                yield from _ids_in(each, seen, name in _OF_ENTRIES)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _ids_in(each, seen, of_entries)
    elif of_entries and type(value) is int:
        yield CPLEntryID(value)
