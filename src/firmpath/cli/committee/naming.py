"""Add to the makers and stacks that the SSC knows, rename them, and match further spellings with them."""

import argparse
from typing import TYPE_CHECKING, Final

from firmpath.cli.committee.kept import NAMES
from firmpath.cli.committee.listing import Json, number_of
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.pathways.faults import Fault, FirmpathError

if TYPE_CHECKING:
    from firmpath.client.committee import Committee

_KINDS: Final = ("maker", "stack")
_NUMBER: Final = "Number of a name"


def add_name(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    """Add a maker or a stack.

    :raises FirmpathError: its kind is not given, or is none.
    """
    if arguments.kind not in _KINDS:
        wrong = "is not a kind of name" if arguments.kind else "is not given"
        right = "give --kind maker or --kind stack"
        raise FirmpathError(Fault("Kind", arguments.kind, wrong, right, quoted=bool(arguments.kind)))
    maker = _maker_of(arguments)
    answer = committee.add_name(arguments.kind, arguments.about, arguments.spelling, maker, arguments.rule)
    return _told(arguments, answer, f"The {arguments.kind} '{arguments.about}' has been added.")


def change_name(arguments: argparse.Namespace, committee: "Committee") -> ExitCode:
    """Change what is given of a maker or a stack; what is not given stays, and so does every spelling.

    :raises FirmpathError: there is none of the number, no reason is given, or nothing that changes.
    """
    number = number_of(arguments, _NUMBER, "names")
    if not arguments.because:
        raise FirmpathError(Fault("Reason", "", "is not given", "give it with --because", quoted=False))
    if not (arguments.name or arguments.spelling or arguments.maker or arguments.rule):
        right = "give --name, --spelling, --maker or --rule"
        raise FirmpathError(Fault("The change", "", "changes nothing", right, quoted=False))
    known = committee.names()
    before = next((each for each in (*known["makers"], *known["stacks"]) if each["number"] == number), None)
    if before is None:
        right = "look it up with firmpath ssc names"
        raise FirmpathError(Fault(_NUMBER, str(number), "is not on the list", right, quoted=False))
    changed = {
        "name": arguments.name or before["name"],
        "spellings": list(dict.fromkeys((*before.get("spellings", ()), *arguments.spelling))),
        "maker": _maker_of(arguments) or before.get("maker", 0),
        "rule": arguments.rule or before.get("rule", ""),
    }
    answer = committee.change_name(number, before["revision"], arguments.because, changed)
    return _told(arguments, answer, f"'{changed['name']}' has been changed.")


def _maker_of(arguments: argparse.Namespace) -> int:
    """Read the number of a stack's maker; 0 where none is given."""
    if not arguments.maker:
        return 0
    return number_of(argparse.Namespace(about=arguments.maker), "Stack maker", "names")


def _told(arguments: argparse.Namespace, answer: Json, words: str) -> ExitCode:
    """Say what was done, and what matches nothing still."""
    if arguments.json:
        fields = {name: value for name, value in answer.items() if name != "version"}
        print_json({"version": 1, "answer": "done", **fields})
        return ExitCode.YES
    print_wrapped(printable(words))
    for line in NAMES.lines(answer):
        print_wrapped(line.text, line.indent, hanging=2, strong=line.strong)
    return ExitCode.YES
