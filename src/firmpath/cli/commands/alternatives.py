"""Give every pathway between two entries, best first: fewest activations, then the lowest CPL Entry IDs."""

import argparse

from firmpath.cli.arguments import accepted_notices, add_accept, add_cpl, add_installed_and_target, add_json
from firmpath.cli.commands.path import answer_to
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import bold, print_explanation, print_json, print_wrapped
from firmpath.pathways.answers import Pathway
from firmpath.pathways.explain import explain
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.json_form import answer_json
from firmpath.pathways.naming import chain
from firmpath.pathways.pathway import find_alternatives


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_installed_and_target(parser)
    parser.add_argument("--most", metavar="N", type=int, default=10, help="at most this many (default: 10)")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with all pathways up to the limit; with the plain answer where there is none, or no single entry."""
    catalogue, answer = answer_to(arguments)
    if not isinstance(answer, Pathway):
        print_json(answer_json(catalogue, answer)) if arguments.json else print_explanation(
            explain(catalogue, answer)
        )
        return ExitCode.NO
    upgrades = catalogue.upgrades(catalogue.family_of(answer.installed), accepted_notices(arguments))
    found = find_alternatives(upgrades, answer.installed, answer.target, arguments.most + 1)
    shown = found[: arguments.most]
    if arguments.json:
        more = {"alternatives": [list(steps) for steps in shown], "more": len(found) > len(shown)}
        print_json(answer_json(catalogue, answer) | more)
        return ExitCode.YES
    print_wrapped(bold(f"{counted(len(shown), 'pathway')}, best first:"))
    for at, steps in enumerate(shown, 1):
        print_wrapped(f"{at}. {counted(len(steps) - 1, 'activation')}: {chain(catalogue, steps)}", indent=2)
    if len(found) > len(shown):
        print_wrapped(f"There are more; --most {arguments.most * 10} shows them.")
    return ExitCode.YES
