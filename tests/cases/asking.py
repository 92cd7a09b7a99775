"""Put a case's question to Firmpath, and write what it answers as a case file would.

path            installed, target: as a person types them
alternatives    installed, target, most
sequence        planned
difference      before_on and after_on, before_known_at and after_known_at, or after_catalogue
check           rules; with submission, the entry is judged as a new one
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import compare
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import find_alternatives
from firmpath.pathways.reference import parse_reference, parse_target, require_one
from firmpath.pathways.rules.checking import check_catalogue, check_entry
from firmpath.pathways.sequence import check_sequence
from tests.cases.case import Case
from tests.cases.writing import Written, write_answer, write_difference, write_sequence
from tests.notation import statements


class Asked(NamedTuple):
    """What Firmpath answers: as a case file would have it, and in its own words, where it has any."""

    written: Written
    words: Explanation


def put(case: Case) -> Asked:
    """Ask Firmpath the question of a case; a refusal is an answer too."""
    try:
        return _QUESTIONS[case.kind](case, case.question)
    except FirmpathError as error:
        return Asked({"answer": "refused", "says": str(error)}, Explanation("", tuple(map(str, error.faults))))


def _path(case: Case, question: Mapping[str, Any]) -> Asked:
    catalogue = case.catalogue()
    installed, target = parse_reference(question["installed"]), parse_target(question["target"])
    answer = ask(catalogue, installed, target, case.accepted)
    return Asked(write_answer(answer, case.answer), explain(catalogue, answer))


def _alternatives(case: Case, question: Mapping[str, Any]) -> Asked:
    catalogue = case.catalogue()
    installed, target = (require_one(catalogue, parse_reference(question[end])) for end in ("installed", "target"))
    upgrades = catalogue.upgrades(catalogue.family_of(installed), case.accepted)
    found = find_alternatives(upgrades, installed, target, question["most"])
    return Asked({"alternatives": [list(steps) for steps in found]}, Explanation(""))


def _sequence(case: Case, question: Mapping[str, Any]) -> Asked:
    catalogue = case.catalogue()
    planned = tuple(CPLEntryID(each) for each in question["planned"])
    check = check_sequence(catalogue, planned, case.accepted)
    return Asked(write_sequence(check, case.answer), explain_sequence(catalogue, check))


def _difference(case: Case, question: Mapping[str, Any]) -> Asked:
    before, after = (_one_side(case, question, side) for side in ("before", "after"))
    difference = compare(before, after)
    return Asked(write_difference(difference), explain_difference(before, after, difference))


def _one_side(case: Case, question: Mapping[str, Any], side: str) -> Catalogue:
    if f"{side}_catalogue" in question:
        return fold(statements(question[f"{side}_catalogue"]), case.on)
    return case.catalogue(question.get(f"{side}_on"), question.get(f"{side}_known_at", case.known_at))


def _check(case: Case, question: Mapping[str, Any]) -> Asked:
    catalogue = case.catalogue()
    submission = question.get("submission")
    findings = check_entry(catalogue, CPLEntryID(submission)) if submission else check_catalogue(catalogue)
    wanted = [finding for finding in findings if finding.rule in question["rules"]]
    written = [f"{finding.rule} on {finding.cpl_entry_id}: {finding.severity}" for finding in wanted]
    lines = tuple(f"{finding.rule}, {finding.severity}: {finding}" for finding in wanted)
    return Asked({"findings": written}, Explanation("" if lines else "Nothing found.", lines))


_QUESTIONS: dict[str, Callable[[Case, Mapping[str, Any]], Asked]] = {
    "path": _path,
    "alternatives": _alternatives,
    "sequence": _sequence,
    "difference": _difference,
    "check": _check,
}
