"""Draw the upgrades around an entry, or a pathway among them, as an SVG picture."""

import argparse

from firmpath.cli.arguments import accepted_notices, add_accept, add_cpl
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_wrapped
from firmpath.cli.part_reading import read_for
from firmpath.cli.writing import add_out, refuse_to_overwrite
from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_entry, map_of_pathway
from firmpath.pathways.newest import answer_for_newest
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.reference import Newest, parse_reference, parse_target, require_one
from firmpath.tables.files import write_octets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entry", metavar="ENTRY", help="what to draw around, or what the Device runs")
    parser.add_argument("target", metavar="TARGET", nargs="?", help="what it is to run: draws the pathway to it")
    add_out(parser, "the SVG file to write")
    add_cpl(parser)
    add_accept(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the picture, and say where."""
    refuse_to_overwrite(arguments)
    reference = parse_reference(arguments.entry)
    target = parse_target(arguments.target) if arguments.target else reference
    accepted = accepted_notices(arguments)
    catalogue = read_for(arguments, (reference, target))
    entry = require_one(catalogue, reference)
    if not arguments.target:
        picture = map_of_entry(catalogue, entry, accepted)
    elif isinstance(target, Newest):
        picture = map_of_pathway(catalogue, answer_for_newest(catalogue, entry, accepted), accepted)
    else:
        answer = answer_for(catalogue, entry, require_one(catalogue, target), accepted)
        picture = map_of_pathway(catalogue, answer, accepted)
    write_octets(arguments.out, write_svg(picture).encode())
    print_wrapped(f"Drew {picture.title} in {arguments.out}.")
    return ExitCode.YES
