"""The inherited meter: what a Device runs by an answer about it, where it may go from there, and whom to ask.

Source: FEATURES F53.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.images.device_answers import ByVersion, ReadDevice, candidates_of
from firmpath.images.known_devices import Doubt
from firmpath.pathways.answers import Answer, AnswerKind
from firmpath.pathways.ask import NO_NOTICES, ask_among
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.contacts import contacts_in_words, whom_to_ask_about
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.faults import shown
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.json_form.entries import Json, known
from firmpath.pathways.naming import full_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByID, Reference, Target, find_candidates

_SUSPENDED_WORDS: Final = (
    "The Device is Suspended: after an activation without a response its inventory keeps the old version. Read its "
    "firmware version (service request 11.2) before you rely on this."
)
_BY_VERSION_ALONE_WORDS: Final = (
    "Only its firmware version was read, and only this entry of the CPL has that. Whether its manufacturer and "
    "model agree is not known yet; its inventory (service request 8.2) says."
)
_SETTLE_BY_MODEL: Final = (
    "Next: read the Device's inventory (service request 8.2), which gives manufacturer and model, and identify it "
    "by that."
)
_SETTLE_STATUS: Final = {
    Doubt.SUSPENDED: "Next: read the Device's firmware version (service request 11.2).",
    Doubt.NOT_IN_USE: "Next: take it off the list, or read its inventory anew (service request 8.2).",
}
_READ_ANEW: Final = "Next: read the Device's inventory anew (service request 8.2), and identify it by that."
_MOST_NAMED: Final = 6


class Identity(StrEnum):
    """How sure it is what a Device runs, the surer first."""

    IDENTIFIED = "identified"
    ONLY_CANDIDATE = "only_candidate"
    SEVERAL_CANDIDATES = "several_candidates"
    NOT_ON_THE_CPL = "not_on_the_cpl"


class Identified(NamedTuple):
    """A Device, the entries that it can be running, and where it may go.

    That is not known where a version alone means several entries, or the Device type contradicts the CPL.
    """

    device: ReadDevice
    candidates: Steps
    answer: Answer | NotKnown

    @property
    def identity(self) -> Identity:
        """How sure it is what the Device runs."""
        if not self.candidates:
            return Identity.NOT_ON_THE_CPL
        if len(self.candidates) > 1:
            return Identity.SEVERAL_CANDIDATES
        return Identity.ONLY_CANDIDATE if isinstance(self.device.reference, ByVersion) else Identity.IDENTIFIED

    @property
    def is_settled(self) -> bool:
        """Whether it is known what to do: there is a pathway, or nothing to do, whatever entry it runs."""
        if isinstance(self.answer, NotKnown) or self.device.doubts:
            return False
        settled = (AnswerKind.PATHWAY, AnswerKind.ALREADY_THERE)
        return self.answer.kind in settled and self.identity is not Identity.ONLY_CANDIDATE


def reference_to(catalogue: Catalogue, device: ReadDevice) -> Reference | NotKnown:
    """Give how a Device's firmware is asked about, where that can be said of it.

    It cannot where its version alone means several entries, or where its Device type contradicts the CPL.
    """
    reference = device.reference
    if isinstance(device.device_type, NotKnown) and not isinstance(reference, ByVersion):
        return reference  # nothing narrows it
    candidates = candidates_of(catalogue, device)
    if len(candidates) == 1:
        return ByID(candidates[0])
    if isinstance(reference, ByVersion):
        return NOT_KNOWN
    is_contradicted = not candidates and find_candidates(catalogue, reference)
    return NOT_KNOWN if is_contradicted else reference


def identify(
    catalogue: Catalogue, device: ReadDevice, target: Target, accepted: frozenset[str] = NO_NOTICES
) -> Identified:
    """Find what a Device can be running, and where it may go from there.

    Cost: that of `ask`, and of `candidates_of`.
    """
    reference, candidates = reference_to(catalogue, device), candidates_of(catalogue, device)
    if isinstance(reference, NotKnown):
        return Identified(device, candidates, NOT_KNOWN)
    return Identified(device, candidates, ask_among(catalogue, reference, candidates, target, accepted))


class Identifying:
    """Identifies Devices by one CPL, and says of each what it runs and where it may go.

    What many of them have alike is looked up and put into words once, and is one object in what is said of each.
    """

    def __init__(self, catalogue: Catalogue, target: Target, accepted: frozenset[str] = NO_NOTICES) -> None:
        self._catalogue, self._target, self._accepted = catalogue, target, accepted
        self._found: dict[ReadDevice, Identified] = {}
        self._words: dict[ReadDevice, Explanation] = {}
        self._fields: dict[ReadDevice, Json] = {}

    def identify(self, device: ReadDevice) -> Identified:
        """Find what a Device can be running, and where it may go from there."""
        return self._alike(device)._replace(device=device)

    def explain(self, device: ReadDevice) -> Explanation:
        """Say what the Device runs, whom to ask, where it may go, and what to do next."""
        alike = _without_id(device)
        if alike not in self._words:
            self._words[alike] = _explain_alike(self._catalogue, self._alike(device))
        return _said_of(device, self._words[alike])

    def as_json(self, device: ReadDevice) -> Json:
        """Give a Device with what it can be running, and the answer to where it may go."""
        alike = _without_id(device)
        if alike not in self._fields:
            self._fields[alike] = _json_alike(self._catalogue, self._alike(device))
        device_id: Json = {"device_id": device.device_id} if device.device_id else {}
        return {**device_id, **self._fields[alike], "explanation": self.explain(device)._asdict()}

    def _alike(self, device: ReadDevice) -> Identified:
        alike = _without_id(device)
        if alike not in self._found:
            self._found[alike] = identify(self._catalogue, alike, self._target, self._accepted)
        return self._found[alike]


def _without_id(device: ReadDevice) -> ReadDevice:
    """Give all of a Device that what is said of it depends on, but for its name."""
    return device._replace(device_id="")


def _said_of(device: ReadDevice, words: Explanation) -> Explanation:
    """Begin what is said of Devices that are alike with the name of one of them."""
    name = device.name if device.device_id else f"The {device.name}"
    return words._replace(headline=f"{name} {words.headline}")


def _explain_alike(catalogue: Catalogue, identified: Identified) -> Explanation:
    device, candidates = identified.device, identified.candidates
    contacts = contacts_in_words(catalogue, device.reference, candidates)
    read = _what_runs_alike(catalogue, device, candidates)
    if isinstance(identified.answer, NotKnown):
        return _not_settled(catalogue, candidates, read, contacts)
    explained = explain(catalogue, identified.answer)
    before = ""
    if identified.identity is Identity.ONLY_CANDIDATE:
        before = "If it runs that: "
    elif device.doubts:  # nobody is sent on a pathway on the word of an answer that is not relied on
        before = "If that still holds: "
    lines = (*read.lines, *contacts, f"{before}{explained.headline}", *explained.lines)
    return Explanation(read.headline, lines, read.next_step if before else explained.next_step)


def explain_what_runs(catalogue: Catalogue, device: ReadDevice, candidates: Steps) -> Explanation:
    """Say what a Device runs, what keeps that from being relied on, and what settles it.

    Nothing in it says where the Device may go, so everybody may read it. Source: ADR 0033.
    """
    return _said_of(device, _what_runs_alike(catalogue, device, candidates))


def _what_runs_alike(catalogue: Catalogue, device: ReadDevice, candidates: Steps) -> Explanation:
    lines = tuple(status_words(doubt, device.status) for doubt in device.doubts)
    is_by_version = isinstance(device.reference, ByVersion)
    runs, settles = "runs", _SETTLE_BY_MODEL
    if is_by_version and len(candidates) == 1:
        runs, lines = "may run", (_BY_VERSION_ALONE_WORDS, *lines)
    elif device.doubts and not is_by_version:
        settles = _SETTLE_STATUS.get(device.doubts[0], _READ_ANEW)
    return Explanation(f"{runs} {_what_it_runs(catalogue, device, candidates)}.", lines, settles)


def _json_alike(catalogue: Catalogue, identified: Identified) -> Json:
    device, answer = identified.device, identified.answer
    return known(
        {
            "device_type": device.device_type.value if device.device_type else NOT_KNOWN,
            "read": str(device.reference),
            "device_status": device.status or NOT_KNOWN,
            "is_suspended": Doubt.SUSPENDED in device.doubts,
            "identity": identified.identity.value,
            "candidates": list(identified.candidates),
            "ask": whom_to_ask_about(catalogue, device.reference, identified.candidates)[1],
            "pathway": NOT_KNOWN if isinstance(answer, NotKnown) else answer_json(catalogue, answer),
        }
    )


def status_words(doubt: Doubt, status: str) -> str:
    """Say what a Device's status, as it is written, means for what was read of it. Source: ADR 0033."""
    if doubt is Doubt.SUSPENDED:
        return _SUSPENDED_WORDS
    own = shown(status)
    if doubt is Doubt.NOT_IN_USE:
        return f"The Device is {own}: it is no longer in use."
    return (
        f"The Device's status, {own}, does not say for sure that it is in use; Commissioned alone does. Read its "
        "inventory anew (service request 8.2) before you rely on this."
    )


