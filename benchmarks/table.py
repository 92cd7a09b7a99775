"""The outcome of a run, as a table that reads well in a terminal and in Markdown."""

import math
from collections.abc import Sequence

from benchmarks.measuring import Figure

HEADINGS = ("benchmark", "what is measured", "against", "took", "ratio", "middle half", "limit", "")


def table_of(figures: Sequence[Figure]) -> str:
    """Give the table, a line for each figure."""
    rows = [HEADINGS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    value, unit = figure.value, figure.unit
    limited = figure.limit < math.inf
    verdict = ("met" if figure.is_met else "MISSED") if limited else ""
    return (
        figure.benchmark,
        figure.ours,
        figure.against,
        " : ".join(map(_seconds, figure.took)),
        f"{value.median:.2f} {unit}",
        f"{value.low:.2f}–{value.high:.2f}",
        f"{figure.limit:g} {unit}" if limited else "",
        verdict,
    )


def _seconds(seconds: float) -> str:
    """Write seconds short, in the unit that suits them."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.0f} ms" if seconds >= 0.01 else f"{seconds * 1e6:.0f} µs"
