"""Several requests that are judged together: what speaks against sending all, though each alone may be sent."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from firmpath.images.preflight import OfTheDevice, Preflight
from firmpath.images.service_request import Activation
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, shortened
from firmpath.pathways.identifiers import ManufacturerImageHash


class Judged(NamedTuple):
    """A request by the name of its file, and what came of judging it."""

    name: str
    found: Preflight


class Together(NamedTuple):
    """Requests in the order in which they were given, and what is wrong between them."""

    judged: tuple[Judged, ...]
    faults: tuple[Fault, ...]

    @property
    def is_go(self) -> bool:
        """Whether all of them may be sent as they are."""
        return not self.faults and all(each.found.is_go for each in self.judged)

    @property
    def headline(self) -> str:
        """The answer in a sentence or two."""
        wrong = sum(not each.found.is_go for each in self.judged)
        number = counted(len(self.judged), "request")
        if self.is_go:
            return f"Go. Each of {number} may be sent."
        if not wrong:
            return f"No-go. Each of {number} may be sent, but not all of them."
        return f"No-go. Of {number} {wrong:,} must not be sent as {'it is' if wrong == 1 else 'they are'}."


def judge_together(judged: Sequence[Judged]) -> Together:
    """Put requests together, and find what contradicts what between them.

    Cost: linear in their lists of Devices.
    """
    return Together(tuple(judged), (*_same_request_ids(judged), *_other_firmware(judged), *_cancelled_too(judged)))


def _same_request_ids(judged: Sequence[Judged]) -> Iterator[Fault]:
    """Yield RequestIDs that several have: the answer to one could not be told from that to another."""
    seen: dict[tuple[str, int], int] = {}
    for at, (name, found) in enumerate(judged):
        request_id = found.request.request_id
        before = seen.setdefault((request_id.originator, request_id.counter), at)
        if before != at:
            first = shortened(judged[before].name)
            wrong = f"is in {shortened(name)}, and its originator and counter are in {first} too"
            yield Fault("RequestID", str(request_id), wrong, "give each a counter of its own", quoted=False)


def _other_firmware(judged: Sequence[Judged]) -> Iterator[Fault]:
    """Yield Devices that two requests may take to different firmware: once the one is done, the other is no go."""
    carried: dict[str, tuple[int, frozenset[ManufacturerImageHash]]] = {}
    alike: Counter[tuple[int, int]] = Counter()
    for at, (_, found) in enumerate(judged):
        own = frozenset(found.request.hashes)
        for device_id in _devices(found, OfTheDevice.GO):
            before, hashes = carried.setdefault(device_id, (at, own))
            if not hashes & own:
                alike[before, at] += 1
            elif not hashes <= own:  # an image that can end in two places agrees with either hash, not with both
                carried[device_id] = at, hashes & own
    yield from _between(judged, alike, "would be taken to different firmware by")


def _cancelled_too(judged: Sequence[Judged]) -> Iterator[Fault]:
    """Yield Devices for which one request cancels what another activates: what comes of it depends on the order."""
    cancelled: dict[str, int] = {}
    for at, (_, found) in enumerate(judged):
        cancelled |= dict.fromkeys(_devices(found, OfTheDevice.CANCELS), at)
    alike: Counter[tuple[int, int]] = Counter()
    for at, (_, found) in enumerate(judged):
        if isinstance(found.request.body, Activation):
            alike.update((cancelled[each], at) for each in _devices(found, OfTheDevice.GO) if each in cancelled)
    yield from _between(judged, alike, "would be activated by one and cancelled by the other of")


def _devices(found: Preflight, reason: OfTheDevice) -> Iterator[str]:
    return (device_id for device_id, verdict in found.verdicts.items() if verdict.reason is reason)


def _between(judged: Sequence[Judged], alike: Counter[tuple[int, int]], wrong: str) -> Iterator[Fault]:
    for (before, at), devices in alike.items():
        names = f"{shortened(judged[before].name)} and {shortened(judged[at].name)}"
        right = "send one of them, and check the other once that is done"
        yield Fault(counted(devices, "Device"), "", f"{wrong} {names}", right, quoted=False)
