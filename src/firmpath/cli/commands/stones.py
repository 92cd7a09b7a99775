"""Give the mandatory stops between two entries, each with a proof: what can be reached without it."""

import argparse
from collections.abc import Sequence

from firmpath.cli.answering import answer_to, print_answer, with_candidates
from firmpath.cli.arguments import accepted_notices, add_question
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import Answer, CandidatesAgree, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.explain.stones import explain_stone
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.stepping_stones import SteppingStone, proof_holds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_question(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Answer with the stones and their proofs, once these are checked; with the plain answer without a pathway."""
    catalogue, answer = answer_to(arguments)
    pathways = _pathways(answer)
    for pathway in pathways:
        _check_proofs(catalogue, pathway, accepted_notices(arguments))
    words = _in_words(catalogue, answer, pathways) if pathways else None
    return print_answer(arguments, catalogue, answer, words)


def _pathways(answer: Answer) -> list[Pathway]:
    """Give the pathway of each candidate, where it is the same from the first step on."""
    answers = answer.answers if isinstance(answer, CandidatesAgree) else (answer,)
    return [each for each in answers if isinstance(each, Pathway)]


def _check_proofs(catalogue: Catalogue, pathway: Pathway, accepted: frozenset[str]) -> None:
    """Hold each proof against the open upgrades, by other code than found it.

    :raises FirmpathError: a proof does not hold, which would be a defect of Firmpath.
    """
    successors = catalogue.upgrades(catalogue.family_of(pathway.installed), accepted).open
    wrong, right = "cannot be proved", "do not rely on it, and report it as a defect of Firmpath"
    refuse_if_any(
        Fault("Mandatory stop", f"CPL entry {stone.cpl_entry_id}", wrong, right, quoted=False)
        for stone in pathway.stepping_stones
        if not proof_holds(successors, stone, pathway.installed, pathway.target)
    )


def _in_words(catalogue: Catalogue, answer: Answer, pathways: Sequence[Pathway]) -> Explanation:
    """Say it once where all candidates have the same stones, or else for each candidate."""
    first, *others = pathways
    words = _of_one(catalogue, first)
    if all(_ids(each) == _ids(first) for each in others):
        return with_candidates(catalogue, answer, words)
    lines: list[str] = []
    for each in pathways:
        own = _of_one(catalogue, each)
        lines += (f"If it runs {full_name(catalogue, each.installed)}: {own.headline}", *own.lines)
    return Explanation("It depends on what the Device runs; the next step is the same.", tuple(lines))


def _ids(pathway: Pathway) -> list[int]:
    return [stone.cpl_entry_id for stone in pathway.stepping_stones]


def _of_one(catalogue: Catalogue, pathway: Pathway) -> Explanation:
    ends = f"{full_name(catalogue, pathway.installed)} and {full_name(catalogue, pathway.target)}"
    stones = pathway.stepping_stones
    if not stones:
        return Explanation(f"No mandatory stop lies between {ends}: every stop can be gone around.")
    lines = tuple(line for stone in stones for line in (explain_stone(catalogue, stone), _proof(catalogue, stone)))
    return Explanation(f"{counted(len(stones), 'mandatory stop')} between {ends}.", lines)


def _proof(catalogue: Catalogue, stone: SteppingStone) -> str:
    reached = listing(catalogue, stone.without, 12)
    return (
        f"Proof, checked: a Device that never runs {stone.cpl_entry_id} can come to {reached}, and every open "
        f"upgrade out of these leads to one of them or to {stone.cpl_entry_id}."
    )
