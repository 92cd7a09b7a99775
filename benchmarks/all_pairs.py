"""From every entry of a large HardwareModel to every other, against a plain search from each."""

from collections.abc import Iterator

from benchmarks.material import dense_family
from benchmarks.measuring import Figure, ratio, take_turns, timed, without_collection
from benchmarks.plain_search import search_from_every_entry
from benchmarks.settings import Settings
from firmpath.pathways.all_pairs import AllPairs

NAME = "all-pairs"
LIMIT = 0.5


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure activations and next steps of all pairs; the plain search finds the activations alone."""
    successors = dense_family(settings.family_entries, settings.family_upgrades)
    upgrades = sum(map(len, successors.values()))
    tasks = (
        timed(without_collection(lambda: search_from_every_entry(successors))),
        timed(lambda: AllPairs(successors)),
    )
    rounds = take_turns(tasks, settings.rounds(5), settings.progress)
    what = f"all pairs of {len(successors):,} entries with {upgrades:,} upgrades"
    yield Figure(NAME, what, "a plain breadth-first search from every entry", *ratio(rounds, 1, 0), LIMIT)
