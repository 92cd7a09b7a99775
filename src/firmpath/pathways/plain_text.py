"""Free text as people write it: kept as written, refused where it could mislead a reader or a terminal."""

import re
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

LONGEST_TEXT: Final = 10_000
"""Characters; longer than any release note's summary, short enough for a table cell."""

# Control characters but for the line feed, line and paragraph separators, the marks that turn the direction of
# writing around, and halves of surrogate pairs, which no file can hold.
UNFIT: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Characters that show nothing themselves: Unicode's category Cf but for the signs over numbers. In a text they do
# no harm, and some scripts need them; but two names that differ in one of them look alike. Written out, since what
# is accepted may not hang on the Python that reads it.
UNSEEN: Final = r"\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
"""As a regular expression has them between brackets; not all read those beyond 16 bits alike."""

_UNSEEN: Final = re.compile(
    f"[{UNSEEN}\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)

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


def parse_name(text: str, term: str) -> str:
    """Read text by which one thing is told from another: as `parse_text` does, and nothing in it that is not seen.

    What is on record is read by `parse_text`, since what was stated stays what it was. Source: ADR 0052.

    :raises FirmpathError: it is unfit, or has a character that cannot be seen.
    """
    parse_text(text, term)
    if wrong := unseen_in_words(text):
        raise FirmpathError(Fault(term, text, wrong, "take it out", rule="R13"))
    return text


def unseen_in_words(text: str) -> str:
    """Say which character of a text cannot be seen, and where it stands; '' where all can."""
    found = _UNSEEN.search(text)
    if not found:
        return ""
    import unicodedata  # few texts have any

    named = unicodedata.name(found[0], "")
    code = f"U+{ord(found[0]):04X}"
    return f"has as character {found.start() + 1} {code}{named and f' ({named})'}, which cannot be seen"


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
