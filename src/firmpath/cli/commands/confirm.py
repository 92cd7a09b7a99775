"""Confirm, where the register runs, the first person of the Security Sub-Committee (SSC), while nobody is of it."""

import argparse
import sys

from firmpath.cli.arguments import add_json
from firmpath.cli.commands.serve import start_django
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.cli.register_here import require_register
from firmpath.pathways.faults import Fault, FirmpathError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("email", metavar="EMAIL", help="the e-mail address of somebody who has joined the SSC")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show whom it is about, ask, and confirm them."""
    from datetime import UTC, datetime

    require_register()
    start_django()
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.admission import admit_first, find_first

    prepare()
    found = find_first(arguments.email)
    name, party = found.person.name, found.person.party.name
    if not arguments.yes:
        _ask(name, party, found.person.email, found.let_in_by, found.were_of_it)
    admit_first(found.person.pk, at=datetime.now(UTC))
    if arguments.json:
        print_json({"version": 1, "answer": "done", "name": name, "party": party})
    else:
        print_wrapped(f"{printable(name)} is of the Security Sub-Committee from now on, and confirms who follows.")
    return ExitCode.YES


def _ask(name: str, party: str, email: str, let_in_by: str, were_of_it: tuple[str, ...]) -> None:
    """Ask whoever runs the register.

    :raises FirmpathError: nobody can be asked, or the answer is not yes.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        wrong = f"would let {name} see all that is kept for the SSC"
        raise FirmpathError(Fault("E-mail address", email, wrong, "give --yes if that is meant"))
    by = f", and was let in by {printable(let_in_by)}" if let_in_by else ""
    print_wrapped(f"{printable(name)} joined {printable(party)} with the e-mail address {printable(email)}{by}.")
    if were_of_it:
        print_wrapped(f"These were of it, and have been switched off: {printable(', '.join(were_of_it))}.")
    print_wrapped(
        "Ask the Security Sub-Committee itself, by a number you know, whether they are of it; not whoever asks you "
        "to do this. They will see all that is kept for it, and confirm who follows."
    )
    if input("Confirm them? Type yes: ").strip() != "yes":
        wrong = "was not confirmed, and nothing was changed"
        raise FirmpathError(Fault("The person", "", wrong, "answer yes, or give --yes", quoted=False))
