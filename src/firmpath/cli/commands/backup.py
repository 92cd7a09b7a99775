"""Copy both databases of the register into a new folder, as they are at an instant, while it is served."""

import argparse
from pathlib import Path

from firmpath.cli.arguments import add_json
from firmpath.cli.commands.serve import start_django
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.cli.register_here import require_register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("folder", metavar="FOLDER", help="the folder to make")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Make the backup, and say what is in it."""
    from datetime import UTC, datetime

    require_register()
    start_django()
    from firmpath.registry.operations.backup import back_up

    made = back_up(Path(arguments.folder).absolute(), datetime.now(UTC))
    if arguments.json:
        print_json({"version": 1, "answer": "done", **made._asdict(), "files": list(made.files)})
        return ExitCode.YES
    print_wrapped(f"Backed up to {printable(arguments.folder)}: {' and '.join(made.files)}.")
    print_wrapped(f"The ledger stood at statement {made.number}.")
    print_wrapped("The SSC's database is a file of its own there: keep it where only the SSC's people get at it.")
    return ExitCode.YES
