"""The encoding that an XML document says it is in, held against what its first octets show.

A reader that goes by the one and a reader that goes by the other would see two documents.
Source: XML 1.0, appendix F.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, shortened

LONGEST_DECLARATION: Final = 1_024
"""Octets, of which an XML declaration that says all it can takes a tenth."""

_DECLARATION: Final = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING: Final = re.compile(r"""\sencoding\s*=\s*["']([^"']*)["']""")


class _Seen(NamedTuple):
    """An encoding by the octets that a document in it begins with: its name, how to read its declaration in it."""

    begins: bytes
    name: str
    codec: str
    said: tuple[str, ...]


_UTF_16: Final = ("UTF-16", "ISO-10646-UCS-2")
_SEEN: Final = (
    _Seen(b"\xef\xbb\xbf", "UTF-8", "utf-8-sig", ("UTF-8", "UTF8")),
    _Seen(b"\xff\xfe\0\0", "UTF-32", "utf-32", ()),
    _Seen(b"\0\0\xfe\xff", "UTF-32", "utf-32", ()),
    _Seen(b"<\0\0\0", "UTF-32", "utf-32-le", ()),
    _Seen(b"\0\0\0<", "UTF-32", "utf-32-be", ()),
    _Seen(b"\xff\xfe", "UTF-16", "utf-16", (*_UTF_16, "UTF-16LE")),
    _Seen(b"\xfe\xff", "UTF-16", "utf-16", (*_UTF_16, "UTF-16BE")),
    _Seen(b"<\0", "UTF-16", "utf-16-le", (*_UTF_16, "UTF-16LE")),
    _Seen(b"\0<", "UTF-16", "utf-16-be", (*_UTF_16, "UTF-16BE")),
)
_OF_ONE_OCTET: Final = re.compile(r"UTF-?8|US-ASCII|ASCII|ISO-8859-[0-9]{1,2}|WINDOWS-125[0-8]")
"""Encodings in which every character of ASCII is its own octet, so that nothing hides in what looks like others."""


def check_encoding(head: bytes, term: str) -> Iterator[Fault]:
    """Yield how a document contradicts what it says of its encoding, or that this is not one that is read.

    `head` are its first `LONGEST_DECLARATION` octets, or all that there are; `term` is what faults call it.
    """
    seen = next((each for each in _SEEN if head.startswith(each.begins)), None)
    text = head.decode(seen.codec if seen else "latin-1", "replace")
    if text.startswith("<?xml") and "?>" not in text and len(head) >= LONGEST_DECLARATION:
        wrong = f"has an XML declaration of more than {LONGEST_DECLARATION:,} octets"
        yield Fault(term, "", wrong, "give the whole document, as it was made", quoted=False)
        return
    wrong = _contradiction(seen, _said(text))
    if wrong:
        yield Fault(term, "", wrong, 'save it anew as UTF-8, with encoding="UTF-8" in its first line', quoted=False)


def _said(text: str) -> str:
    declaration = _DECLARATION.match(text)
    found = _ENCODING.search(declaration[0]) if declaration else None
    return found[1] if found else ""


def _contradiction(seen: _Seen | None, said: str) -> str:
    """Say what is wrong between the encoding that is seen, and the one that is said; '' where that is nothing."""
    upper, says = said.upper(), f"says that it is in {shortened(said)}"
    if seen and not seen.said:
        return f"is in {seen.name}, which is not read"
    if not said:
        return ""
    if seen:
        return "" if upper in seen.said else f"{says}, and its octets are {seen.name}"
    if upper.startswith(_UTF_16):
        return f"{says}, and its octets are not that"
    return "" if _OF_ONE_OCTET.fullmatch(upper) else f"{says}, which is not read"


def without_encoding(text: str) -> str:
    """Give a document that came as text without what it says of the octets that it was in before."""
    declaration = _DECLARATION.match(text)
    return _ENCODING.sub("", declaration[0], count=1) + text[declaration.end() :] if declaration else text
