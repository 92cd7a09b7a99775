"""The lines of one component: they bend in the gaps between layers and in the lanes around columns only.

Boxes are never there, so no line runs through a box.
"""

from typing import NamedTuple

from firmpath.drawing.arrangement import HEAD_ROOM, Arrangement
from firmpath.drawing.columns import lane_of
from firmpath.drawing.picture import ArrowKind
from firmpath.drawing.sketch import Shape, Sketch, Strand
from firmpath.drawing.tracks import Head, Path, Route, around, bend, middle_of

_LINE_STOPS, _FOOT_ROOM, _PORT, _CORNER_ROOM = 8, 4, 18, 18


class _Ports(NamedTuple):
    """Where a strand meets a box, by the box and the strand: below the upper box, above the lower."""

    below: dict[tuple[int, int], int]
    above: dict[tuple[int, int], int]


def find_routes(drawn: Sketch, arranged: Arrangement) -> tuple[Route, ...]:
    """Draw every strand of a component.

    Cost: pieces, in total.
    """
    ports = _find_ports(drawn, arranged)
    return tuple(_route(drawn, arranged, ports, number) for number in range(len(drawn.strands)))


def _find_ports(drawn: Sketch, arranged: Arrangement) -> _Ports:
    """Put plain lines, and one by itself, at the middle of a box, and those that must be told apart beside them."""
    ports = _Ports({}, {})
    for side, ends in ((ports.below, (0, 1)), (ports.above, (-1, -2))):
        beside: dict[int, list[tuple[int, int]]] = {}
        crowd: dict[int, set[int]] = {}
        for number, strand in enumerate(drawn.strands):
            for track in strand.tracks:
                box, near = (track[end] for end in ends)
                side[box, number] = arranged.spots[box].x
                crowd.setdefault(box, set()).add(number)
                if strand.turned or strand.kind in (ArrowKind.BARRED, ArrowKind.MISSING):
                    beside.setdefault(box, []).append((arranged.spots[near].x - side[box, number], number))
        for box, lines in beside.items():
            if len(crowd[box]) == 1:
                continue
            step = min(_PORT, (drawn.sizes[box].width // 2 - _CORNER_ROOM) // len(lines))
            lefts = sorted((line for line in lines if line[0] < 0), reverse=True)
            rights = sorted(line for line in lines if line[0] >= 0)
            for way, group in ((-step, lefts), (step, rights)):
                for place, (_, number) in enumerate(group, 1):
                    side[box, number] += way * place
    return ports


def _route(drawn: Sketch, arranged: Arrangement, ports: _Ports, number: int) -> Route:
    strand = drawn.strands[number]
    paths: list[Path] = []
    heads: dict[Head, None] = {}
    seen: set[int] = set()
    for track in strand.tracks:
        paths.append(_trace(drawn, arranged, ports, number, track, _unseen(strand.shape, track, seen)))
        seen.update(track[1:-1])
        first, last = track[0], track[-1]
        if strand.turned:
            heads.setdefault(Head(ports.below[first, number], arranged.spots[first].bottom, 0, -1))
        else:
            heads.setdefault(Head(ports.above[last, number], arranged.spots[last].top, 0, 1))
    mark = _mark(strand, arranged, paths[0])
    frozen = tuple(tuple(path) for path in paths)
    return Route(strand.kind, strand.label, strand.arrows, frozen, tuple(heads), mark, strand.turned)


def _mark(strand: Strand, arranged: Arrangement, path: Path) -> tuple[int, int]:
    if strand.label_point < 0:
        return middle_of(path)
    spot = arranged.spots[strand.label_point]
    return spot.x, (spot.top + spot.bottom) // 2


def _unseen(shape: Shape, track: tuple[int, ...], seen: set[int]) -> tuple[int, int]:
    """Find the part of a track that no earlier track of its strand has drawn."""
    met = [at for at in range(1, len(track) - 1) if track[at] in seen]
    if shape is Shape.GATHERED:
        return 0, min(met, default=len(track) - 1)
    return max(met, default=0), len(track) - 1


def _trace(
    drawn: Sketch,
    arranged: Arrangement,
    ports: _Ports,
    number: int,
    track: tuple[int, ...],
    part: tuple[int, int],
) -> Path:
    """Draw a track between two of its places: upright through the layers, bending in the gaps."""
    turned = drawn.strands[number].turned
    xs = [arranged.spots[point].x for point in track]
    xs[0], xs[-1] = ports.below[track[0], number], ports.above[track[-1], number]
    start, end = part
    spot = arranged.spots[track[start]]
    from_box = spot.bottom + (_LINE_STOPS if turned else 0)
    path: Path = [(xs[start], from_box if start == 0 else spot.layer_bottom + _FOOT_ROOM)]
    for at in range(start, end):
        upper, lower = arranged.spots[track[at]], arranged.spots[track[at + 1]]
        leave = upper.layer_bottom + (HEAD_ROOM if turned and at == 0 else _FOOT_ROOM)
        arrive = lower.layer_top - HEAD_ROOM
        path.append((xs[at], leave))
        if upper.column == lower.column:
            path += bend(xs[at], leave, xs[at + 1], arrive)
        else:
            path += around(
                xs[at], xs[at + 1], arrive, *arranged.crossings[lane_of(drawn, number, *track[at : at + 2])]
            )
    if end == len(track) - 1:
        path.append((xs[-1], arranged.spots[track[-1]].top - (0 if turned else _LINE_STOPS)))
    return path
