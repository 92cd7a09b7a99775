"""Give the one step to take now on the best pathway."""

import argparse

from firmpath.cli.answering import answer_to, print_answer
from firmpath.cli.commands.path import add_arguments
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import Answer, CandidatesAgree, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.naming import full_name

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with the next step alone; with the whole answer where there is none."""
    catalogue, answer = answer_to(arguments)
    pathway = _pathway_of(answer)
    return print_answer(arguments, catalogue, answer, _in_words(catalogue, pathway) if pathway else None)


def _pathway_of(answer: Answer) -> Pathway | None:
    """Where several candidates agree, the next step is the same for each."""
    first = answer.answers[0] if isinstance(answer, CandidatesAgree) else answer
    return first if isinstance(first, Pathway) else None


def _in_words(catalogue: Catalogue, pathway: Pathway) -> Explanation:
    following = catalogue[pathway.next_step]
    left = len(pathway.steps) - 2
    after = f"After it {counted(left, 'more activation')} to {full_name(catalogue, pathway.target)}."
    return Explanation(
        f"Go to {full_name(catalogue, pathway.next_step)}.",
        (
            f"Manufacturer Image hash {following.manufacturer_image_hash}",
            after if left else "That is the target.",
        ),
    )
