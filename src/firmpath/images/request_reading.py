"""Service requests from XML, held against the shape of the DCC's published samples while they stream by.

The image is decoded and hashed as it comes, so a request is read in the memory that its list of Devices takes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, cast

from firmpath.images.duis_header import COMMAND_VARIANTS
from firmpath.images.image_text import ImageText
from firmpath.images.request_faults import (
    SIGNATURE,
    TERM,
    attributes_not_understood,
    faults_of_version,
    local,
    misplaced,
    other_root,
    own_name,
    too_long,
    where,
)
from firmpath.images.service_request import (
    Activation,
    Body,
    Distribution,
    OtherBody,
    RequestID,
    ServiceRequest,
    parse_execution,
    parse_request_id,
)
from firmpath.images.xml_streaming import stream_xml
from firmpath.pathways.faults import Fault, FirmpathError, refuse_first, shortened
from firmpath.pathways.identifiers import parse_firmware_version, parse_manufacturer_image_hash
from firmpath.pathways.not_known import NOT_KNOWN

_PARTS: Final = ("Header", "Body", "Signature")
_HEADER: Final = ("RequestID", "CommandVariant", "ServiceReference", "ServiceReferenceVariant")
_BODIES: Final = {
    "UpdateFirmware": ("11.1", ("FirmwareImage", "FirmwareVersion", "DeviceIDList")),
    "UpdatePPMIDFirmware": ("11.4", ("FirmwareImage", "FirmwareVersion", "DeviceIDList")),
    "ActivateFirmware": ("11.3", ("ExecutionDateTime", "FirmwareHash")),
}
"""The bodies that are read in full: their service reference, and what is in them, in order."""
_OPTIONAL: Final = ("ExecutionDateTime",)
_SPACE: Final = " \t\r\n"
_WORD: Final = re.compile(f"[^{_SPACE}]+")
_LONGEST_FIELD: Final = 1_000
_MOST_FAULTS: Final = 20
_AT_ONCE: Final = 2**18


def read_request(file: BinaryIO) -> ServiceRequest:
    """Read a service request from a file, from where it is to its end.

    :raises FirmpathError: it is none, or not of the shape of the published samples; every fault of it.
    """
    return parse_request(iter(lambda: file.read(_AT_ONCE), b""))


def parse_request(pieces: Iterable[bytes]) -> ServiceRequest:
    """Read a service request that comes in pieces.

    Cost: linear in the octets; memory for the Device IDs alone.
    :raises FirmpathError: as `read_request`.
    """
    content = _Content()
    stream_xml(pieces, content, TERM)
    return content.finished()


class _Content:
    """The fields of a request, by the path of the element that they stand in."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.fields: dict[str, str] = {}
        self.body = ""
        self.has_signature = False
        self._path: list[str] = []
        self._parts: list[str] = []
        self._order: list[str] = []
        self._text: list[str] = []
        self._characters = 0
        self._devices: list[str] = []
        self._image = ImageText()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where in the request we are, and refuse an element or attribute that has no place there."""
        self._path.append(own_name(name))
        self._refuse_attributes(attributes)
        match self._path:
            case [root]:
                if root != "Request":
                    raise FirmpathError(other_root(root))
                self.faults += faults_of_version(attributes.get("schemaVersion", ""))
            case [_, "Header" | "Body" as part]:
                self._begin_part(part)
            case [_, part] if part == SIGNATURE:
                self.has_signature = True
                self._begin_part(local(part))
            case [_, "Header", field] if field in _HEADER:
                pass
            case [_, "Body", body]:
                self._begin_body(body)
            case [_, "Body", body, field] if body in _BODIES:
                self._begin_field(field)
            case [_, part, *_] if part == SIGNATURE or (part == "Body" and self.body not in _BODIES):
                pass
            case _:
                self._note(misplaced(self._path))
        self._text, self._characters = [], 0

    def data(self, text: str) -> None:
        """Take the text of a field; that of the image goes on to its reader."""
        if self._path[-1] == "FirmwareImage" and self.body in _BODIES:
            self._image.feed(text)
            return
        if text.strip(_SPACE) and self._is_between_fields():
            self._note(
                Fault("Text", text, "has no place here", "give it as in the DUIS", f"in {where(self._path)}")
            )
        self._characters += len(text)
        if self._characters <= _LONGEST_FIELD:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Keep a field, once all of it has come."""
        field = self._path.pop()
        match self._path:
            case [_, "Header"]:
                self._keep(field)
            case [_, "Body", body] if body in _BODIES and field == "DeviceIDList":
                self._keep_device(field)
            case [_, "Body", body] if body in _BODIES and field != "FirmwareImage":
                self._keep(field)
        self._text, self._characters = [], 0

    def finished(self) -> ServiceRequest:
        """Give the request.

        :raises FirmpathError: every fault of it, or the first of very many.
        """
        self.faults += _missing(_HEADER, self.fields)
        request_id: RequestID | None = self._parsed("RequestID", parse_request_id)
        reference = self.fields.get("ServiceReference", "")
        if not self.body:
            self.faults.append(Fault("Body", "", "has no request in it", "give the whole request", quoted=False))
        body = self._finished_body() if self.body in _BODIES else OtherBody(shortened(local(self.body)))
        self.faults += _contradictions(self.fields, self.body)
        refuse_first(self.faults, _MOST_FAULTS, TERM)
        # What could not be read has left a fault behind.
        return ServiceRequest(cast(RequestID, request_id), reference, cast(Body, body), self.has_signature)

    def _refuse_attributes(self, attributes: dict[str, str]) -> None:
        """Note what is not understood; of a signature and of other requests no more is read."""
        match self._path:
            case [_, part, *_] if part == SIGNATURE:
                pass
            case [_, "Body", body, *_] if body not in _BODIES:
                pass
            case _:
                for each in attributes_not_understood(self._path, attributes):
                    self._note(each)

    def _is_between_fields(self) -> bool:
        match self._path:
            case [_] | [_, "Header" | "Body"]:
                return True
            case [_, "Body", body]:
                return body in _BODIES
            case _:
                return False

    def _begin_part(self, part: str) -> None:
        if part in self._parts:
            self._note(Fault(part, "", "is there twice", "give it once", quoted=False))
        elif self._parts and _PARTS.index(part) < _PARTS.index(self._parts[-1]):
            self._note(Fault(part, "", f"comes after {self._parts[-1]}", "give it before", quoted=False))
        self._parts.append(part)

    def _begin_body(self, body: str) -> None:
        if self.body:
            wrong = f"has {shortened(local(body))} beside {shortened(local(self.body))}"
            self._note(Fault("Body", "", wrong, "give one request at a time", quoted=False))
        self.body = body

    def _begin_field(self, field: str) -> None:
        if field not in _BODIES[self.body][1]:
            self._note(misplaced(self._path))
        elif field != "DeviceIDList" and field in self._order:
            self._note(Fault(field, "", "is there twice", "give it once", quoted=False))
        self._order += [field] * (field not in self._order[-1:])

    def _keep(self, field: str) -> None:
        if self._characters > _LONGEST_FIELD:
            self._note(too_long(field, self._characters))
        elif field in self.fields:
            self._note(Fault(local(field), "", "is there twice", "give it once", quoted=False))
        written = "".join(self._text).strip(_SPACE)
        if not written.isascii():  # such as a space of Unicode, which some readers take for none
            right = "write it as in the DUIS"
            self._note(Fault(local(field), written, "has characters that are not ASCII", right))
        self.fields[field] = written

    def _keep_device(self, field: str) -> None:
        """Keep a Device ID; the published samples have one in each of these, and no schema at hand says more."""
        written = "".join(self._text).strip(_SPACE)
        number = len(_WORD.findall(written))
        if self._characters > _LONGEST_FIELD:  # what is left out of it would be judged by nobody
            self._note(too_long(field, self._characters))
        elif number != 1:
            wrong = f"has {number:,} Device IDs in it" if number else "is empty"
            self._note(Fault(field, written, wrong, f"give each Device a {field} of its own", quoted=bool(number)))
        self._devices.append(written)

    def _finished_body(self) -> Distribution | Activation | None:
        wanted = _BODIES[self.body][1]
        self.faults += _missing([each for each in wanted if each not in _OPTIONAL], self._order)
        if self._order != [each for each in wanted if each in self._order] and not self.faults:
            wrong = f"has its parts in the order {', '.join(self._order)}"
            self.faults.append(Fault(self.body, "", wrong, f"the order is {', '.join(wanted)}", quoted=False))
        if self.body == "ActivateFirmware":
            image_hash = self._parsed("FirmwareHash", parse_manufacturer_image_hash)
            executes_at = self._parsed("ExecutionDateTime", parse_execution)
            return Activation(image_hash, executes_at or NOT_KNOWN) if image_hash else None
        version = self._parsed("FirmwareVersion", parse_firmware_version)
        image = self._image.finished(self.faults) if "FirmwareImage" in self._order else None
        return Distribution(image, version, tuple(self._devices)) if image and version else None

    def _parsed(self, field: str, parse: Callable[[str], Any]) -> Any:
        if field not in self.fields:
            return None
        try:
            return parse(self.fields[field])
        except FirmpathError as error:
            self.faults += (fault._replace(term=field) for fault in error.faults)
            return None

    def _note(self, fault: Fault) -> None:
        if len(self.faults) <= _MOST_FAULTS:  # one more than is told, which tells that there are more
            self.faults.append(fault)


def _missing(wanted: Iterable[str], given: Iterable[str]) -> Iterator[Fault]:
    return (
        Fault(each, "", "is not given", "give the whole request", quoted=False)
        for each in wanted
        if each not in set(given)
    )


def _contradictions(fields: dict[str, str], body: str) -> Iterator[Fault]:
    """Yield where a header says otherwise than the body, or than the published samples of the same request."""
    reference, variant = fields.get("ServiceReference", ""), fields.get("ServiceReferenceVariant", "")
    command = fields.get("CommandVariant", "")
    own = _BODIES[body][0] if body in _BODIES else reference
    if "ServiceReference" in fields and reference != own:
        right = f"a request with {body} is {own}"
        yield Fault("ServiceReference", reference, "contradicts the body", right)
    if {"ServiceReference", "ServiceReferenceVariant"} <= fields.keys() and variant != reference:
        yield Fault("ServiceReferenceVariant", variant, f"is not the ServiceReference, {reference}")
    if "CommandVariant" in fields and command != COMMAND_VARIANTS.get(own, command):
        yield Fault("CommandVariant", command, f"is not the one of {own}", f"write {COMMAND_VARIANTS[own]}")
