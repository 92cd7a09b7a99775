"""Identify what Devices run by an answer about them: an 8.2 as XML, JSON, lines or a table, or an 11.2 as XML."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from firmpath.cli.answering import accepted_json, print_accepted, print_as_at
from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    known_at_json,
    parse_together,
    refuse_unknown_notices,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json, print_wrapped, say
from firmpath.cli.part_reading import read_for
from firmpath.cli.reading import file_fault, naming_file, open_file, read_catalogue
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.reference import Newest, find_candidates, parse_reference, parse_target

if TYPE_CHECKING:
    from firmpath.images.device_answers import DeviceAnswers
    from firmpath.images.identifying import Identified, Identifying

_LONGEST = 16 * 2**20
"""Octets of an answer; that of a whole home has a few thousand."""
_CUT_AT = 4095
"""Characters of a line that a terminal gives; what comes after them in it is lost. Source: termios(3)."""
_HERE = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "answer",
        metavar="FILE",
        nargs="?",
        default=_HERE,
        help="the answer; without it, or as `-`, what is pasted or piped in",
    )
    parser.add_argument(
        "--target", metavar="TARGET", default="newest", help="what Devices are to run (default: newest)"
    )
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Say of each Device what it runs, and where it may go."""
    target, accepted = parse_together(
        arguments, lambda: parse_target(arguments.target), lambda: accepted_notices(arguments)
    )
    from firmpath.images.answer_reading import read_answer
    from firmpath.images.identifying import Identifying

    text = _read(arguments.answer)
    with naming_file(arguments.answer if arguments.answer != _HERE else "what was pasted"):
        _refuse_empty(text)
        answers = read_answer(text, _LONGEST)
    catalogue = _catalogue(arguments, answers)
    refuse_unknown_notices(catalogue, accepted)
    identifying = Identifying(catalogue, target, accepted)
    found = list(map(identifying.identify, answers.devices))
    if arguments.json:
        _print_json(arguments, catalogue, answers, identifying, found)
    else:
        _print(arguments, catalogue, answers, identifying)
    settled = all(each.is_settled for each in found) and not answers.faults
    return ExitCode.YES if settled else ExitCode.NO


def _read(path: str) -> str:
    """Give the text of an answer; whatever encoding its octets are in, identifiers are plain letters."""
    if path != _HERE:
        _refuse_a_name(path)
        with open_file(path) as file:
            octets = file.read(_LONGEST + 1)
    else:
        if sys.stdin.isatty():
            say("Paste the answer, then press Enter and Ctrl-D.")
        octets = sys.stdin.buffer.read(_LONGEST + 1)
        if sys.stdin.isatty() and any(len(line) >= _CUT_AT for line in octets.split(b"\n")):
            wrong = f"has a line that the terminal may have cut: it takes {_CUT_AT:,} characters"
            raise FirmpathError(Fault("Answer", "", wrong, "save it to a file, and name that", quoted=False))
    encoding = "utf-16" if octets[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        wrong = "is neither UTF-8 nor UTF-16"
        raise FirmpathError(file_fault(path, wrong, "save it as UTF-8")) from None


def _refuse_empty(text: str) -> None:
    if not text.strip():
        right = "give the answer to service request 8.2 or 11.2, or write manufacturer/model@version"
        raise FirmpathError(Fault("Answer", "", "is empty", right, quoted=False))


def _refuse_a_name(path: str) -> None:
    """Refuse what names firmware and no file; it is not taken for what it names, or a mistyped file would be."""
    try:
        parse_reference(path)
    except FirmpathError:
        return
    if not os.path.exists(path):
        right = "check the name; to say what the Device runs, leave it out here, and paste it or pipe it in"
        raise FirmpathError(file_fault(path, "cannot be read: there is no such file", right))


def _catalogue(arguments: argparse.Namespace, answers: "DeviceAnswers") -> Catalogue:
    """Read as much of the CPL as is asked about, which by a version alone is all of it."""
    from firmpath.images.device_answers import ByVersion

    references = list(dict.fromkeys(device.reference for device in answers.devices))
    known = [each for each in references if not isinstance(each, ByVersion)]
    if len(known) < len(references):
        return read_catalogue(arguments)
    target = parse_target(arguments.target)
    catalogue = read_for(arguments, [*known, *(() if isinstance(target, Newest) else (target,))])
    # Whom to ask about firmware that is not on the CPL, other firmware of its maker says.
    return catalogue if all(find_candidates(catalogue, each) for each in known) else read_catalogue(arguments)


def _print(
    arguments: argparse.Namespace, catalogue: Catalogue, answers: "DeviceAnswers", identifying: "Identifying"
) -> None:
    for each in answers.devices:
        print_explanation(identifying.explain(each))
        print()
    for words in answers.passed_over:
        print_wrapped(f"Passed over: {words}", hanging=2)
    for fault in answers.faults:
        print_wrapped(f"Left out: {fault}.", hanging=2)
    print_as_at(catalogue)
    print_accepted(arguments)


def _print_json(
    arguments: argparse.Namespace,
    catalogue: Catalogue,
    answers: "DeviceAnswers",
    identifying: "Identifying",
    found: list["Identified"],
) -> None:
    from firmpath.images.identifying import Identity
    from firmpath.pathways.json_form.mentioned import named_json

    order = list(Identity)
    fields = {
        "version": 1,
        "answer": max((each.identity for each in found), key=order.index).value,
        "as_at": catalogue.as_at.isoformat(),
        "devices": list(map(identifying.as_json, answers.devices)),
        "passed_over": list(answers.passed_over),
        "left_out": list(map(str, answers.faults)),
    }
    named = named_json(fields, catalogue)
    print_json({**fields, "entries": named} | known_at_json(arguments) | accepted_json(arguments))
