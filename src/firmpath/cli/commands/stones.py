"""Give the mandatory stops between two entries, each with a proof: what can be reached without it."""

import argparse

from firmpath.cli.answering import answer_to, print_answer
from firmpath.cli.commands.path import add_arguments
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.explain.stones import explain_stone
from firmpath.pathways.naming import full_name, listing

__all__ = ["add_arguments", "run"]


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with the stones and their proofs; with the plain answer where there is no pathway."""
    catalogue, answer = answer_to(arguments)
    words = _in_words(catalogue, answer) if isinstance(answer, Pathway) else None
    return print_answer(arguments, catalogue, answer, words)


def _in_words(catalogue: Catalogue, pathway: Pathway) -> Explanation:
    ends = f"{full_name(catalogue, pathway.installed)} and {full_name(catalogue, pathway.target)}"
    stones = pathway.stepping_stones
    if not stones:
        return Explanation(f"No mandatory stop lies between {ends}: every stop can be gone around.")
    lines = []
    for stone in stones:
        reached = listing(catalogue, stone.without, 12)
        lines.append(explain_stone(catalogue, stone))
        lines.append(
            f"Proof: a Device that never runs {stone.cpl_entry_id} can come to {reached}, and every open upgrade "
            f"out of these leads to one of them or to {stone.cpl_entry_id}."
        )
    return Explanation(f"{counted(len(stones), 'mandatory stop')} between {ends}.", tuple(lines))
