"""What a run of the benchmarks is given."""

from collections.abc import Callable
from typing import Final, NamedTuple

from benchmarks.material import Material

SMALLER_BY: Final = 10
"""How many times smaller the smaller CPL is."""


class Settings(NamedTuple):
    """The sizes, how many rounds (0: as many as each benchmark thinks right), and whom to tell of progress."""

    material: Material
    entries: int = 50_000
    family_entries: int = 1_300
    family_upgrades: int = 58_000
    most_rounds: int = 0
    progress: Callable[[str], object] = lambda what: None

    @property
    def fewer_entries(self) -> int:
        """The size of the smaller CPL."""
        return self.entries // SMALLER_BY

    def rounds(self, right: int) -> int:
        """Give how many rounds to run where `right` would be right."""
        return min(self.most_rounds, right) if self.most_rounds else right
