"""What somebody answers for that an inventory does not say of its Devices, each with the reason.

Source: ADR 0033.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.fleet.commissioned import plain_status
from firmpath.images.known_devices import DOUBTS_OF_STATUSES, Doubt
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.json_form.entries import Json, known
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.plain_text import parse_text


class Assurance(NamedTuple):
    """The doubt that somebody answers for, and why; `status` is the one that they say is in use, if it is that."""

    doubt: Doubt
    because: str
    status: str | NotKnown = NOT_KNOWN

    def is_about(self, doubt: Doubt, written_status: str) -> bool:
        """Say whether it is about a doubt of a Device with a status."""
        return doubt is self.doubt and (
            not self.status or plain_status(self.status) == plain_status(written_status)
        )


Assurances = tuple[Assurance, ...]
NO_ASSURANCES: Final[Assurances] = ()

_COUNTED_AS: Final = {
    Doubt.STATUS_NOT_KNOWN: "whose status is not known, counted as in use",
    Doubt.NOT_KNOWN_WHEN_READ: "read on a day that is not known, counted as read lately",
}


def parse_assurances(
    status_not_known: str | NotKnown, age_not_known: str | NotKnown, in_use: Sequence[tuple[str, str]]
) -> Assurances:
    """Read the reasons that somebody gives; `in_use` are statuses, each with why such Devices are in use.

    :raises FirmpathError: a reason is missing, or a status is never in use; every fault.
    """
    reasons = {Doubt.STATUS_NOT_KNOWN: status_not_known, Doubt.NOT_KNOWN_WHEN_READ: age_not_known}
    given = [Assurance(doubt, because) for doubt, because in reasons.items() if not isinstance(because, NotKnown)]
    given += (Assurance(Doubt.STATUS_NOT_UNDERSTOOD, because, status) for status, because in in_use)
    return all_parsed(*(lambda each=each: _checked(each) for each in given))


def assurances_in_words(assurances: Assurances, devices: Mapping[Assurance, int]) -> Iterator[str]:
    """Say what was counted as known on somebody's word, for how many Devices, and why."""
    for each in assurances:
        what = _COUNTED_AS.get(each.doubt, f"with the status {each.status}, counted as in use")
        yield f"On your word, {counted(devices.get(each, 0), 'Device')} {what}: {each.because}"


def assurances_json(assurances: Assurances, devices: Mapping[Assurance, int]) -> list[Json]:
    """Give the same as JSON objects."""
    return [
        known({"reason": doubt.value, "status": status, "because": because, "devices": devices.get(each, 0)})
        for each in assurances
        for doubt, because, status in [each]
    ]


def _checked(assurance: Assurance) -> Assurance:
    parse_text(assurance.because, "Reason")
    if not isinstance(assurance.status, NotKnown):
        parse_text(assurance.status, "Status")
        if plain_status(assurance.status) in DOUBTS_OF_STATUSES:
            right = "read such a Device anew (service request 11.2)"
            raise FirmpathError(Fault("Status", assurance.status, "is never in use", right))
    return assurance
