"""A progress bar for long work: on a terminal only, and only then is what draws it loaded."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """Show how much of `total` is done; the function given is told how much more is."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.advance(task, more)


def advancing(more: Callable[[int], object], total: int) -> Callable[[float], object]:
    """Turn a bar of `total` steps into one that is told which part is done, from 0 to 1."""
    done = 0

    def told(part: float) -> None:
        nonlocal done
        reached = max(done, round(part * total))
        more(reached - done)
        done = reached

    return told


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show that work of unknown length is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    from firmpath.cli.output import printable

    # A Text, since the name of a file may have square brackets, which mean something to rich.
    with Console(stderr=True).status(Text(f"{printable(what)}…")):
        yield
