"""A picture of who goes where: a band from each entry to the next, as thick as it has Devices."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name

MOST_FLOWS: Final = 24
"""Where there are many flows so many are drawn, the largest."""

_FEW_FLOWS: Final = 30
"""So many are drawn all: to leave a few of them out would make no room."""

_HEIGHT: Final = 420.0
_GAP: Final = 14.0
_LEAST: Final = 3.0
_CHARACTER_EM: Final = 0.6
"""What a character of a name is wide at most, on average."""

Flow = tuple[int, int, int]
"""From an entry, to the next, and how many Devices."""


def largest_flows(flows: Sequence[Flow]) -> list[Flow]:
    """Give the flows that are drawn, the largest first."""
    ordered = sorted(flows, key=lambda flow: (-flow[2], flow))
    return ordered if len(ordered) <= _FEW_FLOWS else ordered[:MOST_FLOWS]


def draw_flows(catalogue: Catalogue, flows: Sequence[Flow]) -> str:
    """Draw flows for a page that has the same as a table: names, bands, and names again, side by side.

    The bands alone are stretched to what room there is, so that on a phone too nothing has to be pushed sideways.
    """
    drawn = _arranged(largest_flows(flows))
    scale = _HEIGHT / sum(flow[2] for flow in drawn)
    lefts, left_end = _placed([flow[0] for flow in drawn], _thickness(drawn, 0, scale))
    rights, right_end = _placed(_right_order(drawn), _thickness(drawn, 1, scale))
    height = max(left_end, right_end)
    used_left, used_right = dict(lefts), dict(rights)
    bands = []
    for from_id, to_id, devices in drawn:
        thick = max(_LEAST, devices * scale)
        ends = used_left[from_id], used_right[to_id]
        used_left[from_id] += thick
        used_right[to_id] += thick
        bands.append(_band(catalogue, (from_id, to_id, devices), ends, thick))
    return (
        '<div class="flows" role="img" '
        'aria-label="Devices by the step that they take next; the table below has the same">'
        f"{_labels(catalogue, lefts, _thickness(drawn, 0, scale), height, 'end')}"
        f'<svg viewBox="0 0 100 {height:.0f}" height="{height:.0f}" preserveAspectRatio="none">'
        f"{''.join(bands)}</svg>"
        f"{_labels(catalogue, rights, _thickness(drawn, 1, scale), height, 'start')}</div>"
    )


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


def _band(catalogue: Catalogue, flow: Flow, tops: tuple[float, float], thick: float) -> str:
    """Draw a band by its two edges: as a line it would be thicker where it is steep."""
    (left, right), (from_id, to_id, devices) = tops, flow
    there = f"M0 {left:.1f}C50 {left:.1f} 50 {right:.1f} 100 {right:.1f}"
    left, right = left + thick, right + thick
    back = f"L100 {right:.1f}C50 {right:.1f} 50 {left:.1f} 0 {left:.1f}Z"
    told = f"{_name(catalogue, from_id)} to {_name(catalogue, to_id)}: {devices:,} Devices"
    return f'<path d="{there}{back}" class="flow"><title>{escape(told)}</title></path>'


def _labels(
    catalogue: Catalogue, placed: Mapping[int, float], thickness: Mapping[int, float], height: float, anchor: str
) -> str:
    names = {each: _name(catalogue, each) for each in placed}
    x = "100%" if anchor == "end" else "0"
    texts = (
        f'<text x="{x}" y="{placed[each] + thickness[each] / 2 + 4:.1f}" text-anchor="{anchor}">'
        f"{escape(name)}</text>"
        for each, name in names.items()
    )
    wide = _CHARACTER_EM * max(map(len, names.values()))
    return f'<svg height="{height:.0f}" style="width:{wide:.1f}em">{"".join(texts)}</svg>'


def _name(catalogue: Catalogue, number: int) -> str:
    return short_name(catalogue, CPLEntryID(number)) if number else "several candidates"
