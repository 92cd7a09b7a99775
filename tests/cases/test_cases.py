"""Every known answer under tests/cases is what Firmpath answers today."""

import re
from collections import Counter
from enum import StrEnum

import pytest

from firmpath.pathways.answers import AnswerKind, CautionKind
from firmpath.pathways.sequence import StepVerdict
from firmpath.pathways.upgrades import BarKind
from tests.cases.asking import put
from tests.cases.case import Case, cases

# Features of the record and of the pathway engine that a case can show.
FEATURES = {14, 15, 16, *range(20, 31)}
# The identity traps of DOMAIN section 4, in the order they stand there.
TRAPS = range(1, 8)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.case_id)
def test_answer_is_the_known_one(case: Case) -> None:
    assert put(case).written == case.answer


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.case_id)
def test_case_is_fit_to_be_read(case: Case) -> None:
    assert case.name
    assert case.why.endswith((".", "!", "?"))
    assert re.search(r"\b(MP231|DOMAIN|FEATURES|DESIGN)\b", case.source)


def test_names_are_told_apart() -> None:
    names = Counter(case.name for case in cases())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_kind_of_answer_has_several_cases() -> None:
    given = Counter(_kinds_of_answer())
    assert {kind: given[kind] for kind in AnswerKind if given[kind] < 2} == {}


@pytest.mark.parametrize("kind", [*CautionKind, *BarKind, *StepVerdict])
def test_caution_bar_or_verdict_has_a_case(kind: StrEnum) -> None:
    assert any(f"'{kind.value}'" in str(case.answer) for case in cases())


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_feature_has_a_case(feature: int) -> None:
    assert any(re.search(rf"\bF{feature}\b", case.source) for case in cases())


@pytest.mark.parametrize("trap", TRAPS)
def test_identity_trap_has_a_case(trap: int) -> None:
    named = [re.search(r"DOMAIN section 4 items? (\d)(?: and (\d))?", case.source) for case in cases()]
    assert any(str(trap) in found.groups() for found in named if found)


def _kinds_of_answer() -> list[str]:
    return [case.answer["answer"] for case in cases() if "answer" in case.answer]
