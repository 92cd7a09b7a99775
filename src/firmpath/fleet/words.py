"""What the statuses and reasons of a plan mean, in plain English."""

import re
from collections import Counter
from typing import Final, NamedTuple

from firmpath.fleet.planned import NOTHING_IN, Judged, OfTheRow
from firmpath.fleet.readings import NotUnderstood, Reading, says_nothing
from firmpath.pathways.answers import AnswerKind, CautionKind, NoPathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.explain.no_pathway import entry_to_ask_about
from firmpath.pathways.naming import listing, whom_to_ask
from firmpath.pathways.towards_any import Shut
from firmpath.pathways.upgrades import BarKind


class Saying(NamedTuple):
    """What is true of one Device, and the same of several: `has a step`, `have a step`."""

    one: str
    several: str

    def of(self, devices: int) -> str:
        """Give the words that follow so many Devices."""
        return self.one if devices == 1 else self.several


def _saying(words: str) -> Saying:
    """Read words in which `one|several` stands wherever the two differ."""
    return Saying(*(_DIFFERS.sub(rf"\{number}", words) for number in (1, 2)))


_DIFFERS: Final = re.compile(r"(\w+)\|(\w+)")

STATUS_WORDS: Final[dict[str, Saying]] = {
    status: _saying(words)
    for status, words in {
        "pathway": "has|have a safe next step",
        "already_there": "runs|run its|their target already",
        "unknown_device": "runs|run firmware that is not on this CPL",
        "unknown_target": "has|have a target that is not on this CPL",
        "several_targets": "has|have several newest entries, and choosing one would be a guess",
        "other_hardware": "has|have a target for other hardware",
        "blocked_by_notice": "is|are held back by a notice",
        "pathway_closed": "has|have a pathway that is closed today",
        "dead_end": "is|are in a dead end",
        "nobody_has_said": "may have a pathway, but nobody has said so",
        "no_pathway_declared": "has|have no declared pathway",
        "candidates_disagree": "may run any of several entries, for which different steps are right",
        "no_target": "has|have no target in the list of targets",
        "malformed": "cannot be understood as it|they is|are written",
        "duplicate_device_id": "stands|stand in the inventory more than once",
        "no_region": "has|have no region in the inventory, so its|their step can be given no day",
        "not_commissioned": "has|have a next step, but is|are not Commissioned by the inventory",
    }.items()
}
"""What is true of a Device with each status."""

_AT_NEWEST_OF_REST: Final = _saying(
    "runs|run the newest firmware that is not left out, and would have a step to what is"
)


def totals_in_words(by_status: Counter[str], at_newest_of_rest: int) -> list[tuple[str, Saying, int]]:
    """Give each status, what is true of Devices with it, and how many they are, the most first.

    Those are apart who are at the newest of what is not left out, and would have a step to what is.
    """
    there = "already_there"
    counts = [(status, STATUS_WORDS[status], rows) for status, rows in by_status.items()]
    if at_newest_of_rest:
        counts.remove((there, STATUS_WORDS[there], by_status[there]))
        counts.append((there, STATUS_WORDS[there], by_status[there] - at_newest_of_rest))
        counts.append((there, _AT_NEWEST_OF_REST, at_newest_of_rest))
    return sorted((each for each in counts if each[2]), key=lambda each: (-each[2], each[:2]))


NEEDS_NOTHING: Final = frozenset({"pathway", "already_there"})
"""The statuses of Devices that nobody has to look into."""


END_WORDS: Final[dict[str, str]] = {
    BarKind.EXCLUDED: "what leads on is left out",
    Shut.BY_NOTICE: "there is a notice on what leads on",
    Shut.BY_SILENCE: "nobody has said whether anything leads on",
    Shut.BY_A_BAR: "what is declared to lead on may not be used",
    Shut.FOR_GOOD: "nothing is declared to lead on",
    CautionKind.INTO_DEAD_END: "it is marked as a dead end",
}
"""Why nothing leads on from where Devices go."""


