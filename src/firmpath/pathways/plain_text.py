"""Free text as people write it: kept as written, refused where it could mislead a reader or a terminal."""

import re
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

LONGEST_TEXT: Final = 10_000
"""Characters; longer than any release note's summary, short enough for a table cell."""

# Control characters but for the line feed, line and paragraph separators, the marks that turn the direction of
# writing around, and halves of surrogate pairs, which no file can hold.
_UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def parse_text(text: str, term: str) -> str:
    """Read free text: not empty, no space around it, at most `LONGEST_TEXT` characters, none that is unfit.

    :raises FirmpathError: the first of these that it breaks.
    """
    found = _UNFIT.search(text)
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
    """Read the address of a page: `http://` or `https://` and no space.

    :raises FirmpathError: anything else; a page that shows it must be able to link it safely.
    """
    parse_text(text, term)
    if not text.lower().startswith(("https://", "http://")) or len(text.split()) != 1 or '"' in text:
        raise FirmpathError(Fault(term, text, "is not a web address", "begin it with https://", rule="R13"))
    return text
