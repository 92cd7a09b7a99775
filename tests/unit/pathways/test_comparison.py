"""Comparing large families: what is listed, what is only counted, and that dense ones give the same."""

import pytest

from firmpath.pathways import comparison, pathway_changes
from firmpath.pathways.comparison import Difference, LeftOut, compare
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.others import difference_json
from firmpath.pathways.pathway import activations_to
from firmpath.pathways.pathway_changes import find_changes
from firmpath.pathways.walking import Successors
from tests.notation import catalogue

CHAIN = " <- ".join(map(str, range(1, 9)))
BEFORE, AFTER = catalogue(CHAIN), catalogue(f"{CHAIN} ; 5 withdrawn")


def test_changes_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compare(BEFORE, AFTER)
    assert whole.left_out == ()
    monkeypatch.setattr(comparison, "MOST_LISTED", 6)
    difference = compare(BEFORE, AFTER)
    assert len(whole.lost) == 16
    assert difference.left_out == (LeftOut("lost", 10),)
    assert set(difference.lost) < set(whole.lost)
    assert [(each.from_id, each.to_id) for each in difference.lost] == [
        (1, 5), (1, 6), (2, 5), (2, 6), (3, 5), (4, 5),
    ]  # fmt: skip  # all to the first targets, in order of where they begin
    for each in (whole, difference):
        assert each.pathway_counts == {"gained": 0, "lost": 16, "lengthened": 0, "shortened": 0}


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MOST_LISTED", 6)
    difference = compare(BEFORE, AFTER)
    words = explain_difference(BEFORE, AFTER, difference)
    assert words.headline == "16 pathways lost."
    assert words.lines[-1] == "10 more pathways lost, not listed here."
    written = difference_json(BEFORE, AFTER, difference)
    assert (len(written["lost"]), written["pathway_counts"]["lost"]) == (6, 16)
    assert "left_out" not in written


def test_nothing_changed_is_no_difference() -> None:
    difference = compare(BEFORE, catalogue(CHAIN))
    assert not any(difference)
    assert difference == Difference()


def test_only_the_targets_that_a_changed_upgrade_leads_to_are_walked_from() -> None:
    """The entry that comes last gains pathways to itself; between the others nothing can have changed."""
    shorter, longer = catalogue("1 <- 2 <- 3 <- 4"), catalogue("1 <- 2 <- 3 <- 4 <- 5")
    (family,) = longer.families
    before, after = shorter.upgrades(family).open, longer.upgrades(family).open
    walked: list[int] = []

    def noting(sources: Successors, target: CPLEntryID) -> dict[CPLEntryID, int]:
        walked.append(target)
        return activations_to(sources, target)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pathway_changes, "activations_to", noting)
        assert [(each.from_id, each.to_id) for each in find_changes(before, after)] == [
            (1, 5),
            (2, 5),
            (3, 5),
            (4, 5),
        ]
    assert walked == [5]
