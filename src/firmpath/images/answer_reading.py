"""Answers about Devices as people have them: XML, JSON, lines of `key: value`, or a table, pasted anywhere.

Somebody may also just name what a Device runs, in any way in which an entry is named. An 8.2 gives manufacturer,
model and firmware version, and no hash; an 11.2 gives the firmware version alone.
Source: DOMAIN sections 4 and 5.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from firmpath.images.answer_gathering import gather_devices
from firmpath.images.answer_json import parts_of_json
from firmpath.images.answer_parts import (
    CODE,
    MANUFACTURER,
    MODEL,
    REFERENCE,
    STATUS,
    TERM,
    TYPE,
    VARIANT,
    VERSION,
    Fields,
    fields_of,
    refusal_of,
)
from firmpath.images.answer_tables import find_table
from firmpath.images.device_answers import DeviceAnswers, ReadDevice
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import Reference, parse_reference

LONGEST_ANSWER: Final = 64 * 1024
"""Octets; the answer about the Devices of one home has a few thousand."""

_SYNONYMS: Final = {
    "deviceid": "DeviceID",
    "deviceguid": "DeviceID",
    "guid": "DeviceID",
    "devicetype": TYPE,
    "devicestatus": STATUS,
    "status": STATUS,
    "devicemanufacturer": MANUFACTURER,
    "manufacturer": MANUFACTURER,
    "manufactureridentifier": MANUFACTURER,
    "devicemodel": MODEL,
    "model": MODEL,
    "modelidentifier": MODEL,
    "devicefirmwareversion": VERSION,
    "firmwareversion": VERSION,
    "fwversion": VERSION,
}
_KEYS: Final = (
    r"(?:Device )?Firmware ?Version|DeviceFirmwareVersion|FW ?Version|DeviceManufacturer"
    r"|Manufacturer(?: identifier)?|DeviceModel|Device ?(?:ID|GUID)|GUID|Device ?Type|Device ?Status"
    r"|(?<!CPL[ _])(?<!Version[ _])Status|Model(?: identifier)?"
)
_KEY: Final = re.compile(rf"(?<![A-Za-z])({_KEYS})(?:\"?\s*[:=]|[ ]?\t)", re.IGNORECASE)
_OF_THE_WHOLE: Final = re.compile(
    rf"(?<![A-Za-z])({REFERENCE}|{CODE}|{VARIANT})\"?\s*[:=]\s*\"?([^\s,;\"]*)", re.IGNORECASE
)
_WHOLE: Final = {each.lower(): each for each in (REFERENCE, CODE, VARIANT)}
_ENDS_A_VALUE: Final = re.compile(r"[\n\t,;\"{}<]")
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
    if (table := find_table(stripped, _name_of_heading)) is not None:
        return gather_devices(table)
    if not looks_like_answer(stripped):
        return DeviceAnswers((ReadDevice("", NOT_KNOWN, _named(stripped)),), ())
    if stripped.startswith("<"):
        from firmpath.images.answer_xml import parts_of_xml  # other forms need no reader of XML

        return gather_devices(fields_of(parts_of_xml(stripped)))
    if stripped.startswith(("{", "[")):
        return gather_devices(fields_of(parts_of_json(stripped)))
    return gather_devices(_from_lines(text))


def looks_like_answer(stripped: str) -> bool:
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


def _from_lines(text: str) -> Iterator[Fields]:
    """Give the fields of each Device: the next one begins after a blank line, or where a key comes again.

    :raises FirmpathError: one begins with another key than the first, so which line is about which is not known; or
        some line says that this is no answer that tells what a Device runs.
    """
    for said in _OF_THE_WHOLE.finditer(text):
        refuse_if_any(filter(None, [refusal_of({_WHOLE[said[1].lower()]: said[2]})]))
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
        if key[0].endswith("\t") and "\n" in text and "\t" in text[key.end() :].partition("\n")[0].strip():
            wrong, right = f"has more than one value for {key[1]}", "give the column of one Device alone"
            raise FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
        written = text[key.end() : following.start() if following else None]
        fields[name] = _value(written, name)
        ends = _BLANK_LINE.search(written) is not None
    yield fields


def _name_of_heading(heading: str) -> str:
    return _SYNONYMS.get(re.sub("[ _]", "", heading).lower(), "")


def _name(key: re.Match[str]) -> str:
    return _SYNONYMS[key[1].replace(" ", "").lower()]


def _value(written: str, name: str) -> str:
    """Give what stands after a key, which may be in the next line.

    A box may have joined the lines, so only types and statuses have many words.
    """
    words = _ENDS_A_VALUE.split(written.lstrip(' "\t\r\n'), maxsplit=1)[0].split()
    return _OTHER_KEY.split(" ".join(words), maxsplit=1)[0] if name in (TYPE, STATUS) else " ".join(words[:1])
