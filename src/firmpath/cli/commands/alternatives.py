"""Give every pathway between two entries, best first: fewest activations, then the lowest CPL Entry IDs."""

import argparse

from firmpath.cli.answering import answer_to, print_answer, shared_answer, with_candidates
from firmpath.cli.arguments import accepted_notices, add_accept, add_cpl, add_installed_and_target, add_json
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import CandidatesAgree, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.naming import chain
from firmpath.pathways.pathway import Steps, find_alternatives
from firmpath.pathways.upgrades import Upgrades
from firmpath.pathways.walking import turned_around


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_installed_and_target(parser)
    parser.add_argument("--most", metavar="N", type=int, default=10, help="at most this many (default: 10)")
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with all pathways up to the limit; with the plain answer where there is none, or no single entry."""
    if arguments.most < 1:
        wrong = "is less than one"
        raise FirmpathError(Fault("Number of pathways", str(arguments.most), wrong, "give --most a number from 1"))
    catalogue, answer = answer_to(arguments)
    pathway = shared_answer(answer)
    if not isinstance(pathway, Pathway):
        return print_answer(arguments, catalogue, answer)
    upgrades = catalogue.upgrades(catalogue.family_of(pathway.installed), accepted_notices(arguments))
    candidates = answer.candidates if isinstance(answer, CandidatesAgree) else (pathway.installed,)
    upgrades = _open_to_all(upgrades, candidates)
    found = find_alternatives(upgrades, pathway.installed, pathway.target, arguments.most + 1)
    shown, more = found[: arguments.most], len(found) > arguments.most
    fields = {"alternatives": [list(steps) for steps in shown], "more": more}
    words = with_candidates(catalogue, answer, _in_words(catalogue, shown, more))
    return print_answer(arguments, catalogue, answer, words, fields)


def _open_to_all(upgrades: Upgrades, candidates: Steps) -> Upgrades:
    """Let the first of several candidates take only those first steps that are open to every one of them."""
    if len(candidates) < 2:
        return upgrades
    first, *others = candidates
    shared = set(upgrades.open[first]).intersection(*(upgrades.open[each] for each in others))
    open_steps = {**upgrades.open, first: tuple(sorted(shared))}
    return upgrades._replace(open=open_steps, open_sources=turned_around(open_steps))


def _in_words(catalogue: Catalogue, shown: tuple[Steps, ...], more: bool) -> Explanation:
    only = "The best pathway." if more else "The only pathway."
    return Explanation(
        f"{len(shown)} pathways, best first." if len(shown) > 1 else only,
        tuple(
            f"{at}. {counted(len(steps) - 1, 'activation')}: {chain(catalogue, steps)}"
            for at, steps in enumerate(shown, 1)
        ),
        f"There are more; --most {len(shown) * 10} shows up to that many." if more else "",
    )
