"""The arguments that say how a fleet is to be planned: headings, limits, what to leave out, the size of files."""

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING

from firmpath.cli.arguments import parse_all
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import parse_date

if TYPE_CHECKING:
    from firmpath.fleet.days import Limits
    from firmpath.fleet.days_off import DaysOff
    from firmpath.fleet.deadline import Deadline

DEVICE_STATUS = "device_status"
OF_PREFLIGHT = (DEVICE_STATUS, "read_on")
"""Columns of an inventory that a preflight has a use for, and a plan of the first alone, if it is told to."""

MOST_DEVICES = 10_000_000_000
_FARTHEST = timedelta(days=36_525)


def add_inventory(parser: argparse.ArgumentParser) -> None:
    """Add how the columns of an inventory are to be understood."""
    group = parser.add_argument_group("the inventory")
    group.add_argument(
        "--column",
        metavar="OURS=HEADING",
        action="append",
        default=[],
        help="which heading of the inventory means which column, such as device_id=GUID (repeatable)",
    )
    group.add_argument(
        "--inventory-mapping", metavar="FILE", help="a TOML file that says the same, as --mapping does for the CPL"
    )


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add what is to be left out, and how many Devices may be upgraded a day."""
    group = parser.add_argument_group("limits")
    add_exclude(group)
    group.add_argument(
        "--only-commissioned",
        action="store_true",
        help="leave Devices out of the waves that the inventory's device_status does not say are Commissioned",
    )
    group.add_argument("--per-day", metavar="N", help="upgrade at most N Devices a day")
    group.add_argument(
        "--per-day-by",
        metavar="HEADING=N",
        help="upgrade at most N Devices a day of those with the same value in a column, such as Region=5000",
    )
    group.add_argument("--first-day", metavar="DATE", help="the first day (default: the day that is asked about)")
    group.add_argument(
        "--not-on",
        metavar="DAY",
        action="append",
        default=[],
        help="upgrade nobody on this day: a day of the week, such as saturday, or a date (repeatable)",
    )
    group.add_argument(
        "--finish-by",
        metavar="DATE",
        help="say whether all steps can be taken by this day, and how many Devices a day that needs",
    )
    group.add_argument(
        "--wave-size", metavar="N", default="50000", help="Device IDs in a file at most (default: 50000)"
    )


def add_exclude(group: argparse._ActionsContainer) -> None:
    """Add what is to be left out."""
    group.add_argument(
        "--exclude",
        metavar="ENTRY",
        action="append",
        default=[],
        help="take no Device to this entry or through it; a notice stands for what it warns of (repeatable)",
    )


def headings(arguments: argparse.Namespace, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Give the heading of each column of ours that the arguments name; `more` are columns besides those of a plan.

    A mapping file may name the columns of a preflight too, so that one file serves for both.

    :raises FirmpathError: every fault of them, and of the mapping file.
    """
    from firmpath.fleet.readings import COLUMNS

    known = ("device_id", *COLUMNS, *more)
    given = [(ours, heading) for heading, ours in mapped_headings(arguments).items() if ours in known]
    given += parse_all(*(lambda each=each: _heading(each, known) for each in arguments.column))
    found: dict[str, str] = {}
    for ours, heading in given:
        if found.setdefault(ours, heading) != heading:
            wrong = f"is given two headings, {found[ours]} and {heading}"
            raise FirmpathError(Fault("Column", ours, wrong, "give it one"))
    return found


def mapped_headings(arguments: argparse.Namespace) -> dict[str, str]:
    """Give the column of ours that each heading means by the mapping file of the inventory, if there is one.

    :raises FirmpathError: every fault of the file.
    """
    from firmpath.fleet.readings import COLUMNS
    from firmpath.tables.mapping import read_mapping

    path = arguments.inventory_mapping
    if not path:
        return {}
    mapping = read_mapping(path, ("device_id", *COLUMNS, *OF_PREFLIGHT))
    if mapping.ignore:
        wrong, right = "has an ignore, and columns that are not understood are left alone anyway", "take it out"
        raise FirmpathError(Fault("Mapping", path, wrong, right))
    return dict(mapping.columns)


