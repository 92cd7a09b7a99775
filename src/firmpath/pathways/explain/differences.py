"""The difference between two Catalogues, in words: what a person would want to be told first comes first."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import Difference
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.pathway import NoWay
from firmpath.pathways.pathway_changes import PathwayChange


def explain_difference(before: Catalogue, after: Catalogue, difference: Difference) -> Explanation:
    """Say what changed: entries first, then who lost or gained a way out, then pathways, one target at a time."""
    lines = [
        *_about_entries(before, after, difference),
        *_about_ways(after, difference),
        *_about_targets(after, difference.lost, "can no longer be reached from"),
        *_about_targets(after, difference.lengthened, "takes more activations from"),
        *_about_targets(after, difference.shortened, "takes fewer activations from"),
        *_about_targets(after, difference.gained, "can now be reached from"),
        *(f"{counted(number, 'more pathway')} {kind}, not listed here." for kind, number in difference.left_out),
    ]
    return Explanation(_headline(difference), tuple(lines))


def _headline(difference: Difference) -> str:
    counts = difference.pathway_counts
    parts = [
        f"{counted(counts[kind], 'pathway')} {kind}"
        for kind in ("lost", "lengthened", "shortened", "gained")
        if counts[kind]
    ]
    if parts:
        return f"{', '.join(parts)}."
    if difference.newly_stranded:
        stranded = counted(len(difference.newly_stranded), "entry", "entries")
        return f"No pathway changes, but {stranded} can no longer come to the newest firmware."
    return "No pathway changes." if any(difference) else "Nothing changes."


def _about_entries(before: Catalogue, after: Catalogue, difference: Difference) -> Iterator[str]:
    for ids, catalogue, words in (
        (difference.listed, after, "listed"),
        (difference.no_longer_listed, before, "no longer on the CPL"),
        (difference.withdrawn, after, "withdrawn"),
        (difference.reinstated, after, "reinstated"),
        (difference.changed, after, "with other facts stated"),
    ):
        if ids:
            yield f"{counted(len(ids), 'entry', 'entries')} {words}: {listing(catalogue, ids)}."


def _about_ways(after: Catalogue, difference: Difference) -> Iterator[str]:
    for ids, words in (
        (difference.lost_only_way_out, "lost its only way out"),
        (difference.gained_first_way_out, "has a way out again, or for the first time"),
        (difference.newly_stranded, "can no longer come to the newest firmware of its model"),
        (difference.rescued, "can come to the newest firmware of its model again"),
    ):
        for cpl_entry_id in ids:
            yield f"{full_name(after, cpl_entry_id)} {words}."


def _about_targets(after: Catalogue, changes: Iterable[PathwayChange], words: str) -> Iterator[str]:
    by_target = sorted(changes, key=lambda change: (change.to_id, change.from_id))
    for to_id, group in groupby(by_target, key=lambda change: change.to_id):
        same_target = list(group)
        sources = listing(after, (change.from_id for change in same_target))
        yield f"{full_name(after, to_id)} {words} {sources}{_counts(same_target)}."


def _counts(changes: list[PathwayChange]) -> str:
    """Add the activations where they are the same for all: `: 3, before 2`."""
    counts = {(change.before, change.after) for change in changes}
    if len(counts) > 1:
        return ""
    before, after = counts.pop()
    if isinstance(after, NoWay):
        return ""
    was = "" if isinstance(before, NoWay) else f", before {before}"
    return f": {counted(after, 'activation')}{was}"
