"""Entries that whoever asks wants no Device taken to: what is said of them, and what is worked out anew."""

from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByID, Newest
from tests.notation import catalogue


def asked(cpl: Catalogue, installed: int) -> Explanation:
    return explain(cpl, ask(cpl, ByID(CPLEntryID(installed)), Newest()))


def test_it_is_said_that_nothing_but_the_wish_is_in_the_way() -> None:
    told = asked(catalogue("1 <- 2 <- 3").excluding([CPLEntryID(2)]), 1)
    assert told.headline.endswith("is declared, but it may not be used.")
    assert told.lines[1] == (
        'CPL entry 2 (firmware 00000002, "v2") is excluded by whoever asks, so no Device is taken to it or through '
        "it."
    )
    assert told.next_step == "Next: ask again without excluding 2 (00000002), or leave the Device as it is."


def test_newer_firmware_that_is_excluded_is_named() -> None:
    told = asked(catalogue("1 <- 2").excluding([CPLEntryID(2)]), 1)
    assert told.lines == (
        "There is newer firmware, 2 (00000002), but it was withdrawn, or its CPA certificate has ended, or it is "
        "excluded.",
    )


def test_a_withdrawal_is_told_before_an_exclusion() -> None:
    """Whoever lifts the exclusion must not believe that the way is open then."""
    told = asked(catalogue("1 <- 2 <- 3 ; 2 withdrawn").excluding([CPLEntryID(2)]), 1)
    assert "was withdrawn on" in " ".join(told.lines)
    assert "excluding" not in told.next_step


def test_families_without_an_excluded_entry_are_not_worked_out_anew() -> None:
    before = catalogue("1 <- 2 ; 3 type=GSME ; 4 type=GSME ; 3 <- 4")
    families = [before.family_of(CPLEntryID(each)) for each in (1, 3)]
    known = [before.upgrades(family) for family in families]
    after = before.excluding([CPLEntryID(2)])
    assert [after.upgrades(family) is each for family, each in zip(families, known, strict=True)] == [False, True]
    assert before != after == before.excluding([CPLEntryID(2)])
