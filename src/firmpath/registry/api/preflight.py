"""The call that checks a service request before it is sent: the same answer as `firmpath preflight`."""

from typing import Annotated, Any, Final

from django.http import HttpResponseBase
from pydantic import BeforeValidator, ConfigDict, Field

from firmpath.fleet.readings import Reading
from firmpath.images.assurances import Assurances, parse_assurances
from firmpath.images.known_devices import STALE_AFTER_DAYS, Inventoried, KnownDevice, parse_plain_device_id
from firmpath.images.preflight_json import preflight_json
from firmpath.images.xml_streaming import as_octets
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.schemas.preflight import PreflightOut
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import LONGEST_REFERENCE, ReadBy, Taken, as_whole, free_text
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.preflights import (
    MOST_DAYS,
    MOST_DEVICES,
    Given,
    judged_by,
    read_small_request,
)
from firmpath.registry.publication.preflights import check_request as judge

_LARGEST_REQUEST: Final = 8 * 2**20
_LONGEST_REASON: Final = 1_000
_Written = Annotated[str, Field(max_length=LONGEST_REFERENCE)]
_DEVICE_ID: Final = ReadBy(
    parse_plain_device_id,
    {"type": "string", "pattern": "^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){7})$"},
)
_EXAMPLE: Final[Any] = {
    "request": '<?xml version="1.0" encoding="UTF-8"?><sr:Request …',
    "devices": [
        {
            "device_id": "00-DB-12-34-56-78-90-A0",
            "cpl_entry_id": "118",
            "device_status": "Commissioned",
            "read_on": "2026-05-30",
        }
    ],
}

router = Calls(tags=["preflight"], auth=Takes(Act.READ_FIR))


class DeviceIn(Taken):
    """What an inventory has of a Device, as texts in the columns of a plan; what is left out is not known."""

    device_id: Annotated[str, _DEVICE_ID]
    cpl_entry_id: _Written = ""
    device_type: _Written = ""
    manufacturer_id: _Written = ""
    model: _Written = ""
    firmware_version: _Written = ""
    manufacturer_image_hash: _Written = ""
    device_status: Annotated[_Written, Field(description="as in the DUIS, such as Commissioned or Suspended")] = ""
    read_on: Annotated[_Written, Field(description="the day or instant on which this was read")] = ""


class InUseIn(Taken):
    """A device_status that counts as in use on your word, and why."""

    status: Annotated[str, free_text("Status", LONGEST_REFERENCE)]
    because: Annotated[str, free_text("Reason", _LONGEST_REASON)]


class PreflightIn(Taken):
    """A service request (11.1, 11.3 or 11.4) as XML, and what an inventory has of its Devices.

    `accept` are ids of open notices whose risk is accepted. No Device is taken to an entry that `exclude` names, or
    that a notice warns of which it names. The last three say what you answer for where the inventory does not say
    it, each with the reason, which is given back in `assurances`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    request: Annotated[str, Field(max_length=_LARGEST_REQUEST, description="the whole request, signed or not")]
    devices: Annotated[list[DeviceIn], Field(max_length=MOST_DEVICES)]
    accept: Annotated[list[_Written], Field(max_length=100)] = []
    exclude: Annotated[list[_Written], Field(max_length=100)] = []
    stale_after_days: Annotated[int, Field(ge=1, le=MOST_DAYS), BeforeValidator(as_whole)] = STALE_AFTER_DAYS
    status_not_known_because: Annotated[
        str,
        free_text("Reason", _LONGEST_REASON, may_be_empty=True),
        Field(description="why Devices are counted as in use that have no device_status; empty where they are not"),
    ] = ""
    age_not_known_because: Annotated[
        str,
        free_text("Reason", _LONGEST_REASON, may_be_empty=True),
        Field(description="why Devices are counted as read lately that have no read_on; empty where they are not"),
    ] = ""
    in_use: Annotated[
        list[InUseIn], Field(max_length=20, description="statuses that count as in use besides Commissioned")
    ] = []


@router.post(
    "",
    response=PreflightOut,
    summary="Check a service request for up to 10,000 Devices before it is sent",
    openapi_extra=CONFLICTS,
)
def check_request(request: Any, asked: PreflightIn) -> HttpResponseBase:
    """Answer go or no-go for every Device that the request names, with the reason, as at today in Britain."""
    service_request = read_small_request([as_octets(asked.request)])
    with as_things_stand():
        by = judged_by(request.at, asked.accept, asked.exclude)
    given = Given(_inventoried(asked.devices), asked.stale_after_days, _assurances(asked))
    return json_response(preflight_json(judge(service_request, given, by, request.at)))


def _assurances(asked: PreflightIn) -> Assurances:
    status, age = asked.status_not_known_because or NOT_KNOWN, asked.age_not_known_because or NOT_KNOWN
    return parse_assurances(status, age, [(each.status, each.because) for each in asked.in_use])


def _inventoried(devices: list[DeviceIn]) -> Inventoried:
    found: dict[str, KnownDevice] = {}
    for each in devices:
        reading = Reading(*(getattr(each, name) for name in Reading._fields))
        rows = found[each.device_id].rows + 1 if each.device_id in found else 1
        found[each.device_id] = KnownDevice(reading, each.device_status, each.read_on, rows)
    given = {name for each in devices for name in each.model_fields_set}
    columns = tuple(each for each in Reading._fields if each in given)
    return Inventoried(found, "device_status" in given, "read_on" in given, columns=columns)
