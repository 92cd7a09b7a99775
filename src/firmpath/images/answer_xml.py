"""Answers in XML: each element with a Device's manufacturer, model or payload directly within it is about one."""

from collections.abc import Iterator
from typing import Final

from firmpath.images.device_answers import MANUFACTURER, MODEL, NAMES, PAYLOAD, TERM, VERSION, Fields
from firmpath.images.xml_streaming import as_octets, stream_xml

_READ: Final = (*NAMES, PAYLOAD, "FirmwareVersion")
_OF_THE_WHOLE: Final = ("ResponseID", "ResponseCode")
_LONGEST: Final = 8_192


def fields_of_xml(text: str) -> Iterator[Fields]:
    """Give the fields of each Device; names are read without their namespaces, which differ from tool to tool.

    :raises FirmpathError: it is not XML that can be read.
    """
    content = _Content()
    stream_xml([as_octets(text)], content, TERM)
    for fields in content.found:
        yield {**content.whole, **fields} if PAYLOAD in fields else fields


class _Content:
    """Gathers the fields of each element, which are the texts of the elements directly within it."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.whole: dict[str, str] = {}
        self._open: list[dict[str, str]] = []
        self._text: list[str] = []
        self._characters = 0
        self._is_request = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if not self._open:
            self._is_request = name.rpartition("}")[2] == "Request"
        self._open.append({})
        self._text, self._characters = [], 0

    def data(self, text: str) -> None:
        """Take a part of a text, of which no more is kept than any field has."""
        if self._characters < _LONGEST:
            self._text.append(text)
        self._characters += len(text)

    def end(self, name: str) -> None:
        """Take the end of an element, and with it a field of the one around it."""
        local, fields = name.rpartition("}")[2], self._open.pop()
        text = "".join(self._text).strip()
        if local in _OF_THE_WHOLE:
            self.whole.setdefault(local, text)
        if local in _READ and self._open:
            field, around = VERSION if local == "FirmwareVersion" else local, self._open[-1]
            # What stands there twice is no value of either, and is refused as what it is.
            around[field] = f"{around[field]} {text}" if field in around else text
        # The version in a request is the one that is wanted, and not the one that is there.
        telling = {MANUFACTURER, MODEL, PAYLOAD} | (set() if self._is_request else {VERSION})
        if telling & fields.keys():
            self.found.append(fields)
        self._text, self._characters = [], 0
