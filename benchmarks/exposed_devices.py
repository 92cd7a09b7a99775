"""One vulnerability weighed by an inventory, against counting the Devices of each entry and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks import exposure
from benchmarks.material import ON
from benchmarks.measuring import Figure, ratio, take_turns, timed
from benchmarks.settings import Settings
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register

NAME = "exposed-devices"
LIMIT = 1.3
_DEVICES_OF_AN_ENTRY: Final = 300


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure from the file of the inventory to verdicts, ways out and shares, all weighed by Devices."""
    exposure.start(settings)
    from firmpath.registry.ssc.ways_out.finding import find_ways_out

    lines = settings.material.lines(settings.entries)
    catalogue = fold(read_register(lines), ON)
    devices = settings.entries * _DEVICES_OF_AN_ENTRY
    inventory = _inventory(settings, devices)
    vulnerabilities, given, names = exposure.invented(catalogue)
    ground = exposure.ground_of(catalogue, given, names)
    find_ways_out(_exposed(ground, vulnerabilities[0]))  # as on a page that has been looked at before

    def plain() -> object:
        from firmpath.fleet.engine import connect, text

        with connect(settings.material.folder) as connection:
            counted = f"SELECT cpl_entry_id, count(*) FROM read_parquet({text(str(inventory))}) GROUP BY ALL"
            return connection.execute(counted).fetchall()

    def ours() -> Any:
        from firmpath.fleet.counting import count_inventory
        from firmpath.registry.ssc.exposure.exposed import break_down, count_all
        from firmpath.registry.ssc.exposure.ground import weigh_ground

        counted = count_inventory(catalogue, str(inventory)).by_entries
        weights = {ids[0]: number for ids, number in counted.items() if len(ids) == 1}
        exposed = _exposed(ground, vulnerabilities[0])
        return count_all(exposed, weighed := weigh_ground(ground, weights)), break_down(exposed, weighed), exposed

    def with_ways_out() -> object:
        return find_ways_out((found := ours())[-1]), found

    rounds = take_turns((timed(plain), timed(ours), timed(with_ways_out)), settings.rounds(5), settings.progress)
    what = f"one vulnerability over an inventory of {devices:,} Devices"
    against = "counting the Devices of each entry"
    yield Figure(NAME, what, against, *ratio(rounds, 1, 0, by_clock=True), LIMIT)
    yield Figure(NAME, f"{what}, processor time", against, *ratio(rounds, 1, 0))
    yield Figure(NAME, f"{what}, with ways out", against, *ratio(rounds, 2, 0, by_clock=True))


def _exposed(ground: Any, vulnerability: Any) -> Any:
    from firmpath.registry.ssc.exposure.exposed import expose

    return expose(ground, vulnerability, {})


def _inventory(settings: Settings, devices: int) -> Path:
    """Invent a fleet, and keep of each Device its id and the entry that it runs."""
    from firmpath.fleet.engine import connect, text

    whole, path = (settings.material.folder / f"{name}-{devices}.parquet" for name in ("whole", "devices"))
    if not path.exists():
        cpl = settings.material.register(settings.entries)
        asked = ["--fleet", str(devices), "--cpl", str(cpl), "--on", ON.isoformat(), "--out", str(whole)]
        started = [sys.executable, "-c", "from firmpath.cli.main import run; run()", "generate", "--flawless"]
        subprocess.run([*started, *asked], check=True, stdout=subprocess.DEVNULL)
        with connect(settings.material.folder / "temporary") as connection:
            columns = f"SELECT device_id, cpl_entry_id FROM read_parquet({text(str(whole))})"
            connection.execute(f"COPY ({columns}) TO {text(str(path))} (FORMAT parquet)")
        whole.unlink()
    return path
