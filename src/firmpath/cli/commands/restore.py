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
    issued = parser.add_mutually_exclusive_group()
    issued.add_argument(
        "--last-cpl-entry-id",
        metavar="ID",
        help="the largest CPL Entry ID that was ever issued, so that none is issued twice: see the latest e-mail "
        "about a publication, extract of the DCC, or entry of the feed",
    )
    issued.add_argument(
        "--nothing-was-published-since", action="store_true", help="no id was issued after the backup was made"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Ask, restore, and say where the ledger stands now."""
    start_django()
    from firmpath.registry.operations.backup import restore
    from firmpath.registry.operations.preparing import prepare

    prepare()
    issued = _largest_issued(arguments)
    if not arguments.yes:
        _ask(arguments.folder)
    found = restore(Path(arguments.folder).absolute(), issued)
    if arguments.json:
        print_json({"version": 1, "answer": "done", **found._asdict(), "files": list(found.files)})
        return ExitCode.YES
    print_wrapped(f"Restored from {printable(arguments.folder)}. The ledger stands at statement {found.number}.")
    return ExitCode.YES


def _largest_issued(arguments: argparse.Namespace) -> int:
    """Give the largest CPL Entry ID that was ever issued: what the register knows, or what was said.

    :raises FirmpathError: the register is empty, so it cannot know what was issued since the backup.
    """
    from firmpath.pathways.identifiers import parse_cpl_entry_id
    from firmpath.registry.ledger.current import current
    from firmpath.registry.ledger.issued import largest_issued

    register = current().register
    given = arguments.last_cpl_entry_id
    if given is None and not register.last_number and not arguments.nothing_was_published_since:
        wrong = "is restored to an empty register, which cannot know the CPL Entry IDs issued since it was made"
        right = "give --last-cpl-entry-id ID, or --nothing-was-published-since, so that no id is issued twice"
        raise FirmpathError(Fault("Backup", arguments.folder, wrong, right))
    return max(largest_issued(register), parse_cpl_entry_id(given) if given is not None else 0)


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
