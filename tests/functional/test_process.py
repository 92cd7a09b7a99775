"""The command line as a process: exit codes, pipes, encodings, and what a question imports."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import COMMANDS
from tests.functional.conftest import Register
from tests.functional.running import STARTS, run_apart, surroundings, ticks_of
from tests.waiting import LONGEST_WAIT_S

ASKED = ("--cpl", EXAMPLE_CPL, "--on", "2026-01-15")
EVERY_COMMAND: dict[str, tuple[tuple[str, ...], ExitCode]] = {
    "path": (("110", "140", *ASKED), ExitCode.YES),
    "next": (("110", "140", *ASKED), ExitCode.YES),
    "why-not": (("110", "146", *ASKED), ExitCode.NO),
    "alternatives": (("110", "140", *ASKED), ExitCode.YES),
    "stones": (("110", "140", *ASKED), ExitCode.YES),
    "check-sequence": (("110", "127", "140", *ASKED), ExitCode.NO),
    "entry": (("127", *ASKED), ExitCode.YES),
    "lint": (ASKED, ExitCode.NO),
    "rehearse": ((EXAMPLE_CPL, *ASKED), ExitCode.REFUSED),
    "diff": (("2025-01-01", "2026-01-01", "--cpl", EXAMPLE_CPL), ExitCode.YES),
    "draw": (("110", "140", "--out", "out.svg", *ASKED), ExitCode.YES),
    "import": ((EXAMPLE_CPL, "--out", "out.register"), ExitCode.YES),
    "export": (("--out", "out.csv", *ASKED), ExitCode.YES),
    "plan": (("nowhere.csv", "--out", "plan", *ASKED), ExitCode.REFUSED),
    "image": (("nowhere.ota",), ExitCode.REFUSED),
    "preflight": (("nowhere.xml", "--inventory", "nowhere.csv", *ASKED), ExitCode.REFUSED),
    "identify": (("nowhere.xml", *ASKED), ExitCode.REFUSED),
    "requests": (
        ("nowhere", "--originator", "02-00-00-00-00-00-0A-01", "--counter", "1", "--out", "out"),
        ExitCode.REFUSED,
    ),
    "generate": (("--entries", "5", "--out", "out.xlsx"), ExitCode.YES),
    "demo": ((), ExitCode.YES),
    "serve": (("--port", "0"), ExitCode.REFUSED),
    "ledger": (("verify",), ExitCode.YES),
    "backup": ((".",), ExitCode.REFUSED),
    "restore": (("nowhere",), ExitCode.REFUSED),
    "confirm": (("nobody@nowhere.example",), ExitCode.REFUSED),
    "ssc": (("vulnerabilities",), ExitCode.REFUSED),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs_in_a_process_of_its_own(command: str, tmp_path: Path) -> None:
    argv, code = EVERY_COMMAND[command]
    printed = run_apart(command, *argv, cwd=tmp_path)
    assert printed.code == code
    assert "Traceback" not in printed.err
    assert "\x1b" not in printed.out + printed.err
    assert bool(printed.out) == (code is not ExitCode.REFUSED)
    assert bool(printed.err) == (code is ExitCode.REFUSED)


def test_python_runs_it_as_a_module() -> None:
    printed = run_apart("next", "110", "140", *ASKED, starts=[sys.executable, "-m", "firmpath"])
    assert printed == run_apart("next", "110", "140", *ASKED)
    assert printed.code == ExitCode.YES


def test_command_line_that_is_not_understood_is_2() -> None:
    assert run_apart("path", "110").code == ExitCode.USAGE


def test_octets_that_are_no_text_are_refused(register: Register) -> None:
    cpl = register("1 <- 2")
    for as_json in ((), ("--json",)):
        printed = run_apart("path", b"\xff\xfe", "2", "--cpl", cpl, *as_json)
        assert printed.code == ExitCode.REFUSED
        assert r"Entry '\xdcff\xdcfe' is not a way to name one" in (printed.out + printed.err).replace("\\\\", "\\")
        assert "Traceback" not in printed.err


def test_name_of_a_file_may_be_no_text(tmp_path: Path, register: Register) -> None:
    odd = os.fsencode(tmp_path) + b"/cpl-\xff.register"
    os.rename(register("1 <- 2"), odd)
    printed = run_apart("path", "1", "2", "--cpl", odd, "--on", "2026-06-01")
    assert (printed.code, printed.err) == (ExitCode.YES, "")
    out = os.fsencode(tmp_path) + b"/out-\xff.csv"
    exported = run_apart("export", "--cpl", odd, "--on", "2026-06-01", "--out", out)
    assert exported.code == ExitCode.YES
    assert all(line.startswith("firmpath: a table cannot hold ") for line in exported.err.splitlines())
    assert os.path.exists(out)


def starts_into(line: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of the shell, in which `$FIRMPATH` is ours and the exit code is that of its first part."""
    starts = " ".join(f"'{word}'" for word in STARTS)
    return subprocess.run(
        ["bash", "-c", f"{line.replace('$FIRMPATH', starts)}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        env=surroundings(FIRMPATH_CPL=EXAMPLE_CPL),
        timeout=LONGEST_WAIT_S,
        check=False,
    )


@pytest.mark.parametrize("command", ["lint --all --json", "entry 127", "--help"])
def test_reader_that_stops_reading_is_no_fault(command: str) -> None:
    done = starts_into(f"$FIRMPATH {command} | head -1")
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode in (ExitCode.YES, ExitCode.NO, ExitCode.PIPE_CLOSED)


@pytest.mark.parametrize("argv", [("lint", *ASKED), ("--help",), ("path", "110", "140", *ASKED, "--json")])
def test_pipe_that_is_closed_is_141(argv: tuple[str, ...]) -> None:
    nobody_reads, pipe = os.pipe()
    os.close(nobody_reads)
    done = subprocess.run(
        [*STARTS, *argv],
        stdout=pipe,
        stderr=subprocess.PIPE,
        env=surroundings(),
        timeout=LONGEST_WAIT_S,
        check=False,
    )
    os.close(pipe)
    assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, b"")


