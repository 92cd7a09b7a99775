"""Walks for many questions at once: a whole number has a bit for each question in which something holds.

Questions about one family differ in their targets alone, and whoever asks many asks much the same of many entries.
So one walk carries all of them, and takes little longer than a walk for one.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.walking import Successors

Questions = int
"""Some of the questions that are asked together: bit 0 for the first of them."""

Marked = Mapping[CPLEntryID, Questions]
"""Every entry of a family, with the questions in which it has something about it: perhaps 0, which is none."""


class Reached(NamedTuple):
    """From which entries a target can be come to, in which questions; `layers[n]` has those n activations away.

    A layer leaves out the entries of no question.
    """

    entries: Marked
    layers: tuple[Marked, ...]


def walk_back(sources: Successors, targets: Marked) -> Reached:
    """Walk from the targets of all questions to where they can be come to from.

    Cost: linear in the entries and upgrades, once for each number of activations that an entry is away from
    targets of different questions.
    """
    reached = dict(targets)
    layer = {each: questions for each, questions in targets.items() if questions}
    layers = []
    while layer:
        layers.append(layer)
        further: dict[CPLEntryID, Questions] = {}
        for to_id, questions in layer.items():
            for from_id in sources[to_id]:
                new = questions & ~reached[from_id]
                if new:
                    further[from_id] = further.get(from_id, 0) | new
        for from_id, new in further.items():
            reached[from_id] |= new
        layer = further
    return Reached(reached, tuple(layers))


def any_of(questions: Iterable[Questions]) -> Questions:
    """Give the questions that are among any of these."""
    return reduce(or_, questions, 0)


def each_of(questions: Questions) -> Iterable[int]:
    """Give the number of each of these questions, the first one being 0."""
    while questions:
        lowest = questions & -questions
        yield lowest.bit_length() - 1
        questions ^= lowest
