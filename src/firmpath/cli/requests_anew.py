"""The command that makes requests anew for those Devices of others that may take what they bring."""

import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from firmpath.cli.typed import as_file, as_typed
from firmpath.images.service_request import ACTIVATE_FIRMWARE, UPDATE_FIRMWARE
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

if TYPE_CHECKING:
    from firmpath.images.requests_list import Listed
    from firmpath.images.together import Judged, Together

_IN_TURN: Final = (UPDATE_FIRMWARE, ACTIVATE_FIRMWARE)
_TO_FILL_IN: Final = (
    "Put the folder of the plan in the place of PLAN, the OTA file in that of IMAGE.ota, and a counter that is not "
    "used yet in that of COUNTER."
)
_TO_FILL_IN_OF_ACTIVATIONS: Final = (
    "Put the folder of the plan in the place of PLAN, and a counter that is not used yet in that of COUNTER."
)
_OTHERS_FOR_ACTIVATION: Final = (
    "Not the same Devices may take the activations (11.3) as the images: write each kind by itself instead, with "
    "--only, and with its own lists in --devices."
)


def words_anew(named: Sequence[str], lists: str, together: "Together") -> tuple[str, str]:
    """Give the command, as a shell takes it, and what to know before it is run.

    It is whole where the requests lie beside the list that `firmpath requests` wrote, and what that names is there.
    """
    having = [each for each in together.judged if each.found.repaired]
    listed = _listed(named)
    if isinstance(listed, NotKnown):
        only_activations = all(_is_activation(each) for each in having)
        words = list(_unknown(having, only_activations))
        said = _TO_FILL_IN_OF_ACTIVATIONS if only_activations else _TO_FILL_IN
    else:
        words = list(_known(having, listed))
        said = f"{listed.next_counter} is the first counter that they leave free; give a later one if it is used."
    if _differ(together.judged):
        said = f"{said} {_OTHERS_FOR_ACTIVATION}"
    new = _new_folder(lists)
    return as_typed(("firmpath", "requests", *words, "--devices", as_file(lists), "--out", as_file(new))), said


def _listed(named: Sequence[str]) -> "Listed | NotKnown":
    from firmpath.images.requests_list import find_list

    if len(named) != 1:
        return NOT_KNOWN
    found = find_list(Path(named[0]) if os.path.isdir(named[0]) else Path(named[0]).parent)
    if isinstance(found, NotKnown):
        return NOT_KNOWN
    there = (found.made_with.plan, *found.made_with.images.values())
    return found if all(map(os.path.exists, there)) else NOT_KNOWN


def _known(having: Sequence["Judged"], listed: "Listed") -> Iterator[str]:
    plan, images, originator, settings = listed.made_with
    entries = [each for each in _entries(having) if each in listed.entries]
    yield as_file(plan)
    for each in entries:
        yield from ("--entry", str(each))
    for each in entries:
        if each in images:
            yield from ("--image", f"{each}={images[each]}")
    yield from ("--originator", originator, "--counter", str(listed.next_counter))
    for name, value in settings.items():
        yield from (f"--{name.replace('_', '-')}", value)


def _unknown(having: Sequence["Judged"], only_activations: bool) -> Iterator[str]:
    yield "PLAN"
    for each in _entries(having):
        yield from ("--entry", str(each))
        if not only_activations:
            yield from ("--image", f"{each}=IMAGE.ota")
    if only_activations:
        yield from ("--only", ACTIVATE_FIRMWARE)
    yield from ("--originator", having[0].found.request.request_id.originator, "--counter", "COUNTER")


def _entries(having: Sequence["Judged"]) -> list[int]:
    return sorted({each for judged in having for each in judged.found.targets.entries})


def _is_activation(judged: "Judged") -> bool:
    return judged.found.request.service_reference == ACTIVATE_FIRMWARE


def _differ(judged: Sequence["Judged"]) -> bool:
    """Say whether there are activations besides what brings images, and not the same Devices may take both."""
    kinds = [[each for each in judged if each.found.request.service_reference == kind] for kind in _IN_TURN]
    fit = [{device_id for each in kind for device_id in each.found.repaired} for kind in kinds]
    return all(kinds) and fit[0] != fit[1]


def _new_folder(lists: str) -> str:
    stem = f"{lists.rstrip('/').removesuffix('.txt')}-requests"
    names = (stem if at == 1 else f"{stem}-{at}" for at in count(1))
    return next(each for each in names if not os.path.lexists(each))
