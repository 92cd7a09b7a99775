"""Draw the upgrades around an entry, or a pathway among them, as an SVG picture."""

import argparse

from firmpath.cli.answering import accepted_json, exit_code_of, print_accepted
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
from firmpath.cli.output import printable
from firmpath.cli.part_reading import read_for
from firmpath.cli.writing import add_out, ending_of, print_done, refuse_to_overwrite
from firmpath.drawing.picture import Picture
from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_entry, map_of_pathway
from firmpath.pathways.answers import CandidatesAgree
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.newest import answer_for_newest
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.reference import Newest, Reference, Target, parse_reference, parse_target, require_one
from firmpath.tables.files import write_octets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entry", metavar="ENTRY", help="what to draw around, or what the Device runs")
    parser.add_argument("target", metavar="TARGET", nargs="?", help="what it is to run: draws the pathway to it")
    add_out(parser, "the SVG file to write")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the picture, and say where."""
    ending_of(arguments.out, "svg")
    refuse_to_overwrite(arguments)
    wanted = arguments.target
    reference, target, accepted = parse_together(
        arguments,
        lambda: parse_reference(arguments.entry),
        lambda: parse_reference(arguments.entry) if wanted is None else parse_target(wanted),
        lambda: accepted_notices(arguments),
    )
    catalogue = read_for(arguments, (reference, target))
    refuse_unknown_notices(catalogue, accepted)
    picture, code = _picture(catalogue, reference, None if wanted is None else target, accepted)
    write_octets(arguments.out, write_svg(picture).encode())
    words = (f"{picture.title}: drawn in {printable(arguments.out)}.", picture.description)
    fields = {"as_at": catalogue.as_at.isoformat(), "title": picture.title, "description": picture.description}
    print_done(arguments, words, fields | known_at_json(arguments) | accepted_json(arguments))
    if not arguments.json:
        print_accepted(arguments)
    return code


def _picture(
    catalogue: Catalogue, reference: Reference, target: Target | None, accepted: frozenset[str]
) -> tuple[Picture, ExitCode]:
    """Draw what is around an entry, or the answer; and give the exit code that the answer has."""
    if target is None:
        return map_of_entry(catalogue, require_one(catalogue, reference), accepted), ExitCode.YES
    together = ask(catalogue, reference, target, accepted)
    if isinstance(together, CandidatesAgree):
        picture = map_of_pathway(catalogue, together.shared, accepted)
        whichever = explain(catalogue, together).lines[0]
        return picture._replace(lines=(*picture.lines, whichever)), exit_code_of(together)
    entry = require_one(catalogue, reference)
    if isinstance(target, Newest):
        answer = answer_for_newest(catalogue, entry, accepted)
    else:
        answer = answer_for(catalogue, entry, require_one(catalogue, target), accepted)
    return map_of_pathway(catalogue, answer, accepted), exit_code_of(answer)
