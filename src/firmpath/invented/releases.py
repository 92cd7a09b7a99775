"""One release of a history before it has a CPL Entry ID: it names others by their positions, from 0."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from firmpath.invented.versions import VersionStyle, hex_build
from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED, NoPreviousVersion, NotProvided
from firmpath.pathways.device_model import DeviceType

Positions = tuple[int, ...]
"""Releases of one history, in ascending order."""

DRAWN: Final = -1
"""The gap before a release is left to chance."""

ITSELF: Final = -1
"""A release has the version, or the image, of no other."""


class Mark(Enum):
    """What somebody says of a release, beside its base firmware."""

    NONE = auto()
    STONE = auto()
    STONE_IN_ERROR = auto()
    DEAD_END = auto()


class Warned(Enum):
    """How far a notice on the way into a release has come."""

    NEVER = auto()
    OPENED = auto()
    EXTENDED = auto()
    CLOSED = auto()


class Release(NamedTuple):
    """One release of a history.

    `gap` is in days since the release before it, `listed_on` the proleptic ordinal of its listing, 0 until
    it is dated; `version_of` and `image_of` are positions; `revision` counts from the first hardware
    revision; `device` is a position among the Device types of its outline; `band` is the model's where the
    outline leaves it empty; `bare` leaves out everything that may be left out.
    """

    bases: Positions | NoPreviousVersion | NotProvided
    gap: int = DRAWN
    listed_on: int = 0
    version_of: int = ITSELF
    image_of: int = ITSELF
    revision: int = 0
    device: int = 0
    removed: bool = False
    bare: bool = False
    band: str = ""
    mark: Mark = Mark.NONE
    warned: Warned = Warned.NEVER
    notes: str = ""


class Outline(NamedTuple):
    """A history without dates, maker and ids.

    `device_types` is one as a rule; `opens_in` are the first and the last year that it may begin in; one that
    is `as_written` keeps its base firmware, and another has what nobody has said left out.
    """

    device_types: tuple[DeviceType, ...]
    releases: Sequence[Release]
    opens_in: tuple[int, int] = (2016, 2024)
    version_style: VersionStyle = hex_build
    as_written: bool = True


FIRST: Final = Release(NO_PREVIOUS_VERSION)
"""Somebody wrote N/A."""

SILENT: Final = Release(NOT_PROVIDED)
"""Nobody has said what it can be put on top of."""


def after(*positions: int) -> Release:
    """Make a release that can be put on top of those at `positions`, which ascend."""
    return Release(positions)
