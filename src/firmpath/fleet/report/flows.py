"""A picture of who goes where: a band from each entry to the next, as thick as it has Devices."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name

MOST_FLOWS: Final = 24
"""The largest flows are drawn; the rest stand in the table."""

_HEIGHT: Final = 420.0
_GAP: Final = 14.0
_LEFT, _RIGHT, _WIDTH = 210.0, 690.0, 900.0
_LEAST: Final = 3.0

Flow = tuple[int, int, int]
"""From an entry, to the next, and how many Devices."""


def largest_flows(flows: Sequence[Flow]) -> list[Flow]:
    """Give the flows that are drawn, the largest first."""
    return sorted(flows, key=lambda flow: (-flow[2], flow))[:MOST_FLOWS]


def draw_flows(catalogue: Catalogue, flows: Sequence[Flow]) -> str:
    """Draw flows as SVG, for a page that has the same as a table."""
    drawn = _arranged(largest_flows(flows))
    devices = sum(flow[2] for flow in drawn)
    scale = _HEIGHT / devices
    lefts, left_end = _placed([flow[0] for flow in drawn], _thickness(drawn, 0, scale))
    rights, right_end = _placed(_right_order(drawn), _thickness(drawn, 1, scale))
    height = max(left_end, right_end)
    parts = [
        f'<svg xmlns="http'
        f'://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:.0f}" role="img" '
        'aria-label="Devices by the step that they take next; the table below has the same">'
    ]
    used_left, used_right = dict(lefts), dict(rights)
    for from_id, to_id, count in drawn:
        thick = max(_LEAST, count * scale)
        y1, y2 = used_left[from_id] + thick / 2, used_right[to_id] + thick / 2
        used_left[from_id] += thick
        used_right[to_id] += thick
        parts.append(_band(catalogue, (from_id, to_id, count), (y1, y2), thick))
    parts += _labels(catalogue, lefts, _thickness(drawn, 0, scale), _LEFT - 12, "end")
    parts += _labels(catalogue, rights, _thickness(drawn, 1, scale), _RIGHT + 12, "start")
    return "".join((*parts, "</svg>"))


def _arranged(flows: list[Flow]) -> list[Flow]:
    """Put the flows out of one entry, and those into one, beside one another."""
    first_out: dict[int, int] = {}
    first_in: dict[int, int] = {}
    for at, (from_id, to_id, _) in enumerate(flows):
        first_out.setdefault(from_id, at)
        first_in.setdefault(to_id, at)
    return sorted(flows, key=lambda flow: (min(first_out[flow[0]], first_in[flow[1]]), first_out[flow[0]], flow))


def _right_order(flows: list[Flow]) -> list[int]:
    """Give the entries on the right in the order of the middle of the flows into each, so that few bands cross."""
    places: dict[int, list[tuple[int, int]]] = {}
    for at, (_, to_id, count) in enumerate(flows):
        places.setdefault(to_id, []).append((at, count))
    middle = {
        to_id: sum(at * count for at, count in found) / sum(count for _, count in found)
        for to_id, found in places.items()
    }
    return sorted(places, key=lambda to_id: (middle[to_id], to_id))


def _thickness(flows: Sequence[Flow], end: int, scale: float) -> dict[int, float]:
    found: dict[int, float] = {}
    for flow in flows:
        found[flow[end]] = found.get(flow[end], 0.0) + max(_LEAST, flow[2] * scale)
    return found


def _placed(ids: Sequence[int], thickness: Mapping[int, float]) -> tuple[dict[int, float], float]:
    """Give where each entry begins, from the top, and where the last one ends."""
    y, placed = _GAP, {}
    for each in dict.fromkeys(ids):
        placed[each] = y
        y += max(thickness[each], _GAP) + _GAP
    return placed, y


def _band(catalogue: Catalogue, flow: Flow, ends: tuple[float, float], thick: float) -> str:
    from_id, to_id, count = flow
    middle = (_LEFT + _RIGHT) / 2
    way = f"M{_LEFT:g} {ends[0]:.1f} C{middle:g} {ends[0]:.1f} {middle:g} {ends[1]:.1f} {_RIGHT:g} {ends[1]:.1f}"
    told = f"{_name(catalogue, from_id)} to {_name(catalogue, to_id)}: {count:,} Devices"
    return f'<path d="{way}" class="flow" stroke-width="{thick:.1f}"><title>{escape(told)}</title></path>'


def _labels(
    catalogue: Catalogue, placed: Mapping[int, float], thickness: Mapping[int, float], x: float, anchor: str
) -> list[str]:
    return [
        f'<text x="{x:g}" y="{y + thickness[each] / 2 + 4:.1f}" text-anchor="{anchor}">'
        f"{escape(_name(catalogue, each))}</text>"
        for each, y in placed.items()
    ]


def _name(catalogue: Catalogue, number: int) -> str:
    return short_name(catalogue, CPLEntryID(number)) if number else "several candidates"
