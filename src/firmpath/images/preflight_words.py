"""What came of a preflight, in plain English: Devices that are alike together, each group with its next step."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.fleet.readings import NotUnderstood, Understood
from firmpath.images.assurances import assurances_in_words
from firmpath.images.doubt_words import doubts_in_words
from firmpath.images.preflight import OfTheDevice, Preflight, Reason, Verdict
from firmpath.images.service_request import Distribution
from firmpath.pathways.answers import AnswerKind, CandidatesDisagree, NotOnTheCPL, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.cautions import caution_in_words
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.faults import shortened
from firmpath.pathways.naming import full_name, listing, whom_to_ask

_READ_8_2: Final = "Next: read its inventory anew (service request 8.2)"
_PLAIN: Final[dict[OfTheDevice, tuple[str, str]]] = {
    OfTheDevice.REQUEST: (
        "What speaks against the request as a whole speaks against every Device.",
        "Next: put the request right.",
    ),
    OfTheDevice.CANCELS: ("The request cancels an activation that was to come; no firmware goes anywhere.", ""),
    OfTheDevice.MALFORMED: (
        "Its Device ID is not an EUI-64 as in 00-DB-12-34-56-78-90-A0.",
        "Next: write it so.",
    ),
    OfTheDevice.NOT_IN_THE_INVENTORY: (
        "It is not in the inventory, so what it runs is not known.",
        f"{_READ_8_2}, and add it, or take it off the list.",
    ),
}
_SOONER: Final = "Next: give an earlier ExecutionDateTime."
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


def find_groups(found: Preflight) -> tuple[Group, ...]:
    """Put Devices that are alike together: those that may not take the image first, larger groups first.

    Cost: linear in the Devices; words are made once for each verdict.
    """
    by_verdict: dict[int, tuple[Verdict, list[str]]] = {}
    for device_id, verdict in found.verdicts.items():
        by_verdict.setdefault(id(verdict), (verdict, []))[1].append(device_id)
    by_words: dict[tuple[Reason, str, str], tuple[list[Verdict], list[str]]] = {}
    for verdict, device_ids in by_verdict.values():
        verdicts, alike = by_words.setdefault((verdict.reason, *verdict_in_words(found, verdict)), ([], []))
        verdicts.append(verdict)
        alike += device_ids
    groups = (
        Group(tuple(verdicts), text, next_step, tuple(ids))
        for (_, text, next_step), (verdicts, ids) in by_words.items()
    )
    return tuple(sorted(groups, key=lambda each: (each.is_go, -len(each.device_ids))))


def verdict_in_words(found: Preflight, verdict: Verdict) -> tuple[str, str]:
    """Say why Devices may take the image or may not, and what to do next."""
    catalogue, reason, understood = found.catalogue, verdict.reason, verdict.understood
    if verdict.doubts:
        return doubts_in_words(verdict.doubts, verdict.status, found.inventoried)
    if isinstance(reason, OfTheDevice) and reason in _PLAIN:
        return _PLAIN[reason]
    if isinstance(understood, NotUnderstood):
        return "; ".join(map(str, understood.faults)) + ".", "Next: put the inventory right."
    if reason is AnswerKind.UNKNOWN_DEVICE and isinstance(understood, Understood):
        return _unknown(catalogue, understood)
    if reason is AnswerKind.CANDIDATES_DISAGREE and isinstance(understood, Understood):
        return _several(catalogue, understood, verdict)
    answer = verdict.answers[0]
    if isinstance(answer, Pathway):
        return _of_pathway(found, verdict, answer)
    explained = explain(catalogue, answer)
    return explained.headline, explained.next_step


def explain_preflight(found: Preflight, groups: tuple[Group, ...]) -> Explanation:
    """Say whether the request may be sent, what speaks against it, and what is not known."""
    lines = [f"{objection.fault}." for objection in found.objections]
    for group in groups:
        which = f"{'Go' if group.is_go else 'No-go'}, {_devices(len(group.device_ids))} ({_some(group.device_ids)})"
        lines.append(" ".join(filter(None, (f"{which}: {group.text}", group.next_step))))
    lines += assurances_in_words(found.assurances, found.assured)
    lines += (f"Not known: {each}" for each in find_not_known(found))
    return Explanation(_headline(found), tuple(lines), _next_step(found))


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
    if found.request.is_signed:
        yield "whether the signature is right; a request that is changed has to be signed anew."


def _of_pathway(found: Preflight, verdict: Verdict, pathway: Pathway) -> tuple[str, str]:
    catalogue = found.catalogue
    installed, target = full_name(catalogue, pathway.installed), full_name(catalogue, pathway.target)
    match verdict.reason:
        case OfTheDevice.OTHER_STEP_FIRST:
            first = full_name(catalogue, pathway.next_step)
            more = len(pathway.steps) - 2
            text = f"Not yet. From {installed} a Device has to go to {first} first"
            return (
                f"{text}, {more} {'step' if more == 1 else 'steps'} before {target}.",
                f"Next: take it to {first}.",
            )
        case OfTheDevice.ENDS_BEFORE_EXECUTION:
            until = f"may be used until {pathway.valid_until}, by what is on record today"
            return f"The step from {installed} to {target} {until}; it would be executed later.", _SOONER
        case OfTheDevice.HARDWARE_OUT_OF_RANGE:
            hardware = catalogue[pathway.installed].hardware_model
            own = f"{hardware.hardware_version}{hardware.hardware_revision}"
            asked = f"Next: ask {whom_to_ask(catalogue[pathway.target])} for the image of that hardware."
            return f"The image is for hardware {_range(found)}, and {installed} is for hardware {own}.", asked
        case _:
            ways = (_yes(catalogue, each) for each in verdict.answers if isinstance(each, Pathway))
            return " ".join(dict.fromkeys(ways)), ""


def _yes(catalogue: Catalogue, pathway: Pathway) -> str:
    installed, target = full_name(catalogue, pathway.installed), full_name(catalogue, pathway.target)
    cautions = (caution_in_words(catalogue, each) for each in pathway.cautions)
    return " ".join((f"Yes, from {installed} to {target}.", *cautions))


def _range(found: Preflight) -> str:
    body = found.request.body
    header = body.image.header if isinstance(body, Distribution) else None
    return f"{header.minimum_hardware_version} to {header.maximum_hardware_version}" if header else ""


def _unknown(catalogue: Catalogue, understood: Understood) -> tuple[str, str]:
    if understood.contradicted:
        text = f"The {understood.contradicted} of the inventory contradicts the CPL, so what it runs is not known."
        return text, f"{_READ_8_2}."
    kind = AnswerKind.UNKNOWN_DEVICE
    text = explain(catalogue, NotOnTheCPL(kind, understood.reference, catalogue.as_at)).headline
    return text, "Next: see that this CPL is the newest, and read its firmware version (service request 11.2)."


def _several(catalogue: Catalogue, understood: Understood, verdict: Verdict) -> tuple[str, str]:
    """Say that the Devices may run any of several entries, and what would tell which."""
    if len(verdict.answers) == len(understood.candidates):
        disagree = CandidatesDisagree(understood.reference, understood.candidates, verdict.answers)
        explained = explain(catalogue, disagree)
        return explained.headline, explained.next_step
    text = "The CPL has the image more than once for its hardware, and not the same is right for each."
    return text, "Next: ask whoever runs the CPL which of them is meant."


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
        return f"No-go. This {reference} must not be sent: none of {_devices(total)} may take what it brings."
    if fit == total:
        return (
            f"No-go. This {reference} must not be sent as it is, though every Device may go to CPL entry {brought}."
        )
    left = total - fit
    return f"No-go. This {reference} must not be sent as it is: {left:,} of {_devices(total)} may not take it."


def _next_step(found: Preflight) -> str:
    if found.is_go:
        return "Next: have it signed and sent with your own tool. Check again if that is on another day."
    if found.repaired:
        return (
            f"Next: make it anew for {_devices(len(found.repaired))} that may take it (--repaired FILE writes "
            "that list), and check it again."
        )
    return "Next: do not send it."


def _some(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
    return f"{', '.join(map(shortened, ids[:_SHOWN]))}{more}"


def _devices(number: int) -> str:
    return f"{number:,} Device{'' if number == 1 else 's'}"
