"""Where `firmpath` starts: find the command, load its module alone, run it, and turn errors into words.

A question is answered in a few hundredths of a second, most of it the start of Python: so no command's module, and
nothing that only one command needs, is imported before it is asked for. Source: ADR 0002.
"""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn

from firmpath import __version__
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.faults import FirmpathError

_PLAIN_WIDTH: Final = 100
_SELDOM: Final = 100_000
"""New objects between two searches for circular garbage, of which a question makes next to none."""
_LONGEST_REFUSAL: Final = 400

COMMANDS: Final = {
    "path": "the best pathway from one firmware to another, step by step",
    "next": "the one step to take now",
    "why-not": "why there is no pathway, and whom to ask for what",
    "alternatives": "every pathway, best first",
    "stones": "the mandatory stops between two entries, each with its proof",
    "check-sequence": "whether a planned sequence of upgrades is safe",
    "entry": "everything on record about an entry",
    "lint": "judge a whole CPL by the numbered rules",
    "rehearse": "what a submission would change, before it is accepted",
    "diff": "the difference between two days or two CPLs, in pathway terms",
    "draw": "a picture of the upgrades around an entry, or of a pathway",
    "import": "turn a CSV or XLSX table into a register file",
    "export": "turn a CPL into a CSV or XLSX table, or a register file",
    "plan": "the next step of every Device of a fleet, with files for the service requests",
    "image": "what an OTA file is, or one in a request: its header, its hash, and the CPL entries that have it",
    "preflight": "whether a service request may be sent: go or no-go for every Device",
    "identify": "what an inherited meter runs, by an answer about it, and where it may go",
    "requests": "unsigned service requests for the waves of a plan",
    "generate": "make an invented CPL of any size, or an inventory or an image for one",
    "demo": "see all of it on an invented CPL",
    "serve": "serve the register to browsers and programs",
    "ledger": "load a CPL into the register's ledger, or verify the ledger",
    "backup": "copy both databases of the register, while it is served",
    "restore": "put a backup in the place of what the register has",
    "confirm": "confirm, where the register runs, the first person of the SSC",
    "ssc": "what only the Security Sub-Committee may ask a register: vulnerabilities, exposure, ways out",
}


class HelpFormatter(argparse.HelpFormatter):
    """Help as wide as the terminal; argparse would load a module to find out how wide that is."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else _PLAIN_WIDTH
        except (OSError, ValueError):
            width = _PLAIN_WIDTH
        super().__init__(prog, width=max(40, min(width, _PLAIN_WIDTH) - 2))
        if " " not in prog:  # the list of commands: its longest name is on the line of its help too
            self._action_max_length = max(map(len, COMMANDS)) + 4


class Parser(argparse.ArgumentParser):
    """A parser whose refusals cannot steer a terminal, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line, with exit code 2."""
        from firmpath.cli.output import printable  # what is understood needs none of it

        super().error(printable(message, _LONGEST_REFUSAL))


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(_SELDOM)
    _make_streams_safe()
    code: object = ExitCode.INTERRUPTED
    try:
        try:
            code = main(sys.argv[1:])
        except SystemExit as left:  # help was asked for, or the command line was not understood
            code = left.code
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush fails no more
        code = ExitCode.PIPE_CLOSED if isinstance(error, BrokenPipeError) else ExitCode.REFUSED
        if code is ExitCode.REFUSED:
            print(f"firmpath: stopped: {_in_words(error)}", file=sys.stderr)
    except Exception as error:  # whatever it is, it is no answer, and must not pass for one
        code = ExitCode.FAILED
        what = "out of memory" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}"
        print(f"firmpath: stopped by a fault of its own, and nothing was answered: {what}", file=sys.stderr)
    sys.stderr.flush()
    # To leave in the usual way takes the whole program apart first, which is a sixth of the time of a question.
    os._exit(int(code) if isinstance(code, int) else ExitCode.YES)


def _in_words(error: OSError) -> str:
    """Say what the system does not let us do, and with which file or folder, where that is known."""
    said = (error.strerror or str(error)).lower()
    if not isinstance(error.filename, str):
        return said
    from firmpath.cli.output import printable
    from firmpath.tables.files import shown_path  # few need it

    named = printable(shown_path(error.filename))
    return f"{said}: {named}; check its name, and that there is room and you may use it"


def _make_streams_safe() -> None:
    """Let nothing that has to be printed fail for want of a stream, or of a character in its encoding."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed by whoever started this process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str]) -> ExitCode:
    """Run one command line and give its exit code.

    :raises SystemExit: help was asked for, or the command line was not understood.
    """
    parser = _parser(argv)
    # `main` goes with them, for the command that runs others.
    arguments = parser.parse_args(argv, argparse.Namespace(main=main))
    if arguments.command is None:
        parser.print_help()
        return ExitCode.USAGE
    module = import_module(_module_of(arguments.command))
    try:
        code: ExitCode = module.run(arguments)
        return code
    except FirmpathError as error:
        _print_faults(error, bool(getattr(arguments, "json", False)))
        return ExitCode.REFUSED


def full_parser() -> argparse.ArgumentParser:
    """Give the parser with the arguments of every command, as the reference documents them."""
    return _parser(None)


def _parser(argv: Sequence[str] | None) -> argparse.ArgumentParser:
    """Build the parser; of the commands only the one that is asked for gets its arguments, to save time."""
    parser = Parser(
        prog="firmpath",
        description="Find, prove and explain safe firmware upgrade pathways for smart meters.",
        epilog="Start with `firmpath demo`. `firmpath COMMAND --help` says more about a command.",
        allow_abbrev=False,
        formatter_class=HelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"firmpath {__version__}")
    # Named, since argparse would load a formatter of help texts to find the name out.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="firmpath")
    for name, summary in COMMANDS.items():
        if argv is None or name in argv:
            module = import_module(_module_of(name))
            module.add_arguments(
                commands.add_parser(
                    name,
                    help=summary,
                    description=module.__doc__,
                    allow_abbrev=False,
                    formatter_class=HelpFormatter,
                )
            )
        else:
            commands.add_parser(name, help=summary, add_help=False)
    return parser


def _module_of(command: str) -> str:
    return f"firmpath.cli.commands.{command.replace('-', '_')}".replace(".import", ".import_table")


def _print_faults(error: FirmpathError, as_json: bool) -> None:
    from firmpath.cli.output import print_json, print_wrapped

    if as_json:
        from firmpath.pathways.json_form.others import faults_json

        print_json(faults_json(error.faults))
        return
    for fault in error.faults:
        print_wrapped(f"firmpath: {fault}", hanging=2, to=sys.stderr)
    if len(error.faults) > 1:
        print(f"firmpath: {len(error.faults)} faults; nothing was done", file=sys.stderr)
