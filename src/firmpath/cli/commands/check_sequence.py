"""Judge a planned sequence of upgrades, step by step."""

import argparse

from firmpath.cli.arguments import accepted_notices, add_accept, add_cpl, add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json
from firmpath.cli.part_reading import read_for
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.json_form.others import sequence_json
from firmpath.pathways.reference import parse_reference, require_one
from firmpath.pathways.sequence import check_sequence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entries", metavar="ENTRY", nargs="+", help="the entries in order, the installed one first")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer whether every step may be used."""
    references = [parse_reference(entry) for entry in arguments.entries]
    accepted = accepted_notices(arguments)
    catalogue = read_for(arguments, references)
    planned = tuple(require_one(catalogue, reference) for reference in references)
    check = check_sequence(catalogue, planned, accepted)
    if arguments.json:
        print_json(sequence_json(catalogue, check))
    else:
        print_explanation(explain_sequence(catalogue, check))
    return ExitCode.YES if check.is_safe else ExitCode.NO
