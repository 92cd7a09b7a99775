"""Give the one step to take now on the best pathway."""

import argparse

from firmpath.cli.commands.path import accepted_json, add_arguments, answer_to, print_accepted
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json
from firmpath.pathways.answers import AlreadyThere, Answer, CandidatesAgree, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain import Explanation, explain
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.json_form import answer_json
from firmpath.pathways.naming import full_name

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with the next step alone; with the whole answer where there is none."""
    catalogue, answer = answer_to(arguments)
    step = _pathway_of(answer)
    if arguments.json:
        print_json(answer_json(catalogue, answer) | accepted_json(arguments))
    else:
        print_explanation(_in_words(catalogue, step) if step else explain(catalogue, answer))
        print_accepted(arguments)
    return ExitCode.YES if step or isinstance(answer, AlreadyThere) else ExitCode.NO


def _pathway_of(answer: Answer) -> Pathway | None:
    """Where several candidates agree, the next step is the same for each."""
    first = answer.answers[0] if isinstance(answer, CandidatesAgree) else answer
    return first if isinstance(first, Pathway) else None


def _in_words(catalogue: Catalogue, pathway: Pathway) -> Explanation:
    following = catalogue[pathway.next_step]
    left = len(pathway.steps) - 2
    after = f"After it {counted(left, 'more activation')} to {full_name(catalogue, pathway.target)}."
    last = "That is the target."
    return Explanation(
        f"Go to {full_name(catalogue, pathway.next_step)}.",
        (f"Manufacturer Image hash {following.manufacturer_image_hash}", after if left else last),
    )
