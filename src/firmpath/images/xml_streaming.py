"""XML read piece by piece by a parser that expands nothing, fetches nothing, and keeps next to nothing.

What is read may come from anybody. A document type is refused, since entities are declared there and nothing that
is read here has one. Text is handed on as it comes, so that it may be of any length; whatever else would have to
be kept in memory is bounded. Source: ADR 0027.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn, Protocol

from lxml import etree

from firmpath.images.xml_encoding import LONGEST_DECLARATION, check_encoding, without_encoding
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

LARGEST_DOCUMENT: Final = 256 * 2**20
"""Octets; a service request with an OTA file of 100 MB has 140 MB."""

MOST_ELEMENTS: Final = 1_000_000
DEEPEST: Final = 64
_MOST_WITHOUT_CONTENT: Final = 2**20
"""Octets that may go by without an element or text: of a comment, an attribute, or a tag that does not end."""
_AT_ONCE: Final = 2**16


class Content(Protocol):
    """What takes the content of a document; names come as `{namespace}name`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take its end."""

    def data(self, text: str) -> None:
        """Take text, or a part of one."""


def stream_xml(pieces: Iterable[bytes], content: Content, term: str) -> None:
    """Hand the content of a document on as it comes; `term` is what faults call the document.

    Cost: linear in the octets, of which no more than `LARGEST_DOCUMENT` are taken; memory does not grow with texts.
    :raises FirmpathError: it is not XML, has a document type, or is larger than anything that can be meant.
    """
    guard = _Guard(content, term)
    target: Any = guard  # the stubs want it to take octets too, which no XML is given as
    # Not huge_tree: without it, what is no text is bounded, and texts are not kept anyway.
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
    octets = 0
    try:
        for piece in _of_known_encoding(pieces, term):
            octets += len(piece)
            if octets > LARGEST_DOCUMENT:
                guard.refuse(f"is larger than {LARGEST_DOCUMENT // 2**20} MiB", "is it the right file?")
            for at in range(0, len(piece), _AT_ONCE):
                part = piece[at : at + _AT_ONCE]
                guard.count(len(part))
                parser.feed(part)
        parser.close()
    except (etree.LxmlError, ValueError, LookupError) as error:  # the last two: encodings
        said = str(error).partition(", line ")[0].strip() or "it cannot be read"
        right = f"give the whole document, as it was made ({said[:1].lower()}{said[1:]})"
        raise FirmpathError(Fault(term, "", "is not whole XML", right, quoted=False)) from None


def as_octets(text: str) -> bytes:
    """Give a document that came as text as octets; what it says of its encoding was true before it was decoded."""
    return b"\xef\xbb\xbf" + without_encoding(text.removeprefix("\ufeff")).encode("utf-8", "replace")


def _of_known_encoding(pieces: Iterable[bytes], term: str) -> Iterator[bytes]:
    """Give pieces on once the first octets agree with what the document says of its encoding."""
    rest = iter(pieces)
    head = b""
    for piece in rest:
        head += piece
        if len(head) >= LONGEST_DECLARATION:
            break
    refuse_if_any(check_encoding(head[:LONGEST_DECLARATION], term))
    yield head
    yield from rest


class _Guard:
    """Hands on to the content, and refuses what would cost more than anything that can be meant."""

    def __init__(self, content: Content, term: str) -> None:
        self._content, self._term = content, term
        self._elements, self._depth, self._without_content = 0, 0, 0

    def count(self, octets: int) -> None:
        self._without_content += octets
        if self._without_content > _MOST_WITHOUT_CONTENT:
            self.refuse("has a comment, attribute or tag of more than 1 MiB", "leave it out")

    def refuse(self, wrong: str, right: str) -> NoReturn:
        raise FirmpathError(Fault(self._term, "", wrong, right, quoted=False))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._without_content = 0
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            self.refuse(f"has more than {MOST_ELEMENTS:,} elements", "is it the right file?")
        if self._depth > DEEPEST:
            self.refuse(f"has elements more than {DEEPEST} deep", "is it the right file?")
        self._content.start(name, attributes)

    def end(self, name: str) -> None:
        self._without_content = 0
        self._depth -= 1
        self._content.end(name)

    def data(self, text: str) -> None:
        self._without_content = 0
        self._content.data(text)

    def doctype(self, *_: object) -> None:
        self.refuse("begins with a document type (DTD)", "give it without that")

    def close(self) -> None:
        """End the document."""
