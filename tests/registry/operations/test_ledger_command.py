"""`firmpath ledger`: a CPL is loaded into an empty ledger, and whatever was changed in it is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.models import LedgerRow
from tests.registry.ledger.test_verify import without_triggers

CSV = Path(__file__).parents[3] / "src" / "firmpath" / "examples" / "cpl.csv"


pytestmark = pytest.mark.usefixtures("mask")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "register"])
def test_a_cpl_of_any_form_is_loaded(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"cpl.{ending}"
    command = {"csv": "export", "xlsx": "export", "register": "import"}[ending]
    if ending == "csv":
        file.write_bytes(CSV.read_bytes())
    else:
        assert main([command, *(["--cpl"] if command == "export" else []), str(CSV), "--out", str(file)]) == 0
    capsys.readouterr()
    assert main(["ledger", "load", str(file)]) is ExitCode.YES
    count = current().number
    assert capsys.readouterr().out == f"Loaded {count} statements from {file}.\n"
    assert LedgerRow.objects.count() == count > 200
    assert main(["ledger", "verify"]) is ExitCode.YES
    assert capsys.readouterr().out == (
        f"The ledger of {count} statements is sound: nothing was changed, lost or moved.\n"
        f"Chain up to the last: {current().chain}\n"
    )


@pytest.mark.parametrize("command", ["ledger verify", "backup copy", "confirm jo@ssc.example --yes"])
def test_where_no_register_is_none_is_begun(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIRMPATH_DATA_DIR", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    done = subprocess.run([sys.executable, "-m", "firmpath", *command.split()], capture_output=True, text=True)
    assert done.returncode == ExitCode.REFUSED
    assert "' has no register; start this in the folder where it is served" in done.stderr
    assert not [*tmp_path.iterdir()]


def test_a_ledger_that_has_statements_is_not_loaded_into(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "load", str(CSV), "--json"]) is ExitCode.YES
    count = json.loads(capsys.readouterr().out)["statements"]
    assert main(["ledger", "load", str(CSV)]) is ExitCode.REFUSED
    assert f"Ledger has {count} statements already; load a CPL into an empty register" in capsys.readouterr().err
    assert LedgerRow.objects.count() == count


def test_what_was_changed_is_named_and_the_exit_code_says_no(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ledger", "load", str(CSV)])
    without_triggers()
    LedgerRow.objects.filter(number=7).update(line=LedgerRow.objects.get(number=8).line)
    capsys.readouterr()
    assert main(["ledger", "verify"]) is ExitCode.NO
    printed = capsys.readouterr().out
    assert "is not that of the statement, in row 7 of the ledger; restore the ledger from a backup" in printed
    assert "statements is NOT sound." in printed
    assert main(["ledger", "verify", "--json"]) is ExitCode.NO
    assert json.loads(capsys.readouterr().out)["answer"] == "not_sound"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load"], "ledger 'load' needs a FILE; see firmpath ledger --help"),
        (["verify", "x.csv"], "ledger 'verify' takes no FILE; see firmpath ledger --help"),
        (["load", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", *arguments]) is ExitCode.REFUSED
    assert said in capsys.readouterr().err
