"""Marks and notices of an invented list, and the story that its first history tells."""

from collections import deque
from datetime import date
from itertools import pairwise

import pytest

from firmpath.invented.cpl import Row, invented_rows
from firmpath.invented.numbering import number_entries
from firmpath.invented.statements import Stated, invented_statements
from firmpath.pathways.facts import (
    ANY_ENTRY,
    DeadEndMarked,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    SteppingStoneMarked,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.plain_text import parse_text, parse_web_address

Bases = dict[int, tuple[int, ...]]

EXAMPLE_SEED = 24


def bases_of(rows: list[Row]) -> Bases:
    """The declared bases of each entry."""
    return {
        int(row.cpl_entry_id): tuple(map(int, row.base_cpl_entry_ids.split("; ")))
        if row.base_cpl_entry_ids not in ("", "N/A")
        else ()
        for row in rows
    }


def fewest_steps(bases: Bases, start: int, target: int, without: int = 0) -> list[int] | None:
    """The first shortest way by a plain search, or none; `without` is an entry that may not be on it."""
    ways = deque([[start]])
    seen = {start, without}
    while ways:
        way = ways.popleft()
        if way[-1] == target:
            return way
        for entry in sorted(bases):
            if entry not in seen and way[-1] in bases[entry]:
                seen.add(entry)
                ways.append([*way, entry])
    return None


def is_mandatory(bases: Bases, stone: int) -> bool:
    """Whether every way from before the stone to after it leads over it, by taking it out."""
    return not any(
        fewest_steps(bases, start, target, without=stone)
        for start in bases
        for target in bases
        if start < stone < target and fewest_steps(bases, start, stone) and fewest_steps(bases, stone, target)
    )


def subject_of(stated: Stated) -> object:
    """What a fact is about: its first field."""
    return next(iter(stated[1]))


@pytest.fixture(scope="module")
def story() -> tuple[int, ...]:
    """The CPL Entry IDs of the first history of the example, in order."""
    numbering = number_entries(60, EXAMPLE_SEED)
    return tuple(numbering.ids[: numbering.starts[1]])


@pytest.fixture(scope="module")
def example() -> Bases:
    return bases_of(list(invented_rows(60, EXAMPLE_SEED)))


def test_the_story_has_a_pathway_of_four_steps_with_two_mandatory_stones(
    story: tuple[int, ...], example: Bases
) -> None:
    way = fewest_steps(example, story[0], story[10])
    assert way == [story[0], story[3], story[6], story[7], story[10]]
    without = [stop for stop in way[1:-1] if fewest_steps(example, story[0], story[10], without=stop) is None]
    assert without == [story[3], story[6]]


def test_the_newest_of_the_story_cannot_be_reached_because_one_entry_is_silent(
    story: tuple[int, ...], example: Bases
) -> None:
    assert fewest_steps(example, story[0], story[13]) is None
    assert example[story[12]] == ()
    assert fewest_steps(example | {story[12]: (story[10],)}, story[0], story[13]) is not None


def test_the_story_tells_of_stones_a_dead_end_and_a_notice(story: tuple[int, ...], example: Bases) -> None:
    about = {*story, f"N-{story[8]}"}
    stated = [each for each in invented_statements(60, EXAMPLE_SEED) if subject_of(each) in about]
    assert [(type(each[1]), subject_of(each)) for each in stated] == [
        (SteppingStoneMarked, story[3]),
        (SteppingStoneMarked, story[6]),
        (NoticeOpened, f"N-{story[8]}"),
        (NoticeExtended, f"N-{story[8]}"),
        (DeadEndMarked, story[11]),
    ]
    opened, extended = stated[2][1], stated[3][1]
    assert isinstance(opened, NoticeOpened)
    assert opened.steps == (NoticeStep(story[6], story[8]),)  # type: ignore[arg-type]
    assert opened.fixed_in == story[9]
    assert isinstance(extended, NoticeExtended)
    assert extended.steps == (NoticeStep(ANY_ENTRY, story[8]),)  # type: ignore[arg-type]
    assert not any(story[11] in bases for bases in example.values())


@pytest.mark.parametrize("seed", range(5))
def test_small_lists_have_every_kind_of_mark_and_notice(seed: int) -> None:
    bases = bases_of(list(invented_rows(60, seed)))
    stated = list(invented_statements(60, seed))
    stones = [fact.cpl_entry_id for _, fact, _ in stated if isinstance(fact, SteppingStoneMarked)]
    agree = [is_mandatory(bases, stone) for stone in stones]
    assert True in agree
    assert False in agree
    for kind in (DeadEndMarked, NoticeOpened, NoticeExtended, NoticeClosed):
        assert any(isinstance(fact, kind) for _, fact, _ in stated), kind


def test_most_stones_agree_with_the_declarations() -> None:
    rows = list(invented_rows(1_500, 1))
    bases = bases_of(rows)
    model = {int(row.cpl_entry_id): (row.device_type, row.manufacturer_id, row.model_id) for row in rows}
    agree = []
    for _, fact, _ in invented_statements(1_500, 1):
        if isinstance(fact, SteppingStoneMarked):
            of_model = {entry: bases[entry] for entry in bases if model[entry] == model[fact.cpl_entry_id]}
            agree.append(is_mandatory(of_model, fact.cpl_entry_id))
    assert 0.5 < sum(agree) / len(agree) < 1


def test_statements_are_about_entries_on_the_list_and_come_in_order() -> None:
    listed = {int(row.cpl_entry_id): date.fromisoformat(row.listed_on) for row in invented_rows(5_000, 2)}
    stated = list(invented_statements(5_000, 2))
    opened: dict[str, NoticeOpened] = {}
    for effective_from, fact, reason in stated:
        parse_text(reason, "Reason")
        assert effective_from <= date(2025, 12, 31)
        if isinstance(fact, SteppingStoneMarked | DeadEndMarked):
            assert listed[fact.cpl_entry_id] == effective_from
            parse_text(fact.reason, "Reason")
            parse_web_address(str(fact.link), "Link")
        elif isinstance(fact, NoticeOpened):
            assert fact.notice_id not in opened
            opened[fact.notice_id] = fact
            assert fact.fixed_in is NOT_KNOWN or listed[int(str(fact.fixed_in))] <= effective_from
            assert all(listed[int(str(end))] <= effective_from for step in fact.steps for end in step)
        else:
            assert subject_of((effective_from, fact, reason)) in opened
    assert all(a[0] <= b[0] for a, b in pairwise(stated))


def test_the_same_seed_gives_the_same_statements() -> None:
    assert list(invented_statements(200, 3)) == list(invented_statements(200, 3))
    assert list(invented_statements(200, 3)) != list(invented_statements(200, 4))


def test_an_impossible_size_is_refused() -> None:
    with pytest.raises(FirmpathError, match="Number of entries 0 is not from 1 to 1,000,000"):
        invented_statements(0, 1)
