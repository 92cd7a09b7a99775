"""What the statuses and reasons of a plan mean, in plain English."""

from typing import Final

from firmpath.fleet.planned import Judged
from firmpath.fleet.readings import NotUnderstood, Reading
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain

STATUS_WORDS: Final[dict[str, str]] = {
    "pathway": "has a safe next step",
    "already_there": "runs its target already",
    "unknown_device": "runs firmware that is not on this CPL",
    "unknown_target": "has a target that is not on this CPL",
    "several_targets": "has several newest entries, and choosing one would be a guess",
    "other_hardware": "has a target for other hardware",
    "blocked_by_notice": "is held back by a notice",
    "pathway_closed": "has a pathway that is closed today",
    "dead_end": "is in a dead end",
    "nobody_has_said": "may have a pathway, but nobody has said so",
    "no_pathway_declared": "has no declared pathway",
    "candidates_disagree": "may run any of several entries, for which different steps are right",
    "no_target": "has no target in the list of targets",
    "malformed": "cannot be understood as it is written",
    "duplicate_device_id": "stands in the inventory more than once",
    "no_region": "has no region in the inventory, so its step can be given no day",
}
"""What is true of a Device with each status."""

NEEDS_NOTHING: Final = frozenset({"pathway", "already_there"})
"""The statuses of Devices that nobody has to look into."""


def reading_in_words(reading: Reading) -> str:
    """Name a reading as a person would type it."""
    if reading.cpl_entry_id.strip():
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
        return "; ".join(str(fault) for fault in answer.faults) + ".", "Next: put the inventory right."
    if judged.planned.reason.startswith("contradicted by "):
        column = judged.planned.reason.removeprefix("contradicted by ")
        return f"The {column} of the inventory contradicts the CPL.", "Next: read the Device's inventory anew."
    explained = explain(catalogue, answer)
    return explained.headline, explained.next_step
