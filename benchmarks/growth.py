"""Time per entry: one large CPL against several small ones that have as many entries together."""

from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, Task, ratio, take_turns, timed
from benchmarks.settings import SMALLER_BY, Settings
from firmpath.pathways.fold import fold
from firmpath.pathways.register_index import index_register
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.rules.checking import check_catalogue
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table

NAME = "growth"
LIMIT: Final = 1.3


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure each kind of work at both sizes, in turn."""
    for name, prepared in _WORK.items():
        large = prepared(settings, settings.entries)
        small = prepared(settings, settings.fewer_entries)
        rounds = take_turns((timed(small, SMALLER_BY), timed(large)), settings.rounds(5), settings.progress)
        what = f"{name}, {settings.entries:,} entries at once"
        against = f"{settings.fewer_entries:,} entries {SMALLER_BY} times over"
        yield Figure(NAME, what, against, *ratio(rounds, 1, 0), LIMIT)


def _reading(settings: Settings, entries: int) -> Task:
    lines = settings.material.lines(entries)

    def read() -> object:
        statements = read_register(lines)
        return statements, fold(statements, ON)

    return read


def _importing(settings: Settings, entries: int) -> Task:
    path = settings.material.workbook(entries)
    return lambda: statements_from_table(read_table(path), "CPL import")


def _judging(settings: Settings, entries: int) -> Task:
    statements = read_register(settings.material.lines(entries))
    return lambda: check_catalogue(fold(statements, ON))


def _indexing(settings: Settings, entries: int) -> Task:
    octets = settings.material.register(entries).read_bytes()
    statements = read_register(octets.decode().splitlines())
    return lambda: index_register(octets, statements)


_WORK: Final[dict[str, Callable[[Settings, int], Task]]] = {
    "register → Catalogue": _reading,
    "XLSX → statements": _importing,
    "fold and lint": _judging,
    "index of a register": _indexing,
}
