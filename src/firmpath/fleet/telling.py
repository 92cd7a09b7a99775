"""How a plan tells how far it is, and how many threads work on it."""

from collections.abc import Callable
from typing import Final

Told = Callable[[str, float], object]
"""Is told what is being done, and which part of that is done, from 0 to 1."""

ToldPart = Callable[[float], object]
"""Is told which part of the one thing at hand is done, from 0 to 1."""

Counted = Callable[[int], object]
"""Is told how many rows there are, as far as that is known."""

WORKERS: Final = 2
"""Parts that are worked on at a time: more need more memory, and a laptop has few cores to spare."""
