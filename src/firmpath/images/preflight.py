"""Whether a service request may be sent: a verdict for every Device that it names, and for the request as a whole.

A Device gets a go only if what it runs is known beyond doubt, and the image of the request is the very next
step from there: a declared upgrade that nothing bars today. Source: FEATURES F51.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.fleet.readings import NotUnderstood, Reading, Understood, understand
from firmpath.images.assurances import NO_ASSURANCES, Assurance, Assurances
from firmpath.images.known_devices import STALE_AFTER_DAYS, Doubt, Inventoried, KnownDevice, find_doubts
from firmpath.images.matching import contradictions_of_hardware
from firmpath.images.service_request import (
    MOST_DEVICES,
    Activation,
    Distribution,
    OtherBody,
    ServiceRequest,
    is_device_id,
)
from firmpath.images.targets import Objection, Targets, find_targets
from firmpath.pathways.answers import AlreadyThere, AnswerKind, NoPathway, Pathway
from firmpath.pathways.ask import NO_NOTICES
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import Steps


class OfTheDevice(StrEnum):
    """Reasons that are about a Device's place in the request, or about what the request does to it."""

    GO = "go"
    CANCELS = "cancels"
    MALFORMED = "malformed"
    FOR_ANOTHER_DEVICE = "for_another_device"
    NOT_IN_THE_INVENTORY = "not_in_the_inventory"
    INVENTORY_NOT_UNDERSTOOD = "inventory_not_understood"
    OTHER_STEP_FIRST = "other_step_first"
    ENDS_BEFORE_EXECUTION = "ends_before_execution"
    HARDWARE_OUT_OF_RANGE = "hardware_out_of_range"
    REQUEST_CONTRADICTED = "request_contradicted"
    REQUEST = "request"


Reason = OfTheDevice | Doubt | AnswerKind
DeviceAnswer = AlreadyThere | NoPathway | Pathway
REASONS: Final = (
    *(each.value for each in OfTheDevice),
    *(each.value for each in Doubt),
    *(
        each.value
        for each in AnswerKind
        if each not in (AnswerKind.PATHWAY, AnswerKind.UNKNOWN_TARGET, AnswerKind.SEVERAL_TARGETS)
    ),
)
"""Every word that can be a Device's reason."""

_GOOD: Final = (OfTheDevice.GO, OfTheDevice.CANCELS)


class Verdict(NamedTuple):
    """Whether Devices of one reading may take the image, and why.

    `understood` is how the inventory was understood, where it was looked into; `answers` are what is right for
    each entry that they can be running, and `reasons` what follows from each. `doubts` are all that there are,
    the first of which is the reason, with the `status` where it is about that; `assured` is what was counted as
    known on somebody's word.
    """

    reason: Reason
    understood: Understood | NotUnderstood | NotKnown = NOT_KNOWN
    answers: tuple[DeviceAnswer, ...] = ()
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    status: str = ""
    assured: Assurances = NO_ASSURANCES

    @property
    def installed(self) -> Steps:
        """The entries that they can be running; none where that is not known."""
        return self.understood.candidates if isinstance(self.understood, Understood) else ()

    @property
    def is_go(self) -> bool:
        """Whether the Devices may take it."""
        return self.reason in _GOOD


class Terms(NamedTuple):
    """On which terms a request is judged.

    `at` is the instant at which it is, where that is on the day of the catalogue; it is not known for other days.
    """

    accepted: frozenset[str] = NO_NOTICES
    most_devices: int = MOST_DEVICES
    stale_after_days: int = STALE_AFTER_DAYS
    assurances: Assurances = NO_ASSURANCES
    at: datetime | NotKnown = NOT_KNOWN


