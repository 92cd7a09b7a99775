"""Plan the next step of every Device of an inventory, with the files for the service requests and a report."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    add_quiet,
    day_asked_about,
    known_at,
    known_at_json,
    parse_together,
    refuse_unknown_notices,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.long_work import long_work
from firmpath.cli.ordering import (
    DEVICE_STATUS,
    add_inventory,
    add_limits,
    deadline,
    headings,
    limits,
    mapped_headings,
    whole_number,
)
from firmpath.cli.output import print_field, print_json, print_wrapped, printable
from firmpath.cli.planning_elsewhere import (
    LOCAL,
    SQL,
    add_elsewhere,
    plan_as_sql,
    require_engine_arguments,
    require_sqlglot,
)
from firmpath.cli.progress import hushed
from firmpath.cli.reading import how_of, mapping_of, read_catalogue
from firmpath.cli.replacing_plans import leave_to_replace
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError

if TYPE_CHECKING:
    from firmpath.fleet.plan import Order, Plan, ReadAs
    from firmpath.fleet.unfinished import Check
    from firmpath.pathways.catalogue import Catalogue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "inventory",
        metavar="INVENTORY",
        help="Parquet or CSV (.gz, .zst), or a folder of such files; with --engine sql a table",
    )
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder to make")
    parser.add_argument(
        "--replace", action="store_true", help="put the plan in the place of one that is there already"
    )
    parser.add_argument(
        "--target",
        metavar="TARGET",
        default="newest",
        help="newest (default), or a CSV file with the one column target: an entry for each hardware",
    )
    parser.add_argument(
        "--form", choices=("parquet", "csv"), default="parquet", help="of the plan (default: parquet)"
    )
    add_inventory(parser)
    add_limits(parser)
    add_elsewhere(parser)
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Make the plan, and say what came of it."""
    with hushed(arguments.quiet):
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> ExitCode:
    columns, wave_size, accepted, limited, finish_by, *_ = parse_together(
        arguments,
        lambda: headings(arguments, (DEVICE_STATUS,) if arguments.only_commissioned else ()),
        lambda: whole_number("Wave size", arguments.wave_size, 10_000_000),
        lambda: accepted_notices(arguments),
        lambda: limits(arguments, day_asked_about(arguments)),
        lambda: deadline(arguments, day_asked_about(arguments)),
        lambda: require_engine_arguments(arguments),
        lambda: _require_folder(arguments),
    )
    catalogue = read_catalogue(arguments)
    refuse_unknown_notices(catalogue, accepted)
    _require_libraries(arguments)
    from firmpath.fleet.excluding import find_excluded
    from firmpath.fleet.plan import Order
    from firmpath.fleet.planned import Question
    from firmpath.fleet.targets import read_targets

    excluded = find_excluded(catalogue, arguments.exclude, accepted)
    catalogue = catalogue.excluding(excluded.entries)
    targets = None if arguments.target == "newest" else read_targets(arguments.target, catalogue)
    order = Order(
        arguments.inventory,
        columns,
        Question(targets, accepted),
        arguments.because,
        arguments.form,
        wave_size,
        limited,
        excluded.notices,
        arguments.only_commissioned,
        known_at(arguments),
        finish_by,
        _read_as(arguments),
    )
    make = _plan_as_sql if arguments.engine == SQL else _plan
    return make(arguments, catalogue, order)


def _require_libraries(arguments: argparse.Namespace) -> None:
    require_engine()
    if arguments.engine != LOCAL:
        require_sqlglot()


def _read_as(arguments: argparse.Namespace) -> "ReadAs":
    from firmpath.fleet.plan import ReadAs

    mapping = mapping_of(how_of(arguments))
    return ReadAs(dict(mapping.columns), mapping.ignore, arguments.sheet, mapped_headings(arguments))


