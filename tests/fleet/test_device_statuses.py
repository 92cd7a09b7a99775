"""Devices that are not Commissioned: left out of the waves where that is asked for, else said to be in them."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from firmpath.fleet.days import Limits
from firmpath.fleet.device_statuses import MOST_STATUSES
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import Made, as_parquet, device, make, write_inventory
from tests.notation import ON, catalogue

CPL = catalogue("1 <- 2 <- 3")
STATUSES = ("Commissioned", "Suspended", "", " COMMISSIONED ", "Installed not commissioned", "Suspended ")


def inventory(folder: Path, heading: str = "device_status") -> Path:
    """Write an inventory: of each status a Device with a step; one at its target, and one that stands twice."""
    rows = [(device(at), 1, status, "North") for at, status in enumerate(STATUSES)]
    rows += [(device(50), 3, "Suspended", "North"), *[(device(51), 1, "Suspended", "North")] * 2]
    return write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id", heading, "Region"), rows)


def in_waves(made: Made) -> list[str]:
    return [line for file in made.folder.glob("waves/**/*.txt") for line in file.read_text().splitlines()]


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("limits", [None, Limits(ON, 5, 5, "Region")])
def test_they_are_left_out_of_the_waves_for_a_reason(tmp_path: Path, form: str, limits: Limits | None) -> None:
    file = inventory(tmp_path)
    made = make(CPL, as_parquet(file) if form == "parquet" else file, only_commissioned=True, limits=limits)
    assert made.statuses == [
        ("pathway", ""),
        ("not_commissioned", "device_status is Suspended"),
        ("not_commissioned", "nothing in device_status"),
        ("pathway", ""),
        ("not_commissioned", "device_status is Installed not commissioned"),
        ("not_commissioned", "device_status is Suspended"),
        ("already_there", ""),
        *[("duplicate_device_id", "in 2 rows")] * 2,
    ]
    assert in_waves(made) == [device(0), device(3)]
    assert {row["installed"] for row in made.rows[1:3]} == {1}
    assert {row["next_entry"] for row in made.rows[1:3]} == {None}


def test_the_table_and_the_report_say_so(tmp_path: Path) -> None:
    made = make(CPL, inventory(tmp_path, "Status"), only_commissioned=True)
    with (made.folder / "stuck.csv").open(newline="") as written:
        said = {line["reason"]: (line["rows"], line["why"], line["next_step"]) for line in csv.DictReader(written)}
    next_step = "Next: read the Device's inventory anew (service request 8.2), and plan again."
    for reason, rows, but in (
        ("nothing in Status", "1", "the column Status of the inventory is empty"),
        ("Status is Suspended", "2", "Status is Suspended"),
    ):
        why = f"There is a next step, but {but}, and it is for Commissioned Devices."
        assert said[reason] == (rows, why, next_step)
    report = (made.folder / "report.html").read_text()
    assert "<dt>Left out</dt><dd>Devices of which Status is not Commissioned</dd>" in report
    assert "did not look at" not in report


def test_a_plan_that_does_not_look_says_that_they_are_in_its_waves(tmp_path: Path) -> None:
    made = make(CPL, inventory(tmp_path, "Device Status"))
    assert len(in_waves(made)) == len(STATUSES)
    words = (
        "The plan did not look at Device Status, which the inventory has: Devices that are not Commissioned are in "
        "the waves, and firmpath preflight will hold them."
    )
    assert words in (made.folder / "report.html").read_text()
    bare = write_inventory(tmp_path / "bare.csv", ("device_id", "cpl_entry_id"), [(device(1), 1)])
    assert "did not look at" not in (make(CPL, bare).folder / "report.html").read_text()


def test_statuses_can_be_read_as_codes_and_be_any_type(tmp_path: Path) -> None:
    columns = {
        "device_id": [device(at) for at in range(3)],
        "cpl_entry_id": [1, 1, 1],
        "status": pa.array(["Commissioned", None, "Commissioned"]).dictionary_encode(),
    }
    pq.write_table(pa.table(columns), tmp_path / "codes.parquet")
    made = make(CPL, tmp_path / "codes.parquet", only_commissioned=True)
    assert made.statuses[1] == ("not_commissioned", "nothing in status")
    pq.write_table(pa.table({**columns, "status": [1, 2, 3]}), tmp_path / "numbers.parquet")
    made = make(CPL, tmp_path / "numbers.parquet", only_commissioned=True)
    assert made.statuses[2] == ("not_commissioned", "status is 3")


def test_a_column_that_is_missing_or_has_no_statuses_is_refused(tmp_path: Path) -> None:
    bare = write_inventory(tmp_path / "bare.csv", ("device_id", "cpl_entry_id"), [(device(1), 1)])
    wrong = "has no column device_status; it has device_id, cpl_entry_id; say which it is: --column device_status="
    with pytest.raises(FirmpathError, match=wrong):
        make(CPL, bare, only_commissioned=True)
    rows = [(device(at), 1, at) for at in range(MOST_STATUSES + 1)]
    other = write_inventory(tmp_path / "other.csv", ("device_id", "cpl_entry_id", "status"), rows)
    wrong = "Column 'status' has more than 100 different values, and there are not as many statuses of Devices"
    with pytest.raises(FirmpathError, match=wrong):
        make(CPL, other, only_commissioned=True)