class Preflight(NamedTuple):
    """What came of judging a request: a verdict for each Device, in the order of the list, each once."""

    catalogue: Catalogue
    request: ServiceRequest
    inventoried: Inventoried
    targets: Targets
    verdicts: Mapping[str, Verdict]
    terms: Terms

    @property
    def is_go(self) -> bool:
        """Whether the request may be sent as it is."""
        return not self.targets.objections and all(each.is_go for each in self.verdicts.values())

    @property
    def objections(self) -> tuple[Objection, ...]:
        """What speaks against the request as a whole."""
        return self.targets.objections

    @property
    def repaired(self) -> tuple[str, ...]:
        """The Devices that may take the image, each once, in the order of the list."""
        return tuple(device_id for device_id, verdict in self.verdicts.items() if verdict.is_go)

    @property
    def assured(self) -> Mapping[Assurance, int]:
        """How many Devices were counted as what somebody answers for, whatever their verdict came to be."""
        return Counter(each for verdict in self.verdicts.values() for each in verdict.assured)


NO_TERMS: Final = Terms()


def preflight(
    catalogue: Catalogue, request: ServiceRequest, inventoried: Inventoried, terms: Terms = NO_TERMS
) -> Preflight:
    """Judge a request by a CPL and by what an inventory has of its Devices.

    Cost: linear in the list; beside that, a search for each different reading of the inventory.
    :raises FirmpathError: it brings no firmware, and so there is nothing to judge.
    """
    if isinstance(request.body, OtherBody):
        right = "11.1, 11.3 and 11.4 are checked"
        wrong = f"({request.body.name}) brings no firmware to a Device"
        raise FirmpathError(Fault("Service request", request.service_reference, wrong, right, quoted=False))
    targets = find_targets(catalogue, request, terms.most_devices, terms.at)
    judge = _Judge(catalogue, request, inventoried, targets, terms)
    if any(each.bars_all for each in targets.objections):
        verdicts = dict.fromkeys(request.device_ids, Verdict(OfTheDevice.REQUEST))
    elif isinstance(request.body, Activation) and request.body.is_cancellation:
        verdicts = dict.fromkeys(request.device_ids, Verdict(OfTheDevice.CANCELS))
    else:
        verdicts = {each: judge.verdict(each) for each in request.device_ids}
    return Preflight(catalogue, request, inventoried, targets, verdicts, terms)


