"""Show what Firmpath does, on an invented CPL of sixty entries: every line that is printed can be typed by hand."""

import argparse
import io
import json
import os
import shlex
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout

from firmpath.cli.arguments import add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.cli.reading import file_fault
from firmpath.pathways.faults import FirmpathError

EXAMPLE_CPL = os.path.normpath(os.path.join(os.path.dirname(__file__), "..", "..", "examples", "cpl.csv"))
_DAY = "2026-01-15"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "--out", metavar="FOLDER", default="firmpath-demo", help="where to write (default: firmpath-demo)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Import the example, find a pathway, explain one that there is not, and draw.

    What runs a command line is `arguments.main`, since it loads the commands, and so this one.
    """
    _make_folder(arguments.out)
    _claim(arguments.out)
    shown = _what_is_shown(arguments.out)
    if arguments.json:
        commands = [_as_json(arguments.main, command) for _, command in shown]
        print_json({"version": 1, "answer": "done", "commands": commands})
        refused = any(each["exit_code"] == ExitCode.REFUSED for each in commands)
        return ExitCode.REFUSED if refused else ExitCode.YES
    for what, command in shown:
        print_wrapped(what, strong=True)
        print(f"$ firmpath {printable(shlex.join(command), 1000)}\n")
        if arguments.main(command) is ExitCode.REFUSED:
            return ExitCode.REFUSED
        print()
    print_wrapped(f"Open {printable(shown[-1][1][4])} in a browser. `firmpath --help` lists every command.")
    return ExitCode.YES


def _what_is_shown(folder: str) -> list[tuple[str, list[str]]]:
    register, picture = os.path.join(folder, "cpl.register"), os.path.join(folder, "pathway.svg")
    asked = ["--cpl", register, "--on", _DAY]
    example = os.path.relpath(EXAMPLE_CPL)
    return [
        ("A CPL comes as a spreadsheet. Import it:", ["import", example, "--out", register, "--replace"]),
        ("A Device runs CPL entry 110, and 140 is wanted. In which order?", ["path", "110", "140", *asked]),
        ("Is there really no way around these stops?", ["stones", "110", "140", *asked]),
        ("And to the newest entry, 146?", ["why-not", "110", "146", *asked]),
        ("A colleague plans to go straight there:", ["check-sequence", "110", "127", "140", *asked]),
        ("All of it as a picture:", ["draw", "110", "140", "--out", picture, "--replace", *asked]),
    ]


def _as_json(main: Callable[[Sequence[str]], ExitCode], command: list[str]) -> dict[str, object]:
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main([*command, "--json"])
    return {"command": ["firmpath", *command], "exit_code": code.value, "printed": json.loads(printed.getvalue())}


def _claim(folder: str) -> None:
    """Write over files of an earlier demo alone, which left its mark in the folder.

    :raises FirmpathError: the folder has such files, and they are somebody else's.
    """
    mark = os.path.join(folder, ".firmpath-demo")
    ours = [os.path.join(folder, name) for name in ("cpl.register", "pathway.svg")]
    if not os.path.exists(mark) and any(map(os.path.exists, ours)):
        raise FirmpathError(file_fault(folder, "has files that the demo would write over", "name another folder"))
    with open(mark, "w", encoding="ascii"):
        pass


def _make_folder(path: str) -> None:
    try:
        os.makedirs(path, exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = (getattr(error, "strerror", "") or str(error)).lower()
        raise FirmpathError(file_fault(path, f"cannot be made: {why}", "give another --out", "Folder")) from None
