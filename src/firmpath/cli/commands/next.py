"""Give the one step to take now on the best pathway."""

import argparse
from collections.abc import Iterator

from firmpath.cli.answering import answer_to, print_answer, which_candidates
from firmpath.cli.arguments import add_question
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import Answer, CandidatesAgree, Caution, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.cautions import cautions_in_words
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.naming import full_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_question(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with the next step alone; with the whole answer where there is none."""
    catalogue, answer = answer_to(arguments)
    # Where several candidates agree, the next step is the same for each.
    first = answer.answers[0] if isinstance(answer, CandidatesAgree) else answer
    words = _in_words(catalogue, answer, first) if isinstance(first, Pathway) else None
    return print_answer(arguments, catalogue, answer, words)


def _in_words(catalogue: Catalogue, answer: Answer, pathway: Pathway) -> Explanation:
    following = catalogue[pathway.next_step]
    left = len(pathway.steps) - 2
    after = f"After it {counted(left, 'more activation')} to {full_name(catalogue, pathway.target)}."
    lines = [
        f"Manufacturer Image hash {following.manufacturer_image_hash}",
        after if left else "That is the target.",
    ]
    if isinstance(answer, CandidatesAgree):
        lines.append(which_candidates(catalogue, answer.candidates))
    lines += cautions_in_words(catalogue, _cautions(answer))
    return Explanation(f"Go to {full_name(catalogue, pathway.next_step)}.", tuple(lines))


def _cautions(answer: Answer) -> Iterator[Caution]:
    for each in answer.answers if isinstance(answer, CandidatesAgree) else (answer,):
        yield from each.cautions if isinstance(each, Pathway) else ()
