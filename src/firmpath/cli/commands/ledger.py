"""Load a CPL into the register's empty ledger, or verify that nothing in the ledger was changed, lost or moved."""

import argparse

from firmpath.cli.arguments import add_json
from firmpath.cli.commands.serve import start_django
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.cli.register_here import require_register
from firmpath.pathways.faults import Fault, FirmpathError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("act", metavar="ACT", choices=("load", "verify"), help="load or verify")
    parser.add_argument("file", metavar="FILE", nargs="?", help="to load: a register file, CSV or XLSX")
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Do one of the two."""
    if (arguments.act == "load") != bool(arguments.file):
        wrong = "needs a FILE" if arguments.act == "load" else "takes no FILE"
        raise FirmpathError(Fault("ledger", arguments.act, wrong, "see firmpath ledger --help"))
    if arguments.act == "verify":
        require_register()
    start_django()
    from firmpath.registry.operations.preparing import prepare

    prepare()
    return _load(arguments) if arguments.file else _verify(arguments)


def _load(arguments: argparse.Namespace) -> ExitCode:
    from datetime import UTC, datetime

    from firmpath.cli.reading import read_statements
    from firmpath.registry.ledger.loading import load

    count = load(read_statements(arguments.file), datetime.now(UTC))
    if arguments.json:
        print_json({"version": 1, "answer": "done", "statements": count})
    else:
        print_wrapped(f"Loaded {count} statements from {printable(arguments.file)}.")
    return ExitCode.YES


def _verify(arguments: argparse.Namespace) -> ExitCode:
    from firmpath.registry.ledger.verify import verify

    found = verify()
    faults = [str(fault) for fault in found.faults]
    if arguments.json:
        answer = "not_sound" if faults else "sound"
        fields = {"statements": found.statements, "chain": found.chain, "faults": faults}
        print_json({"version": 1, "answer": answer, **fields})
    else:
        for fault in faults:
            print_wrapped(fault, hanging=2)
        outcome = "is NOT sound" if faults else "is sound: nothing was changed, lost or moved"
        print_wrapped(f"The ledger of {found.statements} statements {outcome}.")
        print_wrapped(f"Chain up to the last: {found.chain}")
    return ExitCode.NO if faults else ExitCode.YES