class _Judge:
    """Judges Devices, and each reading of an inventory once."""

    def __init__(
        self,
        catalogue: Catalogue,
        request: ServiceRequest,
        inventoried: Inventoried,
        targets: Targets,
        terms: Terms,
    ) -> None:
        self._catalogue, self._targets, self._terms = catalogue, targets, terms
        self._devices, self._columns = inventoried.devices, inventoried.columns
        body = request.body
        executes_at = body.executes_at if isinstance(body, Activation) else NOT_KNOWN
        self._executes_on = britains_day(executes_at) if executes_at else NOT_KNOWN
        self._header = body.image.header if isinstance(body, Distribution) else None
        self._only = self._header.upgrade_file_destination if self._header else NOT_KNOWN
        self._by_known: dict[int, Verdict] = {}
        self._by_reading: dict[tuple[Reading, Assurances], Verdict] = {}
        self._alike: dict[Verdict, Verdict] = {}
        self._plain = {each: Verdict(each) for each in OfTheDevice}

    def verdict(self, device_id: str) -> Verdict:
        if not is_device_id(device_id):
            return self._plain[OfTheDevice.MALFORMED]
        if self._only and device_id != self._only:
            return self._plain[OfTheDevice.FOR_ANOTHER_DEVICE]
        known = self._devices.get(device_id)
        if known is None:
            return self._plain[OfTheDevice.NOT_IN_THE_INVENTORY]
        found = self._by_known.get(id(known))  # what many Devices have alike is mostly one object
        if found is None:
            found = self._by_known[id(known)] = self._verdict(known)
        return found

    def _verdict(self, known: KnownDevice) -> Verdict:
        doubts, assured = self._doubts(known)
        if doubts:
            status = known.device_status if Doubt.STATUS_NOT_UNDERSTOOD in doubts else ""
            found = Verdict(doubts[0], doubts=doubts, status=status, assured=assured)
            return self._alike.setdefault(found, found)
        key = known.reading, assured
        judged = self._by_reading.get(key)
        if judged is None:
            judged = self._by_reading[key] = self._judged(known.reading)._replace(assured=assured)
        return judged

    def _doubts(self, known: KnownDevice) -> tuple[tuple[Doubt, ...], Assurances]:
        """Give the doubts about a Device that nobody answers for, and what somebody does answer for."""
        doubts, assured = [], []
        terms = self._terms
        for doubt in find_doubts(known, self._catalogue.as_at, terms.stale_after_days, self._executes_on):
            answers = (each for each in terms.assurances if each.is_about(doubt, known.device_status))
            assurance = next(answers, None)
            if assurance:
                assured.append(assurance)
            else:
                doubts.append(doubt)
        return tuple(doubts), tuple(assured)

    def _judged(self, reading: Reading) -> Verdict:
        understood = understand(self._catalogue, reading, self._columns)
        if isinstance(understood, NotUnderstood):
            return Verdict(OfTheDevice.INVENTORY_NOT_UNDERSTOOD, understood)
        if not understood.candidates:
            return Verdict(AnswerKind.UNKNOWN_DEVICE, understood)
        answers = tuple(
            answer_for(self._catalogue, installed, each, self._terms.accepted)
            for installed in understood.candidates
            for each in self._own_targets(installed)
        )
        reasons = tuple(map(self._reason, answers))
        # Two first steps are as little of one mind as a go and a no-go: the wrong one would be taken.
        ways = set(zip(reasons, map(_first_step, answers, reasons), strict=True))
        agreed = reasons[0] if len(ways) == 1 else AnswerKind.CANDIDATES_DISAGREE
        return Verdict(agreed, understood, answers, reasons)

    def _own_targets(self, installed: CPLEntryID) -> Steps:
        """Give the targets for the hardware of an entry: of its own model where there is one, else of its family.

        An image that was withdrawn for its own model, or for which the request contradicts that, is not for it by
        way of another model. Where there is none at all, any other will say so. Where the image can end in two
        places, what was withdrawn of it by the one is told beside what is listed by the other.
        """
        hardware, catalogue, targets = self._catalogue[installed].hardware_model, self._catalogue, self._targets
        for ids in (targets.entries, targets.withdrawn, targets.ruled_out):
            same = tuple(each for each in ids if catalogue[each].hardware_model == hardware)
            if same:
                other = (each for each in targets.withdrawn_otherwise if catalogue[each].hardware_model == hardware)
                return tuple(dict.fromkeys((*same, *other)))
        ids = (*targets.entries, *targets.withdrawn_otherwise)
        family = tuple(each for each in ids if catalogue[each].hardware_model.family == hardware.family)
        return family or targets.entries[:1]

    def _reason(self, answer: DeviceAnswer) -> Reason:
        if target_of(answer) in self._targets.ruled_out:
            return OfTheDevice.REQUEST_CONTRADICTED
        if not isinstance(answer, Pathway):
            return answer.kind
        if len(answer.steps) > 2:
            return OfTheDevice.OTHER_STEP_FIRST
        model = self._catalogue[answer.installed].hardware_model.model
        if self._header and any(contradictions_of_hardware(self._header, model)):
            return OfTheDevice.HARDWARE_OUT_OF_RANGE
        if self._executes_on and answer.valid_until and answer.valid_until < self._executes_on:
            return OfTheDevice.ENDS_BEFORE_EXECUTION
        return OfTheDevice.GO


def target_of(answer: DeviceAnswer) -> CPLEntryID:
    """Give the entry that an answer is about going to."""
    return answer.installed if isinstance(answer, AlreadyThere) else answer.target


def _first_step(answer: DeviceAnswer, reason: Reason) -> CPLEntryID | NotKnown:
    if reason is OfTheDevice.OTHER_STEP_FIRST and isinstance(answer, Pathway):
        return answer.next_step
    return NOT_KNOWN
