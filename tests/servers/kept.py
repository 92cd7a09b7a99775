"""Processes that never outlive the tests that started them, even when those are killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tests.waiting import LONGEST_WAIT_S

KEEPER: Final = Path(__file__).with_name("keeper.py")
_GLANCE_S: Final = 0.02
"""How long to wait for a process to end before asking again whether it is ready."""


class ServerError(Exception):
    """A server did not start, or did not stop, as it should."""


class User(NamedTuple):
    """A user to run as."""

    user: int
    group: int


class Kept(NamedTuple):
    """A running command, what it is called in messages, and the file that holds all it prints."""

    name: str
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def printed(self) -> str:
        """What it has printed so far, on both streams."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def send(self, number: int) -> None:
        """Send it a signal; `signal.SIGKILL` also ends whatever it started. Nothing happens if it has ended."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            self.process.stdin.write(b"%d\n" % number)
            self.process.stdin.flush()

    def wait(self, at_most_s: float) -> int:
        """Wait until it ends, and return its exit code; 128 and the number if a signal ended it.

        :raises ServerError: it still runs.
        """
        try:
            return self.process.wait(at_most_s)
        except subprocess.TimeoutExpired:
            raise ServerError(self.said(f"still runs after {at_most_s:g} seconds")) from None

    def wait_until(self, is_ready: Callable[[], bool], at_most_s: float) -> None:
        """Ask until it is ready.

        :raises ServerError: it ended instead, or takes too long.
        """
        ends_at = time.monotonic() + at_most_s
        while not is_ready():
            with suppress(subprocess.TimeoutExpired):
                code = self.process.wait(_GLANCE_S)
                raise ServerError(self.said(f"ended with exit code {code} before it was ready"))
            if time.monotonic() > ends_at:
                raise ServerError(self.said(f"was not ready after {at_most_s:g} seconds"))

    def said(self, what_happened: str) -> str:
        """Tell what happened, with the last lines that it printed."""
        last = "\n".join(self.printed.splitlines()[-40:])
        return f"{self.name} {what_happened}. It printed:\n{last or '(nothing)'}"


@contextmanager
def keeping(
    name: str,
    command: Sequence[str],
    output: Path,
    *,
    environment: Mapping[str, str] = os.environ,
    stop_signal: int = signal.SIGTERM,
    patience_s: float = 10,
    user: User | None = None,
    remove: Iterable[Path] = (),
) -> Iterator[Kept]:
    """Run a command until the `with` is left, or until this process dies; then `remove` folders too.

    It is then sent `stop_signal`, and killed if that does not end it in time.
    """
    order = {
        "command": list(command),
        "stop_signal": int(stop_signal),
        "patience_s": patience_s,
        "remove": [str(folder) for folder in remove],
    }
    if user:
        order |= {"user": user.user, "group": user.group, "extra_groups": []}
    with output.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=file,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the tests; they stop what they started
        )
    kept = Kept(name, process, output)
    try:
        yield kept
    finally:
        assert process.stdin
        with suppress(BrokenPipeError):
            process.stdin.close()
        kept.wait(patience_s + LONGEST_WAIT_S)  # a database server leaves thousands of files to be removed
