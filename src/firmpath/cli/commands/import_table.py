"""Turn a CSV or XLSX table of the CPL into a register file: all of it, or nothing and every fault of every row."""

import argparse
from datetime import UTC, datetime

from firmpath.cli.arguments import add_json, add_table, parse_all
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import printable
from firmpath.cli.progress import working
from firmpath.cli.reading import IMPORTING_PARTY, REGISTER_BEGINS, file_fault, how_of, import_table, open_file
from firmpath.cli.typed import as_file, as_typed
from firmpath.cli.writing import add_out, print_done, refuse_to_overwrite
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.faults import FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import parse_date, parse_instant
from firmpath.pathways.plain_text import parse_name
from firmpath.pathways.record import faults_of_record
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
        help="the day or instant (UTC) of recording (default: of the last listing)",
    )
    add_table(parser.add_argument_group("the table"))
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the register, and say what is in it."""
    party, recorded_at = parse_all(
        lambda: parse_name(arguments.party, "Responsible Party"), lambda: _recorded_at(arguments.recorded_at)
    )
    refuse_to_overwrite(arguments)
    _refuse_register(arguments.table)
    statements = import_table(arguments.table, how_of(arguments)._replace(party=party), recorded_at)
    if not statements:
        raise FirmpathError(file_fault(arguments.table, "has no entry", "is it the right file?", "Table"))
    refuse_if_any(faults_of_record(statements))
    with working(f"Writing {arguments.out}"):
        write_octets(arguments.out, "".join(write_register(statements)).encode())
    entries = sum(isinstance(statement.fact, EntryPublished) for statement in statements)
    what = f"{counted(entries, 'entry', 'entries')} in {counted(len(statements), 'statement')}"
    out = printable(arguments.out)
    words = f"Imported {what} into {out}.", f"Next: {as_typed(('firmpath', 'lint', '--cpl', as_file(out)))}"
    print_done(arguments, words, {"entries": entries, "statements": len(statements)})
    return ExitCode.YES


def _refuse_register(path: str) -> None:
    with open_file(path) as file:
        if file.read(len(REGISTER_BEGINS)) == REGISTER_BEGINS:
            raise FirmpathError(file_fault(path, "is a register file already", "use it as it is, with --cpl"))


def _recorded_at(written: str | None) -> datetime | None:
    if written is None:
        return None
    if "T" in written:
        return parse_instant(written, "Recorded at")
    return datetime.combine(parse_date(written, "Recorded at"), datetime.min.time(), UTC)
