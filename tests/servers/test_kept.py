"""A process that is kept ends when it should, and never outlives whoever started it."""

import signal
import sys
from pathlib import Path

import pytest

from tests.servers.kept import ServerError, keeping
from tests.servers.watching import Watched, killed_at_the_end
from tests.waiting import LONGEST_WAIT_S

# Says that it is there and waits for a signal; on SIGTERM it says so and ends.
POLITE = """
import signal, sys
def end(*_):
    print("ending", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("ready", flush=True)
signal.pause()
"""
STUBBORN = POLITE.replace("sys.exit(0)", "signal.pause()")

SAID_OR_CUT_SHORT = ("ready\nending\n", "ready\n")
"""What the stubborn one has printed: on a busy machine it is killed before it has said that it is told to end."""

WORKER = "import signal; print('ready', flush=True); signal.pause()"
WITH_WORKER = f"""
import subprocess, sys
worker = subprocess.Popen([sys.executable, "-c", {WORKER!r}])
print(worker.pid, flush=True)
worker.wait()
"""

# Starts something, tells its keeper's process id and its folder, and waits to be killed.
OWNER = """
import sys
from pathlib import Path
from tests.servers.kept import keeping
from tests.waiting import LONGEST_WAIT_S
folder, patience_s = Path(sys.argv[2]), float(sys.argv[3])
inside = folder / "inside"
inside.mkdir()
command = [sys.executable, "-c", sys.argv[1]]
with keeping("it", command, folder / "printed.txt", patience_s=patience_s, remove=[inside]) as kept:
    kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
    print(kept.process.pid, flush=True)
    input()
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_what_is_kept_is_stopped_when_the_block_is_left(tmp_path: Path) -> None:
    with keeping("It", python(POLITE), tmp_path / "printed.txt") as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
        assert kept.is_running
    assert kept.printed == "ready\nending\n"
    assert kept.process.returncode == 0


def test_what_does_not_stop_is_killed(tmp_path: Path) -> None:
    with keeping("It", python(STUBBORN), tmp_path / "printed.txt", patience_s=0.1) as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
    assert kept.printed in SAID_OR_CUT_SHORT
    assert kept.process.returncode == 128 + signal.SIGKILL


def test_a_signal_reaches_it_and_its_exit_code_comes_back(tmp_path: Path) -> None:
    with keeping("It", python(POLITE.replace("exit(0)", "exit(7)")), tmp_path / "printed.txt") as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
        kept.send(signal.SIGTERM)
        assert kept.wait(LONGEST_WAIT_S) == 7
        kept.send(signal.SIGTERM)  # nobody is there to hear it
    assert kept.printed == "ready\nending\n"


def test_killing_it_kills_its_workers(tmp_path: Path) -> None:
    with keeping("It", python(WITH_WORKER), tmp_path / "printed.txt") as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
        worker = Watched(int(kept.printed.replace("ready", "")))
        kept.send(signal.SIGKILL)
        assert kept.wait(LONGEST_WAIT_S) == 128 + signal.SIGKILL
        assert worker.has_ended()


def test_what_ends_before_it_is_ready_is_told_with_what_it_printed(tmp_path: Path) -> None:
    with keeping("The shop", python("exit('no bread')"), tmp_path / "printed.txt") as kept:  # noqa: SIM117
        with pytest.raises(ServerError) as told:
            kept.wait_until(lambda: False, LONGEST_WAIT_S)
    assert str(told.value) == "The shop ended with exit code 1 before it was ready. It printed:\nno bread"


def test_what_does_not_get_ready_is_told(tmp_path: Path) -> None:
    with keeping("The shop", python(POLITE), tmp_path / "printed.txt") as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
        with pytest.raises(ServerError) as told:
            kept.wait_until(lambda: False, 0)
    assert str(told.value) == "The shop was not ready after 0 seconds. It printed:\nready"


def test_what_does_not_end_is_told(tmp_path: Path) -> None:
    with keeping("The shop", python(STUBBORN), tmp_path / "printed.txt", patience_s=0) as kept:
        kept.wait_until(lambda: "ready" in kept.printed, LONGEST_WAIT_S)
        with pytest.raises(ServerError) as told:
            kept.wait(0.01)
    assert str(told.value) == "The shop still runs after 0.01 seconds. It printed:\nready"


@pytest.mark.parametrize(
    ("program", "patience_s", "printed"),
    [(POLITE, LONGEST_WAIT_S, ("ready\nending\n",)), (STUBBORN, 0.2, SAID_OR_CUT_SHORT)],
)
def test_it_ends_with_its_owner_even_when_that_is_killed(
    program: str, patience_s: float, printed: tuple[str, ...], tmp_path: Path
) -> None:
    with killed_at_the_end(OWNER, program, str(tmp_path), str(patience_s)) as first_line:
        keeper = Watched(int(first_line))
        assert (tmp_path / "inside").is_dir()
    assert keeper.has_ended()
    assert (tmp_path / "printed.txt").read_text() in printed
    assert not (tmp_path / "inside").exists()
