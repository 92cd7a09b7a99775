"""Invented inventories: every trap is in them, in about as many rows as is said, and none where none is wanted."""

from pathlib import Path

import pytest

from firmpath.fleet.inventing import REGIONS, SHARE_OF_FLAWS, TOLD_EVERY, invent_fleet
from tests.fleet.planning_here import rows_of
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3 ; 3 version=F0000000 ; 4 model=0009 version=F0000001")
DEVICES = 40_000
FLAWS = {
    "the ID of another row": "device_id IN (SELECT device_id FROM fleet GROUP BY ALL HAVING count(*) = 2)",
    "no ID": "device_id = 'not an ID'",
    "no version": "firmware_version = 'unknown'",
    "not on the CPL": "cpl_entry_id IS NULL AND firmware_version = 'F0000002'",
    "no region": "region IS NULL",
    "Suspended": "device_status = 'Suspended'",
    "Pending": "device_status = 'Pending'",
    "stale": "read_on = DATE '2026-06-01' - 90",
}


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> str:
    return invent(tmp_path_factory.mktemp("flawed"), True)


@pytest.fixture(scope="module")
def flawless(tmp_path_factory: pytest.TempPathFactory) -> str:
    return invent(tmp_path_factory.mktemp("flawless"), False)


def invent(folder: Path, flaws: bool) -> str:
    """Invent a fleet; give the beginning of a query that can call it `fleet`."""
    file = folder / "fleet.parquet"
    invent_fleet(CPL, DEVICES, 5, file, "parquet", flaws, lambda part: None)
    return f"WITH fleet AS (FROM '{file}')"


@pytest.mark.parametrize("flaw", FLAWS)
def test_each_flaw_is_there_unless_none_is_wanted(flawed: str, flawless: str, flaw: str) -> None:
    rows = f"SELECT count(*) FROM fleet WHERE {FLAWS[flaw]}"
    ((found,),), ((without,),) = (rows_of(f"{each} {rows}") for each in (flawed, flawless))
    expected = DEVICES / SHARE_OF_FLAWS * (2 if flaw == "the ID of another row" else 1)
    assert expected / 2 < found < expected * 2
    assert without == 0


def test_nothing_but_the_rows_with_flaws_differs(flawed: str, flawless: str) -> None:
    odd = f"FROM fleet WHERE {' OR '.join(f'({each})' for each in FLAWS.values())}"
    others = set(rows_of(f"{flawed} FROM fleet EXCEPT {odd}"))
    assert others < set(rows_of(f"{flawless} FROM fleet"))
    assert len(others) == DEVICES - len(rows_of(f"{flawed} {odd}"))


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_it_is_told_evenly_how_far_it_is_and_rows_stay_in_their_order(tmp_path: Path, form: str) -> None:
    parts: list[float] = []
    devices, file = 3 * TOLD_EVERY, tmp_path / f"fleet.{form}"
    invent_fleet(CPL, devices, 5, file, form, False, parts.append)
    assert sorted(parts) == [0.0, 1 / 3, 2 / 3, 1.0]
    assert parts[-1] == 1.0
    ids = [int(each.replace("-", "")[2:10], 16) for (each,) in rows_of(f"SELECT device_id FROM '{file}'")]
    back = pow(2_654_435_769, -1, 2**32)  # which the number of a Device was multiplied by
    assert [each * back % 2**32 for each in ids] == list(range(devices))


def test_regions_have_their_shares_whatever_devices_run(flawless: str) -> None:
    columns = "cpl_entry_id, firmware_version, region"
    share = "100 * count(*) / sum(count(*)) OVER (PARTITION BY cpl_entry_id)"
    found = rows_of(f"{flawless} SELECT {columns}, {share} FROM fleet GROUP BY {columns}")
    assert {version for _, version, _, _ in found} == {str(each.firmware_version) for each in CPL.entries.values()}
    assert len(found) == len(CPL.entries) * len(REGIONS)
    assert all(abs(share - REGIONS[region]) < 3 for _, _, region, share in found)
