"""The text of an image, in whatever pieces it comes."""

import cProfile
import pstats
from base64 import b64encode

import pytest

from firmpath.images.image_text import ImageText
from firmpath.images.manufacturer_image import Image
from firmpath.pathways.faults import Fault
from tests.images.making import hash_of, ota_file

CONTENT = bytes(range(256)) * 400
WRITTEN = b64encode(ota_file(CONTENT)).decode()


def read(octets: int) -> Image | None:
    text, faults = ImageText(), list[Fault]()
    for at in range(0, len(WRITTEN), octets):
        text.feed(WRITTEN[at : at + octets])
    image = text.finished(faults)
    assert faults == []
    return image


@pytest.mark.parametrize("octets", [1, 7, 65_535, 65_536, 65_537, len(WRITTEN)])
def test_an_image_is_the_same_in_whatever_pieces_it_comes(octets: int) -> None:
    image = read(octets)
    assert image is not None
    assert image.hashes[0].manufacturer_image_hash == hash_of(CONTENT)


def test_a_piece_of_one_character_costs_next_to_nothing() -> None:
    profile = cProfile.Profile()
    profile.runcall(read, 1)  # as of a text of character references, such as `&#32;`
    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    assert calls < 6 * len(WRITTEN)
