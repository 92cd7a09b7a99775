"""On a terminal: wrapped lines, bold headings, a progress bar, and a question before a file is written over."""

import re
import socket
from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.running import Printed, run_on_terminal

ASKED = ("--cpl", EXAMPLE_CPL, "--on", "2026-01-15")
BOLD = "\x1b[1m"


def plain(printed: Printed) -> str:
    """Give what was printed without what steers the terminal."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed.out)


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_lines_are_wrapped_between_words(columns: int, tmp_path: Path) -> None:
    printed = run_on_terminal("path", "110", "140", *ASKED, columns=columns, cwd=tmp_path)
    assert printed.code == ExitCode.YES
    lines = plain(printed).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= min(columns, 110)
    assert not re.search(r"[0-9]\n *\([0-9A-F]{8}\)|\(firmware\n", "\n".join(lines))


def test_headline_is_bold(tmp_path: Path) -> None:
    printed = run_on_terminal("path", "110", "140", *ASKED, cwd=tmp_path)
    assert f"{BOLD}Yes. 4 activations take a Device from CPL entry 110" in printed.out


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_plain_text_can_be_asked_for(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    printed = run_on_terminal("entry", "127", *ASKED, cwd=tmp_path)
    assert re.search(r"^CPL entry 127 ", plain(printed).replace("\r", "\n"), re.MULTILINE)
    assert BOLD not in printed.out


def test_long_value_stands_under_its_name_where_there_is_no_room(tmp_path: Path) -> None:
    narrow, wide = (
        plain(run_on_terminal("entry", "127", *ASKED, columns=columns, cwd=tmp_path)) for columns in (80, 120)
    )
    assert re.search(r"^  Manufacturer Image hash\n    [0-9A-F]{64}$", narrow, re.MULTILINE)
    assert re.search(r"^  Manufacturer Image hash     [0-9A-F]{64}$", wide, re.MULTILINE)


def test_numbered_lines_go_on_under_their_text(tmp_path: Path) -> None:
    shown = plain(run_on_terminal("alternatives", "110", "140", *ASKED, columns=80, cwd=tmp_path))
    assert re.search(r"^  9\. .*→\n     [0-9]", shown, re.MULTILINE)
    assert re.search(r"^  10\. .*→\n      [0-9]", shown, re.MULTILINE)


def test_faults_are_wrapped_too(tmp_path: Path) -> None:
    printed = run_on_terminal("path", "one", "2", *ASKED, columns=80, cwd=tmp_path)
    assert printed.code == ExitCode.REFUSED
    assert max(map(len, printed.out.splitlines())) <= 80


def test_progress_is_shown(tmp_path: Path) -> None:
    printed = run_on_terminal("lint", *ASKED, cwd=tmp_path)
    assert "Judging entries" in plain(printed)
    assert "/60" in plain(printed)
    assert plain(printed).splitlines()[-1].strip().startswith("… and ")


def test_work_of_unknown_length_is_shown(tmp_path: Path) -> None:
    printed = run_on_terminal("import", EXAMPLE_CPL, "--out", "out.register", cwd=tmp_path)
    assert f"Importing {EXAMPLE_CPL}"[:60] in plain(printed)
    assert "Imported 60 entries" in plain(printed)


def test_name_with_square_brackets_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "[").mkdir()
    (tmp_path / "[/red] cpl.csv").write_bytes(Path(EXAMPLE_CPL).read_bytes())
    printed = run_on_terminal("import", "[/red] cpl.csv", "--out", "out.register", cwd=tmp_path)
    assert printed.code == ExitCode.YES
    assert "Importing [/red] cpl.csv" in plain(printed)


@pytest.mark.parametrize(
    ("typed", "code", "left"),
    [
        ("y\n", ExitCode.YES, "register"),
        ("YES\n", ExitCode.YES, "register"),
        ("n\n", ExitCode.REFUSED, "older"),
        ("\n", ExitCode.REFUSED, "older"),
        ("\x04", ExitCode.REFUSED, "older"),
        ("\x03", ExitCode.INTERRUPTED, "older"),
    ],
    ids=["y", "YES", "n", "Enter", "end of input", "Ctrl-C"],
)
def test_person_is_asked_before_a_file_is_written_over(
    typed: str, code: ExitCode, left: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.register"
    out.write_text("older", encoding="utf-8")
    printed = run_on_terminal("import", EXAMPLE_CPL, "--out", out.name, typed=typed, cwd=tmp_path)
    assert "out.register is there already. Write over it? [y/N]" in plain(printed)
    assert printed.code == code
    assert left in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.register"]


@pytest.mark.parametrize(
    ("argv", "typed_at"),
    [
        (("--entries", "1000000", "--out", "out.csv"), "Inventing entries"),
        (("--fleet", "50000000", "--out", "out.csv", *ASKED), "Inventing Devices"),
    ],
    ids=["entries", "fleet"],
)
def test_interrupted_bar_gives_the_terminal_back(argv: tuple[str, ...], typed_at: str, tmp_path: Path) -> None:
    """None of these is done before it is interrupted."""
    printed = run_on_terminal("generate", *argv, typed_at=typed_at, typed="\x03", cwd=tmp_path)
    assert printed.code == ExitCode.INTERRUPTED
    assert "Traceback" not in printed.out
    assert printed.out.rstrip("\n").count("\x1b[?25l") == printed.out.count("\x1b[?25h")
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_the_terminal_has_cut_is_refused(tmp_path: Path) -> None:
    typed = f"Manufacturer: F001 Model: 00050202 Firmware version: 0002012F {'x' * 4100} Status: Suspended\n\x04"
    printed = run_on_terminal("identify", *ASKED, typed=typed, typed_at="Ctrl-D.", cwd=tmp_path)
    assert printed.code == ExitCode.REFUSED
    assert "has a line that the terminal may have cut: it takes 4,095 characters" in " ".join(
        plain(printed).split()
    )


def test_a_register_that_gets_ready_shows_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that it ends by itself
        printed = run_on_terminal("serve", "--port", taken.getsockname()[1], cwd=tmp_path)
    assert printed.code == ExitCode.REFUSED
    assert "Making the register ready…" in plain(printed).partition("firmpath: ")[0]
