"""Whose day comes after the last on which the pathway can be used: counted exactly, and as few as there can be."""

from datetime import date
from pathlib import Path

import pytest

from firmpath.fleet.days import Limits
from firmpath.fleet.too_late import find_too_late
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import NoticeOpened
from firmpath.pathways.fold import fold
from tests.fleet.planning_here import make
from tests.fleet.test_report import FIRST, by_id, words
from tests.notation import ON, catalogue, statements


def test_whose_day_comes_too_late_is_counted(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 <- 3 ; 3 cpa=2026-06-03 ; 4 <- 5 ; 4 model=0009 ; 5 model=0009")
    made = make(cpl, by_id(tmp_path, *[1] * 4, *[2] * 4, *[4] * 4), limits=Limits(FIRST, 2))
    assert [(each.next_entry, each.devices) for each in find_too_late(made.plan)] == [(3, 2)]
    told = words(made)
    assert (
        "For 2 Devices the day comes after the last on which the pathway can be used, by what is on record" in told
    )
    assert 'CPL entry 3 (firmware 00000003, "v3") 3 June 2026 2' in told
    never = make(cpl, by_id(tmp_path, *[1] * 4, *[2] * 4, *[4] * 4), limits=Limits(FIRST, 8))
    assert find_too_late(never.plan) == []
    assert find_too_late(make(cpl, by_id(tmp_path, 1, 2)).plan) == [], "without limits no day is given"


def ending_on_different_days() -> Catalogue:
    """From 1 to 3 a notice opens on 4 June; from 2 nothing ends."""
    coming = [
        each._replace(effective_from=date(2026, 6, 4)) if isinstance(each.fact, NoticeOpened) else each
        for each in statements("1, 2 <- 3 ; notice N1: 1 -> 3")
    ]
    return fold(coming, ON)


@pytest.mark.parametrize(
    ("installed", "a_day", "late"),
    [
        ([1] * 4 + [2] * 4, 2, []),
        ([2] * 4 + [1] * 4, 2, []),
        ([1, 2] * 4, 1, [(3, date(2026, 6, 3), 1)]),
        ([2] * 4 + [1] * 9, 2, [(3, date(2026, 6, 3), 3)]),
    ],
)
def test_whose_pathway_ends_first_goes_first_and_the_rest_are_counted_exactly(
    tmp_path: Path, installed: list[int], a_day: int, late: list[tuple[int, date, int]]
) -> None:
    made = make(ending_on_different_days(), by_id(tmp_path, *installed), limits=Limits(FIRST, a_day))
    assert find_too_late(made.plan) == late
    assert ("the day comes after the last" in words(made)) == bool(late)
    installed_at = {row["device_id"]: row["installed"] for row in made.rows}
    after = [
        each
        for wave in made.manifest["waves"]
        for file in wave["files"]
        if file["on"] > "2026-06-03"
        for each in (made.folder / "waves" / file["name"]).read_text().split()
    ]
    assert sum(installed_at[each] == 1 for each in after) == sum(devices for *_, devices in late)
