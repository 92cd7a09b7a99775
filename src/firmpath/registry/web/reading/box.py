"""The one box: an example that works, what to do about words that name no entry, and a question on its way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from firmpath.images.answer_reading import looks_like_answer
from firmpath.images.device_answers import ByVersion, DeviceAnswers, candidates_of
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import FirmwareVersion
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByID
from firmpath.registry.web.questions import Question
from firmpath.registry.web.reading.asking import DAY, DEVICE, INSTALLED, QUESTIONS, TARGET, NotUnderstoodError
from firmpath.registry.web.reading.listing import LONGEST_SEARCH, Shown, find_entries

_CARRIED: Final = (*(each.name for each in QUESTIONS), DEVICE)
_NOT_ENOUGH: Final = "does not say which entry is meant"


class Search(NamedTuple):
    """Words that name no entry by themselves, how many entries of the CPL have them, and where these are listed."""

    words: str
    entries: int
    url: str


def questions_for(catalogue: Catalogue) -> tuple[Question, ...]:
    """Give the questions of the box, with an example from the CPL where it has one."""
    entry = _example(catalogue)
    if isinstance(entry, NotKnown):
        return QUESTIONS
    rest = INSTALLED.hint.partition(", or a Manufacturer")[2]
    named = f"{entry.hardware_model.manufacturer_id}/{entry.hardware_model.model}@{entry.firmware_version}"
    hint = f"For example {entry.cpl_entry_id}, or {named}, or a Manufacturer{rest}"
    return INSTALLED._replace(hint=hint), TARGET, DAY


def searches(
    catalogue: Catalogue, values: Mapping[str, str], faults: Mapping[str, Sequence[Fault]]
) -> dict[str, Search]:
    """Search the CPL for what was written where an entry is to be named, by the names of the questions.

    Cost: linear in the entries of the CPL.
    """
    return dict(_searches(catalogue, values, faults))


def worded(faults: Mapping[str, Sequence[Fault]], found: Mapping[str, Search]) -> dict[str, Sequence[Fault]]:
    """Say of words that entries have that they are not enough, rather than that they mean nothing."""
    return {
        name: [each._replace(wrong=_NOT_ENOUGH) if each.term == INSTALLED.term else each for each in part]
        if name in found and found[name].entries
        else part
        for name, part in faults.items()
    }


def refuse_bare_version(catalogue: Catalogue, found: DeviceAnswers) -> None:
    """Refuse 8 digits that are the CPL Entry ID of no entry, and the firmware version of some.

    :raises NotUnderstoodError: they are.
    """
    for device in found.devices:
        if isinstance(device.reference, ByID) and device.reference.cpl_entry_id not in catalogue:
            number = str(device.reference.cpl_entry_id)
            by_version = device._replace(reference=ByVersion(FirmwareVersion(number)))
            if len(number) == 8 and candidates_of(catalogue, by_version):
                right = f"give manufacturer and model as well, as in 1063/00050203@{number}"
                fault = Fault(
                    "CPL Entry ID", number, "is that of no entry, but the firmware version of some", right
                )
                raise NotUnderstoodError({INSTALLED.name: (fault,)})


def carried(query: QueryDict) -> str:
    """Give the address of the pathway that a query string asks for on its way through sign-in, "" if for none.

    It is one of ours whatever was asked, since only the answers to our own questions go along.
    """
    asked = [(name, value) for name in _CARRIED if (value := query.get(name, "").strip())]
    return f"{reverse('pathway')}?{urlencode(asked)}" if "installed" in dict(asked) else ""


def _example(catalogue: Catalogue) -> CPLEntry | NotKnown:
    """Find the first entry that is listed and has no twin: of a meter, if the CPL has one."""
    for kind in DeviceType:
        for entry in catalogue.entries.values():
            hardware = entry.hardware_model
            if hardware.device_type is kind and entry.withdrawn_on is NOT_KNOWN:
                key = hardware.manufacturer_id, hardware.model, entry.firmware_version
                if len(catalogue.by_model_and_version[key]) == 1:
                    return entry
    return NOT_KNOWN


def _searches(
    catalogue: Catalogue, values: Mapping[str, str], faults: Mapping[str, Sequence[Fault]]
) -> Iterator[tuple[str, Search]]:
    for name in (INSTALLED.name, TARGET.name):
        words = values.get(name, "").strip()
        is_answer = name == INSTALLED.name and looks_like_answer(words)
        if name in faults and words and not is_answer and len(words) <= LONGEST_SEARCH:
            count = len(find_entries(catalogue, Shown(q=words)))
            yield name, Search(words, count, f"{reverse('entries')}?{urlencode({'q': words})}")
