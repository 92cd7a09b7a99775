"""An XLSX table to statements and to a register, against what the reading library alone needs for the sheet."""

from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from benchmarks.measuring import Figure, ratio, take_turns, timed, without_collection
from benchmarks.settings import Settings
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table

NAME = "xlsx"
LIMIT = 2.0


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure the import with all its checks, to statements and on to the octets of a register file."""
    path = settings.material.workbook(settings.entries)

    def plain() -> object:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    def ours() -> tuple[Statement, ...]:
        return statements_from_table(read_table(path), "CPL import")

    def ours_written() -> object:
        return "".join(write_register(ours())).encode()

    tasks = timed(plain), timed(ours), timed(without_collection(plain)), timed(ours_written)
    rounds = take_turns(tasks, settings.rounds(5), settings.progress)
    what = f"XLSX of {settings.entries:,} entries → statements"
    bare = "python-calamine's to_python()"
    yield Figure(NAME, what, bare, *ratio(rounds, 1, 0), LIMIT)
    yield Figure(NAME, what, f"{bare}, no garbage collection", *ratio(rounds, 1, 2))
    yield Figure(NAME, f"{what} → register file", bare, *ratio(rounds, 3, 0))
