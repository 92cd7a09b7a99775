"""Put a backup in the place of what the register has. What was recorded since the backup is lost."""

import argparse
import sys
from pathlib import Path

from firmpath.cli.arguments import add_json
from firmpath.cli.commands.serve import start_django
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.pathways.faults import Fault, FirmpathError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("folder", metavar="FOLDER", help="a folder that `firmpath backup` made")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Ask, restore, and say where the ledger stands now."""
    start_django()
    from firmpath.registry.operations.backup import restore
    from firmpath.registry.operations.preparing import prepare

    prepare()
    if not arguments.yes:
        _ask(arguments.folder)
    found = restore(Path(arguments.folder).absolute())
    prepare()  # the tables of an older backup
    if arguments.json:
        print_json({"version": 1, "answer": "done", **found._asdict(), "files": list(found.files)})
        return ExitCode.YES
    print_wrapped(f"Restored from {printable(arguments.folder)}. The ledger stands at statement {found.number}.")
    return ExitCode.YES


def _ask(folder: str) -> None:
    from firmpath.registry.ledger.current import current

    number = current().number
    right = "answer yes, or give --yes"
    if not number:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        wrong = f"would take the place of a ledger with {number} statements"
        raise FirmpathError(Fault("Backup", folder, wrong, "give --yes if that is meant"))
    print_wrapped(f"The register has {number} statements. Whatever is not in {printable(folder)} will be lost.")
    if input("Restore? Type yes: ").strip() != "yes":
        raise FirmpathError(Fault("Restore", "", "was not confirmed, and nothing was changed", right, quoted=False))
