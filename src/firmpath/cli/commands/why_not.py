"""Say why there is no pathway: which reason it is, what would open a way, and whom to ask for it."""

import argparse

from firmpath.cli.commands.path import accepted_json, add_arguments, answer_to
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json, print_wrapped
from firmpath.pathways.answers import AnswerKind, CandidatesDisagree
from firmpath.pathways.explain import explain
from firmpath.pathways.json_form import answer_json

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer why not; where there is a pathway after all, give it and say yes."""
    catalogue, answer = answer_to(arguments)
    if arguments.json:
        print_json(answer_json(catalogue, answer) | accepted_json(arguments))
    elif isinstance(answer, CandidatesDisagree):
        print_wrapped(explain(catalogue, answer).headline)
        for each in answer.answers:
            print()
            print_explanation(explain(catalogue, each))
        print()
        print_wrapped(explain(catalogue, answer).next_step)
    else:
        print_explanation(explain(catalogue, answer))
    return ExitCode.YES if answer.kind in (AnswerKind.PATHWAY, AnswerKind.ALREADY_THERE) else ExitCode.NO
