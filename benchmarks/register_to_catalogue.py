"""A register file to a Catalogue, against what `json.loads` alone needs for the same lines."""

import json
from collections.abc import Iterator

from benchmarks.material import ON
from benchmarks.measuring import Figure, ratio, take_turns, timed, without_collection
from benchmarks.settings import Settings
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register

NAME = "register"
LIMIT = 2.0


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure reading and folding, the lines being in memory for both."""
    lines = settings.material.lines(settings.entries)

    def plain() -> object:
        return [json.loads(line) for line in lines]

    def ours() -> object:
        statements = read_register(lines)
        return statements, fold(statements, ON)

    tasks = timed(plain), timed(ours), timed(without_collection(plain))
    rounds = take_turns(tasks, settings.rounds(5), settings.progress)
    what = f"register of {settings.entries:,} entries ({len(lines):,} lines) → Catalogue"
    yield Figure(NAME, what, "json.loads of each line", *ratio(rounds, 1, 0), LIMIT)
    yield Figure(NAME, what, "json.loads of each line, no garbage collection", *ratio(rounds, 1, 2))
