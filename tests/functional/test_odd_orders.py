"""Orders that can mean nothing sensible: refused before anything is done, with what would be right."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.notation import ON


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (
            ("--per-day", 1, "--first-day", "2026-05-31"),
            "First day '2026-05-31' is before 2026-06-01, the day that is asked about; give that day or a "
            "later one",
        ),
        (
            ("--column", "device_id=GUID", "--column", "model=guid"),
            "Heading 'GUID' is named for device_id, model; name it for one",
        ),
        (
            ("--target", "targets.csv"),
            "Targets 'targets.csv' cannot be split into cells (unexpected end of data); see that each row has one "
            "entry, and that every quotation mark is closed",
        ),
    ],
)
def test_an_odd_order_is_refused(
    firmpath: Firmpath,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    order: tuple[object, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("meters.csv").write_text("GUID,cpl_entry_id\n02-00-00-00-00-00-00-01,110\n")
    Path("targets.csv").write_text('target\n"127\n')
    refused = firmpath("plan", "meters.csv", "--cpl", EXAMPLE_CPL, "--on", ON, *order, "--out", "plan")
    assert refused.code == ExitCode.REFUSED
    assert refused.err == f"firmpath: {said}\n"
    assert not Path("plan").exists()
