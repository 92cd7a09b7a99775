"""The parts a list is made of: chance, makers and version styles."""

from datetime import date
from hashlib import sha256
from random import Random

import pytest

from firmpath.invented.draws import Draws
from firmpath.invented.makers import MAKERS
from firmpath.invented.shapes import SHAPES, Shape
from firmpath.invented.traps import SHOWCASE, TRAPS
from firmpath.invented.versions import VERSION_STYLES, VersionStyle, day_first, restarted
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import parse_firmware_version


def test_draws_are_those_of_the_one_promised_method() -> None:
    mixed = int(sha256(b"3/5").hexdigest(), 16)
    draws, expected = Draws(3, 5), Random(mixed)
    assert [draws.fraction() for _ in range(3)] == [expected.random() for _ in range(3)]
    assert [draws.below(10) for _ in range(20)] == [int(expected.random() * 10) for _ in range(20)]
    assert draws.pick("abc") == "abc"[int(expected.random() * 3)]
    assert draws.chance(0.5) == (expected.random() < 0.5)


def test_histories_and_seeds_have_draws_of_their_own() -> None:
    drawn = {Draws(seed, number).fraction() for seed in range(30) for number in range(30)}
    assert len(drawn) == 900


@pytest.mark.parametrize("style", VERSION_STYLES, ids=lambda style: style.__name__)
def test_a_style_never_writes_a_version_twice(style: VersionStyle) -> None:
    written = [style(position, 737_000 + 30 * position) for position in range(40)]
    assert len(set(written)) == 40
    assert all(str(parse_firmware_version(version)) == version for version in written)


def test_two_styles_go_down_in_number_as_time_goes_on() -> None:
    january, march = date(2019, 1, 20).toordinal(), date(2019, 3, 26).toordinal()
    assert (day_first(0, january), day_first(1, march)) == ("30121800", "05031901")
    assert (restarted(1, 0), restarted(2, 0)) == ("1F0A0001", "02000002")


@pytest.mark.parametrize("number", [0, 1, 9_999, 10_000, 65_536, 999_999])
def test_model_ids_and_hardware_versions_keep_their_width(number: int) -> None:
    for maker in MAKERS:
        assert len(maker.model_id(number)) == 4
        assert len(maker.hardware_version(number)) == 2


def test_no_maker_uses_model_and_hardware_twice() -> None:
    for maker in MAKERS:
        used = {(maker.model_id(number), maker.hardware_version(number)) for number in range(25_000)}
        assert len(used) == 25_000


def test_there_is_a_maker_for_every_device_type() -> None:
    for device_type in DeviceType:
        assert any(device_type in maker.device_types for maker in MAKERS)


@pytest.mark.parametrize("shape", tuple(dict.fromkeys(SHAPES)), ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_a_shape_has_the_length_asked_for_and_looks_back_only(shape: Shape, count: int) -> None:
    releases = shape(count, Draws(1, count))
    assert len(releases) == count
    for position, release in enumerate(releases[1:], 1):
        assert isinstance(release.bases, tuple)
        assert release.bases
        assert list(release.bases) == sorted(set(release.bases))
        assert 0 <= release.bases[0] <= release.bases[-1] < position


def test_all_traps_together_fit_into_sixty_entries() -> None:
    assert sum(len(outline.releases) for outline in (SHOWCASE, *TRAPS)) == 47
