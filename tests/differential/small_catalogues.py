"""Small catalogues with everything in them that a CPL has, written in the notation of the tests."""

from random import Random

from hypothesis import settings
from hypothesis import strategies as st

MANY = settings(max_examples=max(400, settings().max_examples))
"""Small catalogues are cheap, and what goes wrong in them is rare."""

MOST_ENTRIES = 7

_DAYS = ("2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01")
_STANDINGS = ("withdrawn", "withdrawn=2027-01-01", "cpa=2026-05-31", "cpa=2026-06-01", "cpa=2026-07-01")
_MARKS = ("stone", "stone", "dead-end")
_HARDWARE = ("rev=04", "rev=04", "rev=04", "hw=09", "maker=F002", "type=GSME", "model=0007")
_NOTICES = ("N1", "N2")
# A drawn seed spreads wider than drawing each choice does; the number of entries is what shrinks.
_RANDOM = st.builds(Random, st.integers(0, 2**32))


@st.composite
def small_catalogues(draw: st.DrawFn, fewest: int = 2, most: int = MOST_ENTRIES) -> str:
    """Draw a catalogue: cycles, silence, N/A, twins, marks, notices, withdrawals, other hardware, equal dates."""
    return _text(draw(_RANDOM), draw(st.sampled_from(range(fewest, most + 1))))


@st.composite
def changed_catalogues(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a catalogue, and another that differs from it in one or two entries."""
    first = draw(small_catalogues(most=5))
    random, parts = draw(_RANDOM), first.split(" ; ")
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(parts))
        if "<-" in parts[at]:
            parts[at] = parts[at].partition(" <- ")[2]
        elif not parts[at].startswith("notice"):
            parts[at] = _entry(random, int(parts[at].split()[0]))
    return first, " ; ".join(parts)


ACCEPTED = st.frozensets(st.sampled_from(_NOTICES), max_size=2)
"""The notices whose risk is accepted."""

EXCLUDED = st.frozensets(st.integers(1, MOST_ENTRIES), max_size=2)
"""The entries that no Device is to be taken to."""


def _text(random: Random, count: int) -> str:
    ids = range(1, count + 1)
    density, backwards = random.choice((0.15, 0.5, 0.9)), random.choice((0, 0, 0.1, 0.4))
    parts = []
    steps = []
    for entry in ids:
        bases = [
            other
            for other in ids
            if random.random() < (density if other < entry else backwards / 2 if other == entry else backwards)
        ]
        steps += [f"{base} -> {entry}" for base in bases]
        if bases:
            parts.append(f"{', '.join(map(str, bases))} <- {entry}")
        parts.append(_entry(random, entry))
    for name in _NOTICES[: random.choice((0, 0, 1, 1, 2))]:
        others = [f"{random.choice(('any', *ids))} -> {random.choice(('any', *ids))}"]
        covered = [random.choice(steps or others), *random.choice(([], others))]
        parts.append(f"notice {name}: {', '.join(covered)}")
    return " ; ".join(parts)


def _entry(random: Random, entry: int) -> str:
    words = [str(entry)]
    for chance, choices in (
        (0.15, _STANDINGS),
        (0.2, _MARKS),
        (0.15, _HARDWARE),
        (0.25, ("?",)),
        (0.1, ("version=00000001",)),
        (0.1, ("hash=AA",)),
    ):
        if random.random() < chance:
            words.append(random.choice(choices))
    if random.random() < 0.5:
        words.append(f"listed={random.choice(_DAYS)}")
    elif random.random() < 0.08:
        words.append("listed=2030-01-01")
    return " ".join(words)
