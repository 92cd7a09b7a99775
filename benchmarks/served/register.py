"""A served register for the benchmarks, and a client that takes next to no time itself."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

PROJECT: Final = Path(__file__).parents[2]
_STARTS_WITHIN_S: Final = 300
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Served(NamedTuple):
    """A register that is being served: where, by which process, and a token of somebody who may read it."""

    port: int
    process: int
    token: str

    def request(self, path: str, body: bytes = b"", more: str = "") -> bytes:
        """Write a request with the token."""
        lines = [
            f"{'POST' if body else 'GET'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Authorization: Bearer {self.token}",
            *([f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []),
            *([more] if more else []),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def connect(self) -> "Caller":
        """Open a connection that stays open."""
        return Caller(self.port)

    def processor_s(self) -> float:
        """Give the seconds of a processor that whoever answers has used."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return sum(_processor_s(child) for child in children)


class Caller:
    """A connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=300)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._socket.sendall(request)

    def receive(self) -> bytes:
        """Give the whole answer: its head, an empty line, its body.

        :raises SystemExit: it is no good one.
        """
        read = self._read
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += self._more()
        if not read.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"the register answered {read[:500]!r}")
        length = read.index(b"content-length: ") + len(b"content-length: ")
        whole = end + 4 + int(read[length : read.index(b"\r\n", length)])
        parts, size = [read], len(read)
        while size < whole:
            parts.append(self._more())
            size += len(parts[-1])
        read = b"".join(parts)
        self._read = read[whole:]
        return read[:whole]

    def ask(self, request: bytes) -> bytes:
        """Send a request, and give the whole answer."""
        self.send(request)
        return self.receive()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self) -> bytes:
        found = self._socket.recv(1 << 18)
        if not found:
            raise SystemExit("the register hung up")
        return found


def settings_of(folder: Path) -> dict[str, str]:
    """Give the environment of a register in a folder, which may be asked as often as one likes."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": f"{PROJECT / 'src'}{os.pathsep}{PROJECT}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.served.settings",
        "FIRMPATH_DATA_DIR": str(folder),
        "FIRMPATH_API_CALLS_A_MINUTE": "999999999",
    }


def prepare(folder: Path, register: Path) -> str:
    """Load a CPL into a new register, and give a token of somebody who may read it."""
    command = [sys.executable, "-m", "benchmarks.served.prepare", str(register)]
    done = subprocess.run(command, env=settings_of(folder), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def serving(folder: Path, token: str) -> Iterator[Served]:
    """Serve a register with one process of four threads, as `firmpath serve` does by itself."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.served.serving", str(port)]
    log = folder.with_name(f"{folder.name}-log.txt")
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=settings_of(folder), stdout=output, stderr=output)
    try:
        wait_until_ready(port, process)
        yield Served(port, process.pid, token)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Ask whether it is ready until it is.

    :raises SystemExit: it ended instead, or takes too long.
    """
    ends_at = time.monotonic() + _STARTS_WITHIN_S
    request = f"GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    while process.poll() is None and time.monotonic() < ends_at:
        with suppress(OSError):
            caller = Caller(port)
            caller.ask(request)
            caller.close()
            return
        time.sleep(0.002)
    raise SystemExit("the register did not start")


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def times_one_by_one(caller: Caller, requests: Sequence[bytes]) -> list[float]:
    """Give the seconds of each request, the next one sent when the last one is answered."""
    taken = []
    for request in requests:
        began = time.perf_counter()
        caller.ask(request)
        taken.append(time.perf_counter() - began)
    return taken


def time_of_all(callers: Sequence[Caller], requests: Sequence[bytes]) -> float:
    """Give the seconds that all take together, as many on their way as there are callers."""
    began = time.perf_counter()
    for at, request in enumerate(requests):
        caller = callers[at % len(callers)]
        if at >= len(callers):
            caller.receive()
        caller.send(request)
    for at in range(max(0, len(requests) - len(callers)), len(requests)):
        callers[at % len(callers)].receive()
    return time.perf_counter() - began


def _processor_s(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
