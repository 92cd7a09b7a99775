"""Free text as people write it: kept as written, refused where it could mislead a reader or a terminal."""

import re
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

LONGEST_TEXT: Final = 10_000
"""Characters; longer than any release note's summary, short enough for a table cell."""

# Control characters but for the line feed, line and paragraph separators, the marks that turn the direction of
# writing around, and halves of surrogate pairs, which no file can hold.
UNFIT: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@<>\"\\]+([/?#][^\s<>\"\\]*)?", re.IGNORECASE)


def parse_text(text: str, term: str) -> str:
    """Read free text: not empty, no space around it, at most `LONGEST_TEXT` characters, none that is unfit.

    :raises FirmpathError: the first of these that it breaks.
    """
    found = UNFIT.search(text)
    if found:
        wrong = f"has the character U+{ord(found[0]):04X}, which cannot be shown"
        raise FirmpathError(Fault(term, text, wrong, "take it out", rule="R13"))
    if len(text) > LONGEST_TEXT:
        wrong = f"has {len(text)} characters, more than {LONGEST_TEXT}"
        raise FirmpathError(Fault(term, text, wrong, "shorten it", rule="R13"))
    if not text or text != text.strip():
        wrong = "has space around it" if text.strip() else "is empty"
        raise FirmpathError(Fault(term, text, wrong, "leave it out, or write it without", rule="R13"))
    return text


def parse_web_address(text: str, term: str) -> str:
    """Read the address of a page: `http://` or `https://`, then the name of a host, and no space.

    A name or password before the host is refused: it makes an address look like one of somebody else.

    :raises FirmpathError: anything else; a page that shows it must be able to link it safely.
    """
    parse_text(text, term)
    if not _WEB_ADDRESS.fullmatch(text):
        right = "write it as https://, the name of a host, and the place there"
        raise FirmpathError(Fault(term, text, "is not a web address", right, rule="R13"))
    return text