def test_output_that_is_closed_is_no_fault() -> None:
    done = starts_into("$FIRMPATH path 110 140 --on 2026-01-15 >&-")
    assert (done.returncode, done.stderr) == (ExitCode.YES, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
def test_output_without_room_is_refused() -> None:
    done = starts_into("$FIRMPATH path 110 140 --on 2026-01-15 >/dev/full")
    assert done.returncode == ExitCode.REFUSED
    assert done.stderr == b"firmpath: stopped: no space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_that_is_not_utf_8_has_escapes(encoding: str) -> None:
    printed = run_apart("check-sequence", "110", "118", *ASKED, PYTHONIOENCODING=encoding)
    assert (printed.code, printed.err) == (ExitCode.YES, "")
    assert r"1. 110 (0002012F) \u2192 118 (0002049E): declared and open." in printed.out
    as_json = run_apart("check-sequence", "110", "118", *ASKED, "--json", PYTHONIOENCODING=encoding)
    assert "110 (0002012F) → 118 (0002049E)" in as_json.json["explanation"]["lines"][0]


def test_interrupted_is_130(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*STARTS, "generate", "--entries", "1000000", "--out", "out.csv"],
        cwd=tmp_path,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _wait_until_started(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LONGEST_WAIT_S)
    assert (process.returncode, out, err) == (ExitCode.INTERRUPTED, b"", b"")
    assert list(tmp_path.iterdir()) == []


def _wait_until_started(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has worked for a while, by its own clock."""
    while process.poll() is None and ticks_of(process.pid) < 50:
        os.sched_yield()


HEAVY = (
    "rich",
    "xlsxwriter",
    "python_calamine",
    "networkx",
    "django",
    "dataclasses",
    "pathlib",
    "shutil",
    "textwrap",
    "hashlib",
    "firmpath.tables",
    "firmpath.drawing",
    "firmpath.invented",
)
# The clock is ten seconds ahead, so that the file counts as settled.
LISTS_MODULES = [
    sys.executable,
    "-c",
    "import sys, time; now = time.time_ns; time.time_ns = lambda: now() + 10**10; before = set(sys.modules)\n"
    "from firmpath.cli.main import main; code = main(sys.argv[1:])\n"
    "print(*sorted(set(sys.modules) - before), file=sys.stderr); sys.exit(code)",
]


@pytest.mark.parametrize("times", [1, 2], ids=["cold", "warm"])
def test_question_imports_nothing_heavy(times: int, register: Register) -> None:
    cpl = register("1 <- 2")
    asked = ("path", "1", "2", "--cpl", cpl, "--on", "2026-06-01")
    printed = [run_apart(*asked, starts=LISTS_MODULES) for _ in range(times)][-1]
    assert printed.code == ExitCode.YES
    assert len(os.listdir(os.environ["FIRMPATH_CACHE"])) == 1
    imported = printed.err.split()
    assert "firmpath.cli.commands.path" in imported
    assert [name for name in imported if name.startswith(HEAVY)] == []
    assert [name for name in imported if name.startswith("firmpath.cli.commands.")] == [
        "firmpath.cli.commands.path"
    ]
