"""A verdict in plain English: why Devices may take the image or may not, and what to do next."""

from typing import Final

from firmpath.fleet.readings import NotUnderstood, Understood
from firmpath.images.doubt_words import About, doubts_in_words
from firmpath.images.ota_header import OTAHeader
from firmpath.images.preflight import DeviceAnswer, OfTheDevice, Preflight, Reason, Verdict, target_of
from firmpath.images.service_request import Activation, Distribution
from firmpath.images.ways import BY_COMMAND, Ways
from firmpath.pathways.answers import AnswerKind, CandidatesDisagree, NoPathway, NotOnTheCPL, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.cautions import caution_in_words
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name, whom_to_ask
from firmpath.pathways.not_known import NOT_KNOWN

_NEXT: Final = "Next: "
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
_OTHER_FILE: Final = "Next: take it off the list, or ask the manufacturer for a file that is for every Device."
_SOONER: Final = "Next: give an earlier ExecutionDateTime."


def verdict_in_words(found: Preflight, verdict: Verdict, ways: Ways = BY_COMMAND) -> tuple[str, str]:
    """Say why Devices may take the image or may not, and what to do next."""
    catalogue, reason, understood = found.catalogue, verdict.reason, verdict.understood
    if verdict.doubts:
        return doubts_in_words(verdict.doubts, verdict.status, _about(found, ways))
    if isinstance(reason, OfTheDevice) and reason in _PLAIN:
        return _PLAIN[reason]
    if reason is OfTheDevice.FOR_ANOTHER_DEVICE:
        header = _header(found)
        only = header.upgrade_file_destination if header else ""
        return f"The OTA file is for one Device alone, {only}.", _OTHER_FILE
    if isinstance(understood, NotUnderstood):
        return "; ".join(map(str, understood.faults)) + ".", "Next: put the inventory right."
    if reason is AnswerKind.UNKNOWN_DEVICE and isinstance(understood, Understood):
        return _unknown(catalogue, understood)
    said = [
        (answer.installed, *_of_answer(found, answer, own))
        for answer, own in zip(verdict.answers, verdict.reasons, strict=True)
    ]
    if reason is AnswerKind.CANDIDATES_DISAGREE and isinstance(understood, Understood):
        return _several(catalogue, understood, verdict, said)
    return " ".join(dict.fromkeys(text for _, text, _ in said)), _steps(catalogue, said)


def _about(found: Preflight, ways: Ways) -> About:
    body = found.request.body
    executes_at = body.executes_at if isinstance(body, Activation) else NOT_KNOWN
    return About(found.inventoried, found.terms.stale_after_days, executes_at, ways)


def _steps(catalogue: Catalogue, said: list[tuple[CPLEntryID, str, str]]) -> str:
    """Give what to do next: where that differs, for each entry that Devices can be running."""
    if len({step for _, _, step in said}) == 1:
        return said[0][2]
    return " ".join(
        f"Next, if it runs {short_name(catalogue, installed)}: {step.removeprefix(_NEXT)}"
        for installed, _, step in dict.fromkeys(said)
        if step
    )


def _of_answer(found: Preflight, answer: DeviceAnswer, reason: Reason) -> tuple[str, str]:
    """Say what follows for Devices that run one entry."""
    if reason is OfTheDevice.REQUEST_CONTRADICTED:
        return f"{found.targets.ruled_out[target_of(answer)]}.", "Next: make a request of its own for it."
    if isinstance(answer, Pathway):
        return _of_pathway(found, answer, reason)
    explained = explain(found.catalogue, answer)
    # The headline of a dead end says all there is to say.
    bars = answer.bars if isinstance(answer, NoPathway) and answer.kind is not AnswerKind.DEAD_END else ()
    why = (bar_in_words(found.catalogue, step, bar) for step, those in bars for bar in those)
    return " ".join((explained.headline, *why)), explained.next_step


def _of_pathway(found: Preflight, pathway: Pathway, reason: Reason) -> tuple[str, str]:
    catalogue = found.catalogue
    installed, target = full_name(catalogue, pathway.installed), full_name(catalogue, pathway.target)
    match reason:
        case OfTheDevice.OTHER_STEP_FIRST:
            first = full_name(catalogue, pathway.next_step)
            more = len(pathway.steps) - 2
            text = f"Not yet. From {installed} a Device has to go to {first} first"
            return (
                f"{text}, {more} {'step' if more == 1 else 'steps'} before {target}.",
                f"Next: take it to {first}.",
            )
        case OfTheDevice.ENDS_BEFORE_EXECUTION:
            until = f"may be used until {day_in_words(pathway.valid_until)}, by what is on record today"
            return f"The step from {installed} to {target} {until}; it would be executed later.", _SOONER
        case OfTheDevice.HARDWARE_OUT_OF_RANGE:
            hardware = catalogue[pathway.installed].hardware_model
            own = f"{hardware.hardware_version}{hardware.hardware_revision}"
            asked = f"Next: ask {whom_to_ask(catalogue[pathway.target])} for the image of that hardware."
            return f"The image is for hardware {_range(found)}, and {installed} is for hardware {own}.", asked
        case _:
            cautions = (caution_in_words(catalogue, each) for each in pathway.cautions)
            return " ".join((f"Yes, from {installed} to {target}.", *cautions)), ""


def _range(found: Preflight) -> str:
    header = _header(found)
    return f"{header.minimum_hardware_version} to {header.maximum_hardware_version}" if header else ""


def _header(found: Preflight) -> OTAHeader | None:
    body = found.request.body
    return body.image.header if isinstance(body, Distribution) else None


def _unknown(catalogue: Catalogue, understood: Understood) -> tuple[str, str]:
    if understood.contradicted:
        text = f"The {understood.contradicted} of the inventory contradicts the CPL, so what it runs is not known."
        return text, f"{_READ_8_2}."
    kind = AnswerKind.UNKNOWN_DEVICE
    text = explain(catalogue, NotOnTheCPL(kind, understood.reference, catalogue.as_at)).headline
    return text, "Next: see that this CPL is the newest, and read its firmware version (service request 11.2)."


def _several(
    catalogue: Catalogue, understood: Understood, verdict: Verdict, said: list[tuple[CPLEntryID, str, str]]
) -> tuple[str, str]:
    """Say that the Devices may run any of several entries, what holds for each, and what would tell which."""
    each_of_them = " ".join(f"If it runs {short_name(catalogue, installed)}: {text}" for installed, text, _ in said)
    if len(verdict.answers) == len(understood.candidates):
        disagree = CandidatesDisagree(understood.reference, understood.candidates, verdict.answers)
        explained = explain(catalogue, disagree)
        return f"{explained.headline} {each_of_them}", explained.next_step
    text = "The CPL has the image more than once for its hardware, and not the same is right for each."
    return f"{text} {each_of_them}", "Next: ask whoever runs the CPL which of them is meant."
