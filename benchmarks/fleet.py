"""Measure plans for fleets, every figure a ratio taken in one run: `python -m benchmarks.fleet --help`."""

import argparse
import importlib.util
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.material import Material
from benchmarks.measuring import Figure, spread
from benchmarks.table import table_of
from firmpath.fleet.engine import connect, text

_ROUNDS: Final = 3
_ENTRIES: Final = 5_000
SPLIT: Final = {
    "by id, Parquet": ("id.parquet", "device_id, cpl_entry_id"),
    "by model and version, Parquet": (
        "model.parquet",
        "device_id, device_type, manufacturer_id, model, firmware_version",
    ),
    "by id, CSV": ("id.csv", "device_id, cpl_entry_id"),
}
_LIMITS: Final = {"by id, Parquet": 1.1, "by model and version, Parquet": 1.5, "by id, CSV": 1.2}
_SIZES: Final = (5_000_000, 50_000_000, 150_000_000)
_MOST_WITH_WAVES: Final = 1.4
_MOST_MIB: Final = 1024.0
_MOST_GROWTH: Final = 1.2
"""Of the time for each Device and of the memory, from one size to the next."""


class Measured(NamedTuple):
    """One run: the seconds it took by the clock and of the processor, and the most memory it had, in MiB."""

    seconds: float
    processor: float
    mebibytes: float


