"""Limits: every Device with a next step is in one file of one day, and no day has more than it may."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from firmpath.fleet.days import Limits
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import Made, as_parquet, device, make, write_inventory
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3 ; 4 <- 5 ; 4 type=GSME ; 5 type=GSME")
FIRST = date(2026, 6, 1)
REGIONS = ("North", "South", "North", "Wales", "North")


def inventory(folder: Path, regions: tuple[str, ...] = REGIONS, rows: int = 100) -> Path:
    body = [(device(at), (1, 2, 4)[at % 3], regions[at % len(regions)]) for at in range(rows)]
    return write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id", "Region"), body)


def by_day(made: Made) -> dict[int, list[str]]:
    """Give the Device IDs of each day, as they stand in its files."""
    found: dict[int, list[str]] = {}
    for wave in made.manifest["waves"]:
        for file in wave["files"]:
            lines = (made.folder / "waves" / file["name"]).read_text().splitlines()
            assert len(lines) == file["devices"]
            found.setdefault(file["day"], []).extend(lines)
    return found


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_so_many_a_day_in_all_and_in_each_region(tmp_path: Path, form: str) -> None:
    made = make(
        CPL,
        as_parquet(inventory(tmp_path)) if form == "parquet" else inventory(tmp_path),
        limits=Limits(FIRST, 12, 8, "Region"),
        wave_size=5,
    )
    days = by_day(made)
    region_of = {row["device_id"]: row["region"] for row in made.rows}
    assert sorted(each for devices in days.values() for each in devices) == sorted(region_of)
    assert sorted(days) == list(range(1, 10)), "100 Devices, 12 a day"
    for devices in days.values():
        assert len(devices) <= 12
        assert max(Counter(region_of[each] for each in devices).values()) <= 8
    assert made.manifest["limits"] == {
        "first_day": "2026-06-01",
        "days": 9,
        "last_day": "2026-06-09",
        "devices_a_day": 12,
        "devices_a_day_in_a_region": 8,
        "region_column": "Region",
    }
    assert {(file["day"], file["on"]) for wave in made.manifest["waves"] for file in wave["files"]} == {
        (day, f"2026-06-{day:02}") for day in range(1, 10)
    }
    assert made.plan.fewest_days_to_targets == 12, "another 33 steps follow: 134 activations in all"


def test_who_has_the_most_steps_left_goes_first_in_the_order_of_the_inventory(tmp_path: Path) -> None:
    made = make(CPL, inventory(tmp_path), limits=Limits(FIRST, 10))
    days = by_day(made)
    two_steps = [row["device_id"] for row in made.rows if row["remaining_steps"] == 2]
    assert [each for day in (1, 2, 3) for each in days[day]] == two_steps[:30]
    assert days[4][:4] == two_steps[30:]


def test_without_a_region_there_is_no_day_and_that_is_said(tmp_path: Path) -> None:
    made = make(
        CPL, inventory(tmp_path, ("North", "", "  ")), limits=Limits(FIRST, in_a_region=5, region_column="Region")
    )
    lost = [row for row in made.rows if row["region"] is None]
    assert {(row["status"], row["reason"], row["next_entry"]) for row in lost} == {
        ("no_region", "nothing in Region", None)
    }
    assert sum(map(len, by_day(made).values())) == 100 - len(lost) == 34
    assert "has no region in the inventory" in (made.folder / "report.html").read_text()


def test_a_device_that_needs_no_step_needs_no_region(tmp_path: Path) -> None:
    rows = [(device(1), 3, ""), (device(2), 99, "")]
    file = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id", "Region"), rows)
    made = make(CPL, file, limits=Limits(FIRST, in_a_region=5, region_column="Region"))
    assert [status for status, _ in made.statuses] == ["already_there", "unknown_device"]
    assert (made.manifest["limits"]["days"], "last_day" in made.manifest["limits"]) == (0, False)


def test_a_column_that_is_read_can_name_regions_as_well(tmp_path: Path) -> None:
    rows = [(device(at), 1, "F001") for at in range(4)]
    file = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id", "Manufacturer"), rows)
    made = make(CPL, file, limits=Limits(FIRST, in_a_region=3, region_column="Manufacturer"))
    assert {day: len(each) for day, each in by_day(made).items()} == {1: 3, 2: 1}
    assert {row["region"] for row in made.rows} == {"F001"}


def test_a_column_of_regions_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    rows = [(device(at), 1, name, "x") for at, name in enumerate("ABBB")]
    file = write_inventory(
        tmp_path / "inventory.csv", ("device_id", "cpl_entry_id", "GSP Region", "gsp_region"), rows
    )
    exact = make(CPL, file, limits=Limits(FIRST, in_a_region=2, region_column="GSP Region"))
    assert {day: len(each) for day, each in by_day(exact).items()} == {1: 3, 2: 1}
    with pytest.raises(
        FirmpathError, match="'GSP-REGION' could be any of the columns GSP Region, gsp_region; write"
    ):
        make(CPL, file, limits=Limits(FIRST, in_a_region=2, region_column="GSP-REGION"))
    loose = make(CPL, inventory(tmp_path), limits=Limits(FIRST, in_a_region=5, region_column="REGION"))
    assert loose.manifest["limits"]["region_column"] == "Region"
    assert "At most 5 Devices a day with the same Region, from" in (loose.folder / "report.html").read_text()


@pytest.mark.parametrize(
    ("written", "right"),
    [("Area", "it has device_id, cpl_entry_id, Region"), ("Regoin", r"did you mean 'Region'\?")],
)
def test_a_column_of_regions_that_is_missing_is_named(tmp_path: Path, written: str, right: str) -> None:
    wrong = f"Heading '{written}' is to name regions, and the inventory has no such column; {right}"
    with pytest.raises(FirmpathError, match=wrong):
        make(CPL, inventory(tmp_path), limits=Limits(FIRST, in_a_region=5, region_column=written))


def test_a_single_day_is_said_as_one(tmp_path: Path) -> None:
    made = make(CPL, inventory(tmp_path), limits=Limits(FIRST, 100))
    assert "<p>These steps take 1 day, 1 June 2026. " in (made.folder / "report.html").read_text()


def test_the_same_order_gives_the_same_days(tmp_path: Path) -> None:
    file = as_parquet(inventory(tmp_path))
    first, second = (make(CPL, file, limits=Limits(FIRST, 7, 3, "Region")) for _ in range(2))
    assert first.manifest == second.manifest
    assert by_day(first) == by_day(second)
