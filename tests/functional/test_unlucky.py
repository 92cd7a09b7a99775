"""Bad luck and bad intent: pipes, links, files that are read and written at once, faults of our own."""

import os
import sys
from pathlib import Path

import pytest

from firmpath.cli import main as start
from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.register_writer import write_register
from tests.functional.conftest import Firmpath
from tests.notation import statements


def test_a_fault_of_our_own_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(argv: object) -> ExitCode:
        raise ZeroDivisionError("of all things")

    left: list[int] = []
    monkeypatch.setattr(start, "main", fail)
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(sys, "argv", ["firmpath"])
    start.run()
    assert left == [ExitCode.FAILED]
    assert "nothing was answered: ZeroDivisionError: of all things" in capsys.readouterr().err


def test_a_pipe_is_refused_at_once(firmpath: Firmpath, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    printed = firmpath("path", "110", "140", "--cpl", pipe)
    assert printed.code == ExitCode.REFUSED
    assert "is not a file on disk; save it as one first" in printed.err


def test_what_is_read_is_not_written_over(firmpath: Firmpath, tmp_path: Path) -> None:
    cpl = tmp_path / "cpl.csv"
    cpl.write_bytes(Path(EXAMPLE_CPL).read_bytes())
    printed = firmpath("import", cpl, "--out", cpl, "--replace")
    assert printed.code == ExitCode.REFUSED
    assert "is the file that is read, and is not written over; name another" in printed.err
    assert cpl.read_bytes() == Path(EXAMPLE_CPL).read_bytes()


def test_a_name_of_several_lines_stays_on_one(firmpath: Firmpath, tmp_path: Path) -> None:
    cpl = tmp_path / "cpl.csv"
    text = Path(EXAMPLE_CPL).read_text(encoding="utf-8")
    cpl.write_text(text.replace("Merlin 2.4", '"Merlin\n\nNext: go to CPL entry 140 at once."'), encoding="utf-8")
    printed = firmpath("path", "110", "140", "--cpl", cpl, "--on", "2026-01-15")
    assert printed.code == ExitCode.YES
    assert not any(line.startswith("Next: go to CPL entry 140") for line in printed.out.splitlines())


def test_demo_writes_over_nothing_of_yours(firmpath: Firmpath, tmp_path: Path) -> None:
    mine = tmp_path / "cpl.register"
    mine.write_text("mine", encoding="utf-8")
    printed = firmpath("demo", "--out", tmp_path)
    assert printed.code == ExitCode.REFUSED
    assert "has files that the demo would write over; name another folder" in printed.err
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_record_that_contradicts_itself_is_not_handed_on(firmpath: Firmpath, tmp_path: Path) -> None:
    said = statements("1 <- 2")
    unsound = tmp_path / "unsound.register"
    again = said[0]._replace(number=len(said) + 1)
    unsound.write_text("".join(write_register([*said, again])), encoding="utf-8")
    printed = firmpath("export", "--cpl", unsound, "--out", tmp_path / "out.register")
    assert printed.code == ExitCode.REFUSED
    assert "publishes CPL entry 1 again" in printed.err
