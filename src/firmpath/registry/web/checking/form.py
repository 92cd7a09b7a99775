"""What the page asks: a service request and an inventory, pasted or as a file, and what somebody answers for."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from firmpath.images.assurances import Assurances, parse_assurances
from firmpath.images.inventory_text import decode_inventory, read_inventory_text
from firmpath.images.known_devices import STALE_AFTER_DAYS, Inventoried
from firmpath.images.service_request import ServiceRequest
from firmpath.images.xml_streaming import as_octets
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.parties.access import Asked
from firmpath.registry.publication.preflights import (
    MOST_DAYS,
    Given,
    Judged,
    judged_by,
    read_small_request,
)
from firmpath.registry.web.questions import Question
from firmpath.registry.web.reading.asking import read_all, require_reason

MOST_ROWS: Final = 100_000
"""Rows of an inventory; it may have other Devices than those of the request."""
_MOST_STATUSES: Final = 20
_MOST_NAMED: Final = 100

_HERE: Final = "Choose it, or drop it here."
REQUEST_FILE: Final = Question(
    "request_file", "Service request", f"An 11.1, 11.3 or 11.4 as XML, signed or not. {_HERE}", "file",
    label="Service request, as a file", accept=".xml",
)  # fmt: skip
REQUEST: Final = Question(
    "request", "Service request", "All of it, from its first line to its last.", "textarea", rows=8,
    label="Or paste the service request", autocomplete="off",
)  # fmt: skip
INVENTORY_FILE: Final = Question(
    "inventory_file", "Inventory", f"CSV, with a row for each Device. {_HERE}", "file",
    label="Inventory, as a file", accept=".csv",
)  # fmt: skip
INVENTORY: Final = Question(
    "inventory", "Inventory", "With its headings, as CSV or as a spreadsheet copies it.", "textarea", rows=8,
    label="Or paste the inventory", autocomplete="off",
)  # fmt: skip
STALE_AFTER: Final = Question(
    "stale_after_days", "Days", f"Empty for {STALE_AFTER_DAYS}.", optional=True, width=6, inputmode="numeric",
    label="After how many days is what was read stale?",
)  # fmt: skip
STATUS: Final = Question(
    "status_not_known_because", "Reason", "Empty where you do not answer for that.", optional=True,
    label="Why are Devices in use whose device_status is not given?",
)  # fmt: skip
AGE: Final = Question(
    "age_not_known_because", "Reason", "Empty where you do not answer for that.", optional=True,
    label="Why are rows not stale that have no read_on?",
)  # fmt: skip
IN_USE: Final = Question(
    "in_use", "Status", "One on each line, as in: InstalledNotCommissioned=on the wall since May", "textarea",
    rows=3, optional=True, label="Which other statuses count as in use, and why?",
)  # fmt: skip
ACCEPT: Final = Question(
    "accept", "Notice", "Their ids, with spaces between them.", optional=True,
    label="Which notices’ risk is accepted?",
)  # fmt: skip
BECAUSE: Final = Question("because", "Reason", "", optional=True, label="Why is it accepted?")
EXCLUDE: Final = Question(
    "exclude", "Entry", "CPL Entry IDs, or ids of notices that name some, with spaces between them.",
    optional=True, label="To which entries is no Device taken?",
)  # fmt: skip
GIVEN: Final = (REQUEST_FILE, REQUEST, INVENTORY_FILE, INVENTORY)
ANSWERED_FOR: Final = (STATUS, AGE, IN_USE, STALE_AFTER, ACCEPT, BECAUSE, EXCLUDE)
QUESTIONS: Final = GIVEN + ANSWERED_FOR


class Sent(NamedTuple):
    """A request, what comes with it, and by what it is judged."""

    service_request: ServiceRequest
    given: Given
    by: Judged


def read_sent(request: Asked) -> Sent:
    """Read all that was sent.

    :raises NotUnderstoodError: something that cannot be meant; every fault of every part.
    """
    sent = request.POST
    service_request, status, age, in_use, days, accept, exclude = read_all(
        request=lambda: _read_request(request),
        status_not_known_because=lambda: _assured(status=sent.get(STATUS.name, "")),
        age_not_known_because=lambda: _assured(age=sent.get(AGE.name, "")),
        in_use=lambda: _assured(in_use=sent.get(IN_USE.name, "")),
        stale_after_days=lambda: _days(sent.get(STALE_AFTER.name, "")),
        accept=lambda: _accepted(_named(sent, ACCEPT), sent.get(BECAUSE.name, "").strip()),
        exclude=lambda: _named(sent, EXCLUDE),
    )
    inventoried, _ = read_all(
        inventory=lambda: _read_inventory(request, service_request),
        accept=lambda: judged_by(request.at, accept, ()),
    )
    (by,) = read_all(exclude=lambda: judged_by(request.at, accept, exclude))
    return Sent(service_request, Given(inventoried, days, status + age + in_use), by)


def _read_request(request: Asked) -> ServiceRequest:
    given = _one_of(request, REQUEST_FILE, REQUEST)
    return read_small_request([given if isinstance(given, bytes) else as_octets(given.strip())])


def _read_inventory(request: Asked, service_request: ServiceRequest) -> Inventoried:
    given = _one_of(request, INVENTORY_FILE, INVENTORY)
    text = decode_inventory(given) if isinstance(given, bytes) else given
    return read_inventory_text(text, service_request.device_ids, MOST_ROWS)


def _one_of(request: Asked, as_file: Question, as_text: Question) -> bytes | str:
    file, text = request.FILES.get(as_file.name), request.POST.get(as_text.name, "")
    if isinstance(file, UploadedFile):
        if text.strip():
            wrong = "is given as a file and pasted"
            raise FirmpathError(Fault(as_file.term, "", wrong, "give it once", quoted=False))
        octets: bytes = file.read()
        return octets
    if not text.strip():
        right = "choose a file, or paste it"
        raise FirmpathError(Fault(as_file.term, "", "is not given", right, quoted=False))
    return text


def _assured(status: str = "", age: str = "", in_use: str = "") -> Assurances:
    lines = [each for each in in_use.splitlines() if each.strip()]
    if len(lines) > _MOST_STATUSES:
        wrong = f"are {len(lines):,}, more than {_MOST_STATUSES}"
        raise FirmpathError(Fault("Status", "", wrong, "name those of these Devices", quoted=False))
    return parse_assurances(status.strip() or NOT_KNOWN, age.strip() or NOT_KNOWN, [*map(_status, lines)])


def _named(sent: Mapping[str, str], question: Question) -> list[str]:
    named = sent.get(question.name, "").split()
    if len(named) > _MOST_NAMED:
        wrong = f"is given {len(named):,} times, more than {_MOST_NAMED}"
        raise FirmpathError(Fault(question.term, "", wrong, "name fewer", quoted=False))
    return named


def _status(written: str) -> tuple[str, str]:
    status, equals, because = (each.strip() for each in written.partition("="))
    if not equals:
        right = "write it as STATUS=WHY, such as InstalledNotCommissioned=on the wall since May"
        raise FirmpathError(Fault("Status", written, "is in use without a reason", right))
    return status, because


def _days(written: str) -> int:
    text = written.strip() or str(STALE_AFTER_DAYS)
    if text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_DAYS:
        return int(text[:9])
    wrong = f"is not a whole number from 1 to {MOST_DAYS:,}"
    raise FirmpathError(Fault("Days", text, wrong, "write it as in 30"))


def _accepted(notices: list[str], because: str) -> list[str]:
    if notices:
        require_reason(because)
    elif because:
        raise FirmpathError(Fault("Reason", because, "is given, but no notice is accepted", "name the notice"))
    return notices
