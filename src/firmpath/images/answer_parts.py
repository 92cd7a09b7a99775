"""What is read of a message, whatever it came as: what its parts say of a Device, and whether it is an answer.

Requests, acknowledgements and alerts name Devices, models and versions too, but not what a Device runs now. So each
is refused as what it is. Source: the DUIS, as in the DCC's published samples and in its published parser.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from firmpath.images.service_request import is_device_id
from firmpath.pathways.faults import Fault, shown

TERM: Final = "Answer"
MANUFACTURER, MODEL, VERSION = "DeviceManufacturer", "DeviceModel", "DeviceFirmwareVersion"
TYPE, STATUS = "DeviceType", "DeviceStatus"
NAMES: Final = ("DeviceID", TYPE, STATUS, MANUFACTURER, MODEL, VERSION)
"""The fields that are read, as the DUIS calls them; PAYLOAD stands for what a Device answered itself."""
PAYLOAD: Final = "GBCSPayload"
OTHER_NAMES: Final = {"FirmwareVersion": VERSION}
"""Another name of a field, in what a Device answered itself as a tool shows it."""
REFERENCE, CODE, VARIANT = "ServiceReference", "ResponseCode", "CommandVariant"
OF_THE_WHOLE: Final = ("ResponseID", CODE, REFERENCE, VARIANT)
"""What is said of a message as a whole, or in a header of it; of the last, only requests have one."""
TWICE: Final = "twice"
"""Where the fields of a Device have one of them twice, which one: what it is cannot be known."""
ANSWERED: Final = ("8.2", "11.2")
"""The service requests whose answers say what a Device runs."""

_REQUEST, _RESPONSE = "Request", "Response"
_ALERTS: Final = {
    "DCCAlertMessage": ("a DCC alert", "DCCAlertCode"),
    "DeviceAlertMessage": ("an alert of a Device", "AlertCode"),
}
"""What alerts stand in, what they are to a person, and the field with their code."""
MESSAGES: Final = frozenset((_REQUEST, _RESPONSE, *_ALERTS))
READ: Final = frozenset((*NAMES, *OTHER_NAMES, PAYLOAD, *OF_THE_WHOLE, *(code for _, code in _ALERTS.values())))
"""The names of all that is read; what has another name and nothing within it can be left out."""
_TELLING: Final = frozenset((TYPE, MANUFACTURER, MODEL, VERSION, PAYLOAD, *OTHER_NAMES))
_RIGHT: Final = f"give the answer to service request {' or '.join(ANSWERED)}"

Fields = Mapping[str, str]


class Part(NamedTuple):
    """An element or an object: its name without a namespace, its own text, and the parts directly within it."""

    name: str
    text: str
    parts: list["Part"]

    @property
    def is_header(self) -> bool:
        """Whether it can only say something of what it stands in: nothing in it has parts, or is about a Device."""
        return self.name not in MESSAGES and not any(
            (each.parts and each.name not in OF_THE_WHOLE) or each.name in _TELLING for each in self.parts
        )


def local_name(name: str) -> str:
    """Give a name without its namespace or prefix, which differ from tool to tool."""
    return name.rpartition("}")[2].rpartition(":")[2]


def fields_of(whole: Part) -> Iterator[Fields | Fault]:
    """Yield the fields of each Device, with what is said of the message; of a message that is no answer, why not.

    Cost: linear in the parts.
    """
    left: list[tuple[Part, Fields, bool]] = [(whole, {}, False)]
    while left:
        part, around, is_within = left.pop()
        said, twice = _said(part)
        around = {**around, **said}
        refusal = twice or _refusal(part, around)
        if not refusal and part.name == _RESPONSE and not is_within:  # or each in another would be gone through
            is_within = True
            refusal = None if _tells(part) else _says_nothing(around)
        if refusal:
            yield refusal
            continue
        if any(each.name in _TELLING for each in part.parts):
            yield {**around, **_own_fields(part)}
        left += reversed([(each, around, is_within) for each in part.parts if each.parts or each.name in MESSAGES])


def refusal_of(said: Fields) -> Fault | None:
    """Give why a message of which this is said is no answer that tells what a Device runs, if it is none."""
    reference, code = said.get(REFERENCE, ""), said.get(CODE, "")
    if VARIANT in said:
        return _is_no_answer(f"is a service request{f' ({shown(reference)})' if reference else ''}")
    if REFERENCE in said and reference not in ANSWERED:
        wrong = "has no answer that says what a Device runs"
        return Fault("Service request", reference, wrong, _RIGHT)
    if code and not code.startswith("I"):
        named = said.get("ResponseID", "").partition(":")[0]
        where = f"in the answer of Device {named}" if is_device_id(named) else ""
        by = reference or " or ".join(reversed(ANSWERED))
        return Fault(CODE, code, "says that the request failed", f"read it again by {by}", where)
    return None


def _refusal(part: Part, said: Fields) -> Fault | None:
    if part.name in _ALERTS:
        return _alert(part)
    if part.name == _REQUEST:
        return refusal_of({VARIANT: "", **said})
    if part.name != _RESPONSE:
        return refusal_of(said)
    # What it is stands in its body, beside the header with its code.
    within = [inner for each in part.parts for inner in each.parts]
    alerts = [_alert(each) for each in (*part.parts, *within) if each.name in _ALERTS]
    references = {inner.text for each in within for inner in each.parts if inner.name == REFERENCE}
    if len(references) == 1:
        said = {REFERENCE: references.pop(), **said}
    return (*alerts, refusal_of(said))[0]


def _alert(part: Part) -> Fault:
    what, field = _ALERTS[part.name]
    codes = [each.text for each in part.parts if each.name == field]
    return _is_no_answer(f"is {what}{f' ({shown(codes[0])})' if codes else ''}")


def _is_no_answer(wrong: str) -> Fault:
    return Fault(TERM, "", f"{wrong}, which does not say what a Device runs", _RIGHT, quoted=False)


def _says_nothing(said: Fields) -> Fault:
    code = f" ({shown(said[CODE])})" if CODE in said else ""
    wrong = f"acknowledges a request{code}, or has nothing about a Device in it"
    return Fault(TERM, "", wrong, f"{_RIGHT}, which comes later", quoted=False)


def _said(part: Part) -> tuple[dict[str, str], Fault | None]:
    """Give what a part, or a header in it, says of the message; and what is said there twice, if something is."""
    said: dict[str, str] = {}
    for around in (part, *(each for each in part.parts if each.is_header)):
        for each in around.parts:
            if each.name not in OF_THE_WHOLE:
                continue
            if each.name in said:
                return said, Fault(each.name, each.text, "stands there twice", "give the answer as it came")
            said[each.name] = each.text
    return said, None


def _tells(part: Part) -> bool:
    left = [part]
    while left:
        each = left.pop()
        if each.name in _TELLING:
            return True
        left += each.parts
    return False


def _own_fields(part: Part) -> dict[str, str]:
    fields: dict[str, str] = {}
    for each in part.parts:
        name = OTHER_NAMES.get(each.name, each.name)
        if name in NAMES or name == PAYLOAD:
            if name in fields:
                fields[TWICE] = name
            fields[name] = each.text
    return fields
