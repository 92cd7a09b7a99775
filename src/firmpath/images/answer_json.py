"""Messages in JSON, as parts; each object of a list is a part of what the list stands in."""

import json
import re
from typing import Any, Final, NoReturn

from firmpath.images.answer_parts import (
    MESSAGES,
    MODEL,
    NAMES,
    OTHER_NAMES,
    PAYLOAD,
    READ,
    STATUS,
    TERM,
    Part,
    local_name,
)
from firmpath.pathways.faults import Fault, FirmpathError

_AS_IN_DUIS: Final = {each.casefold(): each for each in READ | MESSAGES}
_OF_TEXT: Final = frozenset((*NAMES, *OTHER_NAMES, PAYLOAD))
_BETWEEN_WORDS: Final = re.compile(r"[ _-]+")


def parts_of_json(text: str) -> Part:
    """Give what stands in a text in one part.

    Cost: linear in the text.
    :raises FirmpathError: it is not whole JSON, a name stands twice in an object, or what is text is an object.
    """
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        right = "give it whole, from the first bracket to the last, or write manufacturer/model@version"
        raise FirmpathError(Fault(TERM, "", "is not whole JSON", right, quoted=False)) from None
    whole = Part("", "", [])
    left: list[tuple[Part, str, Any]] = [(whole, "", content)]
    while left:
        around, name, value = left.pop()
        if isinstance(value, dict):
            if name in _OF_TEXT:
                raise FirmpathError(Fault(name, "", "is an object", "give its text alone", quoted=False))
            part = Part(name, "", [])
            around.parts.append(part)
            names = _names(value)
            left += reversed([(part, names[each], within) for each, within in value.items()])
        elif isinstance(value, list):
            left += reversed([(around, name, each) for each in value])
        else:
            around.parts.append(Part(name, _text(value), []))
    return whole


def _names(value: dict[str, Any]) -> dict[str, str]:
    """Give the names in an object as the DUIS has them; its status may be called that beside a model."""
    names = {each: _name(each) for each in value}
    if MODEL in names.values() and STATUS not in names.values():
        names |= {each: STATUS for each in value if each.casefold() == "status"}
    return names


def _name(written: str) -> str:
    """Give a name as the DUIS has it: the DCC's published parser writes the first letter small."""
    return _AS_IN_DUIS.get(_BETWEEN_WORDS.sub("", local_name(written)).casefold(), written)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # which of the two is meant cannot be known
        raise ValueError("a name stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _text(value: object) -> str:
    """Give a value as it is written; a number that has lost its leading zeros is refused as too short."""
    return value.strip() if isinstance(value, str) else json.dumps(value)[:100]
