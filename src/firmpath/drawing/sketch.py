"""A component before it has coordinates: boxes and the places where long arrows pass the layers between.

A *point* is either. Arrows that end at one box share one line where they can, as a declaration that names many
base firmwares is one declaration; arrows from one box to boxes that nothing else leads to share one as well.
No line is shared at both ends, so it can always be told which box leads to which.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

from firmpath.drawing.layering import Link, assign_layers, find_turned
from firmpath.drawing.picture import Arrow, ArrowKind

LABEL_SIZE: Final = 12
"""Font size of the label of an arrow, in pixels."""

MARK_SIZE: Final = 16
"""Width and height, in pixels, of the mark that a barred or a missing arrow carries."""

_PRECEDENCE = (ArrowKind.PATHWAY, ArrowKind.DECLARED, ArrowKind.BARRED, ArrowKind.MISSING)
_MARKED = (ArrowKind.BARRED, ArrowKind.MISSING)
_LABEL_HEIGHT, _PASSAGE = 18, 2


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


class Shape(Enum):
    """How a strand holds several arrows: many to one box, one box to many, or a single arrow."""

    GATHERED = "gathered"
    FANNED = "fanned"
    SINGLE = "single"


class Strand(NamedTuple):
    """Arrows drawn as one line. `tracks` holds for each arrow the points it runs through, downwards.

    `turned` strands lead upwards: their arrowhead is at the start of the track.
    """

    kind: ArrowKind
    label: str
    shape: Shape
    turned: bool
    arrows: tuple[Arrow, ...]
    tracks: tuple[tuple[int, ...], ...]
    label_point: int = -1


class Piece(NamedTuple):
    """The part of a strand between two neighbouring layers."""

    upper: int
    lower: int
    strand: int


class Sketch(NamedTuple):
    """Points by place: the boxes first, in the order of the picture, then the passages of long arrows."""

    box_count: int
    layers: tuple[int, ...]
    sizes: tuple[Size, ...]
    strands: tuple[Strand, ...]
    pieces: tuple[Piece, ...]


def sketch(keys: Sequence[int], sizes: Sequence[Size], arrows: Iterable[Arrow], labels: dict[str, Size]) -> Sketch:
    """Cut cycles, choose layers, and lead long arrows through the layers between.

    `sizes` are those of the boxes, `labels` those of the labels. Arrows from a box to itself are left to the
    caller. Cost: about arrows × layers.
    """
    place = {key: number for number, key in enumerate(keys)}
    ranked = sorted(arrows, key=lambda arrow: _PRECEDENCE.index(arrow.kind))
    turned = find_turned(len(keys), [(place[a.from_key], place[a.to_key]) for a in ranked])
    ends = [
        (place[a.to_key], place[a.from_key]) if back else (place[a.from_key], place[a.to_key])
        for a, back in zip(ranked, turned, strict=True)
    ]
    links = [Link(*end, 2 if a.label or a.kind in _MARKED else 1) for a, end in zip(ranked, ends, strict=True)]
    layers = assign_layers(len(keys), links, _most_in_layer(len(keys)))
    drafts = _drafts(ranked, turned, ends)
    return _lead_through(drafts, layers, list(sizes), labels)


class _Draft(NamedTuple):
    shape: Shape
    turned: bool
    arrows: list[Arrow]
    ends: list[tuple[int, int]]


def _most_in_layer(count: int) -> int:
    return max(7, int(count**0.5))


def _drafts(arrows: list[Arrow], turned: list[bool], ends: list[tuple[int, int]]) -> list[_Draft]:
    """Sort arrows into strands; only plain declared ones share a strand."""
    plain = [
        a.kind is ArrowKind.DECLARED and not a.label and not back for a, back in zip(arrows, turned, strict=True)
    ]
    into: dict[int, int] = {}
    for (_, lower), shares in zip(ends, plain, strict=True):
        into[lower] = into.get(lower, 0) + shares
    drafts: dict[tuple[Shape, int], _Draft] = {}
    for number, (arrow, back, end) in enumerate(zip(arrows, turned, ends, strict=True)):
        if not plain[number]:
            drafts[Shape.SINGLE, number] = _Draft(Shape.SINGLE, back, [arrow], [end])
            continue
        shape, at = (Shape.GATHERED, end[1]) if into[end[1]] > 1 else (Shape.FANNED, end[0])
        draft = drafts.setdefault((shape, at), _Draft(shape, False, [], []))
        draft.arrows.append(arrow)
        draft.ends.append(end)
    return list(drafts.values())


def _lead_through(drafts: list[_Draft], layers: list[int], sizes: list[Size], labels: dict[str, Size]) -> Sketch:
    box_count = len(layers)
    strands: list[Strand] = []
    pieces: dict[Piece, None] = {}
    for draft in drafts:
        first = draft.arrows[0]
        passages: dict[int, int] = {}
        marked = first.kind in _MARKED
        for upper, lower in draft.ends:
            for layer in range(layers[upper] + 1, layers[lower]):
                if layer not in passages:
                    passages[layer] = len(layers)
                    layers.append(layer)
                    sizes.append(Size(_PASSAGE, 0))
        tracks = tuple(
            (upper, *(passages[layer] for layer in range(layers[upper] + 1, layers[lower])), lower)
            for upper, lower in draft.ends
        )
        middle = tracks[0][len(tracks[0]) // 2] if len(tracks[0]) > 2 and (first.label or marked) else -1
        if middle >= 0:
            sizes[middle] = labels[first.label] if first.label else Size(MARK_SIZE, MARK_SIZE)
        for track in tracks:
            for upper, lower in pairwise(track):
                pieces.setdefault(Piece(upper, lower, len(strands)))
        strands.append(
            Strand(first.kind, first.label, draft.shape, draft.turned, tuple(draft.arrows), tracks, middle)
        )
    return Sketch(box_count, tuple(layers), tuple(sizes), tuple(strands), tuple(pieces))
