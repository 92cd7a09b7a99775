"""Free text in a cell: what `parse_text` accepts, and nothing that a spreadsheet would run or change.

A CSV cell that begins with = or @ is a formula to a spreadsheet program. One that begins with + or - is
refused only where it calls a function or another program: telephone numbers and lists begin so, too.
Text is never altered to make it safe, because what is exported has to come back as it was.
"""

import re
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.plain_text import parse_name, parse_text, parse_web_address

_FORMULA: Final = re.compile("[=@\uff1d\uff20]|[-+\uff0b\uff0d](?s:.*)(?:[A-Za-z_.]\\s*\\(|\\|)")
_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")


def parse_free_text(text: str, term: str) -> str:
    """Read free text from a cell; space around it is dropped, and line breaks become line feeds.

    :raises FirmpathError: it is unfit (R13), or the error of a formula (R14).
    """
    written = parse_text(_trimmed(text), term)
    if is_formula(written):
        wrong = f"begins with '{written[0]}', which a spreadsheet would run as a formula"
        raise FirmpathError(Fault(term, text, wrong, "begin it with a word", rule="R13"))
    if _NOT_IN_XML.search(written):
        wrong = "has a character that no spreadsheet can hold (U+FFFE or U+FFFF)"
        raise FirmpathError(Fault(term, text, wrong, "take it out", rule="R13"))
    if written in _ERRORS:
        right = "put the formula right, or type the value"
        raise FirmpathError(Fault(term, text, "is the error of a formula", right, rule="R14"))
    return written


def parse_free_name(text: str, term: str) -> str:
    """Read from a cell text by which one thing is told from another, such as a name, a version or a contact.

    :raises FirmpathError: it is unfit (R13), has what cannot be seen (R13), or is the error of a formula (R14).
    """
    return parse_name(parse_free_text(text, term), term)


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet program would run a cell that begins like this."""
    return bool(_FORMULA.match(text))


def parse_address(text: str, term: str) -> str:
    """Read a web address from a cell.

    :raises FirmpathError: it is none (R13), or not fit for a cell.
    """
    return parse_web_address(parse_free_name(text, term), term)


def _trimmed(text: str) -> str:
    return text.strip().replace("\r\n", "\n")
