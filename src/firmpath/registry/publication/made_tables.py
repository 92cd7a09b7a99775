"""Tables that are made once and then given to everybody who asks: the whole CPL takes seconds to write as XLSX."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

MOST_OCTETS: Final = 64 * 1024 * 1024
"""What is kept in memory at most, in each process."""


class MadeTables:
    """Files by what they were made of; the ones asked for last are kept. Threads share it."""

    def __init__(self, most_octets: int = MOST_OCTETS) -> None:
        self._most_octets = most_octets
        self._held: dict[Hashable, bytes] = {}
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, of: Hashable, make: Callable[[], bytes]) -> bytes:
        """Give the file that is made `of` this; where there is none yet, one caller makes it, and others wait."""
        found, making = self._find(of)
        if found is not None:
            return found
        with making:
            found, _ = self._find(of)
            if found is None:
                found = make()
                self._keep(of, found)
        return found

    @property
    def octets(self) -> int:
        """How much is kept."""
        with self._lock:
            return sum(map(len, self._held.values()))

    def _find(self, of: Hashable) -> tuple[bytes | None, Lock]:
        with self._lock:
            found = self._held.pop(of, None)
            if found is not None:
                self._held[of] = found  # now the last that was asked for
            return found, self._making.setdefault(of, Lock()) if found is None else Lock()

    def _keep(self, of: Hashable, made: bytes) -> None:
        with self._lock:
            self._held[of] = made
            while sum(map(len, self._held.values())) > self._most_octets:
                del self._held[next(iter(self._held))]  # which nobody has asked for the longest
            self._making.pop(of, None)


made_tables: Final = MadeTables()
"""Those of this process."""
