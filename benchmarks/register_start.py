"""`firmpath serve` with 200,000 statements until it is ready, against reading the same statements from a file."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measuring import Figure, Seconds, Timed, ratio, take_turns
from benchmarks.served.register import free_port, prepare, settings_of, wait_until_ready
from benchmarks.settings import Settings

NAME = "register-start"
LIMIT: Final = 3.5
_ENTRIES: Final = 42_000
_READ: Final = (
    "import sys; from firmpath.cli.reading import lines_of, read_file; "
    "from firmpath.pathways.register_reader import read_register; "
    "path = sys.argv[1]; read_register(lines_of(read_file(path), path))"
)


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure both from the start of the process to its first answer, or to its end."""
    entries = min(_ENTRIES, settings.entries)
    folder = settings.material.folder / "served-start"
    register = settings.material.register(entries)
    statements = len(settings.material.lines(entries)) - 1
    prepare(folder, register)
    rounds = take_turns((_start(folder), _read(folder, register)), settings.rounds(5), settings.progress)
    what = f"`firmpath serve` of {statements:,} statements until it is ready"
    yield Figure(
        NAME, what, "a Python that reads them with read_register", *ratio(rounds, 0, 1, by_clock=True), LIMIT
    )


def _start(folder: Path) -> Timed:
    environment = settings_of(folder) | {"DJANGO_SETTINGS_MODULE": "firmpath.registry.settings"}

    def run() -> Seconds:
        port = free_port()
        command = [sys.executable, "-c", "from firmpath.cli.main import run; run()", "serve", "--port", str(port)]
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        wait_until_ready(port, process)
        took = time.perf_counter() - began
        process.terminate()
        process.wait(60)
        return Seconds(took, took)

    return run


def _read(folder: Path, register: Path) -> Timed:
    def run() -> Seconds:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", _READ, str(register)], env=settings_of(folder), check=True)
        took = time.perf_counter() - began
        return Seconds(took, took)

    return run
