"""Measure plans for fleets, every figure a ratio taken in one run: `python -m benchmarks.fleet --help`."""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.material import Material
from benchmarks.measuring import Figure, spread
from benchmarks.table import table_of
from firmpath.fleet.engine import connect, text

_ROUNDS: Final = 3
_ENTRIES: Final = 5_000
_SPLIT: Final = {
    "by id, Parquet": ("id.parquet", "device_id, cpl_entry_id"),
    "by model and version, Parquet": (
        "model.parquet",
        "device_id, device_type, manufacturer_id, model, firmware_version",
    ),
    "by id, CSV": ("id.csv", "device_id, cpl_entry_id"),
}
_LIMITS: Final = {"by id, Parquet": 1.1, "by model and version, Parquet": 1.5, "by id, CSV": 1.2}
_MOST_MIB: Final = 1024.0


class Measured(NamedTuple):
    """One run: the seconds it took, and the most memory it had, in MiB."""

    seconds: float
    mebibytes: float


def main(argv: Sequence[str]) -> int:
    """Run what is asked for, and give 1 if a limit is missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("--devices", metavar="N", type=int, default=50_000_000, help="default: 50 million")
    parser.add_argument("--smaller-by", metavar="N", type=int, default=10, help="for growth (default: 10)")
    parser.add_argument("--rounds", metavar="N", type=int, default=_ROUNDS, help=f"default: {_ROUNDS}")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="firmpath-fleet-") as folder:
        figures = list(_measure(Path(folder), arguments.devices, arguments.smaller_by, arguments.rounds))
    print(table_of(figures))
    missed = sum(not figure.is_met for figure in figures)
    print(f"Limits missed: {missed}." if missed else "Every limit is met.")
    return 1 if missed else 0


def _measure(folder: Path, devices: int, smaller_by: int, rounds: int) -> Iterator[Figure]:
    cpl = Material(folder).register(_ENTRIES)
    run = partial(_run, cpl, folder / "out")
    split_fleet(folder, cpl, devices, "")
    for what, (file, _) in _SPLIT.items():
        yield from _against_copy(run, folder / file, f"plan of {devices:,} Devices {what}", _LIMITS[what], rounds)
    yield from _with_waves(run, folder / "id.parquet", f"plan of {devices:,} Devices", rounds)
    fewer = devices // smaller_by
    split_fleet(folder, cpl, fewer, "fewer-")
    yield from _growth(run, folder, (devices, fewer), rounds)


def _against_copy(
    run: Callable[[str, Path], Measured], file: Path, what: str, limit: float, rounds: int
) -> Iterator[Figure]:
    """Hold the plan against the faster copy."""
    copies = ["copy-duckdb", *(["copy-polars"] if importlib.util.find_spec("polars") else [])]
    taken = [{kind: run(kind, file) for kind in (*copies, "plan")} for _ in range(rounds)]
    fastest = min(copies, key=lambda kind: min(each[kind].seconds for each in taken))
    ratios = [each["plan"].seconds / each[fastest].seconds for each in taken]
    took = _middle([each["plan"].seconds for each in taken]), _middle([each[fastest].seconds for each in taken])
    yield Figure("fleet", what, f"{fastest} of the same input and columns", spread(ratios), took, limit)


def _with_waves(run: Callable[[str, Path], Measured], file: Path, what: str, rounds: int) -> Iterator[Figure]:
    taken = [(run("whole", file), run("plan", file)) for _ in range(rounds)]
    ratios = [whole.seconds / plan.seconds for whole, plan in taken]
    took = _middle([whole.seconds for whole, _ in taken]), _middle([plan.seconds for _, plan in taken])
    yield Figure("fleet", f"{what} with waves and report", "the plan alone", spread(ratios), took, 1.4)
    memory = [whole.mebibytes for whole, _ in taken]
    yield Figure("fleet", f"{what}, most memory", "1 GiB", spread(memory), (0.0, 0.0), _MOST_MIB, "MiB")


def _growth(
    run: Callable[[str, Path], Measured], folder: Path, sizes: tuple[int, int], rounds: int
) -> Iterator[Figure]:
    taken = [
        (run("whole", folder / "id.parquet"), run("whole", folder / "fewer-id.parquet")) for _ in range(rounds)
    ]
    per_device = [(many.seconds / sizes[0]) / (few.seconds / sizes[1]) for many, few in taken]
    took = _middle([many.seconds for many, _ in taken]), _middle([few.seconds for _, few in taken])
    what = f"time for each of {sizes[0]:,} Devices"
    yield Figure("fleet", what, f"for each of {sizes[1]:,}", spread(per_device), took, 1.2)
    memory = [many.mebibytes / few.mebibytes for many, few in taken]
    yield Figure("fleet", f"most memory, {sizes[0]:,} Devices", f"{sizes[1]:,}", spread(memory), (0.0, 0.0))


def split_fleet(folder: Path, cpl: Path, devices: int, prefix: str) -> None:
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
        for file, columns in _SPLIT.values():
            form = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1" if "parquet" in file else "HEADER true"
            target = text(str(folder / f"{prefix}{file}"))
            connection.execute(f"COPY (SELECT {columns} FROM {text(str(whole))}) TO {target} ({form})")
    whole.unlink()


def _run(cpl: Path, out: Path, kind: str, inventory: Path) -> Measured:
    """Run one kind in a process of its own, and remove what it wrote."""
    subprocess.run(["rm", "-rf", str(out)], check=True)
    command = [sys.executable, "-m", "benchmarks.fleet_run", kind, str(inventory), str(cpl), str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, mebibytes = map(float, done.stdout.split())
    subprocess.run(["rm", "-rf", str(out)], check=True)
    print(f"{kind} {inventory.name}: {seconds:.1f} s, {mebibytes:.0f} MiB", file=sys.stderr, flush=True)
    return Measured(seconds, mebibytes)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
