"""The shapes that release histories take: what each release says it can be put on top of."""

from collections.abc import Callable
from typing import Final

from firmpath.invented.draws import Draws
from firmpath.invented.releases import FIRST, Mark, Release, after

Shape = Callable[[int, Draws], list[Release]]
"""From how many releases, at least one, to the releases; only positions before a release are its bases."""


def chain(count: int, _draws: Draws) -> list[Release]:
    """Every release goes on top of the one before it alone."""
    return [FIRST, *(after(position - 1) for position in range(1, count))]


def any_of_the_last_few(count: int, draws: Draws) -> list[Release]:
    """Every release goes on top of any of the two to four before it."""
    few = 2 + draws.below(3)
    return [FIRST, *(after(*range(max(0, position - few), position)) for position in range(1, count))]


def full_images(count: int, draws: Draws) -> list[Release]:
    """Every release goes on top of all before it; now and then one is called a stepping stone in error."""
    releases = [FIRST, *(after(*range(position)) for position in range(1, count))]
    if count > 3 and draws.chance(0.2):
        mistaken = 1 + draws.below(count - 2)
        releases[mistaken] = releases[mistaken]._replace(mark=Mark.STONE_IN_ERROR)
    return releases


def stepping_stone_epochs(count: int, draws: Draws) -> list[Release]:
    """Every few releases the bootloader changes: what comes after accepts none from before the change."""
    every = 4 + draws.below(5)
    releases = [FIRST]
    for position in range(1, count):
        stone = (position - 1) // every * every
        release = after(*range(stone, position))
        is_stone = position % every == 0 and position < count - 1
        releases.append(release._replace(mark=Mark.STONE) if is_stone else release)
    return releases


def regional_branches(count: int, draws: Draws) -> list[Release]:
    """One chain, which parts into a north and a south variant halfway."""
    parting = (count + 1) // 2
    releases = chain(parting, draws)
    for position in range(parting, count):
        onto = position - 2 if position - 2 >= parting else parting - 1
        region = "South" if (position - parting) % 2 else "North"
        releases.append(after(onto)._replace(notes=f"{region} variant"))
    return releases


SHAPES: Final[tuple[Shape, ...]] = (
    chain,
    chain,
    any_of_the_last_few,
    any_of_the_last_few,
    stepping_stone_epochs,
    stepping_stone_epochs,
    full_images,
    regional_branches,
)
"""Each as often as it is met with."""
