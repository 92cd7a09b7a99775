"""Arguments about inventories and numbers, which several commands read alike."""

import argparse
from collections.abc import Sequence

from firmpath.pathways.faults import Fault, FirmpathError


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add how the headings of an inventory are to be understood."""
    parser.add_argument(
        "--column",
        metavar="OURS=HEADING",
        action="append",
        default=[],
        help="which heading of the inventory means which column, such as device_id=GUID (repeatable)",
    )


def read_columns(written: list[str], more: Sequence[str] = ()) -> dict[str, str]:
    """Give the heading of each column that is named, `more` beside those of a reading.

    :raises FirmpathError: one does not say which heading means which column.
    """
    from firmpath.fleet.readings import COLUMNS

    known = ("device_id", *COLUMNS, *more)
    found: dict[str, str] = {}
    for each in written:
        ours, equals, heading = each.partition("=")
        if not equals or not heading or ours not in known:
            right = f"write it as OURS=HEADING, OURS being one of {', '.join(known)}"
            raise FirmpathError(Fault("Column", each, "does not say which heading means which column", right))
        found[ours] = heading
    return found


def whole_number(written: str, term: str, most: int) -> int:
    """Read a whole number from 1 on.

    :raises FirmpathError: it is none, or more than `most`.
    """
    if written.isascii() and written.isdecimal() and 1 <= int(written[:12]) <= most:
        return int(written)
    raise FirmpathError(Fault(term, written, f"is not a whole number from 1 to {most:,}"))
