"""`firmpath plan` and the status of Devices: looked at where it is asked to, and said not to be elsewhere."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.notation import ON

COMMON = ("--cpl", EXAMPLE_CPL, "--on", ON)
ONLY = "--only-commissioned"
NOT_LOOKED_AT = (
    "The plan did not look at Status, which the inventory has: Devices that are not Commissioned are in the waves, "
    "and firmpath preflight will hold them. --only-commissioned leaves them out."
)


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    file = tmp_path / "meters.csv"
    rows = (f"02-00-00-00-00-00-00-{at:02},118,{state}\n" for at, state in enumerate(("Suspended", "Commissioned")))
    file.write_text("device_id,cpl_entry_id,State\n" + "".join(rows))
    return file


def test_statuses_are_looked_at_where_that_is_asked_for(
    firmpath: Firmpath, inventory: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "meters.toml"
    mapping.write_text('[columns]\nState = "device_status"\n')
    done = firmpath("plan", inventory, *COMMON, "--inventory-mapping", mapping, ONLY, "--out", tmp_path / "a")
    assert done.code == ExitCode.NO
    assert "1             has a next step, but is not Commissioned by the inventory" in done.lines
    assert "State is Suspended" in (tmp_path / "a" / "stuck.csv").read_text()
    assert "did not look" not in done.out
    column = ("--column", "device_status=state")
    told = firmpath("plan", inventory, *COMMON, *column, ONLY, "--out", tmp_path / "b", "--json").json
    assert told["statuses"] == {"not_commissioned": 1, "pathway": 1}


def test_a_plan_that_does_not_look_says_so(firmpath: Firmpath, inventory: Path, tmp_path: Path) -> None:
    inventory.write_text(inventory.read_text().replace("State", "Status", 1))
    done = firmpath("plan", inventory, *COMMON, "--out", tmp_path / "a")
    assert NOT_LOOKED_AT in " ".join(done.out.split())


def test_a_column_is_named_for_statuses_only_where_they_are_looked_at(
    firmpath: Firmpath, inventory: Path, tmp_path: Path
) -> None:
    named = ("--column", "device_status=State", "--out", tmp_path / "a")
    refused = firmpath("plan", inventory, *COMMON, *named)
    assert refused.code == ExitCode.REFUSED
    assert "does not say which heading means which column" in refused.err
    mapping = tmp_path / "meters.toml"
    mapping.write_text('[columns]\nState = "device_status"\n')
    made = firmpath("plan", inventory, *COMMON, "--inventory-mapping", mapping, "--out", tmp_path / "b")
    assert made.code == ExitCode.YES, "the file serves for a preflight too"
    for engine in ("spark", "sql"):
        elsewhere = firmpath("plan", inventory, *COMMON, "--engine", engine, ONLY, "--out", tmp_path / "c")
        refused_there = f"--only-commissioned does not go with --engine {engine}; leave out --only-commissioned"
        assert refused_there in elsewhere.err
