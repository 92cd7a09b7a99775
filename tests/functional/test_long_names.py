"""Names that are too long, or none: refused with the name and what to do, and what is just short enough is made."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.functional.running import run_apart
from tests.notation import ON

COMMON = ("--cpl", EXAMPLE_CPL, "--on", ON)
TOO_LONG = "x" * 300
LONGEST = 255
"""Octets of a name, on the systems that people use."""


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    file = tmp_path / "meters.csv"
    file.write_text("device_id,cpl_entry_id\n02-00-00-00-00-00-00-01,110\n")
    return file


@pytest.mark.parametrize("what", [("--fleet", 5), ("--entries", 5)])
def test_a_name_that_is_too_long_to_be_written_is_shown(what: tuple[str, int]) -> None:
    refused = run_apart("generate", *what, *(COMMON if what[0] == "--fleet" else ()), "--out", f"{TOO_LONG}.csv")
    assert refused.code == ExitCode.REFUSED
    assert f"{'x' * 70}.csv' cannot be written: file name too long; " in refused.err


def test_a_folder_that_is_too_long_is_not_there(tmp_path: Path) -> None:
    refused = run_apart("generate", "--fleet", 5, *COMMON, "--out", tmp_path / TOO_LONG / "fleet.csv")
    assert "xxx/fleet.csv' cannot be written: its folder is not there; make the folder" in refused.err


@pytest.mark.parametrize("made", ["plan", "fleet"])
@pytest.mark.parametrize("letter", ["x", "é"])
def test_the_longest_name_there_can_be_is_made(
    firmpath: Firmpath, inventory: Path, tmp_path: Path, made: str, letter: str
) -> None:
    ending = ".csv" if made == "fleet" else ""
    out = tmp_path / "made" / (letter * ((LONGEST - len(ending)) // len(letter.encode())) + ending)
    out.parent.mkdir()
    command = ("plan", inventory) if made == "plan" else ("generate", "--fleet", 5)
    done = firmpath(*command, *COMMON, "--out", out)
    assert done.code == ExitCode.YES
    assert [each.name for each in out.parent.iterdir()] == [out.name]
    assert firmpath(*command, *COMMON, "--out", out, "--replace").code == ExitCode.YES
    assert [each.name for each in out.parent.iterdir()] == [out.name]


def test_a_plan_whose_name_is_too_long_is_refused_before_the_work(inventory: Path, tmp_path: Path) -> None:
    refused = run_apart("plan", inventory, *COMMON, "--out", tmp_path / TOO_LONG)
    assert refused.code == ExitCode.REFUSED
    shown = f"Plan '…{'x' * 79}' cannot be written: file name too long; give it a shorter name"
    assert refused.err == f"firmpath: {shown}\n"


@pytest.mark.parametrize("argument", ["inventory", "--target", "--inventory-mapping"])
def test_a_name_that_is_too_long_to_be_read_is_shown(
    firmpath: Firmpath, inventory: Path, tmp_path: Path, argument: str
) -> None:
    read = TOO_LONG + ".csv" if argument == "inventory" else str(inventory)
    more = () if argument == "inventory" else (argument, TOO_LONG + ".csv")
    refused = firmpath("plan", read, *COMMON, *more, "--out", tmp_path / "plan")
    assert refused.code == ExitCode.REFUSED
    assert (
        f"File '…{'x' * 75}.csv' cannot be read: file name too long; check the name, and try again" in refused.err
    )


def test_nothing_is_no_name(firmpath: Firmpath, inventory: Path, tmp_path: Path) -> None:
    """A variable that is not set must not stand for the folder one is in."""
    no_inventory = firmpath("plan", "", *COMMON, "--out", tmp_path / "plan")
    assert "Inventory '' has no name; name a file, or a folder of files" in no_inventory.err
    no_plan = firmpath("plan", inventory, *COMMON, "--out", "", "--replace")
    assert "Plan '' has no name; give --out the name of a folder" in no_plan.err


def test_a_folder_is_not_written_over(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").mkdir()
    refused = firmpath("generate", "--fleet", 5, *COMMON, "--out", tmp_path / "fleet.csv", "--replace")
    assert "fleet.csv' is a folder, and is not written over; give the name of a file" in refused.err
    assert list((tmp_path / "fleet.csv").iterdir()) == []


def test_a_file_that_cannot_be_made_is_named(firmpath: Firmpath) -> None:
    refused = firmpath("generate", "--fleet", 5, *COMMON, "--out", "/proc/fleet.csv")
    assert refused.code == ExitCode.REFUSED
    assert "File '/proc/fleet.csv' cannot be written: " in refused.err
    assert "; name a file where there is room, and you may write" in refused.err
