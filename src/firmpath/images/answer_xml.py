"""Answers in XML: each element with a Device's manufacturer, model or payload directly within it is about one."""

from collections.abc import Iterator
from typing import Final

from firmpath.images.device_answers import (
    MANUFACTURER,
    MODEL,
    NAMES,
    OF_THE_WHOLE,
    PAYLOAD,
    TERM,
    TWICE,
    VERSION,
    Fields,
)
from firmpath.images.xml_streaming import as_octets, stream_xml
from firmpath.pathways.faults import Fault, FirmpathError

_READ: Final = (*NAMES, PAYLOAD, "FirmwareVersion")
_LONGEST: Final = 8_192


def fields_of_xml(text: str) -> Iterator[Fields]:
    """Give the fields of each Device; names are read without their namespaces, which differ from tool to tool.

    :raises FirmpathError: it is not XML that can be read, or a field has elements in its text.
    """
    content = _Content()
    stream_xml([as_octets(text)], content, TERM)
    for fields in content.found:
        yield {**content.whole, **fields} if PAYLOAD in fields else fields


class _Element:
    """An element that has begun: the fields directly within it, its own text, and whether it has elements.

    `said` is what is said of the answers within it, `in_header` what an element directly within it says of that;
    `begins` is how many were found before it.
    """

    def __init__(self, begins: int) -> None:
        self.fields: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.in_header: dict[str, str] = {}
        self.begins = begins
        self.has_elements = False
        self._parts: list[str] = []
        self._characters = 0

    def take(self, text: str) -> None:
        """Take a part of its text, of which no more is kept than any field has."""
        if self._characters < _LONGEST:
            self._parts.append(text)
        self._characters += len(text)

    @property
    def text(self) -> str:
        """Its text, without the space around it."""
        return "".join(self._parts).strip()


class _Content:
    """Gathers the fields of each element, which are the texts of the elements directly within it."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.whole: dict[str, str] = {}
        self._open: list[_Element] = []
        self._is_request = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._open:
            self._open[-1].has_elements = True
        else:
            self._is_request = _local(name) == "Request"
        self._open.append(_Element(len(self.found)))

    def data(self, text: str) -> None:
        """Take a part of a text."""
        self._open[-1].take(text)

    def end(self, name: str) -> None:
        """Take the end of an element, and with it a field of the one around it.

        :raises FirmpathError: it has elements in its text, so its value is not the text on either side of them.
        """
        local, element = _local(name), self._open.pop()
        if local in (*_READ, *OF_THE_WHOLE) and element.has_elements and element.text:
            raise FirmpathError(
                Fault(local, element.text, "has elements in its text", "give the answer as it came")
            )
        if local in OF_THE_WHOLE and self._open:
            self.whole.setdefault(local, element.text)
            if local in self._open[-1].said:
                raise FirmpathError(Fault(local, element.text, "stands there twice", "give the answer as it came"))
            self._open[-1].said[local] = element.text
        if local in _READ and self._open:
            field, around = VERSION if local == "FirmwareVersion" else local, self._open[-1].fields
            if field in around:
                around[TWICE] = field
            around[field] = element.text
        # The version in a request is the one that is wanted, and not the one that is there.
        telling = {MANUFACTURER, MODEL, PAYLOAD} | (set() if self._is_request else {VERSION})
        if telling & element.fields.keys():
            self.found.append(element.fields)
        self._say_of_those_within(element)

    def _say_of_those_within(self, element: _Element) -> None:
        """Keep what an element says with the answers within it, of which nearer elements have said nothing else."""
        for name, said in {**element.in_header, **element.said}.items():
            for fields in self.found[element.begins :]:
                fields.setdefault(name, said)
        if self._open:
            self._open[-1].in_header |= element.said


def _local(name: str) -> str:
    return name.rpartition("}")[2]
