"""Turn a CSV or XLSX table of the CPL into a register file: all of it, or nothing and every fault of every row."""

import argparse
from datetime import UTC, datetime

from firmpath.cli.arguments import add_table
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_wrapped
from firmpath.cli.progress import working
from firmpath.cli.reading import IMPORTING_PARTY, how_of, import_table
from firmpath.cli.writing import add_out, refuse_to_overwrite
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import parse_date, parse_instant
from firmpath.pathways.register_writer import write_register
from firmpath.tables.files import write_octets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("table", metavar="TABLE", help="the CSV or XLSX file")
    add_out(parser, "the register file to write")
    parser.add_argument("--party", metavar="NAME", default=IMPORTING_PARTY, help="the responsible Party")
    parser.add_argument(
        "--recorded-at",
        metavar="WHEN",
        default="",
        help="the day or instant (UTC) of recording (default: of the last listing)",
    )
    add_table(parser.add_argument_group("the table"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the register, and say what is in it."""
    refuse_to_overwrite(arguments)
    statements = import_table(arguments.table, how_of(arguments), _recorded_at(arguments.recorded_at))
    if not statements:
        raise FirmpathError(Fault("Table", arguments.table, "has no entry", "is it the right file?"))
    fold(statements, datetime.now(UTC).date())
    with working(f"Writing {arguments.out}"):
        write_octets(arguments.out, "".join(write_register(statements)).encode())
    entries = sum(isinstance(statement.fact, EntryPublished) for statement in statements)
    what = f"{counted(entries, 'entry', 'entries')} in {counted(len(statements), 'statement')}"
    print_wrapped(f"Imported {what} into {arguments.out}.")
    print_wrapped(f"Next: firmpath lint --cpl {arguments.out}")
    return ExitCode.YES


def _recorded_at(written: str) -> datetime | None:
    if not written:
        return None
    if "T" in written:
        return parse_instant(written, "Recorded at")
    return datetime.combine(parse_date(written, "Recorded at"), datetime.min.time(), UTC)