def ends_in_words(ends: Counter[tuple[int, str]]) -> str:
    """Say how many Devices would end where nothing leads on, without a full stop; '' for none."""
    devices = counted(ends.total(), "Device")
    nowhere = "would end at an entry out of which nothing leads to newer firmware"
    return f"{devices} {nowhere}" if ends else ""


def reading_in_words(reading: Reading) -> str:
    """Name a reading as a person would type it."""
    reading = Reading(*("" if says_nothing(each) else each for each in reading))
    if not any(reading):
        return "nothing that the inventory says"
    if reading.cpl_entry_id:
        return f"CPL entry {reading.cpl_entry_id}"
    named = f"{reading.manufacturer_id or '?'}/{reading.model or '?'}@{reading.firmware_version or '?'}"
    with_type = f"{reading.device_type} {named}" if reading.device_type else named
    return (
        f"{with_type}, hash {reading.manufacturer_image_hash[:8]}…"
        if reading.manufacturer_image_hash
        else with_type
    )


def why_in_words(catalogue: Catalogue, judged: Judged) -> tuple[str, str]:
    """Say what keeps Devices with a reading from their target, and what to do next."""
    answer = judged.answer
    if answer is None:
        return (
            "Its hardware has no entry in the list of targets.",
            "Next: add a target for it, or leave it as it is.",
        )
    if isinstance(answer, NotUnderstood):
        return "; ".join(str(fault) for fault in answer.faults) + ".", _PUT_RIGHT
    if judged.planned.reason.startswith("contradicted by "):
        column = judged.planned.reason.removeprefix("contradicted by ")
        return f"The {column} of the inventory contradicts the CPL.", "Next: read the Device's inventory anew."
    explained = explain(catalogue, answer)
    if judged.planned.status == AnswerKind.SEVERAL_TARGETS:
        return explained.headline, _CHOOSE_ONE
    if judged.held_back_by:
        return f"{HELD_BACK}: {listing(catalogue, judged.held_back_by)}.", explained.next_step
    return explained.headline, explained.next_step


def row_in_words(status: str, reason: str) -> tuple[str, str]:
    """Say what is the matter with a row of an inventory, whatever its Device runs, and what to do next."""
    if status == OfTheRow.DUPLICATE_DEVICE_ID:
        next_step = "Next: find out which row is right, and take the others out."
        return f"The Device ID stands in the inventory {reason}.", next_step
    if status == OfTheRow.NO_REGION:
        no_day = "so the step can be given no day under the limit"
        return f"There is a next step, but {_of_column(reason)}, {no_day}.", "Next: fill it in, and plan again."
    if status == OfTheRow.NOT_COMMISSIONED:
        next_step = "Next: read the Device's inventory anew (service request 8.2), and plan again."
        return f"There is a next step, but {_of_column(reason)}, and it is for Commissioned Devices.", next_step
    if reason == "device_id":
        return "The Device ID is not an EUI-64, which has 16 hex digits.", _PUT_RIGHT
    return f"The row has {reason}, so it is not sure which cell is which.", _PUT_RIGHT


def _of_column(reason: str) -> str:
    """Say what a column has that keeps Devices from their step: nothing, or what the reason says it is."""
    empty = reason.removeprefix(NOTHING_IN)
    return f"the column {empty} of the inventory is empty" if empty != reason else reason


def not_looked_at_in_words(status_heading: str) -> str:
    """Say that a plan did not look at the statuses of Devices, which are in this column."""
    return (
        f"The plan did not look at {status_heading}, which the inventory has: Devices that are not Commissioned "
        "are in the waves, and firmpath preflight will hold them."
    )


HELD_BACK: Final = "Held back by what you left out"
_CHOOSE_ONE: Final = "Next: plan again, and exclude each of them but the one that is wanted."
_PUT_RIGHT: Final = "Next: put the inventory right."


def whom_in_words(catalogue: Catalogue, judged: Judged) -> str:
    """Name the manufacturer to ask, and how to reach it; nobody where a manufacturer cannot help."""
    about = entry_to_ask_about(judged.shared) if isinstance(judged.shared, NoPathway) else None
    return whom_to_ask(catalogue[about]) if about else ""