def _plan_as_sql(arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order") -> ExitCode:
    with long_work({"Finding pathways": 1.0}, "readings") as work:
        unsettled = plan_as_sql(arguments, catalogue, order, work.told)
    return ExitCode.NO if unsettled else ExitCode.YES


def _plan(arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order") -> ExitCode:
    from firmpath.fleet.finishing import can_be_done
    from firmpath.fleet.words import NEEDS_NOTHING

    make = _plan_here if arguments.engine == LOCAL else _plan_on_spark
    plan = make(arguments, catalogue, order, leave_to_replace(arguments))
    if arguments.json:
        print_json(_json(arguments, plan) | known_at_json(arguments))
    elif not arguments.quiet:
        _print(arguments, plan)
    is_settled = plan.by_status().keys() <= NEEDS_NOTHING and can_be_done(plan)
    return ExitCode.YES if is_settled else ExitCode.NO


def _plan_here(
    arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order", may_replace: "Check | None"
) -> "Plan":
    from firmpath.fleet.planning import PHASES, plan_fleet

    with long_work(PHASES, "Devices") as work:
        return plan_fleet(catalogue, order, _folder(arguments), work.told, work.counted, may_replace)


def _plan_on_spark(
    arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order", may_replace: "Check | None"
) -> "Plan":
    from firmpath.fleet.elsewhere.on_spark import PHASES, plan_on_spark

    with long_work(PHASES, "Devices") as work:
        return plan_on_spark(catalogue, order, arguments.master, _folder(arguments), work.told, may_replace)


def _folder(arguments: argparse.Namespace) -> Path:
    return Path(arguments.out).absolute()


def _require_folder(arguments: argparse.Namespace) -> None:
    if not arguments.out:
        raise FirmpathError(Fault("Plan", "", "has no name", "give --out the name of a folder"))


def require_engine() -> None:
    """Refuse in words where the engine is not installed.

    :raises FirmpathError: it is not.
    """
    try:
        import firmpath.fleet  # noqa: F401, I001  (it has a say in how Arrow is loaded)
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError:
        wrong, right = "is not installed", "install firmpath with its extra 'fleet'"
        raise FirmpathError(Fault("PyArrow or DuckDB", "", wrong, right, quoted=False)) from None


def _print(arguments: argparse.Namespace, plan: "Plan") -> None:
    from firmpath.fleet.day_words import how_long, how_many_too_late, what_decides
    from firmpath.fleet.finishing import finish_in_words
    from firmpath.fleet.too_late import find_too_late
    from firmpath.fleet.words import HELD_BACK, ends_in_words, not_looked_at_in_words, totals_in_words

    written = sum(group.rows for group in plan.groups)
    print_wrapped(f"Planned. Rows of the inventory: {plan.rows:,}. Rows of the plan: {written:,}.", strong=True)
    for _, saying, rows in totals_in_words(plan.by_status(), plan.at_newest_of_rest):
        print_field(f"{rows:,}", saying.of(rows), 14)
    if not plan.rows:
        print_wrapped("The inventory has no row, so there is nothing to plan.")
    if plan.catalogue.excluded and plan.order.question.targets is None:
        print_wrapped("A target is the newest firmware of what is not left out.")
    if plan.held_back:
        print_wrapped(f"{HELD_BACK}, and by nothing else: {counted(plan.held_back, 'Device')}.")
    if plan.ends:
        print_wrapped(f"{ends_in_words(plan.ends)}; the report says which.")
    if plan.waves and plan.status_not_looked_at:
        remedy = " --only-commissioned leaves them out." if arguments.engine == LOCAL else ""
        print_wrapped(f"{not_looked_at_in_words(plan.status_not_looked_at)}{remedy}")
    files = sum(len(wave.files) for wave in plan.waves)
    made = f"{printable(arguments.out)} has plan.{arguments.form}, report.html, stuck.csv, and waves/ with"
    print_wrapped(f"{made} {counted(files, 'file')} for {counted(len(plan.waves), 'next step')}.")
    if plan.order.limits and plan.days:
        taken = f"Under the limits these steps take {how_long(plan, plan.order.limits)}."
        print_wrapped(" ".join(filter(None, (taken, what_decides(plan)))))
        if late := how_many_too_late(find_too_late(plan)):
            print_wrapped(f"{late} report.html says which.")
    for words in finish_in_words(plan):
        print_wrapped(words)
    print_wrapped(f"As at {day_in_words(plan.as_at)}. Plan again before each step: the CPL can change.")


def _json(arguments: argparse.Namespace, plan: "Plan") -> dict[str, object]:
    from firmpath.fleet.finishing import finish_as_json
    from firmpath.fleet.too_late import find_too_late

    days = (
        {
            "days": plan.days,
            "first_day": str(plan.order.limits.first_day),
            "devices_too_late": sum(each.devices for each in find_too_late(plan)),
        }
        if plan.order.limits
        else {}
    )
    return {
        "version": 1,
        "answer": "done",
        "as_at": str(plan.as_at),
        "folder": arguments.out,
        "rows_in": plan.rows,
        "rows_out": sum(group.rows for group in plan.groups),
        "statuses": dict(sorted(plan.by_status().items())),
        **(
            {"held_back": plan.held_back, "newer_left_out": plan.at_newest_of_rest}
            if plan.catalogue.excluded
            else {}
        ),
        "nothing_leads_on": plan.ends.total(),
        "waves": len(plan.waves),
        "wave_files": sum(len(wave.files) for wave in plan.waves),
        **days,
        **finish_as_json(plan),
    }
