"""Whom to ask about firmware of which no pathway can be told, and what to do about it.

What is not on the CPL its maker may know of, and other firmware of the same model or maker says who that is.
A plan for a fleet asks about thousands at once and names them elsewhere, so `explain` says none of this.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from firmpath.pathways.answers import Answer, AnswerKind, CandidatesDisagree, NotOnTheCPL
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import maker_of, whom_to_ask
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByModelAndVersion

_MOST_NAMED: Final = 6


def explain_with_contacts(catalogue: Catalogue, answer: Answer, *, is_register: bool = False) -> Explanation:
    """Explain an answer, and say whom to ask where the CPL does not tell what a Device runs, or what its target is.

    `is_register` says that the catalogue is the register's own, than which no CPL is newer.
    Cost: that of `explain`, and of `whom_to_ask_about`.
    """
    words = explain(catalogue, answer)
    match answer:
        case CandidatesDisagree():
            asked = contacts_in_words(catalogue, answer.reference, answer.candidates)
            return words._replace(lines=(*words.lines, *asked))
        case NotOnTheCPL() if not answer.listed_from:
            asked = contacts_in_words(catalogue, answer.reference, ())
            next_step = _next_of_register(answer, bool(asked)) if is_register else words.next_step
            return words._replace(lines=(*words.lines, *asked), next_step=next_step)
        case _:
            return words


def contacts_in_words(catalogue: Catalogue, reference: object, candidates: Steps) -> tuple[str, ...]:
    """Say whom to ask about what a Device runs, one sentence each; none where nobody is known."""
    by, asked = whom_to_ask_about(catalogue, reference, candidates)
    return tuple(f"Whom to ask about it{by}: {each}." for each in asked[:_MOST_NAMED])


def whom_to_ask_about(catalogue: Catalogue, reference: object, candidates: Steps) -> tuple[str, list[str]]:
    """Give by what it is known whom to ask, and whom; of firmware that is not on the CPL, by its model or maker.

    Cost: where there is no candidate, one look at every entry.
    """
    if candidates or not isinstance(reference, ByModelAndVersion):
        return "", _asked(catalogue, candidates)
    same_maker = {
        named: ids for named, ids in catalogue.by_model_and_version.items() if named[0] == reference.manufacturer_id
    }
    same_model = [each for named, ids in same_maker.items() if named[1] == reference.model for each in ids]
    if same_model:
        return ", by other firmware of this model", _asked(catalogue, same_model)
    return ", by other models of this manufacturer", _asked(catalogue, chain.from_iterable(same_maker.values()))


def _asked(catalogue: Catalogue, ids: Iterable[CPLEntryID]) -> list[str]:
    """Name each maker by the contacts that are on record, and without one only where there is none."""
    entries = [catalogue[each] for each in ids]
    reached = {maker_of(entry) for entry in entries if entry.contact}
    named = (whom_to_ask(entry) for entry in entries if entry.contact or maker_of(entry) not in reached)
    return list(dict.fromkeys(named))


def _next_of_register(answer: NotOnTheCPL, is_anybody_named: bool) -> str:
    whom = "" if is_anybody_named else " the SECAS helpdesk"
    leave = " Do not upgrade the Device yet." if answer.kind is AnswerKind.UNKNOWN_DEVICE else ""
    return f"Next: check what was typed, and ask{whom} about it.{leave}"
