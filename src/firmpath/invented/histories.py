"""All releases of one model, dated, with its maker and its numbers: a pure function of seed and number."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from firmpath.invented.draws import Draws
from firmpath.invented.flaws import flawed, silenced
from firmpath.invented.makers import MAKERS, Maker
from firmpath.invented.releases import DRAWN, Outline, Release
from firmpath.invented.shapes import SHAPES
from firmpath.invented.traps import SHOWCASE, TRAPS
from firmpath.invented.versions import VERSION_STYLES, VersionStyle
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand

LAST_DAY: Final = date(2025, 12, 31).toordinal()
"""Nothing in an invented list happens later."""

_ANSWERS_WERE_OPTIONAL_BEFORE: Final = date(2019, 1, 1).toordinal()
_DAYS_OF_A_YEAR: Final = 365
_LONGEST: Final = 40
_SHORTEST_GAP_DAYS: Final = 7
_TRAP_RATE: Final = 0.2
_OPENING: Final = (SHOWCASE, *TRAPS)

_DEVICE_TYPES: Final = (
    *[DeviceType.ESME] * 36,
    *[DeviceType.GSME] * 30,
    *[DeviceType.PPMID] * 14,
    *[DeviceType.COMMUNICATIONS_HUB] * 11,
    *[DeviceType.HCALCS] * 5,
    *[DeviceType.SAPC] * 4,
)
_HUB_BANDS: Final = (ZigBeeBand.DUAL_BAND.value, ZigBeeBand.DUAL_BAND.value, ZigBeeBand.ONLY_2_4_GHZ.value)
_OTHER_BANDS: Final = tuple(band.value for band in ZigBeeBand if band is not ZigBeeBand.DUAL_BAND)
_EARLY_BANDS: Final = ("", *(band.value for band in LegacyZigBeeBand), ZigBeeBand.DUAL_BAND.value)
_BIRDS: Final = (
    "Avocet",
    "Bittern",
    "Curlew",
    "Dipper",
    "Fulmar",
    "Grebe",
    "Kestrel",
    "Lapwing",
    "Merlin",
    "Nuthatch",
    "Plover",
    "Redstart",
)


class History(NamedTuple):
    """One model with its releases in order of listing."""

    number: int
    maker: Maker
    device_types: tuple[DeviceType, ...]
    model_id: str
    hardware_version: str
    first_revision: int
    firmware_family: str
    version_style: VersionStyle
    releases: Sequence[Release]


def histories(entries: int, seed: int) -> Iterator[History]:
    """Give histories that have `entries` releases between them, the one of the showcase first.

    Cost: linear, about ten microseconds a release; one history is held at a time.
    """
    number, room = 0, entries
    while room:
        history = history_of(seed, number, room)
        yield history
        number += 1
        room -= len(history.releases)


def history_of(seed: int, number: int, room: int) -> History:
    """Give the history of this number, where `room` releases are wanted from it and all after it together."""
    draws = Draws(seed, number)
    outline = _outline(number, room, draws)
    maker = draws.pick([maker for maker in MAKERS if maker.device_types.issuperset(outline.device_types)])
    releases = _dated(outline, draws)
    if not outline.as_written:
        releases = silenced(releases, draws, before=_ANSWERS_WERE_OPTIONAL_BEFORE)
    is_hub = DeviceType.COMMUNICATIONS_HUB in outline.device_types
    band = draws.pick(_HUB_BANDS if is_hub else _OTHER_BANDS)
    early_band = band if outline.as_written else draws.pick(_EARLY_BANDS)
    return History(
        number,
        maker,
        outline.device_types,
        maker.model_id(number),
        maker.hardware_version(number),
        1 + draws.below(4),
        draws.pick(_BIRDS),
        outline.version_style,
        [_with_band(release, band, early_band) for release in releases],
    )


def _outline(number: int, room: int, draws: Draws) -> Outline:
    """Choose what happens: first each trap once, so that even a short list has them all, then as it comes."""
    trap = _OPENING[number] if number < len(_OPENING) else draws.pick(TRAPS)
    if len(trap.releases) <= room and (number < len(_OPENING) or draws.chance(_TRAP_RATE)):
        return trap
    count = min(room, 1 + int(_LONGEST * draws.fraction() * draws.fraction()))
    releases = flawed(draws.pick(SHAPES)(count, draws), draws)
    styled = draws.pick(VERSION_STYLES)
    return Outline((draws.pick(_DEVICE_TYPES),), releases, version_style=styled, as_written=False)


def _dated(outline: Outline, draws: Draws) -> list[Release]:
    """Date the releases in order, at a pace of the history's own, so that the last is out by `LAST_DAY`."""
    count = len(outline.releases)
    opens_from, opens_until = (date(year, 1, 1).toordinal() for year in outline.opens_in)
    # Twice the pace is the longest gap, so `count` of them fit whatever is drawn.
    pace = min(20 + draws.below(160), (LAST_DAY - opens_from) // (2 * count + 1))
    gaps = [
        _SHORTEST_GAP_DAYS + draws.below(2 * pace - _SHORTEST_GAP_DAYS) if each.gap == DRAWN else each.gap
        for each in outline.releases
    ]
    opens_until = min(opens_until + _DAYS_OF_A_YEAR, LAST_DAY - sum(gaps))
    listed_on = opens_from + draws.below(opens_until - opens_from)
    dated = []
    for release, gap in zip(outline.releases, gaps, strict=True):
        listed_on += gap
        dated.append(release._replace(listed_on=listed_on))
    return dated


def _with_band(release: Release, band: str, early_band: str) -> Release:
    """Write the model's band; on early entries a value of the old field, or none."""
    if release.band or release.bare:
        return release
    is_early = release.listed_on < _ANSWERS_WERE_OPTIONAL_BEFORE
    return release._replace(band=early_band if is_early else band)
