"""Running the command line: in this process, in one of its own, or on a terminal."""

import fcntl
import json
import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.cli.main import main
from tests.waiting import LONGEST_WAIT_S

PROJECT = Path(__file__).parents[2]
STARTS = [sys.executable, "-c", "from firmpath.cli.main import run; run()"]
"""What the console script of pyproject.toml does."""


class Printed(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines that it printed and that say something, without their indent, and without the day they hold."""
        lines = (line.strip() for line in self.out.splitlines())
        return [line for line in lines if line and not line.startswith("As at ")]


def run_here(capsys: pytest.CaptureFixture[str], *argv: object) -> Printed:
    """Run a command line in this process."""
    capsys.readouterr()
    try:
        code: object = main([str(word) for word in argv])
    except SystemExit as left:  # help, or a command line that is not understood
        code = left.code
    assert isinstance(code, int)
    return Printed(int(code), *capsys.readouterr())


def surroundings(**settings: str) -> dict[str, str]:
    """Give the environment of a process: this one's, with the sources found and these settings."""
    ours = {"PYTHONPATH": str(PROJECT / "src"), "PYTHONIOENCODING": "utf-8", **settings}
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | ours


def run_apart(*argv: object, starts: Iterable[str] = STARTS, cwd: Path | None = None, **settings: str) -> Printed:
    """Run a command line in a process of its own, with its output in pipes."""
    done = subprocess.run(
        [*starts, *map(_word, argv)],
        capture_output=True,
        cwd=cwd,
        env=surroundings(**settings),
        timeout=LONGEST_WAIT_S,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Printed(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def ticks_of(pid: int) -> int:
    """Give the hundredths of a second that a process has been at work, however long others kept it waiting."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def run_on_terminal(*argv: object, typed: str = "", typed_at: str = "", columns: int = 80, cwd: Path) -> Printed:
    """Run a command line on a terminal of its own; what it prints on both streams is in `out`.

    What is `typed` is typed once the text `typed_at` stands there, or when there is a question.
    """
    process, leader = _start_on_terminal(argv, cwd, columns)
    seen = b""
    waits_for = typed_at or "[y/N]"
    while part := _read(leader):
        seen += part
        if typed and waits_for.encode() in seen:
            os.write(leader, typed.encode())
            typed = ""
    os.close(leader)
    return Printed(process.wait(LONGEST_WAIT_S), seen.decode(errors="replace").replace("\r\n", "\n"), "")


def _start_on_terminal(argv: Iterable[object], cwd: Path, columns: int) -> tuple[subprocess.Popen[bytes], int]:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*STARTS, *map(_word, argv)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=cwd,
        env=surroundings(COLUMNS=str(columns)),
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C reaches it
    )
    os.close(follower)
    return process, leader


def _read(leader: int) -> bytes:
    """Read what has been printed on a terminal; nothing once whoever printed has left it."""
    if not select.select([leader], [], [], LONGEST_WAIT_S)[0]:
        raise TimeoutError(f"nothing was printed for {LONGEST_WAIT_S} seconds")
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""


def _word(word: object) -> str | bytes:
    return word if isinstance(word, bytes) else str(word)
