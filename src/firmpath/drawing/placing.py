"""How far right each point of a column stands: lines as straight as the order of the points allows.

Each layer in turn is put where it would be best with the layers beside it as they are. First squares of
distances are made small, which centres things; then plain distances, which makes long lines straight.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from firmpath.drawing.picture import ArrowKind
from firmpath.drawing.sketch import Piece, Sketch

FINE: Final = 16
"""Places are counted in sixteenths of a pixel while they are being found."""

_BOX_GAP, _LINE_GAP = 30, 16
_CENTRING, _STRAIGHTENING, _MANY, _FEW = 24, 8, 3000, 2
_PATHWAY_PULL, _RUN_ROUNDS, _FAR = 6, 4, 1 << 40

Beside = dict[int, list[tuple[int, int]]]
"""The points above and below each point, and how strongly each is drawn to it."""

Pull = tuple[int, int]
"""Where something is drawn to, and how strongly."""


class _Heap(NamedTuple):
    """Points pushed against each other, which move as one: how many, what pulls them, and their best place.

    `moment` is the sum of places × strengths; single pulls are kept only where the median is wanted.
    """

    size: int
    moment: int
    strength: int
    pulls: tuple[Pull, ...]
    at: int


class _Column(NamedTuple):
    """The rows of a column, the offsets in each, and for each point the number of its row and its place there."""

    rows: Sequence[Sequence[int]]
    offsets: list[list[int]]
    seat: dict[int, tuple[int, int]]


def place_points(drawn: Sketch, rows: Sequence[Sequence[int]]) -> dict[int, int]:
    """Give the middle of every point of the rows of one column, in pixels from the column's left side.

    Cost: 32 sweeps of the pieces within the column; with more than 3,000 points, 2.
    """
    seat = {point: (number, place) for number, row in enumerate(rows) for place, point in enumerate(row)}
    column = _Column(rows, [_offsets(drawn, row) for row in rows], seat)
    within = [piece for piece in drawn.pieces if piece.upper in seat and piece.lower in seat]
    spine = [piece for piece in within if drawn.strands[piece.strand].kind is ArrowKind.PATHWAY]
    beside: Beside = {point: [] for point in seat}
    for piece in within:
        pull = _pull(drawn, piece)
        beside[piece.upper].append((piece.lower, pull))
        beside[piece.lower].append((piece.upper, pull))
    at = {point: column.offsets[number][place] for point, (number, place) in seat.items()}
    centring, straightening = (_FEW, 0) if len(seat) > _MANY else (_CENTRING, _STRAIGHTENING)
    for sweep in range(centring + straightening):
        order = range(len(rows)) if sweep % 2 == 0 else reversed(range(len(rows)))
        for number in order:
            _settle(rows[number], column.offsets[number], at, beside, straight=sweep >= centring)
    for run in _RUN_ROUNDS * (_runs(within) + _runs(spine)):
        _align(run, column, at, beside)
    left = min(at[point] - drawn.sizes[point].width * FINE // 2 for point in seat)
    return {point: (at[point] - left) // FINE for point in seat}


def _pull(drawn: Sketch, piece: Piece) -> int:
    passages = (piece.upper >= drawn.box_count) + (piece.lower >= drawn.box_count)
    chosen = drawn.strands[piece.strand].kind is ArrowKind.PATHWAY
    return (1, 2, 8)[passages] * (_PATHWAY_PULL if chosen else 1)


def _offsets(drawn: Sketch, row: Sequence[int]) -> list[int]:
    """Give the place of each point of a row packed as tightly as may be."""
    offsets = [0]
    for left, right in pairwise(row):
        boxes = (left < drawn.box_count) + (right < drawn.box_count)
        gap = _BOX_GAP if boxes == 2 else _LINE_GAP
        wide = drawn.sizes[left].width + drawn.sizes[right].width
        offsets.append(offsets[-1] + gap * FINE + wide * FINE // 2)
    return offsets


def _settle(row: Sequence[int], offsets: list[int], at: dict[int, int], beside: Beside, straight: bool) -> None:
    """Put a row where the pulls on it are best met without points overlapping or changing order."""
    heaps: list[_Heap] = []
    for point, offset in zip(row, offsets, strict=True):
        now = at[point] - offset
        pulls = tuple((at[other] - offset, pull) for other, pull in beside[point]) or ((now, 1),)
        moment, strength = sum(place * pull for place, pull in pulls), sum(pull for _, pull in pulls)
        best = _median(pulls, now) if straight else moment // strength
        heap = _Heap(1, moment, strength, pulls if straight else (), best)
        while heaps and heaps[-1].at > heap.at:
            heap = _joined(heaps.pop(), heap, straight)
        heaps.append(heap)
    moved = iter(zip(row, offsets, strict=True))
    for heap in heaps:
        for _ in range(heap.size):
            point, offset = next(moved)
            at[point] = heap.at + offset


def _joined(left: _Heap, right: _Heap, straight: bool) -> _Heap:
    pulls = left.pulls + right.pulls
    moment, strength = left.moment + right.moment, left.strength + right.strength
    best = _median(pulls, left.at) if straight else moment // strength
    return _Heap(left.size + right.size, moment, strength, pulls, best)


def _runs(pieces: list[Piece]) -> list[list[int]]:
    """List the longest stretches without a fork, downwards; they can be drawn as straight lines."""
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for piece in pieces:
        below.setdefault(piece.upper, []).append(piece.lower)
        above.setdefault(piece.lower, []).append(piece.upper)
    after = {point: ends[0] for point, ends in below.items() if len(ends) == 1 and len(above[ends[0]]) == 1}
    runs = []
    for start in sorted(set(after) - set(after.values())):
        run = [start]
        while run[-1] in after:
            run.append(after[run[-1]])
        runs.append(run)
    return sorted(runs, key=lambda run: (-len(run), run))


def _room(point: int, column: _Column, at: dict[int, int]) -> tuple[int, int]:
    """Say how far left and right a point can be moved before it meets a neighbour."""
    number, place = column.seat[point]
    row, offsets = column.rows[number], column.offsets[number]
    left = at[row[place - 1]] + offsets[place] - offsets[place - 1] if place else -_FAR
    last = place + 1 == len(row)
    return left, _FAR if last else at[row[place + 1]] - offsets[place + 1] + offsets[place]


def _align(run: list[int], column: _Column, at: dict[int, int], beside: Beside) -> None:
    """Put a run upright, with as few bends as the neighbours leave room for."""
    rooms = [_room(point, column, at) for point in run]
    start = 0
    while start < len(run):
        low, high = rooms[start]
        end = start + 1
        while end < len(run) and max(low, rooms[end][0]) <= min(high, rooms[end][1]):
            low, high = max(low, rooms[end][0]), min(high, rooms[end][1])
            end += 1
        part = run[start:end]
        inside = set(part)
        pulls = tuple((at[other], pull) for point in part for other, pull in beside[point] if other not in inside)
        now = sorted(at[point] for point in part)[len(part) // 2]
        best = min(max(_median(pulls, now), low), high)
        for point in part:
            at[point] = best
        start = end


def _median(pulls: tuple[Pull, ...], now: int) -> int:
    """Give the weighted median; where a whole stretch is as good, the place in it nearest to `now`."""
    ranked = sorted(pulls)
    total, before = sum(pull for _, pull in ranked), 0
    for number, (place, pull) in enumerate(ranked):
        before += pull
        if 2 * before == total:
            return min(max(now, place), ranked[number + 1][0])
        if 2 * before > total:
            return place
    return now
