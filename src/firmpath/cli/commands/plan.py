"""Plan the next step of every Device of an inventory, with the files for the service requests and a report."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    known_at_json,
    parse_together,
    refuse_unknown_notices,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_field, print_json, print_wrapped, printable
from firmpath.cli.planning_elsewhere import (
    LOCAL,
    SQL,
    add_elsewhere,
    plan_as_sql,
    require_engine_arguments,
    require_sqlglot,
)
from firmpath.cli.progress import progress
from firmpath.cli.reading import read_catalogue
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError

if TYPE_CHECKING:
    from firmpath.fleet.plan import Order, Plan
    from firmpath.fleet.waves import Told
    from firmpath.pathways.catalogue import Catalogue

_PARTS = 1000
"""Steps of the progress bar."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "inventory",
        metavar="INVENTORY",
        help="Parquet or CSV (.gz, .zst), or a folder of such files; with --engine sql a table",
    )
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder to make")
    parser.add_argument(
        "--target",
        metavar="TARGET",
        default="newest",
        help="newest (default), or a CSV file with the column target_cpl_entry_id: one entry for each hardware",
    )
    parser.add_argument(
        "--column",
        metavar="OURS=HEADING",
        action="append",
        default=[],
        help="which heading of the inventory means which column, such as device_id=GUID (repeatable)",
    )
    parser.add_argument(
        "--form", choices=("parquet", "csv"), default="parquet", help="of the plan (default: parquet)"
    )
    parser.add_argument(
        "--wave-size", metavar="N", default="50000", help="Device IDs in a file at most (default: 50000)"
    )
    add_elsewhere(parser)
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Make the plan, and say what came of it."""
    headings, wave_size, accepted, _ = parse_together(
        arguments,
        lambda: _headings(arguments.column),
        lambda: _wave_size(arguments.wave_size),
        lambda: accepted_notices(arguments),
        lambda: require_engine_arguments(arguments),
    )
    catalogue = read_catalogue(arguments)
    refuse_unknown_notices(catalogue, accepted)
    require_engine()
    if arguments.engine != LOCAL:
        require_sqlglot()
    from firmpath.fleet.plan import Order
    from firmpath.fleet.planned import Question
    from firmpath.fleet.targets import read_targets

    targets = None if arguments.target == "newest" else read_targets(arguments.target, catalogue)
    question = Question(targets, accepted)
    order = Order(arguments.inventory, headings, question, arguments.because, arguments.form, wave_size)
    if arguments.engine == SQL:
        with _bars() as told:
            unsettled = plan_as_sql(arguments, catalogue, order, told)
        return ExitCode.NO if unsettled else ExitCode.YES
    with _bars() as told:
        plan = _plan(arguments, catalogue, order, told)
    if arguments.json:
        print_json(_json(arguments, plan) | known_at_json(arguments))
    else:
        _print(arguments, plan)
    return ExitCode.YES if all(each in ("pathway", "already_there") for each in plan.by_status()) else ExitCode.NO


def _plan(arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order", told: "Told") -> "Plan":
    """Make the plan on this machine or on a cluster."""
    folder = Path(arguments.out).absolute()
    if arguments.engine == LOCAL:
        from firmpath.fleet.planning import plan_fleet

        return plan_fleet(catalogue, order, folder, told)
    from firmpath.fleet.elsewhere.on_spark import plan_on_spark

    return plan_on_spark(catalogue, order, arguments.master, folder, told)


def require_engine() -> None:
    """Refuse in words where the engine is not installed.

    :raises FirmpathError: it is not.
    """
    try:
        import duckdb  # noqa: F401
    except ImportError:
        wrong, right = "is not installed", "install firmpath with its extra 'fleet'"
        raise FirmpathError(Fault("DuckDB", "", wrong, right, quoted=False)) from None


@contextmanager
def _bars() -> Iterator[Callable[[str, float], object]]:
    """Show a bar for whatever is being done; one after the other."""
    state: dict[str, float] = {}
    with progress("Planning", 4 * _PARTS) as more:

        def told(what: str, part: float) -> None:
            before = state.get(what, 0.0)
            if part > before:
                state[what] = part
                more(round(part * _PARTS) - round(before * _PARTS))

        yield told


def _headings(written: list[str]) -> dict[str, str]:
    from firmpath.fleet.readings import COLUMNS

    known = ("device_id", *COLUMNS)
    found: dict[str, str] = {}
    for each in written:
        ours, equals, heading = each.partition("=")
        if not equals or not heading or ours not in known:
            right = f"write it as OURS=HEADING, OURS being one of {', '.join(known)}"
            raise FirmpathError(Fault("Column", each, "does not say which heading means which column", right))
        found[ours] = heading
    return found


def _wave_size(written: str) -> int:
    if written.isascii() and written.isdecimal() and 1 <= int(written[:9]) <= 10_000_000:
        return int(written)
    raise FirmpathError(Fault("Wave size", written, "is not a whole number from 1 to 10,000,000"))


def _print(arguments: argparse.Namespace, plan: "Plan") -> None:
    from firmpath.fleet.words import STATUS_WORDS

    written = sum(group.rows for group in plan.groups)
    print_wrapped(f"Planned. Rows of the inventory: {plan.rows:,}. Rows of the plan: {written:,}.", strong=True)
    for status, rows in sorted(plan.by_status().items(), key=lambda each: (-each[1], each[0])):
        print_field(f"{rows:,}", STATUS_WORDS[status], 14)
    files = sum(len(wave.files) for wave in plan.waves)
    made = f"{printable(arguments.out)} has plan.{arguments.form}, report.html, and waves/ with"
    print_wrapped(f"{made} {counted(files, 'file')} for {counted(len(plan.waves), 'next step')}.")
    print_wrapped(f"As at {plan.as_at}. Plan again before each step: the CPL can change.")


def _json(arguments: argparse.Namespace, plan: "Plan") -> dict[str, object]:
    return {
        "version": 1,
        "answer": "done",
        "as_at": str(plan.as_at),
        "folder": arguments.out,
        "rows_in": plan.rows,
        "rows_out": sum(group.rows for group in plan.groups),
        "statuses": dict(sorted(plan.by_status().items())),
        "waves": len(plan.waves),
        "wave_files": sum(len(wave.files) for wave in plan.waves),
    }
