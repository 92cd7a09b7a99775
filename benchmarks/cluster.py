"""Measure plans on a Spark cluster of this machine, with two workers: `python -m benchmarks.cluster --help`.

Every figure is a ratio taken in one run and one session. The copy reads what a plan reads and writes as many
columns of the same types, with no join and no check.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.fleet import split_fleet
from benchmarks.material import ON, Material
from benchmarks.measuring import Figure, spread
from benchmarks.table import table_of
from firmpath.cli.reading import read_statements
from firmpath.fleet.elsewhere.judging import judge_readings
from firmpath.fleet.elsewhere.on_spark import WRITTEN, SparkPlan, find_for_spark
from firmpath.fleet.elsewhere.spark_session import session
from firmpath.fleet.inventory import Inventory
from firmpath.fleet.plan import Order
from firmpath.fleet.planned import Question
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from tests.servers.spark import running_spark

_ENTRIES: Final = 5_000
_LIMIT: Final = 1.5
_COPIED: Final = {
    "id.parquet": "device_id, cpl_entry_id AS installed, 'x' AS candidates, cpl_entry_id + 100 AS target, "
    "cpl_entry_id + 1 AS next_entry, 2 AS remaining_steps, 'pathway' AS status, 'y' AS reason",
    "model.parquet": "device_id, 0L AS installed, model AS candidates, 100L AS target, 1L AS next_entry, "
    "2 AS remaining_steps, manufacturer_id AS status, firmware_version AS reason",
}


def main(argv: Sequence[str]) -> int:
    """Run what is asked for, and give 1 if a limit is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--devices", metavar="N", type=int, default=10_000_000, help="default: 10 million")
    parser.add_argument("--rounds", metavar="N", type=int, default=3, help="default: 3")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="firmpath-cluster-") as name, running_spark("1g", "") as cluster:
        folder = Path(name)
        os.environ.update(cluster.environment)
        cpl = Material(folder).register(_ENTRIES)
        split_fleet(folder, cpl, arguments.devices)
        catalogue = fold(read_statements(str(cpl)), ON)
        with session(cluster.master, folder / "spark.log") as spark:
            figures = [
                figure
                for file in _COPIED
                for figure in _measure(spark, catalogue, folder / file, arguments.devices, arguments.rounds)
            ]
    print(table_of(figures))
    missed = sum(not figure.is_met for figure in figures)
    print(f"Limits missed: {missed}." if missed else "Every limit is met.")
    return 1 if missed else 0


def _measure(spark: Any, catalogue: Catalogue, file: Path, devices: int, rounds: int) -> Iterator[Figure]:
    inventory = find_for_spark(Order(str(file), {}, Question()))
    _taken(spark, catalogue, inventory, file)  # so that Java is warm
    taken = [_taken(spark, catalogue, inventory, file) for _ in range(rounds)]
    what = f"plan of {devices:,} Devices, {file.stem}"
    for name, parts, limit in (
        (what, ("readings", "answers", "repeated", "write"), _LIMIT),
        (f"{what}: the join alone", ("write",), float("inf")),
        (f"{what}: Device IDs of several rows", ("repeated",), float("inf")),
        (f"{what}: readings", ("readings",), float("inf")),
    ):
        ours = [sum(each[part] for part in parts) for each in taken]
        copies = [each["copy"] for each in taken]
        ratios = [one / copy for one, copy in zip(ours, copies, strict=True)]
        took = (sorted(ours)[len(ours) // 2], sorted(copies)[len(copies) // 2])
        yield Figure("cluster", name, "Spark's copy of as many columns", spread(ratios), took, limit)


def _taken(spark: Any, catalogue: Catalogue, inventory: Inventory, file: Path) -> dict[str, float]:
    """Take the seconds of a copy and of each part of a plan, and remove what they wrote."""
    out = file.with_name("out")
    (out / "temporary").mkdir(parents=True)
    taken: dict[str, float] = {}

    def take(part: str, task: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = task()
        taken[part] = time.perf_counter() - began
        return found

    plan = SparkPlan(spark, inventory, out)
    copied = f"SELECT {_COPIED[file.name]} FROM inventory"
    take("copy", lambda: spark.sql(copied).write.options(**WRITTEN).parquet(f"file://{out}/copy"))
    readings = take("readings", plan.readings)
    judged = take("answers", lambda: judge_readings(catalogue, Question(), readings, lambda what, part: None))
    take("repeated", plan.find_repeated)
    take("write", lambda: plan.write(judged))
    shutil.rmtree(out)
    print(file.name, *(f"{part} {seconds:.2f} s" for part, seconds in taken.items()), file=sys.stderr, flush=True)
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
