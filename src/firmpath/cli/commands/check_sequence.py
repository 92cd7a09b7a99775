"""Judge a planned sequence of upgrades, step by step."""

import argparse
from functools import partial

from firmpath.cli.answering import accepted_json, print_accepted, print_as_at, which_candidates
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
from firmpath.cli.output import print_explanation, print_json
from firmpath.cli.part_reading import read_for
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.json_form.others import sequence_json
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import Reference, find_candidates, parse_reference, require_one
from firmpath.pathways.sequence import SequenceCheck, check_sequence


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
    candidates, *rest = _candidates(catalogue, references)
    checks = [check_sequence(catalogue, (first, *(each for (each,) in rest)), accepted) for first in candidates]
    check = _together(checks)
    several = candidates if len(candidates) > 1 else ()
    if arguments.json:
        which = {"candidates": list(several)} if several else {}
        fields = sequence_json(catalogue, check, which) | known_at_json(arguments)
        print_json(fields | accepted_json(arguments))
    else:
        print_explanation(_in_words(catalogue, check, several))
        print_as_at(catalogue)
        print_accepted(arguments)
    return ExitCode.YES if check.is_safe else ExitCode.NO


def _together(checks: list[SequenceCheck]) -> SequenceCheck:
    """Give the check of the first candidate for which it is not safe; of the first where it always is."""
    for check in checks:
        if not check.is_safe:
            return check
    cautions = dict.fromkeys(caution for check in checks for caution in check.cautions)
    return checks[0]._replace(cautions=tuple(cautions))


def _in_words(catalogue: Catalogue, check: SequenceCheck, candidates: Steps) -> Explanation:
    words = explain_sequence(catalogue, check)
    if not candidates:
        return words
    line = which_candidates(catalogue, candidates)
    if not check.is_safe:
        runs = full_name(catalogue, check.steps[0].from_id)
        line = f"The Device can run {listing(catalogue, candidates)}; this is how it is if it runs {runs}."
    return words._replace(lines=(*words.lines, line))


def _candidates(catalogue: Catalogue, references: list[Reference]) -> list[Steps]:
    """Give every entry that the first reference can mean, and the one that each other means; or every fault."""
    faults: list[Fault] = []
    planned: list[Steps] = []
    for at, reference in enumerate(references):
        candidates = find_candidates(catalogue, reference)
        try:
            planned.append(candidates if candidates and not at else (require_one(catalogue, reference),))
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(faults)
    return planned
