"""`firmpath plan --finish-by`, as it is run: what it prints, its exit code, and what it refuses."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.fleet.planning_here import device
from tests.functional.conftest import Firmpath
from tests.notation import ON


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Give the beginning of an order for five Devices that all have a step."""
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{device(at)},110\n" for at in range(5))
    Path("meters.csv").write_text(f"device_id,cpl_entry_id\n{rows}")
    return ("plan", "meters.csv", "--cpl", EXAMPLE_CPL, "--on", str(ON), "--out", "plan")


def test_it_is_said_and_the_exit_code_is_the_answer(firmpath: Firmpath, order: tuple[str, ...]) -> None:
    done = firmpath(*order, "--finish-by", "2026-06-30")
    assert done.code == ExitCode.YES
    assert "All steps can be taken by 30 June 2026, if nothing changes: " in done.out
    assert "\nWhat it needs: 1 Device a day in all.\n" in done.out
    late = firmpath(*order, "--replace", "--finish-by", "2026-06-04", "--per-day", 1)
    assert late.code == ExitCode.NO
    assert "Not all steps can be taken by 4 June 2026: " in late.out
    assert firmpath(*order, "--replace", "--per-day", 1).code == ExitCode.YES
    told = firmpath(*order, "--replace", "--finish-by", "2026-06-04", "--per-day", 1, "--json")
    assert (told.code, told.json["deadline"]["can_be_done"]) == (ExitCode.NO, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2026-05-31",), "'2026-05-31' is before 2026-06-01, the first day on which a step can be taken; give"),
        (("2026-06-08", "--first-day", "2026-06-09"), "'2026-06-08' is before 2026-06-09, the first day on which"),
        (
            ("2026-06-07", "--first-day", "2026-06-06", "--not-on", "saturday", "--not-on", "sunday"),
            "'2026-06-07' is before 2026-06-08, the first day on which a step can be taken",
        ),
        (("June",), "'June' is not a date; write it as 2026-01-31"),
        (("2126-06-10",), "'2126-06-10' is more than a hundred years ahead; check the year"),
    ],
)
def test_a_deadline_that_cannot_be_meant_is_refused(
    firmpath: Firmpath, order: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    refused = firmpath(*order, "--finish-by", *words)
    assert refused.code == ExitCode.REFUSED
    assert f"Finish by {said}" in refused.err
    assert not Path("plan").exists()


def test_no_day_is_after_the_last_that_can_be_written(firmpath: Firmpath, order: tuple[str, ...]) -> None:
    off = ("--not-on", "9999-12-30", "--not-on", "9999-12-31")
    refused = firmpath(*order, "--on", "9999-12-30", "--finish-by", "9999-12-31", *off)
    assert refused.code == ExitCode.REFUSED
    assert "from 9999-12-30 on is after the year 9999; ask about an earlier day" in refused.err
    assert not Path("plan").exists()
