"""An answer about 20,000 Devices identified and written as JSON, against json.dumps of that answer alone."""

import io
import json
import os
import random
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from itertools import islice
from typing import Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, ratio, take_turns, timed
from benchmarks.settings import Settings
from firmpath.cli.main import main
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register
from tests.images.making import device

NAME: Final = "identify"
LIMIT: Final = 0.8
_DEVICES: Final = 20_000
_DIFFERENT: Final = 100
_HEADINGS: Final = "Device ID\tManufacturer\tModel\tFirmware version"


def measure(settings: Settings) -> Iterator[Figure]:
    """Run the command in this process, so that its start is no part of it."""
    folder = settings.material.folder
    catalogue = fold(read_register(settings.material.lines(settings.fewer_entries)), ON)
    answer = folder / "identify.txt"
    answer.write_text("\n".join((_HEADINGS, *_rows(catalogue))), encoding="utf-8")
    os.environ["FIRMPATH_CACHE"] = str(folder / "identify-cache")
    register = str(settings.material.register(settings.fewer_entries))
    asked = ["identify", str(answer), "--cpl", register, "--on", str(ON), "--json"]
    told = json.loads(_run(asked))
    tasks = timed(partial(json.dumps, told, indent=2, ensure_ascii=False)), timed(partial(_run, asked))
    rounds = take_turns(tasks, settings.rounds(5), settings.progress)
    ours = f"`firmpath identify --json` of {_DEVICES:,} Devices that run {_DIFFERENT} entries, beyond its start"
    yield Figure(NAME, ours, "json.dumps of its answer, indented", *ratio(rounds, 1, 0), LIMIT)


def _run(asked: list[str]) -> str:
    with redirect_stdout(io.StringIO()) as printed:
        main(asked)
    return printed.getvalue()


def _rows(catalogue: Catalogue) -> Iterator[str]:
    chance = random.Random(1)
    entries = list(islice(catalogue.entries.values(), _DIFFERENT))
    for number in range(_DEVICES):
        entry = chance.choice(entries)
        hardware = entry.hardware_model
        yield "\t".join((device(number), hardware.manufacturer_id, hardware.model, str(entry.firmware_version)))
