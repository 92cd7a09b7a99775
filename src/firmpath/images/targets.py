"""The CPL entries that a request brings to Devices, and what speaks against the request as a whole."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from firmpath.images.matching import find_contradictions
from firmpath.images.service_request import (
    ACCESS_CONTROL_BROKER,
    MOST_DEVICES,
    UPDATE_FIRMWARE,
    UPDATE_PPMID_FIRMWARE,
    Activation,
    Distribution,
    ServiceRequest,
    is_for,
    is_mistyped_cancellation,
    mistyped_cancellation,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import britains_day, day_in_words, instant_in_words
from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps


class ObjectionKind(StrEnum):
    """What can speak against a request as a whole."""

    NOT_ON_THE_CPL = "not_on_the_cpl"
    OTHER_SERVICE_REQUEST = "other_service_request"
    ADDRESSED_WRONGLY = "addressed_wrongly"
    OTHER_VERSION = "other_version"
    HEADER_CONTRADICTS = "header_contradicts"
    WITHDRAWN = "withdrawn"
    EXECUTION_HAS_PASSED = "execution_has_passed"
    MISTYPED_CANCELLATION = "mistyped_cancellation"
    TOO_MANY_DEVICES = "too_many_devices"
    LISTED_TWICE = "listed_twice"


_BARS_ALL = frozenset(
    (
        *(ObjectionKind.NOT_ON_THE_CPL, ObjectionKind.OTHER_SERVICE_REQUEST, ObjectionKind.OTHER_VERSION),
        *(ObjectionKind.HEADER_CONTRADICTS, ObjectionKind.WITHDRAWN, ObjectionKind.EXECUTION_HAS_PASSED),
        *(ObjectionKind.MISTYPED_CANCELLATION, ObjectionKind.ADDRESSED_WRONGLY),
    )
)


class Objection(NamedTuple):
    """One thing that speaks against a request as a whole."""

    kind: ObjectionKind
    fault: Fault

    @property
    def bars_all(self) -> bool:
        """Whether it speaks against every Device, and not against the list of them."""
        return self.kind in _BARS_ALL


class Targets(NamedTuple):
    """The entries that a request can bring, and what speaks against it; no entry where something bars all.

    `withdrawn` are those that it could bring if they were not withdrawn. Of these, `withdrawn_otherwise` have a
    hash that no entry has which it can bring: the image was withdrawn by the other place at which it can end.
    `ruled_out` are those with its hash that the rest of it contradicts, each with how.
    """

    entries: Steps
    objections: tuple[Objection, ...]
    withdrawn: Steps = ()
    withdrawn_otherwise: Steps = ()
    ruled_out: Mapping[CPLEntryID, Fault] = MappingProxyType({})


def find_targets(
    catalogue: Catalogue,
    request: ServiceRequest,
    most_devices: int = MOST_DEVICES,
    at: datetime | NotKnown = NOT_KNOWN,
) -> Targets:
    """Find the entries with the hash that a request names, and drop those that the rest of it contradicts.

    `at` is the instant at which that is asked, where the day of the catalogue is that of the question.
    Cost: linear in the list of Devices.
    """
    body = request.body
    objections = [*_objections_to_address(request), *_objections_to_list(request, most_devices)]
    objections += _objections_to_execution(request, catalogue.as_at, at)
    meant, more, ruled_out = _entries(catalogue, request)
    objections += more
    withdrawn = tuple(each for each in meant if catalogue[each].withdrawn_on)
    # What was withdrawn is what one most wants to cancel the activation of.
    is_cancellation = isinstance(body, Activation) and body.is_cancellation
    if meant and meant == withdrawn and not is_cancellation:
        objections.append(Objection(ObjectionKind.WITHDRAWN, _withdrawn(catalogue, withdrawn)))
    entries = tuple(each for each in meant if each not in withdrawn)
    fitting = () if any(each.bars_all for each in objections) else entries
    listed_hashes = {catalogue[each].manufacturer_image_hash for each in fitting}
    otherwise = tuple(
        each for each in withdrawn if fitting and catalogue[each].manufacturer_image_hash not in listed_hashes
    )
    return Targets(fitting, tuple(objections), withdrawn, otherwise, ruled_out)


def _entries(
    catalogue: Catalogue, request: ServiceRequest
) -> tuple[Steps, list[Objection], dict[CPLEntryID, Fault]]:
    """Narrow the entries with the hash down; what leaves none of them is the objection."""
    left = tuple(dict.fromkeys(each for own in request.hashes for each in catalogue.by_hash.get(own, ())))
    if not left:
        return (), [Objection(ObjectionKind.NOT_ON_THE_CPL, _not_on_the_cpl(catalogue, request))], {}
    reference = request.service_reference
    sieves: list[tuple[ObjectionKind, Callable[[CPLEntry], bool], Callable[[Steps], Fault]]] = [
        (
            ObjectionKind.OTHER_SERVICE_REQUEST,
            lambda entry: is_for(reference, entry.hardware_model.device_type),
            lambda ids: _other_service_request(catalogue, reference, ids),
        )
    ]
    if isinstance(request.body, Distribution):
        body = request.body
        sieves += (
            (
                ObjectionKind.OTHER_VERSION,
                lambda entry: entry.firmware_version == body.firmware_version,
                lambda ids: _other_version(catalogue, body, ids),
            ),
            (
                ObjectionKind.HEADER_CONTRADICTS,
                lambda entry: not any(find_contradictions(body.image.header, entry)),
                lambda ids: _header_contradicts(catalogue, body, ids),
            ),
        )
    objections: list[Objection] = []
    ruled_out: dict[CPLEntryID, Fault] = {}
    for kind, fits, fault in sieves:
        fitting = tuple(each for each in left if fits(catalogue[each]))
        if fitting:
            ruled_out |= {each: fault((each,)) for each in left if each not in fitting}
            left = fitting
        else:
            objections.append(Objection(kind, fault(left)))  # what else is wrong is found all the same
    return left, objections, ruled_out


def _objections_to_list(request: ServiceRequest, most_devices: int) -> Iterator[Objection]:
    listed = request.device_ids
    different = len(set(listed))
    if different > most_devices:
        wrong = f"names {different:,} Devices, more than {most_devices:,}"
        fault = Fault("DeviceIDList", "", wrong, "make several requests of it", quoted=False)
        yield Objection(ObjectionKind.TOO_MANY_DEVICES, fault)
    if different < len(listed):
        wrong = f"names some Devices more than once ({len(listed) - different:,} too many)"
        fault = Fault("DeviceIDList", "", wrong, "the repaired list has each once", quoted=False)
        yield Objection(ObjectionKind.LISTED_TWICE, fault)


def _objections_to_address(request: ServiceRequest) -> Iterator[Objection]:
    """Yield how the target of a RequestID contradicts what the published requests of its kind are addressed to."""
    target, reference = request.request_id.target, request.service_reference
    is_activation = isinstance(request.body, Activation)
    wrong = ""
    if target == request.request_id.originator:
        wrong = "is its originator too"
    elif is_activation and target == ACCESS_CONTROL_BROKER:
        wrong = "is the Access Control Broker, which runs no firmware of a Device"
    elif not is_activation and target in request.device_ids:
        wrong = "is a Device of its DeviceIDList"
    if wrong:
        whom = "the Device" if is_activation else f"the Access Control Broker, such as {ACCESS_CONTROL_BROKER}"
        fault = Fault("Target of the RequestID", target, wrong, f"address an {reference} to {whom}", quoted=False)
        yield Objection(ObjectionKind.ADDRESSED_WRONGLY, fault)


def _objections_to_execution(request: ServiceRequest, as_at: date, at: datetime | NotKnown) -> Iterator[Objection]:
    body = request.body
    if not isinstance(body, Activation) or isinstance(body.executes_at, NotKnown):
        return
    executes_at, right = body.executes_at, "give an instant to come, or leave it out"
    if not isinstance(at, NotKnown) and executes_at <= at:
        yield Objection(ObjectionKind.EXECUTION_HAS_PASSED, has_passed(executes_at, at, right))
    elif britains_day(executes_at) < as_at:
        wrong = f"is before {day_in_words(as_at)}"
        fault = Fault("ExecutionDateTime", instant_in_words(executes_at), wrong, right, quoted=False)
        yield Objection(ObjectionKind.EXECUTION_HAS_PASSED, fault)
    if is_mistyped_cancellation(executes_at):
        yield Objection(ObjectionKind.MISTYPED_CANCELLATION, mistyped_cancellation(executes_at))


def has_passed(executes_at: datetime, at: datetime, right: str) -> Fault:
    """Say that an ExecutionDateTime has passed at an instant, and what would be right."""
    wrong = f"has passed: it is {instant_in_words(at)}"
    return Fault("ExecutionDateTime", instant_in_words(executes_at), wrong, right, quoted=False)


def _not_on_the_cpl(catalogue: Catalogue, request: ServiceRequest) -> Fault:
    shown = " or ".join(f"{each[:8]}…" for each in request.hashes)
    wrong = f"is not on this CPL as at {day_in_words(catalogue.as_at)}"
    return Fault("Manufacturer Image hash", shown, wrong, "check the image, or ask for a newer CPL", quoted=False)


def _other_service_request(catalogue: Catalogue, reference: str, ids: Steps) -> Fault:
    types = " and ".join(sorted({catalogue[each].hardware_model.device_type.value for each in ids}))
    wrong = f"is not for {types}, which {listing(catalogue, ids)} is for"
    right = f"a PPMID takes {UPDATE_PPMID_FIRMWARE}, which activates too; others take {UPDATE_FIRMWARE} and 11.3"
    return Fault("Service request", reference, wrong, right, quoted=False)


def _other_version(catalogue: Catalogue, body: Distribution, ids: Steps) -> Fault:
    versions = " or ".join(sorted({str(catalogue[each].firmware_version) for each in ids}))
    wrong = f"contradicts the hash of the image, which the CPL has for {versions} ({listing(catalogue, ids)})"
    right = f"the header of the image says {body.image.header.file_version}; find out which is meant"
    return Fault("Firmware version", str(body.firmware_version), wrong, right, quoted=False)


def _header_contradicts(catalogue: Catalogue, body: Distribution, ids: Steps) -> Fault:
    said = []
    for each in ids:
        differences = "; ".join(map(str, find_contradictions(body.image.header, catalogue[each])))
        said.append(f"{full_name(catalogue, each)} ({differences})")
    wrong = f"contradicts what the CPL has for its hash: {', '.join(said)}"
    return Fault("OTA header", "", wrong, "ask the manufacturer which is right", quoted=False)


def _withdrawn(catalogue: Catalogue, ids: Steps) -> Fault:
    days = sorted({str(day): day_in_words(day) for each in ids if (day := catalogue[each].withdrawn_on)}.items())
    wrong = f"was withdrawn on {' and '.join(words for _, words in days)}"
    return Fault("CPL entry", listing(catalogue, ids), wrong, "no Device may be taken to it", quoted=False)
