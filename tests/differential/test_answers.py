"""Every answer of the engine is the answer of the plain engine."""

import itertools

from hypothesis import event, given

from firmpath.pathways.answers import AlreadyThere, CautionKind, NoPathway, OneAnswer, Pathway, SeveralTargets
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps, find_alternatives
from firmpath.pathways.reference import ByID, Newest
from firmpath.pathways.sequence import StepVerdict, check_sequence
from firmpath.pathways.upgrades import Bar
from tests.differential.small_catalogues import ACCEPTED, EXCLUDED, MANY, small_catalogues
from tests.notation import ON, catalogue, statements
from tests.plain_engine import PlainEngine

ALL = ("withdrawn", "certificate_ended", "excluded", "notice", "dead_end", "skips_stepping_stone")


@MANY
@given(small_catalogues(), ACCEPTED, EXCLUDED)
def test_every_answer_is_the_plain_one(text: str, accepted: frozenset[str], excluded: frozenset[int]) -> None:
    listed, plain = excluding(text, excluded), PlainEngine(statements(text), ON, accepted, excluded)
    assert list(listed.entries) == plain.ids
    for installed, target in itertools.product(plain.ids, repeat=2):
        answer = ask(listed, ByID(CPLEntryID(installed)), ByID(CPLEntryID(target)), accepted)
        question = f"{installed} to {target}"
        assert answer.kind == plain.kind(installed, target), question
        event(answer.kind)
        if isinstance(answer, Pathway):
            check_pathway(plain, answer)
            check_end(plain, answer)
        elif isinstance(answer, NoPathway):
            check_no_pathway(plain, answer)
        else:
            assert isinstance(answer, AlreadyThere), question


def excluding(text: str, excluded: frozenset[int]) -> Catalogue:
    """Give the Catalogue that a text describes, with those entries excluded that it has."""
    listed = catalogue(text)
    return listed.excluding(each for each in map(CPLEntryID, excluded) if each in listed)


def check_pathway(plain: PlainEngine, answer: Pathway) -> None:
    pathways = plain.pathways(answer.installed, answer.target)
    assert answer.steps == pathways[0]
    assert [stone.cpl_entry_id for stone in answer.stepping_stones] == plain.stones(pathways)
    for stone in answer.stepping_stones:
        clear = {step for step in plain.open if stone.cpl_entry_id not in step}
        assert list(stone.without) == [
            each for each in plain.ids if plain.leads(clear, answer.installed, each) and each != stone.cpl_entry_id
        ]


def check_end(plain: PlainEngine, answer: Pathway) -> None:
    """It is told that nothing leads on from the target where newer firmware is there, and none within reach."""
    told = [each for each in answer.cautions if each.kind is CautionKind.NOTHING_LEADS_ON]
    newer = plain.newer(answer.target)
    is_left = any(plain.leads(plain.open, answer.target, each) for each in newer)
    if not newer or is_left or plain.is_dead_end(answer.target):
        assert told == []
        return
    (caution,) = told
    event(f"nothing leads on: {caution.why}")
    assert (caution.cpl_entry_id, list(caution.others)) == (answer.target, newer)
    excluded = plain.steps_but_for("excluded")
    later = [each for each in plain.ids if plain.is_newer(each, answer.target) and not plain.is_dead_end(each)]
    held_back = any(plain.leads(excluded, answer.target, each) for each in later)
    assert (caution.why == "excluded") == held_back


def check_no_pathway(plain: PlainEngine, answer: NoPathway) -> None:
    installed, target = answer.installed, answer.target
    assert answer.farthest == plain.farthest(installed, target)
    if answer.kind == "other_hardware":
        assert (answer.way, answer.bars, answer.missing, answer.leads_to_target) == ((), (), (), ())
        return
    assert list(answer.leads_to_target) == [
        each for each in plain.ids if each != target and plain.leads(plain.open, each, target)
    ]
    undeclared = set(itertools.pairwise(plain.possible_way(installed, target))) - plain.open
    # Nobody is sent to ask for a way back, so nothing is then said to be missing.
    asked = set() if any(map(plain.goes_back, undeclared)) else undeclared
    assert plain.fewest_missing(installed, target) == (len(undeclared) or None)
    if answer.kind == "blocked_by_notice":
        assert answer.way == plain.barred_way(installed, target, "notice")
    elif answer.kind == "pathway_closed" and plain.barred_way(installed, target, "excluded"):
        assert answer.way == plain.barred_way(installed, target, "excluded")
    elif answer.kind == "pathway_closed":
        assert answer.way == plain.barred_way(installed, target, *ALL)
        assert {tuple(each) for each in answer.missing} == asked
    elif answer.kind == "nobody_has_said" and not undeclared:
        assert answer.way == ()
        assert plain.may_yet_come(installed, target)
    elif answer.kind == "nobody_has_said":
        assert answer.way == plain.possible_way(installed, target)
        assert {tuple(each) for each in answer.missing} == asked
    elif answer.mark:
        assert answer.way == plain.barred_way(installed, target, *ALL)
    else:
        assert answer.way == ()
        assert not undeclared
    check_bars(plain, answer)


def check_bars(plain: PlainEngine, answer: NoPathway) -> None:
    """Each barred step on the way is given, with all that bars it, and no other step is."""
    steps = [step for step in itertools.pairwise(answer.way) if step in plain.declared and step not in plain.open]
    assert [step for step, _ in answer.bars] == steps
    for step, bars in answer.bars:
        assert as_plain(bars) == plain.bars(*step)


def as_plain(bars: tuple[Bar, ...]) -> set[tuple[str, int, str]]:
    found = {(str(bar.kind), int(bar.cpl_entry_id), bar.notice_id) for bar in bars}
    assert len(found) == len(bars), "the same bar twice"
    return found


