"""What is wrong with something that was given to us, where, and what would be right."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong, in the words a person reads.

    `term` is the standard's word for the field, `value` what was written, `wrong` completes the
    sentence, `right` says what to do about it, `where` names the place, `rule` the numbered rule.
    `quoted` is off where the value was understood and is merely out of place.
    """

    term: str
    value: str
    wrong: str
    right: str = ""
    where: str = ""
    rule: str = ""
    quoted: bool = True

    def __str__(self) -> str:
        shown = f" '{shortened(self.value)}'" if self.quoted else f" {self.value}" if self.value else ""
        place = f", {self.where}" if self.where else ""
        remedy = f"; {self.right}" if self.right else ""
        return _printable(f"{self.term}{shown} {self.wrong}{place}{remedy}")

    def at(self, where: str) -> "Fault":
        """Return this fault with its place named."""
        return self._replace(where=where)


class FirmpathError(Exception):
    """Something was refused; `faults` holds every reason, in the order they were found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def refuse_if_any(faults: Iterable[Fault]) -> None:
    """Refuse with all the faults at once, or do nothing where there are none.

    :raises FirmpathError: there is at least one fault.
    """
    found = tuple(faults)
    if found:
        raise FirmpathError(*found)


def refuse_first(faults: Iterable[Fault], most: int, term: str) -> None:
    """Refuse with the first faults, so many at most, and say if there are more; do nothing where there are none.

    `term` is what has them. No more faults are made than that takes.

    :raises FirmpathError: there is at least one fault.
    """
    found = tuple(islice(faults, most + 1))
    if len(found) > most:
        more = Fault(term, "", f"has more faults than these {most}", "put these right first", quoted=False)
        found = (*found[:most], more)
    refuse_if_any(found)


def all_parsed(*readers: Callable[[], Any]) -> tuple[Any, ...]:
    """Call each reader and give what they read, or refuse with the faults of all of them at once.

    :raises FirmpathError: at least one of them did.
    """
    found: list[Any] = []
    faults: list[Fault] = []
    for read in readers:
        try:
            found.append(read())
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(faults)
    return tuple(found)


def shortened(value: str, most: int = 80) -> str:
    """Keep a hostile or mistaken value from filling the screen."""
    return value if len(value) <= most else value[:most] + "…"


def shown(value: str) -> str:
    """Give a value that may be hostile as a person is shown it within other words."""
    return _printable(shortened(value))


def _printable(text: str) -> str:
    """Keep what is quoted from steering a terminal, or breaking the line."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
