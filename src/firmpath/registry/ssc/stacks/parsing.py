"""What may be written as a ZigBee chipset vendor or stack version."""

from collections.abc import Callable, Iterator
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.plain_text import parse_name, parse_text
from firmpath.registry.submissions.sealed import ZigBeeStack

VENDOR: Final = "ZigBee chipset vendor"
STACK: Final = "ZigBee stack version"
LONGEST: Final = 200
"""Characters of either."""

_FORMULA: Final = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula, and what no name and no version begins with."""


def check_stack(stack: ZigBeeStack) -> Iterator[Fault]:
    """Yield what is wrong with what was given; to give nothing is no fault. Source: rule R13; ADR 0052."""
    for text, term in ((stack.chipset_vendor, VENDOR), (stack.stack_version, STACK)):
        if text:
            yield from check_name(text, term)


def check_name(text: str, term: str) -> Iterator[Fault]:
    """Yield what is wrong with a line that is compared: two that differ in what is not seen look alike."""
    return check_line(text, term, parse_name)


def check_line(text: str, term: str, parse: Callable[[str, str], str] = parse_text) -> Iterator[Fault]:
    """Yield what is wrong with one line of text.

    Names out of published records are taken as they are, since a spelling has to match them.
    """
    try:
        parse(text, term)
    except FirmpathError as error:
        yield from error.faults
        return
    if "\n" in text:
        yield Fault(term, text, "has more than one line", "write it in one", rule="R13")
    if len(text) > LONGEST:
        yield Fault(term, text, f"has {len(text)} characters, more than {LONGEST}", "shorten it", rule="R13")
    if text.startswith(_FORMULA):
        wrong = f"begins with {text[0]}, which spreadsheets take for a formula"
        yield Fault(term, text, wrong, "begin with a letter or a digit", rule="R13")


def check_paragraphs(text: str, term: str) -> tuple[Fault, ...]:
    """Give what is wrong with a text of any number of lines."""
    try:
        parse_text(text, term)
    except FirmpathError as error:
        return error.faults
    return ()


def unquoted(fault: Fault) -> Fault:
    """Take the value out of a fault that will be shown where the SSC's values may not be."""
    return fault._replace(value="", quoted=False)