@MANY
@given(small_catalogues())
def test_the_declaration_to_ask_for_would_open_the_way(text: str) -> None:
    """Where everything has been said, the declaration that is named would lead from here to there."""
    listed, plain = catalogue(text), PlainEngine(statements(text), ON)
    for installed, target in itertools.permutations(plain.ids, 2):
        answer = ask(listed, ByID(CPLEntryID(installed)), ByID(CPLEntryID(target)))
        if answer.kind in ("no_pathway_declared", "dead_end") and isinstance(answer, NoPathway):
            for from_id, to_id in answer.missing:
                assert plain.leads(plain.open, installed, from_id)
                assert plain.leads(plain.open, to_id, target)
                assert plain.share_hardware(from_id, to_id)
                assert not plain.goes_back((from_id, to_id))
                assert not plain.is_dead_end(from_id), "barred as soon as it is declared"
                assert not plain.notices_about(from_id, to_id), "barred as soon as it is declared"


@MANY
@given(small_catalogues(), ACCEPTED)
def test_alternatives_are_all_pathways_in_order(text: str, accepted: frozenset[str]) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON, accepted)
    for installed, target in itertools.permutations(plain.ids, 2):
        if not plain.share_hardware(installed, target):
            continue
        expected = plain.pathways(installed, target)
        event(f"{min(len(expected), 4)} pathways or more")
        for most in (0, 1, 2, 1_000):
            assert list(alternatives(listed, installed, target, most, accepted)) == expected[:most]


def alternatives(
    listed: Catalogue, installed: int, target: int, most: int, accepted: frozenset[str]
) -> tuple[Steps, ...]:
    upgrades = listed.upgrades(listed.family_of(CPLEntryID(installed)), accepted)
    return find_alternatives(upgrades, CPLEntryID(installed), CPLEntryID(target), most)


@MANY
@given(small_catalogues(), ACCEPTED, EXCLUDED)
def test_newest_is_the_plain_one(text: str, accepted: frozenset[str], excluded: frozenset[int]) -> None:
    listed, plain = excluding(text, excluded), PlainEngine(statements(text), ON, accepted, excluded)
    whole = PlainEngine(statements(text), ON, accepted)
    for installed in plain.ids:
        answer = ask(listed, ByID(CPLEntryID(installed)), Newest(), accepted)
        newest = plain.newest(installed)
        if len(newest) == 1:
            assert isinstance(answer, Pathway)
            assert answer.steps == plain.pathways(installed, newest[0])[0]
        elif newest:
            assert isinstance(answer, SeveralTargets)
            assert list(answer.candidates) == newest
        else:
            check_nothing_newer(plain, whole, installed, answer)


def check_nothing_newer(plain: PlainEngine, whole: PlainEngine, installed: int, answer: object) -> None:
    """No newer entry is in reach: there is none, or an exclusion holds it back, or the latest is explained."""
    last = plain.latest(plain.newer(installed))
    held_back = [each for each in whole.newest(installed) if not plain.leads(plain.open, installed, each)]
    if last and len(held_back) == 1 == len(whole.newest(installed)):
        event("held back by an exclusion")
        assert isinstance(answer, NoPathway)
        assert (answer.kind, [answer.target]) == ("pathway_closed", held_back)
        assert {bar.kind for _, bars in answer.bars for bar in bars} == {"excluded"}
    elif last and set(held_back) - plain.excluded:
        assert isinstance(answer, NoPathway | SeveralTargets), "choosing one of several would be a guess anyway"
    elif len(last) > 1:
        assert isinstance(answer, SeveralTargets)
        assert list(answer.candidates) == last
    elif last:
        assert isinstance(answer, NoPathway)
        assert [answer.target] == last
        assert answer.kind == plain.kind(installed, answer.target)
    else:
        assert isinstance(answer, AlreadyThere)
        assert answer.installed == installed


@MANY
@given(small_catalogues(), ACCEPTED)
def test_a_planned_step_gets_the_plain_verdict(text: str, accepted: frozenset[str]) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON, accepted)
    for from_id, to_id in itertools.product(plain.ids, repeat=2):
        checked = check_sequence(listed, (CPLEntryID(from_id), CPLEntryID(to_id)), accepted)
        assert checked.steps[0].verdict is plain_verdict(plain, from_id, to_id)
        assert checked.is_safe == ((from_id, to_id) in plain.open)
        if (from_id, to_id) in plain.declared:
            assert as_plain(checked.steps[0].bars) == plain.bars(from_id, to_id)


def plain_verdict(plain: PlainEngine, from_id: int, to_id: int) -> StepVerdict:
    if from_id == to_id:
        return StepVerdict.SAME_ENTRY
    if not plain.share_hardware(from_id, to_id):
        return StepVerdict.OTHER_HARDWARE
    if (from_id, to_id) in plain.declared:
        return StepVerdict.OPEN if (from_id, to_id) in plain.open else StepVerdict.BARRED
    return StepVerdict.NOBODY_HAS_SAID if plain.record.is_silent(to_id) else StepVerdict.NOT_DECLARED


@MANY
@given(small_catalogues())
def test_a_pathway_is_valid_until_something_on_it_changes(text: str) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON)
    for installed, target in itertools.permutations(plain.ids, 2):
        answer: OneAnswer = ask(listed, ByID(CPLEntryID(installed)), ByID(CPLEntryID(target)))  # type: ignore[assignment]
        if isinstance(answer, Pathway):
            assert answer.valid_until == plain.last_day(answer.steps)
            assert not answer.valid_until or answer.valid_until >= ON
