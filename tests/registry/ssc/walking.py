"""Every address of the register, with plausible arguments, asked by everybody: read off Django's own URL table."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

MOST_OF_A_PATTERN: Final = 6
"""Addresses made of one pattern."""


class Address(NamedTuple):
    """An address, and the pattern it was made of."""

    path: str
    pattern: str


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def readable(self) -> bytes:
        """Everything in it that can be read: headers, body, and what is in the parts of a workbook."""
        parts = [f"{name}: {value}".encode() for name, value in self.headers.items()]
        if self.body.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as workbook:
                parts += [workbook.read(name) for name in workbook.namelist()]
        return b"\n".join((*parts, self.body))


class Plausible(NamedTuple):
    """What may stand in an address: by the name of the parameter, and for all others."""

    by_name: Mapping[str, Sequence[object]]
    others: Sequence[object]

    def values(self, name: str) -> Sequence[object]:
        return self.by_name.get(name, self.others)


def every_address(plausible: Plausible) -> list[Address]:
    """Make addresses of every pattern, those that the pattern itself takes."""
    found: dict[str, Address] = {}
    for template, names in patterns():
        made = 0
        for values in product(*(plausible.values(name) for name in names)):
            path = "/" + template % dict(zip(names, values, strict=True))
            if made < MOST_OF_A_PATTERN and path not in found and _resolves(path):
                found[path] = Address(path, template)
                made += 1
    return list(found.values())


def patterns() -> Iterator[tuple[str, list[str]]]:
    """Give the template of every address that there is, with the names of its parameters."""
    yield from _walk(get_resolver(), "", [])


def _walk(resolver: URLResolver, before: str, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    for each in resolver.url_patterns:
        for template, more in normalize(each.pattern.regex.pattern):
            if isinstance(each, URLPattern):
                yield before + template, [*names, *more]
            else:
                yield from _walk(each, before + template, [*names, *more])


def _resolves(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def ask(client: Client, path: str, query: str = "", method: str = "get", **data: Any) -> Answer:
    """Ask for an address, and read all of the answer."""
    send = getattr(client, method)
    response = send(f"{path}{query}", **data)
    octets = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {
        **dict(response.headers),
        **{f"Cookie {name}": morsel.value for name, morsel in response.cookies.items()},
    }
    return Answer(response.status_code, headers, octets)


def contains(octets: bytes, needles: Iterable[bytes]) -> bool:
    """Say whether any of the needles is in it, whatever its case."""
    lower = octets.lower()
    return any(needle in lower for needle in needles)


_CHANGING: Final = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")[^"]*|(")[A-Za-z0-9]{64}(")|(nonce=")[^"]*', re.IGNORECASE
)


def without_tokens(octets: bytes) -> bytes:
    """Take out what is drawn anew for every answer: the tokens against forged forms."""
    return _CHANGING.sub(rb"\1\2\3\4", octets)


def without_words(answer: Answer, words: str) -> tuple[int, str]:
    """Take out what differs between any two answers, and the words that somebody typed, however written."""
    text = without_tokens(answer.body).decode("utf-8", "surrogateescape")
    for written in (words, words.casefold(), words.upper()):
        text = text.replace(written, "…")
    return answer.status, text
