"""What workers wrote of a plan: its parts in their order, its rows, counted, and whether all of them are there."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from firmpath.fleet.elsewhere.comparing import Counted
from firmpath.fleet.elsewhere.expression import NOT_JUDGED
from firmpath.fleet.elsewhere.judging import JudgedReadings
from firmpath.fleet.elsewhere.spark_words import not_seen
from firmpath.fleet.engine import connect, literal, text
from firmpath.fleet.joining import without_step
from firmpath.fleet.plan import Group
from firmpath.fleet.planned import OfTheRow, Planned
from firmpath.pathways.faults import Fault, FirmpathError


def name_in_order(folder: Path) -> tuple[Path, ...]:
    """Give the parts that Spark wrote the names that parts of a plan have, and remove what else it left there."""
    written = sorted(folder.glob("part-*.parquet"))
    for other in set(folder.iterdir()) - set(written):
        other.unlink()
    return tuple(each.rename(folder / f"part-{at:05}.parquet") for at, each in enumerate(written, 1))


def count_groups(parts: Sequence[Path], temporary: Path) -> tuple[Group, ...]:
    """Count the rows of a plan, as it was written, that are alike but for the Device ID.

    Cost: a read of all columns but that, some 70 ns a row; what memory cannot hold is put into the folder.
    """
    if not parts:
        return ()
    columns = ", ".join(Group._fields[:-1])
    files = ", ".join(text(literal(str(part))) for part in parts)
    rows_of_all = f"read_parquet([{files}], hive_partitioning = false)"
    with connect(temporary) as engine:
        rows = engine.execute(f"SELECT {columns}, count(*) FROM {rows_of_all} GROUP BY ALL").fetchall()
    found = (Group(*row) for row in rows)
    alike = (each._replace(candidates=each.candidates or "", reason=each.reason or "") for each in found)
    return tuple(sorted(alike, key=str))


def expect_rows(judged: JudgedReadings, counted: Counted) -> Counter[Planned]:
    """Say how many rows a plan has of everything that is planned, by the readings that were counted."""
    rows = Counter[Planned]()
    left = Counter(counted.rows)
    for reading, many in counted.malformed.items():
        rows[without_step(judged[reading].planned, OfTheRow.MALFORMED, "device_id")] += many
        left[reading] -= many
    for (reading, times), many in counted.in_several.items():
        rows[without_step(judged[reading].planned, OfTheRow.DUPLICATE_DEVICE_ID, f"in {times} rows")] += many
        left[reading] -= many
    for reading, many in left.items():
        rows[judged[reading].planned] += many
    return +rows


def require_all(
    rows: int, groups: Sequence[Group], parts: Sequence[Path], folder: str, expected: Counter[Planned] | None
) -> None:
    """Make sure that as many rows went out as came in, and that each has the core's answer.

    Where it is known how many rows each answer has, they have to be as many.

    :raises FirmpathError: some are missing or have another answer, or the workers wrote elsewhere.
    """
    written = sum(group.rows for group in groups)
    if rows and not parts:
        raise FirmpathError(not_seen(folder, "what they wrote is not there"))
    of_answers = {group.planned: group.rows for group in groups}
    is_otherwise = expected is not None and of_answers != expected
    if written != rows or is_otherwise or any(group.status == NOT_JUDGED for group in groups):
        wrong = f"has {written:,} rows, and the inventory {rows:,}, or others than before"
        right = "see that nobody changes the inventory meanwhile"
        raise FirmpathError(Fault("Plan", "", wrong, right, quoted=False))
