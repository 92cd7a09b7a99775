"""Which entries can be chosen as base firmware, and what was chosen, as the page shows it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily, parse_device_type
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import parse_hex, parse_manufacturer_id
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.web.submitting.filling import describe

NAME: Final = "base_cpl_entry_ids"
NOT_APPLICABLE: Final = "N/A"
NAMED: Final = "entries"
_MOST_SHOWN: Final = 40
_SPLIT: Final = re.compile("[;,]")


class BaseChoice(NamedTuple):
    """An entry of the model that can be ticked."""

    entry: CPLEntry
    is_chosen: bool

    @property
    def value(self) -> str:
        """What is sent."""
        return str(self.entry.cpl_entry_id)


class SiblingChoice(NamedTuple):
    """Another entry of the same submission that can be ticked."""

    value: str
    description: str
    is_chosen: bool


class Chosen(NamedTuple):
    """What stands in the answer: N/A or not, the values that it names, and those that are no choice of the page."""

    is_not_applicable: bool
    values: tuple[str, ...]

    def beside(self, offered: Sequence[str]) -> str:
        """Give what is named beside what can be ticked, as text."""
        return "; ".join(each for each in self.values if each not in offered)


def read_chosen(answers: Mapping[str, str]) -> Chosen:
    """Read an answer as the page shows it; nothing is refused here."""
    parts = [" ".join(each.split()) for each in _SPLIT.split(answers.get(NAME, ""))]
    given = [each for each in parts if each]
    return Chosen(
        any(each.upper() == NOT_APPLICABLE for each in given),
        tuple(each for each in given if each.upper() != NOT_APPLICABLE),
    )


def write_chosen(kind: str, ticked: Sequence[str], others: str) -> str:
    """Write what was chosen as one text, as in a spreadsheet; contradictions stay in it and are refused."""
    named = [*ticked, *filter(None, (each.strip() for each in _SPLIT.split(others)))]
    first = [NOT_APPLICABLE] if kind == NOT_APPLICABLE else []
    return "; ".join((*first, *dict.fromkeys(named)))


def family_of(answers: Mapping[str, str]) -> HardwareFamily | None:
    """Give the HardwareFamily that an entry is for, as soon as it has been said."""
    try:
        return HardwareFamily(
            parse_device_type(answers.get("device_type", "")),
            parse_manufacturer_id(answers.get("manufacturer_id", "")),
            parse_hex(answers.get("model_id", ""), 4, "", ""),
            parse_hex(answers.get("hardware_version", ""), 2, "", ""),
        )
    except FirmpathError:
        return None


def offered_bases(
    catalogue: Catalogue, family: HardwareFamily, chosen: Chosen, search: str
) -> tuple[list[BaseChoice], int]:
    """Give the entries to choose from, what is chosen first and then the latest, and how many were left out."""
    entries = [catalogue[each] for each in catalogue.families.get(family, ())]
    found = [BaseChoice(entry, str(entry.cpl_entry_id) in chosen.values) for entry in entries]
    found = [each for each in found if each.is_chosen or _matches(each.entry, search)]
    found.sort(key=lambda each: (each.is_chosen, each.entry.listed_on, each.entry.cpl_entry_id), reverse=True)
    most = max(_MOST_SHOWN, sum(each.is_chosen for each in found))
    return found[:most], max(0, len(found) - most)


def offered_siblings(
    entries: Sequence[SubmissionEntry], entry: SubmissionEntry, chosen: Chosen
) -> list[SiblingChoice]:
    """Give the other entries of the same submission for the same hardware."""
    family = family_of(entry.answers)
    return [
        SiblingChoice(f"entry {each.position}", describe(each), f"entry {each.position}" in chosen.values)
        for each in entries
        if each.position != entry.position and family_of(each.answers) == family
    ][:_MOST_SHOWN]


def _matches(entry: CPLEntry, search: str) -> bool:
    wanted = search.strip().casefold()
    name = entry.published.firmware_name or ""
    texts = (str(entry.cpl_entry_id), str(entry.firmware_version), entry.manufacturer_image_hash, str(name))
    return any(wanted in text.casefold() for text in texts)
