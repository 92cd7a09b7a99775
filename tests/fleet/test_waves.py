"""Waves: each Device with a next step is in one file, in order, and the manifest counts and sums them."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from firmpath.fleet.kinds import Kinds
from firmpath.fleet.planned import Planned
from firmpath.fleet.takers import LaidAside, Takers
from firmpath.fleet.waves import write_waves
from tests.fleet.planning_here import device, make, write_inventory
from tests.notation import catalogue


def test_files_are_full_but_for_the_last(tmp_path: Path) -> None:
    rows = [(device(at), 1 + at % 2) for at in range(25)]
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), rows)
    made = make(catalogue("1 <- 3 ; 2 <- 3 ; 3 <- 4 ; 2 <- 4"), inventory, wave_size=5)
    assert [(wave["cpl_entry_id"], wave["devices"]) for wave in made.manifest["waves"]] == [(3, 13), (4, 12)]
    for wave, first in zip(made.manifest["waves"], (0, 1), strict=True):
        written = []
        for file in wave["files"]:
            octets = (made.folder / "waves" / file["name"]).read_bytes()
            assert sha256(octets).hexdigest() == file["sha256"]
            assert octets.count(b"\n") == file["devices"] <= 5
            written += octets.decode().splitlines()
        assert written == [device(at) for at in range(first, 25, 2)]
        assert [file["devices"] for file in wave["files"][:-1]] == [5] * (len(wave["files"]) - 1)


def test_a_ppmid_is_updated_by_one_service_request(tmp_path: Path) -> None:
    inventory = write_inventory(
        tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), [(device(1), 1), (device(2), 3)]
    )
    made = make(catalogue("1 type=PPMID ; 2 type=PPMID ; 1 <- 2 ; 3 <- 4"), inventory)
    told = {wave["device_type"]: wave["service_request"] for wave in made.manifest["waves"]}
    assert told == {"PPMID": "11.4", "ESME": "11.1 + 11.3"}


def test_nobody_who_has_no_step_is_in_a_wave(tmp_path: Path) -> None:
    inventory = write_inventory(
        tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), [(device(1), 2), ("no id", 1)]
    )
    made = make(catalogue("1 <- 2"), inventory)
    assert (made.manifest["devices"], made.manifest["waves"]) == (0, [])
    assert [file.name for file in (made.folder / "waves").iterdir()] == ["manifest.json"]


def test_who_stands_twice_is_in_no_wave_though_a_part_was_written_before_that_was_known(tmp_path: Path) -> None:
    rows = [(device(1), 1), (device(2), 1), (device(1), 2)]
    made = make(
        catalogue("1 <- 2 <- 3"), write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), rows)
    )
    (wave,) = made.manifest["waves"]
    assert (made.folder / "waves" / wave["files"][0]["name"]).read_text() == f"{device(2)}\n"
    assert [group.rows for group in made.plan.groups] == [1, 1, 1]


@contextmanager
def room_for(octets: int) -> Iterator[None]:
    """Let no file grow beyond so many octets for a while, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def laid_aside(folder: Path, devices: int) -> LaidAside:
    """Lay Devices aside that all have one step to take."""
    takers, kinds = Takers(folder / "takers", by_day=False), Kinds()
    rows = kinds.numbers([Planned(1, "", 3, 3, 1, "pathway", "")] * devices)
    takers.add(0, np.arange(devices, dtype=np.uint64), rows, kinds)
    return takers.laid_aside()


def test_a_file_can_have_more_devices_than_are_written_at_once(tmp_path: Path) -> None:
    devices = 2 * 50_000 + 1
    (wave,) = write_waves(laid_aside(tmp_path, devices), tmp_path / "waves", devices, {}, lambda what, part: None)
    (file,) = wave.files
    octets = (tmp_path / "waves" / file.name).read_bytes()
    assert len(set(octets.splitlines())) == wave.devices == file.devices == devices
    assert sha256(octets).hexdigest() == file.sha256


@pytest.mark.parametrize("devices", [40, 40_000])
def test_a_wave_for_whose_end_there_is_no_room_is_refused(tmp_path: Path, devices: int) -> None:
    laid = laid_aside(tmp_path, devices)
    with room_for(24 * devices - 1), pytest.raises(OSError, match="File too large"):
        write_waves(laid, tmp_path / "waves", devices, {}, lambda what, part: None)
