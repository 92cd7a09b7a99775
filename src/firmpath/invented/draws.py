"""Chance that falls the same way on every platform and every Python, for ever."""

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

_Option = TypeVar("_Option")


class Draws:
    """The chance behind one history: its draws depend on the seed and the history's number alone.

    Only `random()` is used: it is the one method whose sequence the standard library promises to keep.
    `choice`, `shuffle`, `sample` and `randrange` have changed between releases, and may again. Seed and number
    are mixed by SHA-256, because Random starts some different whole numbers on the same sequence: n, and
    n + (n - 1) × 2³² for n below 2³².
    """

    __slots__ = ("_random",)

    def __init__(self, seed: int, history_number: int) -> None:
        mixed = sha256(f"{seed}/{history_number}".encode()).digest()
        self._random = Random(int.from_bytes(mixed, "big")).random

    def fraction(self) -> float:
        """Draw from 0 up to but not including 1."""
        return self._random()

    def below(self, limit: int) -> int:
        """Draw a whole number from 0 up to but not including `limit`."""
        return int(self._random() * limit)

    def chance(self, likelihood: float) -> bool:
        """Say yes with a likelihood between 0 and 1."""
        return self._random() < likelihood

    def pick(self, options: Sequence[_Option]) -> _Option:
        """Draw one of the options, each as likely as another."""
        return options[self.below(len(options))]
