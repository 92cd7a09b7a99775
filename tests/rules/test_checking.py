"""What is judged, in which order it is said, and what is not said twice."""

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.rules import Finding, Severity, check_catalogue, check_entry
from tests.notation import catalogue

_MIXED = "3 <- 2 ; 1 ? ; 5 <- 6 <- 5 ; 7 hash=1 type=PPMID ; 4 version=00000001 ; 2 dead-end ; 2 <- 8"


def test_findings_come_by_entry_and_then_by_rule() -> None:
    found = check_catalogue(catalogue(_MIXED))
    places = [(finding.cpl_entry_id, finding.rule) for finding in found]
    assert places == sorted(places)
    assert {"R20", "R21", "R35", "R36", "R40", "R41", "R42", "R43", "R46"} == {rule for _, rule in places}


def test_nothing_is_said_twice() -> None:
    found = check_catalogue(catalogue(_MIXED))
    assert len({(finding.rule, finding.text) for finding in found}) == len(found)


def test_progress_is_told_of_every_entry() -> None:
    done: list[int] = []
    check_catalogue(catalogue("1 <- 2 ; 3 type=GSME"), done.append)
    assert sum(done) == 3


def test_submission_hears_of_other_entries_only_what_comes_of_it() -> None:
    already = "1 <- 2 <- 1 ; 1 <- 3 ; 3 dead-end ; 3 <- 4"
    with_five = catalogue(f"{already} ; 4 <- 5 ; 5 band=Sub-GHz Only")
    found = check_entry(with_five, CPLEntryID(5))
    assert [(finding.rule, finding.cpl_entry_id) for finding in found] == [
        ("R43", 1),  # stranded before, too, but now from another newest entry
        ("R43", 2),
        ("R43", 3),
    ]
    assert all("to the newest, 5 (00000005)" in finding.text for finding in found)


def test_submission_hears_of_a_contradiction_that_it_makes() -> None:
    found = check_entry(catalogue("1 <- 2 <- 3 ; 2 stone ; 1, 3 <- 4 ; 4 band=Sub-GHz Only"), CPLEntryID(4))
    assert [(finding.rule, finding.severity, finding.cpl_entry_id) for finding in found] == [
        ("R45", Severity.REFUSE, 2)
    ]


def test_first_entry_of_its_hardware_can_be_submitted() -> None:
    assert check_entry(catalogue("1 ; 1 band=Sub-GHz Only ; 2 type=GSME"), CPLEntryID(1)) == ()


def test_finding_without_a_remedy_ends_with_its_text() -> None:
    assert str(Finding("R33", Severity.NOTE, CPLEntryID(1), "It is so")) == "It is so"
