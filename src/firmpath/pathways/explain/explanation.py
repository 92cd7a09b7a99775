"""An explanation, as every page, answer and command shows it."""

from typing import NamedTuple


class Explanation(NamedTuple):
    """An answer in words: `headline` says it in a sentence or two, `lines` say why, `next_step` what to do."""

    headline: str
    lines: tuple[str, ...] = ()
    next_step: str = ""

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.headline, *self.lines, self.next_step)))


def counted(number: int, thing: str, things: str = "") -> str:
    """Write `1 activation`, `2 activations`, `1,000 activations`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
