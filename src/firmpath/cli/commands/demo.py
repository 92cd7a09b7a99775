"""Show what Firmpath does, on an invented CPL of sixty entries: every line that is printed can be typed by hand."""

import argparse
import os

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from firmpath.cli.output import bold, print_wrapped

EXAMPLE_CPL = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "cpl.csv")
_DAY = "2026-01-15"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "--out", metavar="FOLDER", default="firmpath-demo", help="where to write (default: firmpath-demo)"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Import the example, find a pathway, explain one that there is not, and draw."""
    os.makedirs(arguments.out, exist_ok=True)
    register = os.path.join(arguments.out, "cpl.register")
    picture = os.path.join(arguments.out, "pathway.svg")
    example = os.path.relpath(EXAMPLE_CPL)
    asked = ["--cpl", register, "--on", _DAY]
    _show("A CPL comes as a spreadsheet. Import it:", ["import", example, "--out", register, "--replace"])
    _show("A Device runs CPL entry 110, and 140 is wanted. In which order?", ["path", "110", "140", *asked])
    _show("Is there really no way around these stops?", ["stones", "110", "140", *asked])
    _show("And to the newest entry, 146?", ["why-not", "110", "146", *asked])
    _show("A colleague plans to go straight there:", ["check-sequence", "110", "127", "140", *asked])
    _show("All of it as a picture:", ["draw", "110", "140", "--out", picture, "--replace", *asked])
    print_wrapped(f"Open {picture} in a browser. `firmpath --help` lists every command.")
    return ExitCode.YES


def _show(what: str, command: list[str]) -> None:
    print_wrapped(bold(what))
    print(f"$ firmpath {' '.join(command)}\n")
    main(command)
    print()
