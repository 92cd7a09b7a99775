"""A progress bar for long work: on a terminal only, and only then is what draws it loaded."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_hushed: Final = ContextVar("hushed", default=False)


@contextmanager
def hushed(quiet: bool) -> Iterator[None]:
    """Show nothing of how far work is, where somebody wants it quiet."""
    before = _hushed.set(quiet)
    try:
        yield
    finally:
        _hushed.reset(before)


def is_shown() -> bool:
    """Say whether a bar is wanted, and there is a terminal to draw it on."""
    return sys.stderr.isatty() and not _hushed.get()


def is_hushed() -> bool:
    """Say whether somebody wants it quiet."""
    return _hushed.get()


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """Show how much of `total` is done; the function given is told how much more is."""
    if not is_shown() or total < 2:
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.advance(task, more)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show that work of unknown length is going on."""
    if not is_shown():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    from firmpath.cli.output import printable

    # A Text, since the name of a file may have square brackets, which mean something to rich.
    with Console(stderr=True).status(Text(f"{printable(what)}…")):
        yield
