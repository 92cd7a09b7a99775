"""What every command that asks a question does alike: find the answer, and print it in words or as JSON."""

import argparse
from typing import Any

from firmpath.cli.arguments import accepted_notices, known_at_json, parse_together, refuse_unknown_notices
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json, print_wrapped
from firmpath.cli.part_reading import read_for
from firmpath.cli.reading import read_catalogue
from firmpath.pathways.answers import Answer, AnswerKind, CandidatesAgree
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.contacts import explain_with_contacts
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.naming import listing
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByModelAndVersion, find_candidates, parse_reference, parse_target


def answer_to(arguments: argparse.Namespace) -> tuple[Catalogue, Answer]:
    """Give the catalogue that was asked, and its answer."""
    installed, target, accepted = parse_together(
        arguments,
        lambda: parse_reference(arguments.installed),
        lambda: parse_target(arguments.target),
        lambda: accepted_notices(arguments),
    )
    catalogue = read_for(arguments, (installed, target))
    named = [each for each in (installed, target) if isinstance(each, ByModelAndVersion)]
    if not all(find_candidates(catalogue, each) for each in named):
        catalogue = read_catalogue(arguments)  # whom to ask about it, other firmware of its maker says
    refuse_unknown_notices(catalogue, accepted)
    return catalogue, ask(catalogue, installed, target, accepted)


def print_answer(
    arguments: argparse.Namespace,
    catalogue: Catalogue,
    answer: Answer,
    words: Explanation | None = None,
    more: dict[str, Any] | None = None,
) -> ExitCode:
    """Print an answer, in other words or with more fields where the command has them; give its exit code."""
    if arguments.json:
        from firmpath.pathways.json_form.answers import answer_json  # words need none of it

        print_json(answer_json(catalogue, answer, more) | known_at_json(arguments) | accepted_json(arguments))
    else:
        print_explanation(words or explain_with_contacts(catalogue, answer))
        print_as_at(catalogue)
        print_accepted(arguments)
    return exit_code_of(answer)


def print_as_at(catalogue: Catalogue) -> None:
    """Print the day for which an answer holds, without which nobody knows how old it is."""
    print_wrapped(f"As at {day_in_words(catalogue.as_at)}. Ask again before each step: a list can change.")


def exit_code_of(answer: Answer) -> ExitCode:
    """Give the exit code of an answer: yes where there is a pathway, or nothing to do."""
    return ExitCode.YES if answer.kind in (AnswerKind.PATHWAY, AnswerKind.ALREADY_THERE) else ExitCode.NO


def shared_answer(answer: Answer) -> Answer:
    """Give the answer that several candidates share, or else the answer itself."""
    return answer.shared if isinstance(answer, CandidatesAgree) else answer


def with_candidates(catalogue: Catalogue, answer: Answer, words: Explanation) -> Explanation:
    """Add that the words hold for every candidate, where there are several."""
    if not isinstance(answer, CandidatesAgree):
        return words
    return words._replace(lines=(*words.lines, which_candidates(catalogue, answer.candidates)))


def which_candidates(catalogue: Catalogue, candidates: Steps) -> str:
    """Say what the Device can run, and that it does not matter which."""
    return f"The Device can run {listing(catalogue, candidates)}; this is right whichever it is."


def print_accepted(arguments: argparse.Namespace) -> None:
    """Say which risks the answer rests on, and why somebody accepted them."""
    if arguments.accept:
        print_wrapped(f"Accepted: {', '.join(sorted(set(arguments.accept)))}, because: {arguments.because}")


def accepted_json(arguments: argparse.Namespace) -> dict[str, object]:
    """Give the same as the field of an answer, or no field."""
    if not arguments.accept:
        return {}
    return {"accepted": {"notices": sorted(set(arguments.accept)), "because": arguments.because}}
