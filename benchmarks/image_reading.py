"""An OTA file read, checked and hashed for both extents, against SHA-256 alone; and the memory that takes."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measuring import Figure, ratio, spread, take_turns, timed
from benchmarks.settings import Settings
from firmpath.images.manufacturer_image import Image, read_image
from tests.images.making import SIGNATURE_BLOCK, ota_file

NAME = "image"
LIMIT: Final = 1.1
LIMIT_KB: Final = 4_000.0
_OCTETS: Final = 100 * 2**20
_PEAK: Final = (
    "import resource, sys; from firmpath.images.manufacturer_image import read_image; "
    "read_image(open(sys.argv[1], 'rb')); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def measure(settings: Settings) -> Iterator[Figure]:
    """Read a file of 100 MiB that ends in a signature block, so that two hashes are made of it."""
    small, large = (_made(settings.material.folder / f"{octets}.ota", octets) for octets in (2**10, _OCTETS))

    def plain() -> object:
        with open(large, "rb") as file:
            return hashlib.file_digest(file, "sha256")

    def ours() -> Image:
        with open(large, "rb") as file:
            return read_image(file)

    rounds = take_turns((timed(plain), timed(ours)), settings.rounds(9), settings.progress)
    what = "an OTA file of 100 MiB → header and both hashes"
    yield Figure(NAME, what, "hashlib.file_digest of it", *ratio(rounds, 1, 0), LIMIT)
    grown = [max(0.0, _peak_kb(large) - _peak_kb(small)) for _ in range(settings.rounds(5))]
    yield Figure(
        NAME, "the most memory that takes", "more than for 1 KiB", spread(grown), (0.0, 0.0), LIMIT_KB, "kB"
    )


def _made(path: Path, octets: int) -> Path:
    path.write_bytes(ota_file(bytes(octets), SIGNATURE_BLOCK))
    return path


def _peak_kb(path: Path) -> float:
    done = subprocess.run([sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)
