"""JSON as `json.dumps(value, indent=2)` writes it, in pieces; what stands at many places is written once."""

import json
from collections.abc import Callable, Collection, Iterator
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, Final

_INDENT: Final = "  "
_Whole = dict[str, Any] | list[Any] | tuple[Any, ...]


def json_pieces(value: dict[str, Any], escaped: bool = False) -> list[str]:
    """Give the text of a value in pieces; `escaped` writes whatever is not ASCII as escapes of JSON.

    Cost: linear in what is in it, where an object that is there several times counts once; so does its text.
    """
    writer = _Writer(encode_basestring_ascii if escaped else encode_basestring, _shared(value))
    return list(writer.pieces(value, "\n"))


def _shared(value: _Whole) -> frozenset[int]:
    """Give which objects stand at several places, by their identity: `value` keeps all of them."""
    seen, shared = set[int](), set[int]()
    left = [value]
    while left:
        whole = left.pop()
        if id(whole) in seen:
            shared.add(id(whole))
            continue
        seen.add(id(whole))
        left += (each for each in _within(whole) if isinstance(each, dict | list | tuple))
    return frozenset(shared)


def _within(whole: _Whole) -> Collection[Any]:
    return whole.values() if isinstance(whole, dict) else whole


class _Writer:
    """Writes objects; keeps the text of those that are shared, for each depth at which they stand."""

    def __init__(self, quoted: Callable[[str], str], shared: frozenset[int]) -> None:
        self._quoted, self._shared = quoted, shared
        self._texts: dict[tuple[int, str], str] = {}

    def pieces(self, whole: _Whole, line: str) -> Iterator[str]:
        """Yield the text of an object or list, whose last line begins as `line` does."""
        if id(whole) not in self._shared:
            yield from self._written(whole, line)
            return
        place = id(whole), line
        if place not in self._texts:
            self._texts[place] = "".join(self._written(whole, line))
        yield self._texts[place]

    def _written(self, whole: _Whole, line: str) -> Iterator[str]:
        opening, closing = "{}" if isinstance(whole, dict) else "[]"
        text, within = opening, line + _INDENT
        for name, each in zip(self._names(whole), _within(whole), strict=True):
            text += within + name
            if isinstance(each, dict | list | tuple):
                yield text
                yield from self.pieces(each, within)
                text = ","
            else:
                text += f"{self._scalar(each)},"
        yield text.removesuffix(",") + (line if whole else "") + closing

    def _names(self, whole: _Whole) -> Iterator[str]:
        if isinstance(whole, dict):
            return (f"{self._name(name)}: " for name in whole)
        return ("" for _ in whole)

    def _name(self, name: object) -> str:
        return self._quoted(name if isinstance(name, str) else json.dumps(name))

    def _scalar(self, value: object) -> str:
        return self._quoted(value) if isinstance(value, str) else json.dumps(value)
