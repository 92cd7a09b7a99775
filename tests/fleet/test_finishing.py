"""What a plan says of its deadline: whether it can be kept, what it needs, what is not certain or counted."""

from datetime import date
from pathlib import Path

import pytest

from firmpath.fleet.days import NO_LIMIT, Limits
from firmpath.fleet.days_off import NO_DAYS_OFF, DaysOff
from firmpath.fleet.deadline import Deadline
from firmpath.fleet.finishing import can_be_done, finish_as_json, finish_in_words
from tests.fleet.planning_here import Made, device, make, write_inventory
from tests.fleet.test_report import FIRST, by_id, words
from tests.notation import catalogue

CHAIN = catalogue("1 <- 2 <- 3")
WEEKENDS = DaysOff((5, 6))


def asked(
    folder: Path,
    day: int,
    limits: Limits | None = None,
    ids: tuple[int, ...] = (1,) * 6 + (2,) * 4,
    not_on: DaysOff = NO_DAYS_OFF,
) -> Made:
    """Plan for Devices that run these entries, every other one in the North, to finish by a day of June."""
    rows = [(device(at), each, ("North", "South")[at % 2]) for at, each in enumerate(ids)]
    file = write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id", "Region"), rows)
    return make(CHAIN, file, limits=limits, deadline=Deadline(date(2026, 6, day), FIRST, not_on))


NO_HELP = "have more steps left than there are days: one takes one step a day at most, so no limit helps there."
WHOEVER = "Devices cannot take all of theirs by then, whoever goes first."


@pytest.mark.parametrize(
    ("day", "limits", "said"),
    [
        (
            4,
            Limits(FIRST, 4),
            "All steps can be taken by 4 June 2026, if nothing changes: 16 steps of 10 Devices take 4 days at "
            "least, and there are 4 days from 1 June 2026.\n"
            "What it needs: 4 Devices a day in all, where 4 are allowed.",
        ),
        (
            3,
            Limits(FIRST, 4, 3, "Region"),
            "Not all steps can be taken by 3 June 2026: 16 steps of 10 Devices take 4 days at least, until 4 June "
            f"2026, and there are 3 days from 1 June 2026. At least 2 {WHOEVER}\n"
            "What it needs: 6 Devices a day in all, where 4 are allowed; 3 Devices a day with the same Region, "
            "where 3 are allowed.",
        ),
        (
            1,
            Limits(FIRST, NO_LIMIT, 1, "Region"),
            "Not all steps can be taken by 1 June 2026: 16 steps of 10 Devices take 8 days at least, until 8 June "
            f"2026, and there is 1 day from 1 June 2026. At least 8 {WHOEVER}\n"
            f"Of these Devices 6 {NO_HELP}\n"
            "What the others need: 2 Devices a day with the same Region, where 1 is allowed.",
        ),
        (
            3,
            None,
            "All steps can be taken by 3 June 2026, if nothing changes: 16 steps of 10 Devices, and 3 days from 1 "
            "June 2026.\n"
            "What it needs: 6 Devices a day in all.",
        ),
        (
            1,
            None,
            "Not all steps can be taken by 1 June 2026: 16 steps of 10 Devices, and 1 day from 1 June 2026. At "
            f"least 6 {WHOEVER}\n"
            f"Of these Devices 6 {NO_HELP}\n"
            "What the others need: 4 Devices a day in all.",
        ),
    ],
)
def test_whether_it_can_be_done_and_what_it_needs(
    tmp_path: Path, day: int, limits: Limits | None, said: str
) -> None:
    made = asked(tmp_path, day, limits)
    assert finish_in_words(made.plan) == said.split("\n")
    assert can_be_done(made.plan) == said.startswith("All")
    told = words(made)
    assert f"Finish by {day} June 2026 By {day} June 2026 {' '.join(said.split())} What to send next" in told
    assert made.manifest["deadline"] == finish_as_json(made.plan)["deadline"]
    assert ("warning" in (made.folder / "report.html").read_text().partition("</style>")[2]) != can_be_done(
        made.plan
    )


def test_one_step_of_one_device_is_told_as_one(tmp_path: Path) -> None:
    verdict, needed = finish_in_words(asked(tmp_path, 1, Limits(FIRST, 5), (2,)).plan)
    assert "1 step of 1 Device takes 1 day at least, and there is 1 day from 1 June 2026." in verdict
    assert needed == "What it needs: 1 Device a day in all, where 5 are allowed."
    (verdict, too_many) = finish_in_words(asked(tmp_path, 1, None, (1,)).plan)
    assert "2 steps of 1 Device, and 1 day" in verdict
    assert "At least 1 Device cannot take all of theirs" in verdict
    assert too_many.startswith("Of these Devices 1 has more steps left")


def test_days_that_are_left_out_are_named(tmp_path: Path) -> None:
    made = asked(tmp_path, 8, not_on=WEEKENDS)
    assert "and 6 days from 1 June 2026, not on Saturdays or Sundays." in finish_in_words(made.plan)[0]
    assert made.manifest["deadline"]["not_on"] == ["saturday", "sunday"]


def test_who_is_stuck_is_not_counted_and_nobody_is_promised_a_step(tmp_path: Path) -> None:
    made = asked(tmp_path, 3, None, (1, 99))
    assert finish_in_words(made.plan)[-1] == "Not counted: 1 Device that is stuck."
    assert made.manifest["deadline"]["devices_stuck"] == 1
    (nothing, stuck) = finish_in_words(asked(tmp_path, 3, None, (3, 98, 99)).plan)
    assert nothing == "No Device has a step to take by 3 June 2026."
    assert stuck == "Not counted: 2 Devices that are stuck."


@pytest.mark.parametrize("limits", [None, Limits(FIRST, 9)])
def test_whose_pathway_ends_before_is_not_certain(tmp_path: Path, limits: Limits | None) -> None:
    cpl = catalogue("1 <- 2 <- 3 ; 3 cpa=2026-06-03 ; 4 <- 5 ; 4 model=0009 ; 5 model=0009")
    plan = make(cpl, by_id(tmp_path, 1, 2, 4), limits=limits, deadline=Deadline(date(2026, 6, 4), FIRST)).plan
    assert finish_in_words(plan)[-1] == (
        "Not certain: of 2 Devices the pathway can be used only until a day before then, by what is on record "
        "today, the first until 3 June 2026."
    )
    assert finish_as_json(plan)["deadline"]["first_not_certain_after"] == "2026-06-03"


def test_waves_do_not_depend_on_a_deadline(tmp_path: Path) -> None:
    made = asked(tmp_path, 2, Limits(FIRST, 4))
    without = make(CHAIN, tmp_path / "inventory.csv", limits=Limits(FIRST, 4))
    assert "deadline" not in without.manifest
    assert finish_in_words(without.plan) == []
    assert can_be_done(without.plan)
    assert made.manifest["waves"] == without.manifest["waves"]
