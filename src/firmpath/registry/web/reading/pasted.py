"""An inventory answer (service request 8.2) as people paste it: XML, JSON, or lines of `key: value`.

Source: DOMAIN sections 4 and 5: the inventory gives manufacturer, model and firmware version, and no hash.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByModelAndVersion, parse_reference

LONGEST_PASTED: Final = 64 * 1024
"""Octets; the answer about the Devices of one home has a few thousand."""

_TERM: Final = "Inventory answer"
_MANUFACTURER, _MODEL, _VERSION = "DeviceManufacturer", "DeviceModel", "DeviceFirmwareVersion"
_NAMES: Final = ("DeviceID", "DeviceType", _MANUFACTURER, _MODEL, _VERSION)
_NAMES_IN_XML: Final = (*_NAMES, "FirmwareVersion")
_SYNONYMS: Final = {
    "deviceid": "DeviceID",
    "devicetype": "DeviceType",
    "devicemanufacturer": _MANUFACTURER,
    "manufacturer": _MANUFACTURER,
    "manufactureridentifier": _MANUFACTURER,
    "devicemodel": _MODEL,
    "model": _MODEL,
    "devicefirmwareversion": _VERSION,
    "firmwareversion": _VERSION,
}
_KEYS: Final = (
    r"(?:Device )?Firmware ?Version|DeviceFirmwareVersion|DeviceManufacturer|Manufacturer(?: identifier)?"
    r"|DeviceModel|Device ?ID|Device ?Type|Model"
)
_KEY: Final = re.compile(rf"(?<![A-Za-z])({_KEYS})\"?\s*[:=]", re.IGNORECASE)
_ENDS_A_VALUE: Final = re.compile(r"[\n,;\"{}<]")


class PastedDevice(NamedTuple):
    """A Device as an inventory answer names it; `device_type` is not known where the answer does not say."""

    device_id: str
    device_type: DeviceType | NotKnown
    reference: ByModelAndVersion

    @property
    def name(self) -> str:
        """What the Device is called on a page."""
        kind = str(self.device_type) if self.device_type else "Device"
        return f"{kind} {self.device_id}" if self.device_id else kind


class Pasted(NamedTuple):
    """The Devices of an answer, and what is wrong with those that cannot be looked up."""

    devices: tuple[PastedDevice, ...]
    faults: tuple[Fault, ...]


def is_pasted(text: str) -> bool:
    """Say whether a text looks like an inventory answer rather than like a way to name an entry."""
    return text.lstrip().startswith(("<", "{", "[")) or _KEY.search(text) is not None


def read_pasted(text: str) -> Pasted:
    """Read the Devices that an inventory answer names.

    :raises FirmpathError: it is too long, cannot be read, or names no Device that can be looked up.
    """
    if len(text.encode("utf-8", "replace")) > LONGEST_PASTED:
        right = "paste the part about one Device"
        raise FirmpathError(Fault(_TERM, "", "is longer than 64 kB", right, quoted=False))
    found = list(_from_xml(text) if text.lstrip().startswith("<") else _from_text(text))
    devices: list[PastedDevice] = []
    faults: list[Fault] = []
    for fields in found:
        try:
            devices.append(_device(fields))
        except FirmpathError as error:
            faults += error.faults
    if not devices:
        wrong = "names no Device with its manufacturer, model and firmware version"
        right = "paste the answer to service request 8.2, or write manufacturer/model@version"
        raise FirmpathError(*(faults or [Fault(_TERM, "", wrong, right, quoted=False)]))
    return Pasted(tuple(dict.fromkeys(devices)), tuple(faults))


def _from_xml(text: str) -> Iterator[dict[str, str]]:
    """Give the fields of each element that has a manufacturer or a model of a Device directly within it."""
    for element in _parsed(text.strip()).iter():
        within = (each for each in element if each.tag in _NAMES_IN_XML)
        fields = {each.tag: (each.text or "").strip() for each in within}
        if _MANUFACTURER in fields or _MODEL in fields:
            version = fields.pop("FirmwareVersion", "")
            yield {_VERSION: version, **fields} if version else fields


def _parsed(text: str) -> Element:
    """Read XML without a DTD: entities are declared there, and nobody needs any in an inventory answer."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, _: builder.start(name.rpartition("}")[2], {})
    parser.EndElementHandler = lambda name: builder.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except (expat.ExpatError, ValueError, LookupError):  # ValueError: an encoding that is not the text's
        right = "paste it whole, from the first < to the last >, or write manufacturer/model@version"
        raise FirmpathError(Fault(_TERM, "", "is not whole XML", right, quoted=False)) from None
    return builder.close()


def _refuse_dtd(*_: object) -> None:
    right = "paste the answer without it"
    raise FirmpathError(Fault(_TERM, "", "begins with a document type (DTD)", right, quoted=False))


def _from_text(text: str) -> Iterator[dict[str, str]]:
    """Give the fields of each Device: the next one begins where a key comes again."""
    fields: dict[str, str] = {}
    found = list(_KEY.finditer(text))
    for key, following in zip_longest(found, found[1:]):
        name = _SYNONYMS[key[1].replace(" ", "").lower()]
        if name in fields:
            yield fields
            fields = {}
        fields[name] = _value(text[key.end() : following.start() if following else None], name)
    if fields:
        yield fields


def _value(written: str, name: str) -> str:
    """Give what stands after a key; a box may have joined the lines, so only a Device type is more than a word."""
    value = _ENDS_A_VALUE.split(written.lstrip(' "\t'), maxsplit=1)[0].strip()
    return value if name == "DeviceType" else " ".join(value.split()[:1])


def _device(fields: Mapping[str, str]) -> PastedDevice:
    """Make a Device of its fields.

    :raises FirmpathError: one is missing or malformed; every such fault, with the Device named.
    """
    device_id, kind = fields.get("DeviceID", ""), fields.get("DeviceType", "")
    faults: list[Fault] = []
    device_type: DeviceType | NotKnown = NOT_KNOWN
    try:
        device_type = parse_device_type(kind) if kind else NOT_KNOWN
        missing = [name for name in (_MANUFACTURER, _MODEL, _VERSION) if not fields.get(name)]
        faults += (Fault(name, "", "is not given", "paste the whole answer", quoted=False) for name in missing)
        if not faults:
            reference = parse_reference(f"{fields[_MANUFACTURER]}/{fields[_MODEL]}@{fields[_VERSION]}")
            if isinstance(reference, ByModelAndVersion):
                return PastedDevice(device_id, device_type, reference)
    except FirmpathError as error:
        faults += error.faults
    where = f"in the answer about Device {device_id}" if device_id else ""
    raise FirmpathError(*(fault.at(where) if where else fault for fault in _or_unreadable(faults)))


def _or_unreadable(faults: Iterable[Fault]) -> list[Fault]:
    return list(faults) or [Fault(_TERM, "", "has a value that cannot be read", "check it", quoted=False)]
