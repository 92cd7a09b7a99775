"""A list that `firmpath ssc` gives: how it is asked for, what is printed of it, and its columns in a table."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError

if TYPE_CHECKING:
    from firmpath.client.committee import Committee

Json = dict[str, Any]


class Line(NamedTuple):
    """A line to print; the first of something stands out. What is to be copied is printed as it is, unwrapped."""

    text: str
    indent: int = 0
    strong: bool = False
    as_it_is: bool = False


class Listing(NamedTuple):
    """A list: `ask` gives the whole answer; `lines` say it in words; `rows` are those of a table."""

    ask: Callable[["Committee", argparse.Namespace], Json]
    lines: Callable[[Json], Iterable[Line]]
    columns: tuple[str, ...]
    rows: Callable[[Json], Iterable[Mapping[str, object]]]


def number_of(arguments: argparse.Namespace, term: str, found_in: str) -> int:
    """Give the number of what a list of `firmpath ssc` has that is asked about.

    :raises FirmpathError: it is none.
    """
    text = arguments.about
    if not _is_number(text):
        right = f"look it up with firmpath ssc {found_in}"
        raise FirmpathError(Fault(term, text, "is not a number", right))
    return int(text)


def vulnerability_of(committee: "Committee", arguments: argparse.Namespace) -> int:
    """Give the number of the vulnerability that is asked about: by that, or by a reference or CVE id of it alone.

    What is not a number is asked of the register, in no address, and logged there as a look.

    :raises FirmpathError: none has it, or several have.
    """
    text = arguments.about.strip()
    if _is_number(text):
        return int(text)
    found = committee.find(text)["found"][0]["vulnerabilities"] if text else []
    if len(found) == 1:
        return int(found[0]["number"])
    if found:
        them = ", ".join(f"{each['number']} ({each['reference']})" for each in found)
        wrong, right = f"is what {len(found)} vulnerabilities have: {them}", "give the number of one of them"
    else:
        wrong = "is not a number, and no vulnerability on record has it as its reference or CVE id"
        right = "look it up with firmpath ssc vulnerabilities"
    raise FirmpathError(Fault("Vulnerability", arguments.about, wrong, right))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def asked_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Give the day, the knowledge and the inventory that are asked for, as the register's calls name them."""
    return {"as_at": arguments.on or "", "known_on": arguments.known_at or "", "inventory": arguments.inventory}


def day_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Give the day and the knowledge that are asked for, of what is weighed by no inventory."""
    return {name: value for name, value in asked_of(arguments).items() if name != "inventory"}


def rows_of(field: str) -> Callable[[Json], Iterable[Mapping[str, object]]]:
    """Give what takes the rows of a table out of a field of an answer."""
    return lambda answer: answer[field]
