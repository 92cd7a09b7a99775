"""Say why there is no pathway: which reason it is, what would open a way, and whom to ask for it."""

import argparse

from firmpath.cli.answering import answer_to, print_answer
from firmpath.cli.arguments import add_question
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import CandidatesDisagree
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.contacts import contacts_in_words
from firmpath.pathways.explain.explanation import Explanation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_question(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer why not; where there is a pathway after all, give it and say yes."""
    catalogue, answer = answer_to(arguments)
    words = _each_at_length(catalogue, answer) if isinstance(answer, CandidatesDisagree) else None
    return print_answer(arguments, catalogue, answer, words)


def _each_at_length(catalogue: Catalogue, answer: CandidatesDisagree) -> Explanation:
    """Where candidates disagree, say of each of them everything that would be said of it alone."""
    together = explain(catalogue, answer)
    lines: list[str] = []
    for headline, each in zip(together.lines, answer.answers, strict=True):
        lines += (headline, *explain(catalogue, each).lines)
    asked = contacts_in_words(catalogue, answer.reference, answer.candidates)
    return together._replace(lines=(*lines, *asked))