def main(argv: Sequence[str]) -> int:
    """Run what is asked for, and give 1 if a limit is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("--devices", metavar="N", type=int, default=50_000_000, help="default: 50 million")
    sizes = "for growth and memory, ascending (default: 5, 50 and 150 million)"
    parser.add_argument("--sizes", metavar="N", type=int, nargs="+", default=_SIZES, help=sizes)
    parser.add_argument("--rounds", metavar="N", type=int, default=_ROUNDS, help=f"default: {_ROUNDS}")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="firmpath-fleet-") as folder:
        figures = list(_measure(Path(folder), arguments.devices, arguments.sizes, arguments.rounds))
    print(table_of(figures))
    missed = sum(not figure.is_met for figure in figures)
    print(f"Limits missed: {missed}." if missed else "Every limit is met.")
    return 1 if missed else 0


def _measure(folder: Path, devices: int, sizes: Sequence[int], rounds: int) -> Iterator[Figure]:
    cpl = Material(folder).register(_ENTRIES)
    run = partial(_run, cpl, folder / "outs")
    split_fleet(folder, cpl, devices)
    for what, (file, _) in SPLIT.items():
        yield from _against_copy(run, folder / file, f"plan of {devices:,} Devices {what}", _LIMITS[what], rounds)
    yield from _with_waves(run, folder / "id.parquet", f"plan of {devices:,} Devices", rounds)
    for file, _ in SPLIT.values():
        (folder / file).unlink()
    yield from _growth(run, folder, cpl, sizes, rounds)


def _against_copy(
    run: Callable[[str, Path], Measured], file: Path, what: str, limit: float, rounds: int
) -> Iterator[Figure]:
    """Hold the plan against the faster copy."""
    copies = ["copy-duckdb", *(["copy-polars"] if importlib.util.find_spec("polars") else [])]
    taken = [{kind: run(kind, file) for kind in (*copies, "plan")} for _ in range(rounds)]
    fastest = min(copies, key=lambda kind: min(each[kind].seconds for each in taken))
    copy = f"{fastest} of the same input and columns"
    pairs = [(each["plan"], each[fastest]) for each in taken]
    by_clock = [(plan.seconds, copied.seconds) for plan, copied in pairs]
    yield _compared(what, copy, by_clock, limit)
    by_processor = [(plan.processor, copied.processor) for plan, copied in pairs]
    yield _compared(f"{what}, processor time", copy, by_processor)


def _with_waves(run: Callable[[str, Path], Measured], file: Path, what: str, rounds: int) -> Iterator[Figure]:
    """Hold the plan with its waves and its report against the plan alone."""
    taken = [(run("whole", file), run("plan", file)) for _ in range(rounds)]
    what = f"{what} with waves and report"
    by_clock = [(whole.seconds, plan.seconds) for whole, plan in taken]
    yield _compared(what, "the plan alone", by_clock, _MOST_WITH_WAVES)
    by_processor = [(whole.processor, plan.processor) for whole, plan in taken]
    yield _compared(f"{what}, processor time", "the plan alone", by_processor)


def _growth(
    run: Callable[[str, Path], Measured], folder: Path, cpl: Path, sizes: Sequence[int], rounds: int
) -> Iterator[Figure]:
    """Hold the time for each Device, and the memory, of each size against those of the size before."""
    by_id = {"": ("id.parquet", "device_id, cpl_entry_id")}
    for size in sizes:
        split_fleet(folder, cpl, size, by_id)
        (folder / "id.parquet").rename(folder / f"{size}.parquet")
    taken = [[run("whole", folder / f"{size}.parquet") for size in sizes] for _ in range(rounds)]
    for at, (few, many) in enumerate(pairwise(sizes)):
        what = f"plan of {many:,} Devices with waves and report, time for as many as"
        pairs = [(of[at + 1].seconds / many * few, of[at].seconds) for of in taken]
        yield _compared(what, f"{few:,}", pairs, _MOST_GROWTH)
    if len(sizes) > 1:
        more = spread([of[-1].mebibytes / of[-2].mebibytes for of in taken])
        what = f"plan of {sizes[-1]:,} Devices with waves and report, most memory"
        yield Figure("fleet", what, f"{sizes[-2]:,}", more, (0.0, 0.0), _MOST_GROWTH)
    most = spread([of[-1].mebibytes for of in taken])
    yield Figure(
        "fleet",
        f"plan of {sizes[-1]:,} Devices with waves and report, most memory",
        "1 GiB",
        most,
        (0.0, 0.0),
        _MOST_MIB,
        "MiB",
    )


def _compared(what: str, against: str, pairs: Sequence[tuple[float, float]], limit: float = math.inf) -> Figure:
    """Give the figure of the ratios of some seconds to others of the same round."""
    ours, others = zip(*pairs, strict=True)
    return Figure("fleet", what, against, spread([a / b for a, b in pairs]), (median(ours), median(others)), limit)


def split_fleet(folder: Path, cpl: Path, devices: int, split: Mapping[str, tuple[str, str]] = SPLIT) -> None:
    """Invent a flawless fleet, and make of it one inventory for each way of naming what Devices run."""
    whole = folder / "whole.parquet"
    command = [
        sys.executable,
        "-c",
        "from firmpath.cli.main import run; run()",
        "generate",
        "--flawless",
        "--replace",
    ]
    asked = ["--fleet", str(devices), "--cpl", str(cpl), "--on", "2026-06-01", "--out", str(whole)]
    subprocess.run([*command, *asked], check=True, stdout=subprocess.DEVNULL)
    with connect(folder / "temporary") as connection:
        for file, columns in split.values():
            form = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1" if "parquet" in file else "HEADER true"
            target = text(str(folder / file))
            connection.execute(f"COPY (SELECT {columns} FROM {text(str(whole))}) TO {target} ({form})")
    whole.unlink()


def _run(cpl: Path, outs: Path, kind: str, inventory: Path) -> Measured:
    """Run one kind in a process of its own, and remove the large files that it wrote.

    Its waves stay until the end, some thousand files: for a minute after so many were deleted, ext4 looks for room
    among them for every file that is made, which takes longer than to write it.
    """
    outs.mkdir(exist_ok=True)
    out = Path(tempfile.mkdtemp(dir=outs)) / "out"
    command = [sys.executable, "-m", "benchmarks.fleet_run", kind, str(inventory), str(cpl), str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured = Measured(*map(float, done.stdout.split()))
    subprocess.run(["rm", "-rf", str(out / "plan.parquet"), str(out / "copy")], check=True)
    took = f"{measured.seconds:.1f} s, {measured.processor:.1f} s of the processor, {measured.mebibytes:.0f} MiB"
    print(f"{kind} {inventory.name}: {took}", file=sys.stderr, flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
