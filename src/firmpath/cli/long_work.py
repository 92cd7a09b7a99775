"""Long work in phases: a bar with rate and time left on a terminal, now and then a line elsewhere, or nothing.

What draws the bar is loaded only where there is a terminal.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate
from typing import Final, TextIO

from firmpath.cli.progress import is_hushed, is_shown

LINE_EVERY_S: Final = 10.0
"""Where there is no terminal a line is printed so often, for whoever reads the log."""

_ENOUGH_TO_TELL: Final = 0.01
"""The part of the work that has to be done before a line says how long the rest will take."""

_PARTS: Final = 1000
"""Steps of the bar."""

Shown = Callable[[str, float, int], object]
"""Is told the phase, which part of all the work is done, from 0 to 1, and on how many things; 0 while not known."""


class LongWork:
    """Puts the phases of some work together: `weights` has each phase's share of the time, in order."""

    def __init__(self, weights: Mapping[str, float], shown: Shown) -> None:
        whole = sum(weights.values())
        self._share = {phase: weight / whole for phase, weight in weights.items()}
        self._begins = dict(zip(weights, accumulate(self._share.values(), initial=0.0), strict=False))
        self._shown = shown
        self._rows, self._part = 0, 0.0

    def told(self, phase: str, part: float) -> None:
        """Say which part of a phase is done, from 0 to 1."""
        reached = self._begins.get(phase, self._part) + self._share.get(phase, 0.0) * min(1.0, part)
        self._part = max(self._part, reached)
        self._shown(phase, self._part, self._rows)

    def counted(self, rows: int) -> None:
        """Say how many things there are to work on."""
        self._rows = rows


@contextmanager
def long_work(weights: Mapping[str, float], things: str) -> Iterator[LongWork]:
    """Show how far some work is on `things`, such as `Devices`."""
    if is_hushed():
        yield LongWork(weights, lambda phase, part, rows: None)
    elif not is_shown():
        yield LongWork(weights, Lines(sys.stderr, time.monotonic, things).shown)
    else:
        with _bar(things) as shown:
            yield LongWork(weights, shown)


class Lines:
    """Prints a line now and then: the phase, how much is done, the rate, the time left.

    Where no more is done than the last line said, there is nothing to say.
    """

    def __init__(self, to: TextIO, clock: Callable[[], float], things: str) -> None:
        self._to, self._clock, self._things = to, clock, things
        self._began = self._printed = clock()
        self._said = ""

    def shown(self, phase: str, part: float, rows: int) -> None:
        """Print a line if it is time for one."""
        now = self._clock()
        if now - self._printed < LINE_EVERY_S or not 0 < part < 1:
            return
        reached = f"{phase}: {part:.0%}"
        if reached == self._said:
            return
        self._printed, self._said = now, reached
        words = [reached]
        if part >= _ENOUGH_TO_TELL:
            taken = now - self._began
            words.append(rate_in_words(rows * part / taken, self._things))
            words.append(f"about {time_in_words(taken / part - taken)} left")
        print(f"firmpath: {', '.join(filter(None, words))}", file=self._to, flush=True)


@contextmanager
def _bar(things: str) -> Iterator[Shown]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        task = bar.add_task("Starting", total=_PARTS, rate="")
        began, phases = time.monotonic(), set[str]()

        def shown(phase: str, part: float, rows: int) -> None:
            taken = max(time.monotonic() - began, 1e-3)
            rate = rate_in_words(rows * part / taken, things)
            # A phase is drawn when it begins: a short one could end before the bar is drawn again by itself.
            is_new = phase not in phases
            phases.add(phase)
            bar.update(task, description=phase, completed=round(part * _PARTS), rate=rate, refresh=is_new)

        yield shown


def rate_in_words(per_second: float, things: str) -> str:
    """Say how fast it goes, as in `1.2 million Devices/s`; nothing where that is not known."""
    if per_second < 1:
        return ""
    if per_second >= 1_000_000:
        return f"{per_second / 1_000_000:.1f} million {things}/s"
    return f"{round(per_second, -len(str(int(per_second))) + 2):,.0f} {things}/s"


def time_in_words(seconds: float) -> str:
    """Say how long something takes, as in `1 h 20 min`, `3 min` or `40 s`."""
    minutes, hours = round(seconds / 60), int(seconds / 3600)
    if hours:
        return f"{hours} h {round(seconds / 60) - 60 * hours} min"
    return f"{minutes} min" if seconds >= 90 else f"{max(1, round(seconds))} s"
