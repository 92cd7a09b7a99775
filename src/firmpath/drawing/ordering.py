"""In which order the points of each layer stand, so that few lines cross."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from firmpath.drawing.sketch import Sketch

MOST_SWEEPS: Final = 24
"""Sweeps over all layers, half of them downwards; with more than 3,000 points only 4."""

_PATIENCE, _MANY, _FEW_SWEEPS = 8, 3000, 4


def order_points(drawn: Sketch) -> tuple[tuple[int, ...], ...]:
    """Order the points of each layer from left to right by medians and swaps, keeping the best seen.

    Cost: at most 24 sweeps of pieces × log(pieces).
    """
    count = len(drawn.layers)
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for piece in drawn.pieces:
        above[piece.lower].append(piece.upper)
        below[piece.upper].append(piece.lower)
    rows = _first_order(drawn, below)
    place = [0] * count
    for row in rows:
        _number(row, place)
    best, fewest, since = [row[:] for row in rows], _crossings(rows, below, place), 0
    for sweep in range(_FEW_SWEEPS if count > _MANY else MOST_SWEEPS):
        if not fewest or since > _PATIENCE:
            break
        _sweep(rows, above, below, place, downwards=sweep % 2 == 0)
        if count <= _MANY:
            _swap_neighbours(rows, above, below, place)
        crossings = _crossings(rows, below, place)
        since += 1
        if crossings < fewest:
            best, fewest, since = [row[:] for row in rows], crossings, 0
    for facing, away in ((above, below), (below, above)):
        best = [_balanced(row, facing, away) for row in best]
    return tuple(tuple(row) for row in best)


def _first_order(drawn: Sketch, below: list[list[int]]) -> list[list[int]]:
    """Put points in their layers as a search in depth from the top comes upon them."""
    rows: list[list[int]] = [[] for _ in range(max(drawn.layers) + 1)]
    seen = [False] * len(drawn.layers)
    for start in sorted(range(len(seen)), key=lambda point: (drawn.layers[point], point)):
        todo = [start]
        while todo:
            point = todo.pop()
            if not seen[point]:
                seen[point] = True
                rows[drawn.layers[point]].append(point)
                todo.extend(reversed(below[point]))
    return rows


def _number(row: list[int], place: list[int]) -> None:
    for number, point in enumerate(row):
        place[point] = number


def _sweep(
    rows: list[list[int]], above: list[list[int]], below: list[list[int]], place: list[int], downwards: bool
) -> None:
    facing = above if downwards else below
    for row in rows if downwards else reversed(rows):
        wanted = {point: _middle(facing[point], place) for point in row if facing[point]}
        free = iter(sorted(wanted, key=lambda point: (wanted[point], place[point])))
        row[:] = [next(free) if point in wanted else point for point in row]
        _number(row, place)


def _balanced(row: list[int], facing: list[list[int]], away: list[list[int]]) -> list[int]:
    """Put half of a group to the left of its one member that goes on, so that the way on is in the middle.

    A group hangs on the same points on one side; its other members hang on nothing on the other side. No line
    crosses another that did not before.
    """
    balanced: list[int] = []
    for _, group in groupby(row, key=lambda point: sorted(away[point]) or [point - len(away)]):
        members = list(group)
        onward = [point for point in members if facing[point]]
        if len(onward) == 1:
            loose = [point for point in members if not facing[point]]
            half = len(loose) // 2
            members = loose[:half] + onward + loose[half:]
        balanced += members
    return balanced


def _middle(points: Sequence[int], place: list[int]) -> int:
    """Give the median place, twice over, so that it is whole; between two, lean to the denser side."""
    places = sorted(place[point] for point in points)
    half = len(places) // 2
    if len(places) % 2:
        return 2 * places[half]
    left, right = places[half - 1] - places[0], places[-1] - places[half]
    if len(places) == 2 or not left + right:
        return places[half - 1] + places[half]
    return 2 * (places[half - 1] * right + places[half] * left) // (left + right)


def _swap_neighbours(
    rows: list[list[int]], above: list[list[int]], below: list[list[int]], place: list[int]
) -> None:
    for row in rows:
        for number in range(len(row) - 1):
            left, right = row[number], row[number + 1]
            gain = sum(
                _pairs_out_of_order(facing[left], facing[right], place)
                - _pairs_out_of_order(facing[right], facing[left], place)
                for facing in (above, below)
            )
            if gain > 0:
                row[number], row[number + 1] = right, left
                place[left], place[right] = number + 1, number


def _pairs_out_of_order(left: list[int], right: list[int], place: list[int]) -> int:
    return sum(place[a] > place[b] for a in left for b in right)


def _crossings(rows: list[list[int]], below: list[list[int]], place: list[int]) -> int:
    return sum(
        _out_of_order([end for point in row for end in sorted(place[p] for p in below[point])]) for row in rows
    )


def _out_of_order(values: list[int]) -> int:
    """Count pairs of which the earlier is the larger, with a tree of counts (values × log values)."""
    size = max(values, default=0) + 1
    tree = [0] * (size + 1)
    found = 0
    for seen, value in enumerate(values):
        at, not_larger = value + 1, 0
        while at:
            not_larger += tree[at]
            at -= at & -at
        found += seen - not_larger
        at = value + 1
        while at <= size:
            tree[at] += 1
            at += at & -at
    return found
