"""The different answers, one small catalogue each: what is right can be seen with the naked eye."""

import pytest

from firmpath.pathways.answers import NoPathway, Pathway
from firmpath.pathways.ask import ask
from firmpath.pathways.comparison import compare
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import find_alternatives
from firmpath.pathways.reference import parse_reference, parse_target
from firmpath.pathways.sequence import check_sequence
from firmpath.pathways.stepping_stones import proof_holds
from firmpath.pathways.stranded import find_cycles, newest_entries, stranded_entries
from tests.notation import catalogue

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1 <- 2 <- 9", (1, 2, 9)),
        ("1 <- 3 <- 9 ; 1 <- 2 <- 9", (1, 2, 9)),
        ("1 <- 2 <- 3 <- 9 ; 1 <- 8 <- 9", (1, 8, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; 2 withdrawn", (1, 3, 9)),
        ("1 <- 2 <- 9 ; 1 withdrawn", (1, 2, 9)),
        ("1 <- 2 <- 9 ; 1 cpa=2025-01-01", (1, 2, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; 2 cpa=2026-05-31", (1, 3, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; 2 cpa=2026-06-01", (1, 2, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; 2 dead-end", (1, 3, 9)),
        ("1 <- 2 <- 9 ; 1 <- 9 ; 2 stone", (1, 2, 9)),
        ("1 <- 2 <- 9 ; 1 <- 9 ; notice N1: 1 -> 9", (1, 2, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; notice N1: any -> 2", (1, 3, 9)),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; notice N1: 2 -> any", (1, 3, 9)),
        ("1 <- 2 <- 9 ; 2 rev=04", (1, 2, 9)),
    ],
)
def test_the_best_pathway(text: str, steps: tuple[int, ...]) -> None:
    answer = ask(catalogue(text), parse_reference("1"), parse_target("9"))
    assert isinstance(answer, Pathway)
    assert answer.steps == steps
    assert answer.next_step == steps[1]


@pytest.mark.parametrize(
    ("text", "kind", "way", "missing"),
    [
        ("1 ; 9 hw=09", "other_hardware", (), []),
        ("1 <- 9 ; 9 type=GSME", "other_hardware", (), []),
        ("1 <- 9 ; 1 dead-end", "dead_end", (1, 9), []),
        ("1 ; 9", "dead_end", (), []),
        ("1 <- 2 ; 9", "no_pathway_declared", (), [(2, 9)]),
        ("1 ; 2 ; 2 <- 9 ; 1 <- 3", "no_pathway_declared", (), [(3, 9)]),
        ("1 ; 9 ?", "nobody_has_said", (1, 9), [(1, 9)]),
        ("1 <- 2 ; 3 ? ; 3 <- 9", "nobody_has_said", (1, 2, 3, 9), [(2, 3)]),
        ("1 <- 2 ; 3 ? ; 3 <- 9 ; 2 listed=2024-01-01", "nobody_has_said", (1, 3, 9), [(1, 3)]),
        ("1 <- 9 ; notice N1: 1 -> 9", "blocked_by_notice", (1, 9), []),
        ("1 <- 2 <- 9 ; notice N1: any -> any", "blocked_by_notice", (1, 2, 9), []),
        ("1 <- 9 ; 9 withdrawn", "pathway_closed", (1, 9), []),
        ("1 <- 9 ; 9 withdrawn ; notice N1: 1 -> 9", "pathway_closed", (1, 9), []),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9 ; 2 withdrawn ; 3 dead-end", "pathway_closed", (1, 2, 9), []),
        ("1 ; 9 ? ; 9 withdrawn", "nobody_has_said", (), []),
        ("1 ; 9 ? ; 9 cpa=2020-12-31", "nobody_has_said", (), []),
        ("1 ; 9 ? ; notice N1: 1 -> 9", "nobody_has_said", (), []),
        ("1 ; 9 ; 2 ?", "no_pathway_declared", (), [(1, 9)]),
        ("1 ; 9 ; 2 ? model=0007", "dead_end", (), []),
    ],
)
def test_why_not(text: str, kind: str, way: tuple[int, ...], missing: list[tuple[int, int]]) -> None:
    answer = ask(catalogue(text), parse_reference("1"), parse_target("9"))
    assert isinstance(answer, NoPathway)
    assert answer.kind == kind
    assert answer.way == way
    assert [tuple(each) for each in answer.missing] == missing


@pytest.mark.parametrize(
    "bar", ["2 dead-end", "9 listed=2020-01-03 ; notice N1: 2 -> 9", "9 ; notice N1: any -> 9"]
)
def test_no_declaration_is_asked_for_that_would_be_barred(bar: str) -> None:
    answer = ask(catalogue(f"1 <- 2 ; 9 ; {bar}"), parse_reference("1"), parse_target("9"))
    assert isinstance(answer, NoPathway)
    assert (2, 9) not in answer.missing


def test_no_declaration_is_asked_for_that_would_go_past_a_marked_stone() -> None:
    """Devices come from 1 to 5 and would go on to 3 without a stop at 2, which somebody has marked."""
    listed = catalogue("1 <- 2 <- 3 ; 1 <- 4 <- 5 ; 2 stone ; 3 listed=2024-01-01")
    answer = ask(listed, parse_reference("4"), parse_target("3"))
    assert isinstance(answer, NoPathway)
    assert (5, 3) not in answer.missing


def test_accepting_a_notice_opens_its_steps() -> None:
    listed = catalogue("1 <- 9 ; notice N1: 1 -> 9 ; notice N2: 1 -> 9")
    one, nine = parse_reference("1"), parse_target("9")
    assert ask(listed, one, nine, frozenset({"N1"})).kind == "blocked_by_notice"
    assert ask(listed, one, nine, frozenset({"N1", "N2"})).kind == "pathway"
    assert ask(listed, one, nine, frozenset({"N3"})).kind == "blocked_by_notice"


@pytest.mark.parametrize(
    ("text", "stones"),
    [
        ("1 <- 2 <- 9", [2]),
        ("1 <- 2 <- 9 ; 1 <- 3 <- 9", []),
        ("1 <- 2, 3 <- 4 <- 9", [4]),
        ("1 <- 9", []),
        ("1 <- 2 <- 3 <- 9 ; 1 <- 3", [3]),
        ("1 <- 2 <- 3 <- 4 <- 9 ; 2 <- 5 <- 4", [2, 4]),
    ],
)
def test_stones(text: str, stones: list[int]) -> None:
    listed = catalogue(text)
    answer = ask(listed, parse_reference("1"), parse_target("9"))
    assert isinstance(answer, Pathway)
    assert [stone.cpl_entry_id for stone in answer.stepping_stones] == stones
    open_steps = listed.upgrades(listed.family_of(answer.installed)).open
    assert all(proof_holds(open_steps, stone, answer.installed, answer.target) for stone in answer.stepping_stones)


def test_alternatives_in_order() -> None:
    listed = catalogue("1 <- 9 ; 1 <- 3 <- 9 ; 1 <- 2 <- 9 ; 2 <- 3 ; 3 <- 2")
    upgrades = listed.upgrades(listed.family_of(CPLEntryID(1)))
    every = [(1, 9), (1, 2, 9), (1, 3, 9), (1, 2, 3, 9), (1, 3, 2, 9)]
    for most in range(7):
        assert list(find_alternatives(upgrades, CPLEntryID(1), CPLEntryID(9), most)) == every[:most]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 <- 2 <- 3", "pathway"),
        ("1", "already_there"),
        ("1 <- 2 ; 2 withdrawn", "already_there"),
        ("1 <- 2, 3 ; 2 listed=2021-01-01 ; 3 listed=2021-01-01", "several_targets"),
        ("1 ; 2 ?", "nobody_has_said"),
        ("1 ; 2 rev=04", "already_there"),
    ],
)
def test_newest(text: str, kind: str) -> None:
    assert ask(catalogue(text), parse_reference("1"), parse_target("newest")).kind == kind


def test_the_newest_of_entries_listed_together_does_not_lead_back_and_forth() -> None:
    listed = catalogue("1 <- 2 <- 1 ; 1 listed=2020-01-01 ; 2 listed=2020-01-01")
    kinds = {ask(listed, parse_reference(each), parse_target("newest")).kind for each in ("1", "2")}
    assert kinds != {"pathway"}


def test_a_planned_sequence_is_judged_step_by_step() -> None:
    listed = catalogue("1 <- 2 <- 3 ; 4 ? ; 5 hw=09 ; 3 withdrawn")
    planned = tuple(map(CPLEntryID, (1, 2, 2, 3, 4, 1, 5)))
    checked = check_sequence(listed, planned, NONE)
    verdicts = ["open", "same_entry", "barred", "nobody_has_said", "not_declared", "other_hardware"]
    assert [step.verdict for step in checked.steps] == verdicts
    assert [[bar.kind for bar in step.bars] for step in checked.steps] == [[], [], ["withdrawn"], [], [], []]
    assert not checked.is_safe
    assert checked.instead.kind == "other_hardware"
    assert check_sequence(listed, planned[:2], NONE).is_safe


def test_a_sequence_has_a_step() -> None:
    with pytest.raises(FirmpathError) as refused:
        check_sequence(catalogue("1"), (CPLEntryID(1),), NONE)
    assert str(refused.value) == "Sequence '1' has no step; give the installed entry and at least one more"


def test_the_difference_of_two_days() -> None:
    difference = compare(catalogue("1 <- 2 <- 3 ; 4"), catalogue("1 <- 2 <- 3 ; 1 <- 5 <- 3 ; 2 withdrawn ; 4 ?"))
    assert (difference.listed, difference.withdrawn, difference.changed) == ((5,), (2,), (3, 4))
    assert [tuple(each)[:2] for each in difference.lost] == [(1, 2)]
    assert [tuple(each)[:2] for each in difference.gained] == [(1, 5), (5, 3)]
    assert (difference.lengthened, difference.shortened) == ((), ())
    lost = compare(catalogue("1 <- 2"), catalogue("1 <- 2 ; 2 withdrawn"))
    assert lost.lost_only_way_out == (1,)


def test_cycles_and_stranded_entries() -> None:
    listed = catalogue("1 <- 2 <- 3 <- 1 ; 3 <- 4 ; 5 ; 6 rev=04")
    (family,) = listed.families
    assert find_cycles(listed.upgrades(family).declared) == ((1, 2, 3, 1),)
    assert stranded_entries(listed, family) == (1, 2, 3, 4)
    assert sorted(newest_entries(listed, model) for model in listed.hardware_models) == [(5,), (6,)]
