"""Waves: for each next step, files with the IDs of the Devices to take it, ready for a service request.

Where only so many may take a step on a day, waves have a day each.
Source: FEATURES F41; DOMAIN section 5; ADRs 0025 and 0037.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from firmpath.fleet.days import Cell, Turn
from firmpath.fleet.device_ids import lines_of
from firmpath.fleet.takers import LaidAside, Reader
from firmpath.fleet.telling import WORKERS, Told

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_ANY_DAY: Final = 0
_DEVICES_AT_ONCE: Final = 50_000
_FILES_AT_A_TIME: Final = 32
"""Files that one thread writes one after the other: what it reads ahead for one has much of the next."""


class WaveFile(NamedTuple):
    """A file of a wave: its name, the number of its Device IDs, its SHA-256 as hex digits, its day; 0: any day."""

    name: str
    devices: int
    sha256: str
    day: int = _ANY_DAY


class Wave(NamedTuple):
    """The Devices whose next step is an entry, in files."""

    next_entry: int
    devices: int
    files: tuple[WaveFile, ...]


class _Share(NamedTuple):
    """Some of the Devices that are alike, from the `first` on, in the order of the rows."""

    cell: Cell
    first: int
    devices: int


class _Draft(NamedTuple):
    """A file that is still to be written."""

    name: str
    day: int
    shares: Sequence[_Share]

    @property
    def devices(self) -> int:
        return sum(share.devices for share in self.shares)


_Slot = tuple[int, int]
"""A next step, and the day on which it is taken."""


def write_waves(
    laid_aside: LaidAside, folder: Path, size: int, turns: Mapping[Cell, Sequence[Turn]], told: Told
) -> tuple[Wave, ...]:
    """Write the waves of a plan, each in the order of its rows, in files of at most `size` Devices.

    `turns` has the days of the Devices, whose waves are then in a folder for each day; it is empty without limits.

    Cost: one read of the numbers of those that have a step, some 50 ns for each; memory for two files.
    """
    slots = _slots(laid_aside, turns)
    folder.mkdir()
    for day in sorted({day for _, day in slots} - {_ANY_DAY}):
        (folder / f"day-{day:04}").mkdir()
    drafts = [draft for slot, shares in slots.items() for draft in _drafts(slot, shares, size)]
    devices, done = sum(draft.devices for draft in drafts), 0
    written: dict[_Slot, list[WaveFile]] = {slot: [] for slot in slots}
    some = [drafts[at : at + _FILES_AT_A_TIME] for at in range(0, len(drafts), _FILES_AT_A_TIME)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for files in pool.map(partial(_write_some, laid_aside, folder), some):
            for draft, file in files:
                written[draft.shares[0].cell.next_entry, draft.day].append(file)
                done += file.devices
            told("Writing waves", done / devices)
    return tuple(_waves(written))


def _waves(written: Mapping[_Slot, Sequence[WaveFile]]) -> Iterator[Wave]:
    for step, slots in groupby(written, key=lambda slot: slot[0]):
        files = [file for slot in slots for file in written[slot]]
        yield Wave(step, sum(file.devices for file in files), tuple(files))


def _slots(laid_aside: LaidAside, turns: Mapping[Cell, Sequence[Turn]]) -> dict[_Slot, list[_Share]]:
    """Give for each step, and each of its days, whose turn it is: the first of each cell on its first day."""
    found: dict[_Slot, list[_Share]] = {}
    for cell, devices in laid_aside.counted().items():
        first = 0
        for day, many in turns.get(cell, [(_ANY_DAY, devices)]):
            found.setdefault((cell.next_entry, day), []).append(_Share(cell, first, many))
            first += many
    return dict(sorted(found.items()))


def _drafts(slot: _Slot, shares: Sequence[_Share], size: int) -> Iterator[_Draft]:
    """Cut what stands in a slot into files, each full before the next is begun."""
    step, day = slot
    named = f"day-{day:04}/to-{step}" if day else f"to-{step}"
    at, gathered, room = 0, list[_Share](), size
    for share in shares:
        first, left = share.first, share.devices
        while left:
            many = min(left, room)
            gathered.append(_Share(share.cell, first, many))
            first, left, room = first + many, left - many, room - many
            if not room:
                at += 1
                yield _Draft(f"{named}-{at:04}.txt", day, gathered)
                gathered, room = [], size
    if gathered:
        yield _Draft(f"{named}-{at + 1:04}.txt", day, gathered)


def _write_some(laid_aside: LaidAside, folder: Path, drafts: Sequence[_Draft]) -> list[tuple[_Draft, WaveFile]]:
    with laid_aside.reader() as reader:
        return [(draft, _write(reader, folder, draft)) for draft in drafts]


def _write(reader: Reader, folder: Path, draft: _Draft) -> WaveFile:
    sha256 = hashlib.sha256()
    # Buffered, since a file that is not takes what there is room for, and raises nothing for the rest.
    with open(folder / draft.name, "wb") as file:
        for cell, first, devices in draft.shares:
            for at in range(first, first + devices, _DEVICES_AT_ONCE):
                lines = lines_of(reader.read(cell, at, min(_DEVICES_AT_ONCE, first + devices - at)))
                sha256.update(lines)
                file.write(lines)
    return WaveFile(draft.name, draft.devices, sha256.hexdigest(), draft.day)
