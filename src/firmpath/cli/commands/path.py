"""Give the best pathway from what a Device runs to what it is to run, step by step."""

import argparse

from firmpath.cli.answering import answer_to, print_answer
from firmpath.cli.arguments import add_question
from firmpath.cli.exit_codes import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_question(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer, in words or as JSON."""
    return print_answer(arguments, *answer_to(arguments))
