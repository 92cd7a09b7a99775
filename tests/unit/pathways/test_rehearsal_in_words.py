"""A rehearsal in words and as JSON, as every page and command shows it."""

import pytest

from firmpath.pathways.explain.rehearsals import explain_rehearsal
from firmpath.pathways.json_form.rehearsals import rehearsal_json
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.rehearsal import Rehearsal, Verdict
from tests.notation import ON, statements

BAND = "3 band=Sub-GHz Only"


def rehearsed(record: str, whole: str) -> Rehearsal:
    """Rehearse what the second has beyond the first, which it begins with."""
    first = statements(record)
    return LivingRegister.build(first).rehearse(statements(whole)[len(first) :], ON)


@pytest.mark.parametrize(
    ("whole", "verdict", "words", "is_worse"),
    [
        (f"1 <- 2 <- 3 ; {BAND}", Verdict.ACCEPTABLE, "can be accepted", False),
        (f"1 <- 2 ; 3 N/A ; {BAND}", Verdict.NEEDS_REASON, "can be accepted once a reason is given", True),
        ("1 <- 2 <- 3", Verdict.REFUSED, "would be refused as it stands", True),
    ],
)
def test_the_verdict_is_that_of_the_gravest_finding(
    whole: str, verdict: Verdict, words: str, is_worse: bool
) -> None:
    found = rehearsed("1 <- 2", whole)
    headline = explain_rehearsal(found).headline
    assert headline == f"This submission of 1 new entry: 3 (00000003), {words}, as at 1 June 2026."
    assert (found.verdict, found.is_worse) == (verdict, is_worse)
    assert rehearsal_json(found)["answer"] == str(verdict)


def test_a_submission_that_takes_a_pathway_away_is_worse() -> None:
    found = rehearsed("1 <- 2", "1 <- 2 ; 2 withdrawn")
    assert (found.verdict, found.is_worse) == (Verdict.ACCEPTABLE, True)
    words = explain_rehearsal(found)
    assert words.headline == "This submission can be accepted, as at 1 June 2026."
    assert words.difference.headline == "1 pathway lost."


def test_findings_stand_under_their_rules_the_gravest_first() -> None:
    words = explain_rehearsal(rehearsed("1 <- 2", "1 <- 2 ; 3 ?"))
    assert [(each.rule, each.heading) for each in words.findings][:2] == [
        ("R20", "R20 (refuse). Base firmware is stated. 1 finding:"),
        ("R21", "R21 (refuse). The ZigBee band is stated. 1 finding:"),
    ]
    assert words.findings[0].lines == (
        'Nobody has said what CPL entry 3 (firmware 00000003, "v3") can be applied to; '
        "give CPL Entry IDs or N/A; Brackenfell Metering can say.",
    )


def test_every_entry_that_is_mentioned_is_named_in_json() -> None:
    written = rehearsal_json(rehearsed("1 <- 2", f"1 <- 2 <- 3 ; {BAND}"))
    assert list(written)[:3] == ["version", "answer", "new_entries"]
    assert [(each["from"], each["to"]) for each in written["gained"]] == [(1, 3), (2, 3)]
    assert list(written["entries"]) == ["1", "2", "3"]
