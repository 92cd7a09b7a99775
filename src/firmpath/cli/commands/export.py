"""Turn a CPL into a CSV or XLSX table, or into a register file, by the ending of the name."""

import argparse

from firmpath.cli.arguments import add_cpl, cpl_path
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_wrapped, say
from firmpath.cli.progress import working
from firmpath.cli.reading import how_of, read_catalogue, read_statements
from firmpath.cli.writing import add_out, refuse_to_overwrite
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.register_writer import write_register
from firmpath.tables.files import write_octets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_out(parser, "the file to write: .csv, .xlsx or .register")
    add_cpl(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the file, and say what a table cannot hold."""
    refuse_to_overwrite(arguments)
    ending = arguments.out.rsplit(".", 1)[-1].lower() if "." in arguments.out else ""
    if ending == "register":
        statements = read_statements(cpl_path(arguments), how_of(arguments))
        write_octets(arguments.out, "".join(write_register(statements)).encode())
        print_wrapped(f"Exported {counted(len(statements), 'statement')} to {arguments.out}.")
    elif ending in ("csv", "xlsx"):
        _export_table(arguments, ending)
    else:
        right = "end the name in .csv, .xlsx or .register"
        raise FirmpathError(Fault("File", arguments.out, "does not say what it is to be", right))
    return ExitCode.YES


def _export_table(arguments: argparse.Namespace, ending: str) -> None:
    from firmpath.tables.entry_rows import row_of
    from firmpath.tables.left_out import left_out_of_table
    from firmpath.tables.writing import write_csv, write_xlsx

    catalogue = read_catalogue(arguments)
    with working(f"Writing {arguments.out}"):
        (write_csv if ending == "csv" else write_xlsx)(arguments.out, map(row_of, catalogue.entries.values()))
    print_wrapped(
        f"Exported {counted(len(catalogue), 'entry', 'entries')} as at {catalogue.as_at} to {arguments.out}."
    )
    for left_out in left_out_of_table(read_statements(cpl_path(arguments), how_of(arguments))):
        say(f"firmpath: a table cannot hold {left_out}; a register file can")
