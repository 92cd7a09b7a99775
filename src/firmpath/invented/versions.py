"""How makers write firmware versions: five styles, of which several are no guide to what came when."""

from collections.abc import Callable
from datetime import date
from typing import Final

VersionStyle = Callable[[int, int], str]
"""From a release's position in its history and the ordinal of its listing to 8 hex digits of its own."""

_APPROVED_BEFORE_LISTING_DAYS: Final = 21
_RESTARTED_AT: Final = 2


def hex_build(position: int, _listed_on: int) -> str:
    """Count in hex: `0002012F`, `00020254`, …; leading zeros that a spreadsheet would drop."""
    return f"00{2 + position // 4:02X}{1 + position % 4:02X}{(0x2F + 37 * position) & 0xFF:02X}"


def decimal_digits(position: int, _listed_on: int) -> str:
    """Count in binary-coded decimal: `38040004`, `38040111`, …; hex digits that look like a number."""
    return f"38{4 + position // 10:02d}{position % 10:02d}{(4 + 7 * position) % 100:02d}"


def day_first(position: int, listed_on: int) -> str:
    """Write the day of approval, then month, year and position: it goes down in number as time goes on."""
    approved = date.fromordinal(listed_on - _APPROVED_BEFORE_LISTING_DAYS)
    return f"{approved.day:02d}{approved.month:02d}{approved.year % 100:02d}{position:02d}"


def like_an_exponent(position: int, _listed_on: int) -> str:
    """Count as `00001E05`, `00001E06`, …, which a spreadsheet takes for 1 × 10⁵ and so on."""
    return f"0000{1 + position // 90:X}E{5 + position % 90:02d}"


def restarted(position: int, _listed_on: int) -> str:
    """Count in hex from `1F0A0000`, then in binary-coded decimal from `02000002`: the coding changed."""
    return f"1F0A{position:04X}" if position < _RESTARTED_AT else f"0200{position:04d}"


VERSION_STYLES: Final[tuple[VersionStyle, ...]] = (
    hex_build,
    decimal_digits,
    day_first,
    like_an_exponent,
    restarted,
)
