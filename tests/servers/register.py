"""The register as somebody who runs it starts it: `firmpath serve`, in a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tests.servers.kept import Kept, ServerError, keeping
from tests.waiting import LONGEST_WAIT_S

SERVE: Final = (str(Path(sys.executable).with_name("firmpath")), "serve")
_KILLED: Final = 128 + signal.SIGKILL

# Whoever runs the tests may have settings of their own, and pytest has made some.
_NOT_HANDED_ON: Final = (
    *("DATABASE_URL", "SSC_DATABASE_URL", "EMAIL_URL"),
    *("FIRMPATH_", "OIDC_", "DJANGO_", "PYTEST_"),
)


class Register(NamedTuple):
    """A register that is being served: its address without a slash at the end, its folder and its process."""

    address: str
    data_folder: Path
    kept: Kept

    @property
    def printed(self) -> str:
        """What it has printed so far: its log, and what it says when it starts."""
        return self.kept.printed

    def run(self, *argv: str) -> str:
        """Run a command beside it, as an operator does on its machine, and give what that printed."""
        settings = {"FIRMPATH_DATA_DIR": str(self.data_folder), "FIRMPATH_PUBLIC_URL": self.address}
        command = (SERVE[0], *argv)
        done = subprocess.run(command, capture_output=True, text=True, env=_surroundings(settings), check=False)
        return " ".join((done.stdout + done.stderr).split())

    def stop(self) -> None:
        """Stop it as an operator does.

        :raises ServerError: it does not end, or not with exit code 0.
        """
        if not self.kept.is_running:
            raise ServerError(self.kept.said(f"ended by itself, with exit code {self.kept.process.poll()}"))
        self.kept.send(signal.SIGTERM)
        if code := self.kept.wait(LONGEST_WAIT_S):
            raise ServerError(self.kept.said(f"was stopped and ended with exit code {code} instead of 0"))

    def kill(self) -> None:
        """End it, and every process that it started, in the middle of whatever they do."""
        self.kept.send(signal.SIGKILL)
        self.kept.wait(LONGEST_WAIT_S)


@contextmanager
def running_register(
    data_folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = SERVE,
) -> Iterator[Register]:
    """Serve a register on a free port of this machine until the `with` is left, or this process dies.

    `environment` has more variables for it, such as the addresses of databases. A test may stop or kill it itself.

    :raises ServerError: it does not get ready, or does not stop with exit code 0.
    """
    data_folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = {
        "FIRMPATH_DATA_DIR": str(data_folder),
        "FIRMPATH_HOST": "127.0.0.1",
        "FIRMPATH_PORT": str(port),
        "FIRMPATH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **(environment or {}),
    }
    output = data_folder.with_name(f"{data_folder.name}-printed.txt")
    with keeping("The register", command, output, environment=_surroundings(settings)) as kept:
        kept.wait_until(lambda: _is_ready(port), LONGEST_WAIT_S)
        register = Register(settings["FIRMPATH_PUBLIC_URL"], data_folder, kept)
        yield register
        if kept.is_running:
            register.stop()
        elif kept.process.returncode not in (0, _KILLED):
            raise ServerError(kept.said(f"ended by itself, with exit code {kept.process.returncode}"))


def _surroundings(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_HANDED_ON)}
    return kept | dict(settings)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
