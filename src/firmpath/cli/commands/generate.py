"""Make an invented CPL of any size from a seed, with every trap of the real ones; or a fleet or image for one."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path

from firmpath.cli.arguments import add_cpl, add_json, parse_together
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.long_work import long_work
from firmpath.cli.output import printable
from firmpath.cli.progress import progress
from firmpath.cli.reading import read_catalogue
from firmpath.cli.writing import add_out, ending_of, print_done, refuse_to_overwrite, replacing
from firmpath.invented.cpl import Row, invented_rows
from firmpath.invented.images import invent_ota_file
from firmpath.invented.statements import invented_statements
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.naming import full_name
from firmpath.pathways.reference import parse_reference, require_one
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Channel, Statement
from firmpath.tables.files import beside, file_fault, write_octets

_PARTY = "Invented for practice"
_INVENTING = "Inventing Devices"
_MOST_SEARCHED = 1_000
"""Histories that are searched at least for an image: a CPL has fewer entries on a day before its last."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--entries", metavar="N", type=int, help="a CPL of so many entries")
    size.add_argument(
        "--fleet", metavar="N", type=int, help="an inventory of so many Devices of a CPL (--cpl), with regions"
    )
    size.add_argument("--image", metavar="ENTRY", help="an OTA file for this entry of an invented CPL (--cpl)")
    parser.add_argument(
        "--flawless",
        action="store_true",
        help="a fleet in which no row has a flaw; docs/plan.md has the flaws",
    )
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes (default: 1)"
    )
    add_out(
        parser,
        "the file to write: .csv, .xlsx or .register (which has marks and notices too); of a fleet .parquet, .csv, "
        ".csv.gz or .csv.zst",
    )
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the invented CPL, fleet or image, and say where."""
    if arguments.fleet is not None:
        return _invent_fleet(arguments)
    if arguments.image is not None:
        return _invent_image(arguments)
    ending = ending_of(arguments.out, "csv", "xlsx", "register")
    refuse_to_overwrite(arguments)
    entries, seed = arguments.entries, arguments.seed
    with progress("Inventing entries", entries) as more:
        _write(arguments.out, ending, _counting(invented_rows(entries, seed), more), seed)
    words = f"Invented {counted(entries, 'entry', 'entries')} in {printable(arguments.out)}."
    print_done(arguments, (words,), {"entries": entries, "seed": seed})
    return ExitCode.YES


def _invent_fleet(arguments: argparse.Namespace) -> ExitCode:
    from firmpath.cli.commands.plan import require_engine

    catalogue = read_catalogue(arguments)
    if not len(catalogue) or arguments.fleet < 1:
        what = ("Fleet", str(arguments.fleet)) if arguments.fleet < 1 else ("CPL", arguments.cpl or "")
        raise FirmpathError(Fault(*what, "has nothing in it to invent Devices of", "give one Device and one entry"))
    require_engine()
    from firmpath.fleet.inventing import FORMS, MOST_DEVICES, invent_fleet

    if arguments.fleet > MOST_DEVICES:
        right = "give fewer, so that each has an ID of its own"
        raise FirmpathError(Fault("Fleet", str(arguments.fleet), f"has more than {MOST_DEVICES:,} Devices", right))
    form = next((each for each in sorted(FORMS, key=len, reverse=True) if arguments.out.endswith(f".{each}")), "")
    if not form:
        right = f"give a name that ends in .{', .'.join(FORMS)}"
        raise FirmpathError(Fault("File", arguments.out, "is of no form that a fleet is written in", right))
    refuse_to_overwrite(arguments)
    out, fleet, seed = Path(arguments.out).absolute(), arguments.fleet, arguments.seed
    if not os.path.isdir(out.parent):  # which says of a name that is too long that it is none
        raise FirmpathError(
            file_fault(arguments.out, "cannot be written: its folder is not there", "make the folder")
        )
    unfinished = beside(out, "unfinished")
    with long_work({_INVENTING: 1.0}, "Devices") as work, replacing(unfinished, out):
        work.counted(fleet)
        told = partial(work.told, _INVENTING)
        invent_fleet(catalogue, fleet, seed, unfinished, form, not arguments.flawless, told)
    words = f"Invented {counted(fleet, 'Device')} in {printable(arguments.out)}."
    print_done(arguments, (words,), {"devices": fleet, "seed": seed})
    return ExitCode.YES


def _invent_image(arguments: argparse.Namespace) -> ExitCode:
    (reference,) = parse_together(arguments, lambda: parse_reference(arguments.image))
    catalogue = read_catalogue(arguments)
    entry = catalogue[require_one(catalogue, reference)]
    refuse_to_overwrite(arguments)
    write_octets(arguments.out, invent_ota_file(entry, arguments.seed, max(len(catalogue), _MOST_SEARCHED)))
    words = f"Invented an OTA file for {full_name(catalogue, entry.cpl_entry_id)} in {printable(arguments.out)}."
    print_done(arguments, (words,), {"cpl_entry_id": entry.cpl_entry_id, "seed": arguments.seed})
    return ExitCode.YES


def _counting(rows: Iterator[Row], more: Callable[[int], object]) -> Iterator[Row]:
    for row in rows:
        yield row
        more(1)


def _write(path: str, ending: str, rows: Iterator[Row], seed: int) -> None:
    from firmpath.tables.writing import write_csv, write_xlsx

    if ending == "register":
        register = write_register(_record(tuple(rows), seed))
        write_octets(path, "".join(register).encode())
    elif ending == "csv":
        write_csv(path, rows)
    else:
        write_xlsx(path, rows)


def _record(rows: tuple[Row, ...], seed: int) -> Iterator[Statement]:
    """Give what the table says, then the marks and notices, each recorded on the day from which it holds."""
    from firmpath.tables.columns import COLUMN_NAMES
    from firmpath.tables.rows import TableRows
    from firmpath.tables.statements import statements_from_table

    columns: dict[str, Sequence[object]] = dict(zip(COLUMN_NAMES, zip(*rows, strict=True), strict=True))
    table = TableRows("the invented rows", list(range(1, len(rows) + 1)), columns, {}, [])
    statements = statements_from_table(table, _PARTY)
    yield from statements
    last = statements[-1]
    for at, (effective_from, fact, reason) in enumerate(invented_statements(len(rows), seed), 1):
        recorded_at = max(last.recorded_at, datetime.combine(effective_from, time(), UTC))
        number = last.number + at
        yield Statement(number, recorded_at, effective_from, _PARTY, Channel.IMPORT, fact, reason=reason)
