"""Running the command line: in this process, in one of its own, or on a terminal."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.cli.main import main

PROJECT = Path(__file__).parents[2]
STARTS = [sys.executable, "-c", "from firmpath.cli.main import run; run()"]
"""What the console script of pyproject.toml does."""

LONGEST_SECONDS = 60


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
        """The lines that it printed and that say something, without their indent."""
        return [line.strip() for line in self.out.splitlines() if line.strip()]


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
    return {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "PYTHONIOENCODING": "utf-8", **settings}


def run_apart(*argv: object, starts: Iterable[str] = STARTS, cwd: Path | None = None, **settings: str) -> Printed:
    """Run a command line in a process of its own, with its output in pipes."""
    done = subprocess.run(
        [*starts, *map(_word, argv)],
        capture_output=True,
        cwd=cwd,
        env=surroundings(**settings),
        timeout=LONGEST_SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Printed(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def run_on_terminal(*argv: object, typed: str = "", columns: int = 80, cwd: Path, **settings: str) -> Printed:
    """Run a command line on a terminal of its own; what it prints on both streams is in `out`."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*STARTS, *map(_word, argv)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=cwd,
        env=surroundings(TERM="xterm", COLUMNS=str(columns), **settings),
        start_new_session=True,
    )
    os.close(follower)
    if typed:
        os.write(leader, typed.encode())
    seen = b""
    while part := _read(leader):
        seen += part
    os.close(leader)
    return Printed(process.wait(LONGEST_SECONDS), seen.decode(errors="replace").replace("\r\n", "\n"), "")


def _read(leader: int) -> bytes:
    """Read what has been printed on a terminal; nothing once whoever printed has left it."""
    if not select.select([leader], [], [], LONGEST_SECONDS)[0]:
        return b""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""


def _word(word: object) -> str | bytes:
    return word if isinstance(word, bytes) else str(word)