def _what_it_runs(catalogue: Catalogue, device: ReadDevice, candidates: Steps) -> str:
    reference = device.reference
    match len(candidates):
        case 0:
            as_at = f"on this CPL as at {day_in_words(catalogue.as_at)}"
            found = () if isinstance(reference, ByVersion) else find_candidates(catalogue, reference)
            if types := dict.fromkeys(str(catalogue[each].hardware_model.device_type) for each in found):
                return f"{reference}, which is {as_at} for {' and '.join(types)}, and not for {device.device_type}"
            return f"{reference}, which is not {as_at}"
        case 1:
            return _named_whole(catalogue, candidates[0])
        case several:
            return f"{reference}, which is that of {several:,} CPL entries"


def _not_settled(
    catalogue: Catalogue, candidates: Steps, read: Explanation, contacts: Sequence[str]
) -> Explanation:
    named = [f"It can be {_named_whole(catalogue, each)}." for each in candidates[:_MOST_NAMED]]
    if len(candidates) > _MOST_NAMED:
        named.append(f"It can be any of {len(candidates) - _MOST_NAMED:,} others besides.")
    return read._replace(lines=(*named, *read.lines, *contacts))


def _named_whole(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    hardware = catalogue[cpl_entry_id].hardware_model
    return f"{full_name(catalogue, cpl_entry_id)}, for {hardware.device_type} {hardware}"
