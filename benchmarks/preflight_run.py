"""A preflight of 50,000 Devices, against reading what it reads: the XML by lxml, the inventory as rows of Python.

The rows are DuckDB's. Firmpath itself reads with Arrow, and makes no row of Python of what is alike.
"""

import io
import os
import random
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
from lxml import etree

from benchmarks.material import ON
from benchmarks.measuring import Figure, ratio, take_turns, timed
from benchmarks.settings import Settings
from firmpath.cli.main import main
from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register
from tests.images.making import device, hash_of, ota_file, update_request

NAME: Final = "preflight"
LIMIT: Final = 8.0
LIMIT_OF_EVERY_FAMILY: Final = 24.0
_DEVICES: Final = 50_000
_IMAGE: Final = bytes(500_000)
_HEADINGS: Final = "device_id,device_type,manufacturer_id,model,firmware_version,device_status,read_on"


def measure(settings: Settings) -> Iterator[Figure]:
    """Run the command in this process, so that its start is no part of it; every Device is in the inventory.

    The request carries an image of 500 kB. First nearly all Devices are of the family of its entry. Then what they
    run is spread over the whole CPL, which nobody would send, and thousands of readings are judged and explained.
    """
    folder = settings.material.folder
    catalogue = fold(read_register(settings.material.lines(settings.fewer_entries)), ON)
    target = _target(catalogue)
    register, inventory, request = (folder / f"preflight.{each}" for each in ("register", "csv", "xml"))
    text = settings.material.register(settings.fewer_entries).read_text(encoding="utf-8")
    register.write_text(text.replace(target.manufacturer_image_hash, hash_of(_IMAGE)), encoding="utf-8")
    image, version = _image_of(target), str(target.firmware_version)
    request.write_bytes(update_request(map(device, range(_DEVICES)), image, version))
    os.environ["FIRMPATH_CACHE"] = str(folder / "preflight-cache")

    asked = ["preflight", str(request), "--inventory", str(inventory), "--cpl", str(register), "--on", str(ON)]
    family = [catalogue[each] for each in catalogue.families[target.hardware_model.family]]
    nearly_all = family * (8 * len(catalogue) // len(family) * 10)
    spreads: dict[str, list[CPLEntry]] = {"nearly all of one family": nearly_all, "of every family": []}
    for what, more in spreads.items():
        inventory.write_text("\n".join((_HEADINGS, *_rows(catalogue, more), "")), encoding="utf-8")
        tasks = timed(partial(_read_alone, inventory, request)), timed(partial(_run, asked))
        rounds = take_turns(tasks, settings.rounds(7), settings.progress)
        ours = f"`firmpath preflight` of {_DEVICES:,} Devices, {what}, beyond its start"
        bare = "reading the XML, and the inventory as rows of Python"
        yield Figure(NAME, ours, bare, *ratio(rounds, 1, 0), LIMIT if more else LIMIT_OF_EVERY_FAMILY)


def _read_alone(inventory: Path, request: Path) -> object:
    with duckdb.connect() as connection:
        rows = connection.execute(f"FROM read_csv('{inventory}', all_varchar = true)").fetchall()
    return etree.parse(str(request)), rows


def _run(asked: list[str]) -> object:
    with redirect_stdout(io.StringIO()) as printed:
        main(asked)
    assert "Devices may not take it." in printed.getvalue()
    return printed


def _target(catalogue: Catalogue) -> CPLEntry:
    """Give an entry that something can be upgraded to."""
    fit = (each for each in catalogue.entries.values() if isinstance(each.base_firmware, Bases))
    return next(
        each for each in fit if each.hardware_model.device_type is DeviceType.ESME and not each.withdrawn_on
    )


def _image_of(entry: CPLEntry) -> bytes:
    hardware = entry.hardware_model
    own = int(f"{hardware.hardware_version}{hardware.hardware_revision}", 16)
    version = int(str(entry.firmware_version), 16)
    return ota_file(_IMAGE, maker=int(hardware.manufacturer_id, 16), version=version, hardware=(own, own))


def _rows(catalogue: Catalogue, more: list[CPLEntry]) -> Iterator[str]:
    chance = random.Random(1)
    entries = [*catalogue.entries.values(), *more]
    for number in range(_DEVICES):
        entry = chance.choice(entries)
        hardware = entry.hardware_model
        reading = (hardware.device_type, hardware.manufacturer_id, hardware.model, entry.firmware_version)
        read_on = f"2026-05-{chance.randint(20, 31)}"
        yield ",".join((device(number), *map(str, reading), "Commissioned", read_on))
