"""Which layer each box belongs to: cycles are cut, then every arrow leads further down."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

_ROUNDS = 8


class Link(NamedTuple):
    """A line between two boxes of one component, by place; it spans at least `length` layers."""

    upper: int
    lower: int
    length: int = 1


def find_turned(count: int, arrows: Sequence[tuple[int, int]]) -> list[bool]:
    """Say for each arrow whether it must be drawn backwards so that no cycle is left.

    The earlier an arrow stands in the sequence, the surer it keeps its direction. Cost: linear where there are
    no cycles, else arrows × arrows within each cluster of cycles.
    """
    cluster = _clusters(count, arrows)
    kept: list[list[int]] = [[] for _ in range(count)]
    turned = []
    for start, end in arrows:
        back = start != end and cluster[start] == cluster[end] and _reaches(kept, end, start)
        turned.append(back)
        if start != end and cluster[start] == cluster[end]:
            kept[end if back else start].append(start if back else end)
    return turned


def assign_layers(count: int, links: Sequence[Link], most_in_layer: int) -> list[int]:
    """Give every box a layer from 0 on, with every link leading down and at most `most_in_layer` boxes in one.

    The boxes with the longest way still before them go first; afterwards boxes move where that shortens arrows.

    Cost: (boxes + links) × 8 at most.
    """
    into: list[list[Link]] = [[] for _ in range(count)]
    out: list[list[Link]] = [[] for _ in range(count)]
    for link in links:
        into[link.lower].append(link)
        out[link.upper].append(link)
    order = _sources_first(count, into, out)
    layers = _earliest(order, into, out, most_in_layer)
    _shorten(order, _Limits(into, out, most_in_layer), layers)
    first = min(layers, default=0)
    return [layer - first for layer in layers]


def _sources_first(count: int, into: list[list[Link]], out: list[list[Link]]) -> list[int]:
    waiting = [len(links) for links in into]
    ready = deque(place for place in range(count) if not waiting[place])
    order = []
    while ready:
        place = ready.popleft()
        order.append(place)
        for link in out[place]:
            waiting[link.lower] -= 1
            if not waiting[link.lower]:
                ready.append(link.lower)
    return order


def _earliest(order: list[int], into: list[list[Link]], out: list[list[Link]], most: int) -> list[int]:
    ahead = [0] * len(order)
    for place in reversed(order):
        ahead[place] = max((ahead[link.lower] + link.length for link in out[place]), default=0)
    layers = [-1] * len(order)
    waiting = [len(links) for links in into]
    open_from: dict[int, list[int]] = {0: [place for place in order if not waiting[place]]}
    layer = 0
    while open_from:
        ready = sorted(open_from.pop(layer, []), key=lambda place: (-ahead[place], place))
        if ready[most:]:
            open_from.setdefault(layer + 1, []).extend(ready[most:])
        for place in ready[:most]:
            layers[place] = layer
            for link in out[place]:
                waiting[link.lower] -= 1
                if not waiting[link.lower]:
                    first = max(layers[other.upper] + other.length for other in into[link.lower])
                    open_from.setdefault(first, []).append(link.lower)
        layer += 1
    return layers


class _Limits(NamedTuple):
    into: list[list[Link]]
    out: list[list[Link]]
    most: int


def _shorten(order: list[int], limits: _Limits, layers: list[int]) -> None:
    """Let boxes sink towards what they lead to, then rise towards what leads to them, if nothing grows."""
    filled = [0] * (max(layers, default=0) + 1)
    for layer in layers:
        filled[layer] += 1
    for _ in range(_ROUNDS):
        before = layers[:]
        for place in reversed(order):
            if limits.out[place] and len(limits.out[place]) >= len(limits.into[place]):
                lowest = min(layers[link.lower] - link.length for link in limits.out[place])
                _move(place, range(lowest, layers[place], -1), layers, filled, limits.most)
        for place in order:
            if limits.into[place] and len(limits.into[place]) >= len(limits.out[place]):
                highest = max(layers[link.upper] + link.length for link in limits.into[place])
                _move(place, range(highest, layers[place]), layers, filled, limits.most)
        if layers == before:
            return


def _move(place: int, wanted: range, layers: list[int], filled: list[int], most: int) -> None:
    """Move a box to the first of the layers wanted that has room."""
    for layer in wanted:
        if filled[layer] < most:
            filled[layers[place]] -= 1
            filled[layer] += 1
            layers[place] = layer
            return


def _reaches(out: list[list[int]], start: int, end: int) -> bool:
    seen, todo = {start}, [start]
    while todo:
        place = todo.pop()
        if place == end:
            return True
        fresh = [other for other in out[place] if other not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return False


def _clusters(count: int, arrows: Sequence[tuple[int, int]]) -> list[int]:
    """Number the boxes so that two have one number exactly where each can be reached from the other."""
    out: list[list[int]] = [[] for _ in range(count)]
    into: list[list[int]] = [[] for _ in range(count)]
    for start, end in arrows:
        out[start].append(end)
        into[end].append(start)
    cluster = [-1] * count
    for number, place in enumerate(reversed(_finished(count, out))):
        todo = [place] if cluster[place] < 0 else []
        while todo:
            here = todo.pop()
            if cluster[here] < 0:
                cluster[here] = number
                todo.extend(into[here])
    return cluster


def _finished(count: int, out: list[list[int]]) -> list[int]:
    """List the boxes in the order in which a search in depth is done with them."""
    order: list[int] = []
    seen = [False] * count
    for start in range(count):
        todo = [(start, False)]
        while todo:
            place, done = todo.pop()
            if done:
                order.append(place)
            elif not seen[place]:
                seen[place] = True
                todo.append((place, True))
                todo.extend((other, False) for other in reversed(out[place]) if not seen[other])
    return order
