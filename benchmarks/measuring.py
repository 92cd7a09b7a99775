"""Times of several tasks taken in turn, and the ratios between them.

Machines differ, and one machine differs from minute to minute. So tasks run one after the other, round by
round, each round gives its own ratio, and the middle one of these counts.
"""

import gc
import math
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import NamedTuple

Task = Callable[[], object]

_SHORTEST = 1e-9  # seconds: nothing is quicker than the clock can tell


class Seconds(NamedTuple):
    """How long something took: by the clock, and by the time the processor spent on it."""

    clock: float
    processor: float


Timed = Callable[[], Seconds]
Rounds = Sequence[Sequence[Seconds]]
"""For each round, how long each task took."""


class Spread(NamedTuple):
    """The median of several values, and the bounds of the middle half of them."""

    median: float
    low: float
    high: float


class Figure(NamedTuple):
    """One line of the outcome: how `ours` compares with `against`, in `unit`, and what it may be at most.

    `took` says what the two took by themselves, in seconds; it is shown and never judged.
    """

    benchmark: str
    ours: str
    against: str
    value: Spread
    took: tuple[float, float]
    limit: float = math.inf
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        """Say whether the figure is within its limit; without one it always is."""
        return self.value.median <= self.limit


def timed(task: Task, times: int = 1) -> Timed:
    """Give what runs a task, so many times over, and says how long that took.

    What the task gives back is let go of when the time has been taken.
    """

    def run() -> Seconds:
        gc.collect()
        total = Seconds(0.0, 0.0)
        for _ in range(times):
            clock, processor = time.perf_counter(), time.process_time()
            kept = task()
            total = Seconds(
                total.clock + time.perf_counter() - clock, total.processor + time.process_time() - processor
            )
            del kept
        return total

    return run


def without_collection(task: Task) -> Task:
    """Give the task as it runs with garbage collection off, which is off in ours too: the stricter measure."""

    def run() -> object:
        gc.disable()
        try:
            return task()
        finally:
            gc.enable()

    return run


def take_turns(tasks: Sequence[Timed], rounds: int, progress: Callable[[str], object]) -> Rounds:
    """Run the tasks in turn, once to warm up and then `rounds` times."""
    for task in tasks:
        task()
    measured = []
    for number in range(1, rounds + 1):
        progress(f"round {number} of {rounds}")
        measured.append([task() for task in tasks])
    return measured


def spread(values: Sequence[float]) -> Spread:
    """Give the median and the middle half of some values."""
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Spread(median(values), low, high)


def ratio(rounds: Rounds, ours: int, against: int, by_clock: bool = False) -> tuple[Spread, tuple[float, float]]:
    """Give the ratios of two of the tasks, and the median seconds of each: processor time, unless by the clock."""
    pairs = [(taken[ours], taken[against]) for taken in rounds]
    seconds = [(a.clock, b.clock) if by_clock else (a.processor, b.processor) for a, b in pairs]
    ours_took, against_took = (median(each) for each in zip(*seconds, strict=True))
    return spread([a / max(b, _SHORTEST) for a, b in seconds]), (ours_took, against_took)
