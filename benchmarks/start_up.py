"""`firmpath path` as a whole process on a register asked before, against a Python that does nothing."""

import compileall
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import firmpath
from benchmarks.material import ON
from benchmarks.measuring import Figure, Seconds, Timed, ratio, take_turns
from benchmarks.one_pathway import find_questions
from benchmarks.settings import Settings
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register

NAME = "start-up"
LIMIT: Final = 5.0
_MOST_WARM_UPS: Final = 1_000  # an index is kept two seconds after the register was written, and not before
_SOURCE: Final = Path(firmpath.__file__).parent


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure the process from its start to its end, with what it writes thrown away."""
    register = settings.material.register(settings.fewer_entries)
    cache = settings.material.folder / "cache"
    ours = _process([*_program(), "path", *_question(settings), "--on", str(ON), "--cpl", str(register)], cache)
    plain = _process([sys.executable, "-c", "pass"], cache)
    compileall.compile_dir(_SOURCE, quiet=1)
    settings.progress("until the register is settled")
    for _ in range(_MOST_WARM_UPS):
        if cache.exists() and any(cache.iterdir()):
            break
        ours()
    rounds = take_turns((plain, ours), settings.rounds(40), settings.progress)
    what = f"`firmpath path` on a register of {settings.fewer_entries:,} entries"
    yield Figure(NAME, f"{what}, processor time", "python -c pass", *ratio(rounds, 1, 0), LIMIT)
    yield Figure(NAME, f"{what}, by the clock", "python -c pass", *ratio(rounds, 1, 0, by_clock=True), LIMIT)


def _question(settings: Settings) -> tuple[str, str]:
    """Give a question that has a pathway: of those there are, the one in the middle."""
    catalogue = fold(read_register(settings.material.lines(settings.fewer_entries)), ON)
    questions = find_questions(catalogue)
    installed, target = questions[len(questions) // 2]
    return str(installed.cpl_entry_id), str(target.cpl_entry_id)


def _program() -> list[str]:
    """Give how to call the command line: as it is installed, or from the source where it is not."""
    installed = Path(sys.executable).with_name("firmpath")
    if installed.exists():
        return [str(installed)]
    return [sys.executable, "-c", "from firmpath.cli.main import run; run()"]


def _process(arguments: Sequence[str], cache: Path) -> Timed:
    """Give what runs a process and says how long it took, all of it.

    The environment is bare, since a setting such as one against bytecode would be measured too.
    """
    environment = {"PATH": os.defpath, "FIRMPATH_CACHE": str(cache), "PYTHONPATH": str(_SOURCE.parent)}
    nowhere = os.open(os.devnull, os.O_WRONLY)

    def run() -> Seconds:
        clock = time.perf_counter()
        process = os.posix_spawn(
            arguments[0], list(arguments), environment, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1)]
        )
        _, status, used = os.wait4(process, 0)
        took = time.perf_counter() - clock
        if status:
            raise SystemExit(f"{' '.join(arguments)} failed with {os.waitstatus_to_exitcode(status)}")
        return Seconds(took, used.ru_utime + used.ru_stime)

    return run
