"""Measure plans on a Spark cluster of this machine, with two workers: `python -m benchmarks.cluster --help`.

Every figure is a ratio taken in one run and one session. The copy reads what a plan reads and writes as many
columns of the same types, with no join and no check. What a Device costs is what more Devices cost more, in a fleet
of N beside one of a third of that: what a statement costs to start, and the core's answers, do not grow with the
fleet. Processor time is that of all processes: workers, driver, and the program that makes the plan. Before it is
taken, Java is warmed up: what its compiler takes does not grow with the fleet either, and it is at work for as long
as a few of these fleets take.
"""

import argparse
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.fleet import SPLIT, split_fleet
from benchmarks.material import ON, Material
from benchmarks.measuring import Figure, Seconds, spread
from benchmarks.table import table_of
from firmpath.cli.reading import read_statements
from firmpath.fleet.elsewhere.comparing import Compared, compare_device_ids
from firmpath.fleet.elsewhere.judging import JudgedReadings, judge_readings
from firmpath.fleet.elsewhere.on_spark import WRITTEN, SparkPlan, find_for_spark
from firmpath.fleet.elsewhere.spark_session import session
from firmpath.fleet.elsewhere.written import count_groups, expect_rows, name_in_order, require_all
from firmpath.fleet.inventory import Inventory
from firmpath.fleet.plan import Order
from firmpath.fleet.planned import Question
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from tests.servers.spark import running_spark

_ENTRIES: Final = 5_000
_LIMIT: Final = 1.5
_SPLIT: Final = {what: split for what, split in SPLIT.items() if split[0].endswith(".parquet")}
_SAID: Final = {
    "looked": "Device IDs checked and compared, the readings counted",
    "answers": "the core's answers",
    "written": "the join and its writing",
    "counted": "what was written, counted",
}
_PARTS: Final = tuple(_SAID)
_COPIED: Final = {
    "id.parquet": "device_id, cpl_entry_id AS installed, 'x' AS candidates, cpl_entry_id + 100 AS target, "
    "cpl_entry_id + 1 AS next_entry, 2 AS remaining_steps, 'pathway' AS status, 'y' AS reason",
    "model.parquet": "device_id, 0L AS installed, model AS candidates, 100L AS target, 1L AS next_entry, "
    "2 AS remaining_steps, manufacturer_id AS status, firmware_version AS reason",
}

Taken = dict[str, Seconds]
"""How long a copy and each part of a plan took."""