def _heading(written: str, known: tuple[str, ...]) -> tuple[str, str]:
    ours, equals, heading = written.partition("=")
    if not equals or not heading or ours not in known:
        right = f"write it as OURS=HEADING, OURS being one of {', '.join(known)}"
        raise FirmpathError(Fault("Column", written, "does not say which heading means which column", right))
    return ours, heading


def limits(arguments: argparse.Namespace, asked_about: date) -> "Limits | None":
    """Give the limits, where there are any.

    :raises FirmpathError: every fault of them.
    """
    from firmpath.fleet.days import NO_LIMIT, Limits

    in_all, by_region, (first_day, not_on) = parse_all(
        lambda: whole_number("Limit", arguments.per_day) if arguments.per_day is not None else NO_LIMIT,
        lambda: _by_region(arguments.per_day_by) if arguments.per_day_by is not None else ("", NO_LIMIT),
        lambda: _days_counted(arguments, asked_about),
    )
    region_column, in_a_region = by_region
    if in_all == in_a_region == NO_LIMIT:
        if arguments.finish_by is None:
            _refuse_days_for_nothing(arguments)
        return None
    return Limits(first_day, in_all, in_a_region, region_column, not_on)


def deadline(arguments: argparse.Namespace, asked_about: date) -> "Deadline | None":
    """Give the day by which all steps are to be taken, where there is one.

    :raises FirmpathError: every fault of it, or there is no day until then.
    """
    from firmpath.fleet.deadline import Deadline

    if arguments.finish_by is None:
        return None
    finish_by, (first_day, not_on) = parse_all(
        lambda: _not_far("Finish by", arguments.finish_by, asked_about),
        lambda: _days_counted(arguments, asked_about),
    )
    if finish_by < first_day:
        wrong = f"is before {first_day}, the first day on which a step can be taken"
        raise FirmpathError(Fault("Finish by", arguments.finish_by, wrong, "give that day or a later one"))
    return Deadline(finish_by, first_day, not_on)


def _days_counted(arguments: argparse.Namespace, asked_about: date) -> "tuple[date, DaysOff]":
    """Give the first day on which a step can be taken, and the days that are left out."""
    from firmpath.fleet.days_off import parse_days_off

    first_day, not_on = parse_all(
        lambda: _first_day(arguments.first_day, asked_about) if arguments.first_day else asked_about,
        lambda: parse_days_off(arguments.not_on),
    )
    return not_on.nth(first_day, 1), not_on


def _refuse_days_for_nothing(arguments: argparse.Namespace) -> None:
    right = "add --per-day N, --per-day-by HEADING=N or --finish-by DATE"
    given = (("First day", arguments.first_day or ""), ("Day", ", ".join(arguments.not_on)))
    refuse_if_any(Fault(term, value, "is given, but no limit", right) for term, value in given if value)


def _not_far(term: str, written: str, asked_about: date) -> date:
    day = parse_date(written, term)
    if day - asked_about > _FARTHEST:
        raise FirmpathError(Fault(term, written, "is more than a hundred years ahead", "check the year"))
    return day


def _first_day(written: str, asked_about: date) -> date:
    first_day = _not_far("First day", written, asked_about)
    if first_day < asked_about:
        wrong = f"is before {asked_about}, the day that is asked about"
        raise FirmpathError(Fault("First day", written, wrong, "give that day or a later one"))
    return first_day


def _by_region(written: str) -> tuple[str, int]:
    heading, equals, number = written.rpartition("=")
    if not equals or not heading:
        right = "write it as HEADING=N, such as Region=5000"
        raise FirmpathError(Fault("Limit", written, "does not say how many of which column", right))
    return heading, whole_number("Limit", number)


def whole_number(term: str, written: str, most: int = MOST_DEVICES) -> int:
    """Read how many Devices.

    :raises FirmpathError: it is no whole number from 1 on.
    """
    digits = written.lstrip("0")
    if digits.isascii() and digits.isdecimal() and len(digits) <= len(str(most)) and int(digits) <= most:
        return int(digits)
    raise FirmpathError(Fault(term, written, f"is not a whole number from 1 to {most:,}"))
