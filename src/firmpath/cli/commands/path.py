"""Give the best pathway from what a Device runs to what it is to run, step by step."""

import argparse

from firmpath.cli.arguments import accepted_notices, add_accept, add_cpl, add_installed_and_target, add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json, print_wrapped
from firmpath.cli.reading import read_for
from firmpath.pathways.answers import Answer, AnswerKind
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain import explain
from firmpath.pathways.json_form import answer_json
from firmpath.pathways.reference import parse_reference, parse_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_installed_and_target(parser)
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer, in words or as JSON."""
    catalogue, answer = answer_to(arguments)
    if arguments.json:
        print_json(answer_json(catalogue, answer) | accepted_json(arguments))
    else:
        print_explanation(explain(catalogue, answer))
        print_accepted(arguments)
    return ExitCode.YES if answer.kind in (AnswerKind.PATHWAY, AnswerKind.ALREADY_THERE) else ExitCode.NO


def answer_to(arguments: argparse.Namespace) -> tuple[Catalogue, Answer]:
    """Give the catalogue that was asked, and its answer."""
    installed, target = parse_reference(arguments.installed), parse_target(arguments.target)
    accepted = accepted_notices(arguments)
    catalogue = read_for(arguments, (installed, target))
    return catalogue, ask(catalogue, installed, target, accepted)


def accepted_json(arguments: argparse.Namespace) -> dict[str, object]:
    """Give the record of what was accepted and why, where anything was."""
    if not arguments.accept:
        return {}
    return {"accepted": {"notices": sorted(arguments.accept), "because": arguments.because}}


def print_accepted(arguments: argparse.Namespace) -> None:
    """Print what was accepted and why, where anything was."""
    if arguments.accept:
        print_wrapped(f"Accepted: {', '.join(sorted(arguments.accept))}, because: {arguments.because}")
