"""GET of a pathway from the served register, against a view of the same server that answers with nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from statistics import median, quantiles
from typing import Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, spread
from benchmarks.one_pathway import find_questions
from benchmarks.served.register import Served, prepare, serving, time_of_all, times_one_by_one
from benchmarks.settings import Settings
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register

NAME = "api-pathway"
LIMITS: Final = {"median": 5.0, "99th percentile": 6.0, "time of all": 5.0}
_ENTRIES: Final = 20_000
_REQUESTS: Final = 2_000
_CALLERS: Final = 4

Rounds = Sequence[tuple[list[float], float]]


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure one request at a time, then four at once; the two addresses take turns."""
    entries = min(_ENTRIES, settings.entries)
    folder = settings.material.folder / "served"
    token = prepare(folder, settings.material.register(entries))
    catalogue = fold(read_register(settings.material.lines(entries)), ON)
    with serving(folder, token) as served:
        ours = [
            served.request(f"/api/v1/pathways?installed={a.cpl_entry_id}&target={b.cpl_entry_id}&as_at={ON}")
            for a, b in find_questions(catalogue)
        ]
        empty = [served.request("/api/v1/empty")]
        rounds = list(_take_turns(served, settings, (ours, empty)))
    what = f"GET of a pathway among {entries:,} entries"
    against = "GET of a view that answers {}"
    for name, of in _MEASURES.items():
        pairs = [(of(mine), of(other)) for mine, other in rounds]
        took = median(mine for mine, _ in pairs), median(other for _, other in pairs)
        yield Figure(NAME, f"{what}, {name}", against, spread([a / b for a, b in pairs]), took, LIMITS[name])


_MEASURES: Final[dict[str, Callable[[tuple[list[float], float]], float]]] = {
    "median": lambda taken: median(taken[0]),
    "99th percentile": lambda taken: quantiles(taken[0], n=100)[98],
    "time of all": lambda taken: taken[1] / _REQUESTS,
}


def _take_turns(
    served: Served, settings: Settings, kinds: Sequence[Sequence[bytes]]
) -> Iterator[Sequence[tuple[list[float], float]]]:
    callers = [served.connect() for _ in range(_CALLERS)]
    requests = [list(islice(cycle(kind), _REQUESTS)) for kind in kinds]
    for kind in requests:
        time_of_all(callers, kind)
    rounds = settings.rounds(9)
    for number in range(1, rounds + 1):
        settings.progress(f"round {number} of {rounds}")
        yield [(times_one_by_one(callers[0], kind), time_of_all(callers, kind)) for kind in requests]
    for caller in callers:
        caller.close()
