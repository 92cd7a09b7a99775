"""What goes wrong with a history in the course of years, each flaw with its likelihood.

Every flaw takes the releases and gives them back; positions do not move.
"""

from collections.abc import Callable
from typing import Final

from firmpath.invented.draws import Draws
from firmpath.invented.releases import SILENT, Mark, Release, Warned
from firmpath.pathways.base_firmware import NOT_PROVIDED

_Flaw = Callable[[list[Release], Draws], None]


def flawed(releases: list[Release], draws: Draws) -> list[Release]:
    """Give the releases with some of the flaws that histories have."""
    if len(releases) > 4:
        for flaw, likelihood in _FLAWS:
            if draws.chance(likelihood):
                flaw(releases, draws)
    return releases


def silenced(releases: list[Release], draws: Draws, before: int) -> list[Release]:
    """Leave base firmware unsaid: often where a release was listed before the ordinal `before`, else seldom.

    Some makers answer when they are asked about their old entries, and some never do, so the rate is drawn
    once for a history. Source: MP231 section 3, best endeavours.
    """
    late_rate = draws.pick((0.0, 0.0, 0.0, 0.02, 0.1))
    early_rate = draws.pick((0.0, 0.3, 0.8, 1.0))
    return [
        release._replace(bases=NOT_PROVIDED)
        if draws.chance(early_rate if release.listed_on < before else late_rate)
        else release
        for release in releases
    ]


def _dead_end(releases: list[Release], draws: Draws) -> None:
    """One release is named by none after it."""
    end = 1 + draws.below(len(releases) - 2)
    if releases[end].mark is not Mark.NONE:
        return
    releases[end] = releases[end]._replace(mark=Mark.DEAD_END)
    for position in range(end + 1, len(releases)):
        bases = releases[position].bases
        if isinstance(bases, tuple) and end in bases:
            others = tuple(base for base in bases if base != end) or (end - 1,)
            releases[position] = releases[position]._replace(bases=others)


def _twins(releases: list[Release], draws: Draws) -> None:
    """A release has the firmware version of the one before it, and another image."""
    second = 2 + draws.below(len(releases) - 2)
    elder = releases[second - 1]
    if elder.mark is Mark.NONE and elder.version_of < 0:
        releases[second] = releases[second]._replace(bases=elder.bases, version_of=second - 1)


def _silent_in_the_middle(releases: list[Release], draws: Draws) -> None:
    """Of one release in the middle nobody has said what it can be put on top of."""
    middle = 1 + draws.below(len(releases) - 2)
    releases[middle] = releases[middle]._replace(bases=SILENT.bases)


def _removals(releases: list[Release], draws: Draws) -> None:
    """A few releases have left the CPL."""
    for position, release in enumerate(releases):
        if draws.chance(0.12):
            releases[position] = release._replace(removed=True)


def _warning(releases: list[Release], draws: Draws) -> None:
    """There is, or was, a notice on the way into one release."""
    about = 1 + draws.below(len(releases) - 1)
    warned = draws.pick((Warned.OPENED, Warned.EXTENDED, Warned.CLOSED))
    releases[about] = releases[about]._replace(warned=warned)


_FLAWS: Final[tuple[tuple[_Flaw, float], ...]] = (
    (_dead_end, 0.15),
    (_twins, 0.25),
    (_silent_in_the_middle, 0.1),
    (_removals, 0.5),
    (_warning, 0.1),
)
