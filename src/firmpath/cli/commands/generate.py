"""Make an invented CPL of any size from a seed, shaped like the real one with every trap of it."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time

from firmpath.cli.arguments import add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import printable
from firmpath.cli.progress import progress
from firmpath.cli.writing import add_out, ending_of, print_done, refuse_to_overwrite
from firmpath.invented.cpl import Row, invented_rows
from firmpath.invented.statements import invented_statements
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Channel, Statement
from firmpath.tables.files import write_octets

_PARTY = "Invented for practice"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--entries", metavar="N", type=int, required=True, help="how many entries")
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes (default: 1)"
    )
    add_out(parser, "the file to write: .csv, .xlsx or .register (which has marks and notices too)")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the invented CPL, and say where."""
    ending = ending_of(arguments.out, "csv", "xlsx", "register")
    refuse_to_overwrite(arguments)
    entries, seed = arguments.entries, arguments.seed
    with progress("Inventing entries", entries) as more:
        _write(arguments.out, ending, _counting(invented_rows(entries, seed), more), seed)
    words = f"Invented {counted(entries, 'entry', 'entries')} in {printable(arguments.out)}."
    print_done(arguments, (words,), {"entries": entries, "seed": seed})
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
