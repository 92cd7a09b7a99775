"""The Devices of an answer, made of its fields: one of all that is said of each, if that agrees."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from firmpath.images.answer_parts import (
    MANUFACTURER,
    MODEL,
    PAYLOAD,
    STATUS,
    TERM,
    TWICE,
    TYPE,
    VERSION,
    Fields,
)
from firmpath.images.device_answers import ByVersion, DeviceAnswers, ReadDevice
from firmpath.images.gbcs_payload import parse_version_read
from firmpath.images.known_devices import plain_device_id
from firmpath.pathways.device_model import DeviceType, is_gas_proxy, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed, shown
from firmpath.pathways.identifiers import parse_firmware_version, parse_manufacturer_id, parse_model
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByModelAndVersion

_PROXY_ALONE: Final = Fault(
    "Device type",
    "GPF",
    "is a Gas Proxy Function, which is outside the scope of MP231, and no Communications Hub with its "
    "manufacturer, model and firmware version stands with it",
    "give the whole inventory of the home, or look its Communications Hub up",
    quoted=False,
)
"""The published inventory gives a GPF what it gives the hub of its home; no source says that it always is so."""


class _Told(NamedTuple):
    """A Device as one part of an answer tells of it, and whether it is a Gas Proxy Function."""

    device: ReadDevice
    is_gas_proxy: bool = False


def gather_devices(found: Iterable[Fields | Fault]) -> DeviceAnswers:
    """Make Devices of the fields of each of them; a fault stands for a message that says nothing of one.

    :raises FirmpathError: no Device can be looked up; every fault of every one.
    """
    told: list[_Told] = []
    faults: list[Fault] = []
    for fields in found:
        if isinstance(fields, Fault):
            faults.append(fields)
            continue
        try:
            told.append(_device(fields))
        except FirmpathError as error:
            faults += error.faults
    sure, contradictions = _agreed(told)
    faults += contradictions
    devices = tuple(each.device for each in sure if not each.is_gas_proxy)
    hubs = {each.reference for each in devices if each.device_type is DeviceType.COMMUNICATIONS_HUB}
    proxies = [each.device for each in sure if each.is_gas_proxy]
    faults += (_PROXY_ALONE.at(_where(each.device_id)) for each in proxies if each.reference not in hubs)
    if not devices:
        wrong = "names no Device with its manufacturer, model and firmware version"
        right = "give the answer to service request 8.2 or 11.2, or write manufacturer/model@version"
        raise FirmpathError(*(dict.fromkeys(faults) or [Fault(TERM, "", wrong, right, quoted=False)]))
    passed_over = tuple(_passed_over(each) for each in proxies if each.reference in hubs)
    return DeviceAnswers(devices, tuple(dict.fromkeys(faults)), passed_over)


def _passed_over(proxy: ReadDevice) -> str:
    named = f" {shown(proxy.device_id)}" if proxy.device_id else ""
    return (
        f"The Gas Proxy Function{named} is outside the scope of MP231. Its manufacturer, model and firmware "
        "version are those of the Communications Hub, which is looked up."
    )


def _agreed(told: Iterable[_Told]) -> tuple[list[_Told], list[Fault]]:
    """Give each Device once, as far as all that is said of it agrees; and what is wrong with the others."""
    said: dict[str, list[_Told]] = {}
    for at, each in enumerate(told):
        # Devices without an ID are not known to be one.
        plain = plain_device_id(each.device.device_id) or f"at {at}"
        said.setdefault(plain, []).append(each)
    sure: dict[_Told, None] = {}
    faults: list[Fault] = []
    for of_one in said.values():
        one = _as_one(of_one)
        if isinstance(one, Fault):
            faults.append(one)
        else:
            sure[one] = None
    return list(sure), faults


def _as_one(said: Sequence[_Told]) -> _Told | Fault:
    """Give what is said of one Device, by its inventory and by itself, as one; or how it contradicts itself."""
    device_id = said[0].device.device_id
    different = list(
        dict.fromkeys(each._replace(device=each.device._replace(device_id=device_id)) for each in said)
    )
    if len(different) == 1:
        return different[0]
    own = [each.device for each in different if isinstance(each.device.reference, ByVersion)]
    inventories = [each for each in different if isinstance(each.device.reference, ByModelAndVersion)]
    if len(own) != 1 or len(inventories) != 1 or inventories[0].is_gas_proxy:
        return _contradicted(device_id)
    (answer,), (inventory,) = own, inventories
    if _version(answer) != _version(inventory.device):
        return _contradicted_itself(device_id, _version(answer), _version(inventory.device))
    is_other_type = answer.device_type and answer.device_type is not inventory.device.device_type
    if is_other_type or answer.status not in ("", inventory.device.status):
        return _contradicted(device_id)
    return inventory


def _version(device: ReadDevice) -> str:
    reference = device.reference
    return str(reference.firmware_version) if isinstance(reference, ByVersion | ByModelAndVersion) else ""


def _contradicted(device_id: str) -> Fault:
    """Refuse a Device of which different things are said, since nobody knows which of them is true now."""
    wrong = "stands there more than once, with different firmware, Device type or status"
    return Fault("Device ID", shown(device_id), wrong, "give the latest answer about it alone", quoted=False)


def _contradicted_itself(device_id: str, own: str, inventoried: str) -> Fault:
    wrong = f"runs {own} by its own answer (service request 11.2), and {inventoried} by its inventory (8.2)"
    right = "read both anew: an inventory keeps the old version where an activation was not answered"
    return Fault("Device ID", shown(device_id), wrong, right, quoted=False)


def _where(device_id: str) -> str:
    return f"in the answer about Device {shown(device_id)}" if device_id else ""


def _device(fields: Fields) -> _Told:
    """Make a Device of its fields.

    :raises FirmpathError: one is missing or malformed; every such fault, with the Device named.
    """
    where = _where(fields.get("DeviceID", ""))
    try:
        if TWICE in fields:
            wrong = "stands there twice"
            raise FirmpathError(Fault(fields[TWICE], "", wrong, "give the answer as it came", quoted=False))
        if PAYLOAD in fields:
            return _Told(_answering_itself(fields))
        if is_gas_proxy(fields.get(TYPE, "")):
            return _gas_proxy(fields)
        if not fields.get(MANUFACTURER) and not fields.get(MODEL) and fields.get(VERSION):
            kind, version = all_parsed(lambda: _type(fields), lambda: parse_firmware_version(fields[VERSION]))
            return _Told(ReadDevice(fields.get("DeviceID", ""), kind, ByVersion(version), fields.get(STATUS, "")))
        return _Told(_inventoried(fields))
    except FirmpathError as error:
        raise FirmpathError(*(fault.at(where) if where else fault for fault in error.faults)) from None


def _gas_proxy(fields: Fields) -> _Told:
    try:
        return _Told(_inventoried({name: value for name, value in fields.items() if name != TYPE}), True)
    except FirmpathError:
        raise FirmpathError(_PROXY_ALONE) from None


def _answering_itself(fields: Fields) -> ReadDevice:
    read = parse_version_read(fields[PAYLOAD])
    named = fields.get("ResponseID", "").partition(":")[0]
    if named and named != read.device_id:
        wrong = f"is not the Device that answers, {read.device_id}"
        raise FirmpathError(Fault("ResponseID", named, wrong, "give the answer as it came"))
    return ReadDevice(read.device_id, NOT_KNOWN, ByVersion(read.firmware_version), fields.get(STATUS, ""))


def _inventoried(fields: Fields) -> ReadDevice:
    device_type = _type(fields)
    missing = [name for name in (MANUFACTURER, MODEL, VERSION) if not fields.get(name)]
    if missing:
        raise FirmpathError(*map(_missing, missing))
    parsed = all_parsed(
        lambda: parse_manufacturer_id(fields[MANUFACTURER]),
        lambda: parse_model(fields[MODEL]),
        lambda: parse_firmware_version(fields[VERSION]),
    )
    return ReadDevice(fields.get("DeviceID", ""), device_type, ByModelAndVersion(*parsed), fields.get(STATUS, ""))


def _missing(name: str) -> Fault:
    right = "paste the whole answer, or write manufacturer/model@version (F001/00050203@0002012F)"
    return Fault(name, "", "is not given", right, quoted=False)


def _type(fields: Fields) -> DeviceType | NotKnown:
    written = fields.get(TYPE, "")
    return parse_device_type(written) if written else NOT_KNOWN
