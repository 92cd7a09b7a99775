"""Turn a CPL into a CSV or XLSX table, or into a register file, by the ending of the name."""

import argparse

from firmpath.cli.arguments import (
    add_cpl,
    add_json,
    cpl_path,
    day_asked_about,
    known_at,
    known_at_json,
    parse_together,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import printable, say
from firmpath.cli.progress import working
from firmpath.cli.reading import IMPORTING_PARTY, how_of, is_register, read_statements, refuse_unfit
from firmpath.cli.writing import add_out, ending_of, print_done, refuse_to_overwrite
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from firmpath.tables.files import write_octets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_out(parser, "the file to write: .csv, .xlsx or .register")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the file, and say what a table cannot hold."""
    (ending,) = parse_together(arguments, lambda: _ending(arguments))
    refuse_to_overwrite(arguments)
    refuse_unfit(arguments, is_register(cpl_path(arguments)))
    known = known_at(arguments)
    statements = read_statements(cpl_path(arguments), how_of(arguments))
    if known:
        statements = tuple(statement for statement in statements if statement.recorded_at <= known)
    if ending == "register":
        write_octets(arguments.out, "".join(write_register(statements)).encode())
        words = f"Exported {counted(len(statements), 'statement')} to {printable(arguments.out)}."
        print_done(arguments, (words,), {"statements": len(statements), **known_at_json(arguments)})
    else:
        _export_table(arguments, ending, statements)
    return ExitCode.YES


def _ending(arguments: argparse.Namespace) -> str:
    ending = ending_of(arguments.out, "csv", "xlsx", "register")
    if ending == "register" and arguments.on is not None:
        wrong = "is given, but a register file holds every day"
        raise FirmpathError(Fault("Day", arguments.on, wrong, "leave out --on, or export a table"))
    return ending


def _export_table(arguments: argparse.Namespace, ending: str, statements: tuple[Statement, ...]) -> None:
    from firmpath.tables.entry_rows import row_of
    from firmpath.tables.left_out import left_out_of_table
    from firmpath.tables.writing import write_csv, write_xlsx

    catalogue = fold(statements, day_asked_about(arguments))
    rows = list(map(row_of, catalogue.entries.values()))
    with working(f"Writing {arguments.out}"):
        (write_csv if ending == "csv" else write_xlsx)(arguments.out, rows)
        left_out = list(left_out_of_table(statements, rows, catalogue.as_at, IMPORTING_PARTY))
    entries = counted(len(catalogue), "entry", "entries")
    words = f"Exported {entries} as at {day_in_words(catalogue.as_at)} to {printable(arguments.out)}."
    fields = {"as_at": catalogue.as_at.isoformat(), "entries": len(catalogue), "left_out": left_out}
    print_done(arguments, (words,), fields | known_at_json(arguments))
    for each in left_out if not arguments.json else ():
        say(f"firmpath: a table cannot hold {each}; a register file can")