def main(argv: Sequence[str]) -> int:
    """Run what is asked for, and give 1 if a limit is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--devices", metavar="N", type=int, default=10_000_000, help="default: 10 million")
    parser.add_argument("--rounds", metavar="N", type=int, default=3, help="default: 3")
    parser.add_argument(
        "--warm-up", metavar="N", type=int, default=3, help="rounds that are not counted; default: 3"
    )
    kinds = [Path(file).stem for file in _COPIED]
    parser.add_argument("--by", choices=kinds, nargs="+", default=kinds, help="default: each of them")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="firmpath-cluster-") as name, running_spark("1g", "") as cluster:
        folder = Path(name)
        os.environ.update(cluster.environment)
        cpl = Material(folder).register(_ENTRIES)
        sizes = (arguments.devices // 3, arguments.devices)
        for size in sizes:
            (folder / str(size)).mkdir()
            split_fleet(folder / str(size), cpl, size, _SPLIT)
        catalogue = fold(read_statements(str(cpl)), ON)
        with session(cluster.master, folder / "spark.log") as spark:
            figures = [
                figure
                for file in _COPIED
                if Path(file).stem in arguments.by
                for figure in _measure(spark, catalogue, [folder / str(size) / file for size in sizes], arguments)
            ]
    print(table_of(figures))
    missed = sum(not figure.is_met for figure in figures)
    print(f"Limits missed: {missed}." if missed else "Every limit is met.")
    return 1 if missed else 0


def _measure(
    spark: Any, catalogue: Catalogue, files: Sequence[Path], arguments: argparse.Namespace
) -> Iterator[Figure]:
    """Plan for a small and for a large fleet in turn, and hold what the large one takes more against the copy."""
    found = [(file, find_for_spark(Order(str(file), {}, Question()))) for file in files]
    for _ in range(arguments.warm_up):
        _taken(spark, catalogue, found[-1][1], files[-1])
    rounds = [
        [_taken(spark, catalogue, inventory, file) for file, inventory in found] for _ in range(arguments.rounds)
    ]
    kind = files[0].stem
    more = f"by {kind}, each of {arguments.devices - arguments.devices // 3:,} Devices more"
    yield _compared(f"{more}, processor time", _PARTS, [_more(small, large, 1) for small, large in rounds], _LIMIT)
    yield _compared(f"{more}, by the clock", _PARTS, [_more(small, large, 0) for small, large in rounds])
    for part in _PARTS:
        taken = [_more(small, large, 1) for small, large in rounds]
        yield _compared(f"{more}, processor time: {_SAID[part]}", (part,), taken)
    whole = [{part: seconds.clock for part, seconds in large.items()} for _, large in rounds]
    yield _compared(f"by {kind}, all {arguments.devices:,} Devices, by the clock", _PARTS, whole)


def _more(small: Taken, large: Taken, which: int) -> dict[str, float]:
    """Give the seconds that the larger fleet takes more, of the clock (0) or of the processor (1)."""
    return {part: large[part][which] - small[part][which] for part in large}


def _compared(
    what: str, parts: Sequence[str], taken: Sequence[dict[str, float]], limit: float = math.inf
) -> Figure:
    ours = [sum(each[part] for part in parts) for each in taken]
    copies = [each["copy"] for each in taken]
    ratios = spread([one / copy for one, copy in zip(ours, copies, strict=True)])
    return Figure("cluster", what, "Spark's copy of as many columns", ratios, (median(ours), median(copies)), limit)


def _taken(spark: Any, catalogue: Catalogue, inventory: Inventory, file: Path) -> Taken:
    """Take the seconds of a copy and of each part of a plan, and remove what they wrote."""
    out = file.with_name("out")
    (out / "temporary").mkdir(parents=True)
    taken: Taken = {}

    def take(part: str, task: Callable[[], Any]) -> Any:
        processor, began = _processor(), time.perf_counter()
        found = task()
        taken[part] = Seconds(time.perf_counter() - began, _processor() - processor)
        return found

    plan = SparkPlan(spark, inventory, out)
    copied = f"SELECT {_COPIED[file.name]} FROM inventory"
    take("copy", lambda: spark.sql(copied).write.options(**WRITTEN).parquet(f"file://{out}/copy"))
    compared = take("looked", lambda: compare_device_ids(inventory, out / "temporary", _silent))
    readings, columns = compared.counted.rows, inventory.reading_columns
    judged = take("answers", lambda: judge_readings(catalogue, Question(), readings, columns, _silent))
    take("written", lambda: plan.write(judged, compared))
    take("counted", lambda: _counted(judged, compared, out))
    shutil.rmtree(out)
    told = (f"{part} {took.clock:.2f} s ({took.processor:.2f})" for part, took in taken.items())
    print(f"{file.parent.name} {file.name}:", *told, file=sys.stderr, flush=True)
    return taken


def _counted(judged: JudgedReadings, compared: Compared, out: Path) -> None:
    """Count what was written, and hold it against what was counted before, as a plan does."""
    assert compared.counted
    parts = name_in_order(out / "plan.parquet")
    rows = sum(compared.counted.rows.values())
    require_all(
        rows, count_groups(parts, out / "temporary"), parts, str(out), expect_rows(judged, compared.counted)
    )


def _silent(what: str, part: float) -> None:
    """Tell nobody."""


def _processor() -> float:
    """Give the seconds of the processor that this process and all that it started have had."""
    total, waiting = 0, [os.getpid()]
    while waiting:
        process = Path(f"/proc/{waiting.pop()}")
        with suppress(OSError):  # it has ended meanwhile
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
            waiting += [int(each) for task in (process / "task").iterdir() for each in _children(task)]
    return total / os.sysconf("SC_CLK_TCK")


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
