"""The check of a service request by the register as it is now, for the page and the API alike; nothing is kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from firmpath.fleet.excluding import find_excluded
from firmpath.images.assurances import NO_ASSURANCES, Assurances
from firmpath.images.known_devices import STALE_AFTER_DAYS, Inventoried
from firmpath.images.preflight import Preflight, Terms, preflight
from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import ServiceRequest
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day, day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.registry.ledger.current import current

MOST_DEVICES: Final = 10_000
"""The Devices that one check answers for; the command line takes what a service request takes."""

MOST_DAYS: Final = 36_500
"""The largest number of days after which a reading can be called stale."""


class Judged(NamedTuple):
    """The CPL by which a request is judged, and the notices whose risk is accepted."""

    catalogue: Catalogue
    accepted: frozenset[str]


class Given(NamedTuple):
    """What comes with a request: what an inventory has of its Devices, and what somebody answers for."""

    inventoried: Inventoried
    stale_after_days: int = STALE_AFTER_DAYS
    assurances: Assurances = NO_ASSURANCES


def read_small_request(pieces: Iterable[bytes]) -> ServiceRequest:
    """Read a service request.

    :raises FirmpathError: it is none, or names more Devices than are answered for at once.
    """
    service_request = parse_request(pieces)
    named = len(set(service_request.device_ids))
    if named > MOST_DEVICES:
        wrong = f"names {named:,} Devices, and {MOST_DEVICES:,} are answered for at once"
        right = "send it in parts, or use `firmpath preflight`"
        raise FirmpathError(Fault("DeviceIDList", "", wrong, right, quoted=False))
    return service_request


def accepted_notices(catalogue: Catalogue, written: Iterable[str]) -> frozenset[str]:
    """Give the notices that are accepted.

    :raises FirmpathError: one that is not open, since its id is mistyped, or nothing is left to accept.
    """
    accepted = frozenset(written)
    unknown = sorted(accepted - {notice.notice_id for notice in catalogue.notices})
    wrong = f"is not open on {day_in_words(catalogue.as_at)}"
    refuse_if_any(Fault("Notice", each, wrong, "check its id, or do not accept it") for each in unknown)
    return accepted


def judged_by(at: datetime, accept: Iterable[str], exclude: Sequence[str]) -> Judged:
    """Give the CPL of today, in Britain, without what is left out.

    :raises FirmpathError: a notice is not open, or what is left out is not there.
    """
    catalogue = current().register.catalogue(britains_day(at))
    accepted = accepted_notices(catalogue, accept)
    if exclude:
        catalogue = catalogue.excluding(find_excluded(catalogue, exclude, accepted).entries)
    return Judged(catalogue, accepted)


def check_request(service_request: ServiceRequest, given: Given, by: Judged, at: datetime) -> Preflight:
    """Judge a request, as at an instant.

    :raises FirmpathError: it brings no firmware.
    """
    terms = Terms(by.accepted, stale_after_days=given.stale_after_days, assurances=given.assurances, at=at)
    return preflight(by.catalogue, service_request, given.inventoried, terms)
