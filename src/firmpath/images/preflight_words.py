"""What came of a preflight, in plain English: Devices that are alike together, each group with its next step."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.images.assurances import assurances_in_words
from firmpath.images.preflight import OfTheDevice, Preflight, Reason, Verdict, target_of
from firmpath.images.service_request import ACCESS_CONTROL_BROKER, Distribution
from firmpath.images.verdict_words import verdict_in_words
from firmpath.images.ways import BY_COMMAND, Ways
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.faults import shortened
from firmpath.pathways.naming import listing

_ON_A_HUB: Final = (DeviceType.PPMID, DeviceType.HCALCS)
_SHOWN: Final = 3


class Group(NamedTuple):
    """Devices of which the same is to be said, whatever they run: why, and what to do next."""

    verdicts: tuple[Verdict, ...]
    text: str
    next_step: str
    device_ids: tuple[str, ...]

    @property
    def is_go(self) -> bool:
        """Whether they may take the image."""
        return self.verdicts[0].is_go


def find_groups(found: Preflight, ways: Ways = BY_COMMAND) -> tuple[Group, ...]:
    """Put Devices that are alike together: those that may not take the image first, larger groups first.

    Cost: linear in the Devices; words are made once for each verdict.
    """
    by_verdict: dict[int, tuple[Verdict, list[str]]] = {}
    for device_id, verdict in found.verdicts.items():
        by_verdict.setdefault(id(verdict), (verdict, []))[1].append(device_id)
    by_words: dict[tuple[Reason, str, str], tuple[list[Verdict], list[str]]] = {}
    for verdict, device_ids in by_verdict.values():
        verdicts, alike = by_words.setdefault((verdict.reason, *verdict_in_words(found, verdict, ways)), ([], []))
        verdicts.append(verdict)
        alike += device_ids
    groups = (
        Group(tuple(verdicts), text, next_step, tuple(ids))
        for (_, text, next_step), (verdicts, ids) in by_words.items()
    )
    return tuple(sorted(groups, key=lambda each: (each.is_go, -len(each.device_ids))))


def explain_preflight(found: Preflight, groups: tuple[Group, ...], ways: Ways = BY_COMMAND) -> Explanation:
    """Say whether the request may be sent, what speaks against it, and what is not known."""
    lines = [f"{objection.fault}." for objection in found.objections]
    for group in groups:
        which = f"{'Go' if group.is_go else 'No-go'}, {_devices(len(group.device_ids))} ({_some(group.device_ids)})"
        lines.append(" ".join(filter(None, (f"{which}: {group.text}", group.next_step))))
    lines += assurances_in_words(found.terms.assurances, found.assured)
    lines += (f"Not known: {each}" for each in find_not_known(found))
    return Explanation(_headline(found), tuple(lines), _next_step(found, ways))


def find_not_known(found: Preflight) -> Iterator[str]:
    """Yield what a preflight cannot know, and why, so that nobody takes it for checked."""
    types = {found.catalogue[each].hardware_model.device_type for each in found.targets.entries}
    for each in sorted(types.intersection(_ON_A_HUB)):
        yield (
            f"whether the Communications Hub of each {each} has firmware that supports such an update; "
            "the inventory of the Device does not say."
        )
    if DeviceType.COMMUNICATIONS_HUB in types:
        yield "whether these are SMETS1 hubs, which Suppliers upgrade; SMETS2 hubs are upgraded by the DCC."
    judged = {target_of(answer) for verdict in found.verdicts.values() for answer in verdict.answers}
    elsewhere = tuple(each for each in found.targets.withdrawn_otherwise if each not in judged)
    if elsewhere:
        yield (
            f"whether the image is what was withdrawn as CPL entry {listing(found.catalogue, elsewhere)}, which "
            "has its hash up to the other place at which it can end, and is for no Device here."
        )
    if found.inventoried.unread_rows:
        rows = counted(found.inventoried.unread_rows, "row")
        yield f"which Devices {rows} of the inventory are about, as there is no Device ID that can be read in them."
    target = found.request.request_id.target
    if isinstance(found.request.body, Distribution) and target != ACCESS_CONTROL_BROKER:
        yield (
            f"whether {target}, which it is addressed to, is the Access Control Broker; the published requests are "
            f"addressed to {ACCESS_CONTROL_BROKER}."
        )
    if found.request.is_signed:
        yield "whether the signature is right; a request that is changed has to be signed anew."


def _headline(found: Preflight) -> str:
    reference = found.request.service_reference
    total, fit = len(found.verdicts), len(found.repaired)
    if found.is_go and any(each.reason is OfTheDevice.CANCELS for each in found.verdicts.values()):
        return f"Go. This {reference} cancels an activation, and brings no firmware to the Device."
    brought = listing(found.catalogue, found.targets.entries)
    if found.is_go:
        go = "Go, on your word" if found.assured else "Go"
        return f"{go}. This {reference} may take {_devices(total)} to CPL entry {brought}."
    if not fit:
        none = "its Device may not" if total == 1 else f"none of {_devices(total)} may"
        return f"No-go. This {reference} must not be sent: {none} take what it brings."
    if fit == total:
        return (
            f"No-go. This {reference} must not be sent as it is, though every Device may go to CPL entry {brought}."
        )
    left = total - fit
    return f"No-go. This {reference} must not be sent as it is: {left:,} of {_devices(total)} may not take it."


def _next_step(found: Preflight, ways: Ways) -> str:
    if found.is_go:
        return "Next: have it signed and sent with your own tool. Check again if that is on another day."
    if found.repaired:
        return (
            f"Next: make it anew for {_devices(len(found.repaired))} that may take it ({ways.repaired}), and "
            "check it again."
        )
    return "Next: do not send it."


def _some(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
    return f"{', '.join(map(shortened, ids[:_SHOWN]))}{more}"


def _devices(number: int) -> str:
    return counted(number, "Device")
