"""Judge a planned sequence of upgrades, step by step."""

import argparse
from functools import partial

from firmpath.cli.answering import accepted_json, print_accepted
from firmpath.cli.arguments import (
    accepted_notices,
    add_accept,
    add_cpl,
    add_json,
    parse_together,
    refuse_unknown_notices,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json
from firmpath.cli.part_reading import read_for
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.others import sequence_json
from firmpath.pathways.reference import Reference, parse_reference, require_one
from firmpath.pathways.sequence import check_sequence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entries", metavar="ENTRY", nargs="+", help="the entries in order, the installed one first")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer whether every step may be used."""
    accepted, *references = parse_together(
        arguments,
        partial(accepted_notices, arguments),
        *(partial(parse_reference, entry) for entry in arguments.entries),
    )
    catalogue = read_for(arguments, references)
    refuse_unknown_notices(catalogue, accepted)
    check = check_sequence(catalogue, _require_each(catalogue, references), accepted)
    if arguments.json:
        print_json(sequence_json(catalogue, check) | accepted_json(arguments))
    else:
        print_explanation(explain_sequence(catalogue, check))
        print_accepted(arguments)
    return ExitCode.YES if check.is_safe else ExitCode.NO


def _require_each(catalogue: Catalogue, references: list[Reference]) -> tuple[CPLEntryID, ...]:
    """Give the one entry that each reference means; every fault of all of them at once."""
    planned: list[CPLEntryID] = []
    faults: list[Fault] = []
    for reference in references:
        try:
            planned.append(require_one(catalogue, reference))
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(faults)
    return tuple(planned)
