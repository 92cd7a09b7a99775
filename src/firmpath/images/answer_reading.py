"""Answers about Devices as people have them: XML, JSON, or lines of `key: value`, whole and pasted anywhere.

Somebody may also just name what a Device runs, in any way in which an entry is named. An 8.2 gives manufacturer,
model and firmware version, and no hash; an 11.2 gives the firmware version alone.
Source: DOMAIN sections 4 and 5.
"""

import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final, NoReturn

from firmpath.images.device_answers import (
    MANUFACTURER,
    MODEL,
    NAMES,
    OF_THE_WHOLE,
    PAYLOAD,
    STATUS,
    TERM,
    TYPE,
    VERSION,
    DeviceAnswers,
    Fields,
    ReadDevice,
    gather_devices,
)
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import Reference, parse_reference

LONGEST_ANSWER: Final = 64 * 1024
"""Octets; the answer about the Devices of one home has a few thousand."""

_SYNONYMS: Final = {
    "deviceid": "DeviceID",
    "devicetype": TYPE,
    "devicestatus": STATUS,
    "status": STATUS,
    "devicemanufacturer": MANUFACTURER,
    "manufacturer": MANUFACTURER,
    "manufactureridentifier": MANUFACTURER,
    "devicemodel": MODEL,
    "model": MODEL,
    "devicefirmwareversion": VERSION,
    "firmwareversion": VERSION,
}
_KEYS: Final = (
    r"(?:Device )?Firmware ?Version|DeviceFirmwareVersion|DeviceManufacturer|Manufacturer(?: identifier)?"
    r"|DeviceModel|Device ?ID|Device ?Type|Device ?Status|(?<!CPL[ _])(?<!Version[ _])Status|Model"
)
_KEY: Final = re.compile(rf"(?<![A-Za-z])({_KEYS})\"?\s*[:=]", re.IGNORECASE)
_ENDS_A_VALUE: Final = re.compile(r"[\n,;\"{}<]")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_OTHER_KEY: Final = re.compile(r" [^ :=]+ ?[:=]")


def read_answer(text: str, longest: int = LONGEST_ANSWER) -> DeviceAnswers:
    """Read the Devices that an answer names, or the one that runs what is named; in `longest` octets at most.

    Cost: linear in the text.
    :raises FirmpathError: it is too long, cannot be read, or names no Device that can be looked up.
    """
    if len(text.encode("utf-8", "replace")) > longest:
        right = "give the part about one Device"
        wrong = f"is longer than {longest // 1024:,} kB"
        raise FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
    stripped = text.strip()
    if not _is_answer(stripped):
        return DeviceAnswers((ReadDevice("", NOT_KNOWN, _named(stripped)),), ())
    if stripped.startswith("<"):
        from firmpath.images.answer_xml import fields_of_xml  # other forms need no reader of XML

        return gather_devices(fields_of_xml(stripped))
    return gather_devices(_from_json(stripped) if stripped.startswith(("{", "[")) else _from_lines(text))


def _is_answer(stripped: str) -> bool:
    """Say whether a text looks like an answer about Devices rather than like a way to name an entry."""
    return stripped.startswith(("<", "{", "[")) or _KEY.search(stripped) is not None


def _named(stripped: str) -> Reference:
    try:
        return parse_reference(stripped)
    except FirmpathError as error:
        also = ", or a whole answer to service request 8.2 or 11.2"
        raise FirmpathError(
            *(each._replace(right=each.right + also) if each.term == "Entry" else each for each in error.faults)
        ) from None


def _from_json(text: str) -> Iterator[Fields]:
    """Give the fields of each object that has a manufacturer, model or firmware version of a Device in it."""
    try:
        whole = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        right = "give it whole, from the first bracket to the last, or write manufacturer/model@version"
        raise FirmpathError(Fault(TERM, "", "is not whole JSON", right, quoted=False)) from None
    left: list[tuple[Any, Fields]] = [(whole, {})]
    while left:
        each, around = left.pop()
        if isinstance(each, dict):
            around = {**around, **_of_the_whole(each)}
            if PAYLOAD in each or {MANUFACTURER, MODEL, VERSION} & each.keys():
                fields = {name: _text(each[name]) for name in (*NAMES, PAYLOAD) if name in each}
                yield {**around, **fields} if PAYLOAD in each else fields
            left += reversed([(value, around) for value in each.values() if isinstance(value, dict | list)])
        elif isinstance(each, list):
            left += reversed([(value, around) for value in each])


def _of_the_whole(each: dict[str, Any]) -> Fields:
    """Give what an object, or else the header in it, says of the answers within it."""
    headers = [value for value in each.values() if isinstance(value, dict)]
    return {name: _text(part[name]) for part in (*headers, each) for name in OF_THE_WHOLE if name in part}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # which of the two is meant cannot be known
        raise ValueError("a name stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _text(value: object) -> str:
    """Give a value as it is written; a number has lost its leading zeros, and is refused as it stands."""
    return value.strip() if isinstance(value, str) else json.dumps(value)[:100]


def _from_lines(text: str) -> Iterator[Fields]:
    """Give the fields of each Device: the next one begins after a blank line, or where a key comes again.

    :raises FirmpathError: one begins with another key than the first, so which line is about which is not known.
    """
    fields: dict[str, str] = {}
    found = list(_KEY.finditer(text))
    first = _name(found[0])
    ends = False
    for key, following in zip_longest(found, found[1:]):
        name = _name(key)
        if ends or name in fields:
            yield fields
            fields = {}
        if not fields and name != first:
            wrong = f"has Devices that begin with different lines, {found[0][1]} and {key[1]}"
            right = "give each the same lines in the same order, and a blank line only between two Devices"
            raise FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
        written = text[key.end() : following.start() if following else None]
        fields[name] = _value(written, name)
        ends = _BLANK_LINE.search(written) is not None
    yield fields


def _name(key: re.Match[str]) -> str:
    return _SYNONYMS[key[1].replace(" ", "").lower()]


def _value(written: str, name: str) -> str:
    """Give what stands after a key; a box may have joined the lines, so only types and statuses have many words."""
    words = _ENDS_A_VALUE.split(written.lstrip(' "\t'), maxsplit=1)[0].split()
    return _OTHER_KEY.split(" ".join(words), maxsplit=1)[0] if name in (TYPE, STATUS) else " ".join(words[:1])
