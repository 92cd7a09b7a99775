"""Changes to a seed, drawn by chance from a number: the same number makes the same input."""

import random
import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Final

from firmpath.images.ota_header import BEGINS
from tests.fuzzing.seeds import HARM

_CHANGES: Final = (1, 1, 1, 2, 3, 6)
_LONGEST: Final = 60_000
_SIZE_AT: Final = 52
_BASE64: Final = re.compile(rb"(?<=>)[A-Za-z0-9+/]{40,}={0,2}(?=<)")


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """Make input number so and so of some seeds."""
    chance = random.Random(number)
    octets = chance.choice(seeds)
    within = _BASE64.search(octets)
    if within and chance.random() < 0.5:  # what is in Base64 is changed as well as what is around it
        inner = _changed(b64decode(within[0]), seeds, chance)
        return octets[: within.start()] + b64encode(inner) + octets[within.end() :]
    return _changed(octets, seeds, chance)


def _changed(octets: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    for _ in range(chance.choice(_CHANGES)):
        at = chance.randint(0, len(octets))
        to = min(len(octets), at + chance.choice((1, 1, 2, 4, 16, 200)))
        match chance.randrange(7):
            case 0:
                octets = octets[:at] + chance.choice(HARM) + octets[at:]
            case 1:
                octets = octets[:at] + chance.choice(HARM) + octets[to:]
            case 2:
                octets = octets[:at] + octets[to:]
            case 3:
                octets = octets[:at] + octets[at:to] * chance.choice((2, 3, 50)) + octets[to:]
            case 4:
                octets = octets[:at] + chance.randbytes(to - at) + octets[to:]
            case 5:
                octets = octets[:at] + chance.choice(seeds)[chance.randint(0, 400) :]
            case 6:
                octets = octets[:at]
    if octets.startswith(BEGINS) and chance.random() < 0.7:  # else hardly any file would be read further
        octets = octets[:_SIZE_AT] + struct.pack("<I", len(octets)) + octets[_SIZE_AT + 4 :]
    return octets[:_LONGEST]
