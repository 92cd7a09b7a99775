"""Exposure with ways out for many vulnerabilities, against reading the register that it is worked out from."""

import os
import random
from collections.abc import Iterator, Sequence
from typing import Any, Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, ratio, spread, take_turns, timed
from benchmarks.settings import Settings
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_reader import read_register

NAME = "exposure"
LIMIT = 1.3
LIMIT_MS: Final = 2000.0
_VULNERABILITIES: Final = 66
_STACKS: Final = 400
_SEED: Final = 6


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure all that a page of the SSC works out: anew after the register has grown, and once more after that."""
    start(settings)
    lines = settings.material.lines(settings.entries)
    catalogue = fold(read_register(lines), ON)
    vulnerabilities, given, names = invented(catalogue)
    laid = ground_of(catalogue, given, names)

    def plain() -> object:
        statements = read_register(lines)
        return statements, fold(statements, ON)

    def anew() -> object:
        return _all_of(ground_of(catalogue, given, names), vulnerabilities)

    def again() -> object:
        return _all_of(laid, vulnerabilities)

    rounds = take_turns((timed(plain), timed(anew), timed(again)), settings.rounds(5), settings.progress)
    what = f"exposure and ways out of {len(vulnerabilities)} vulnerabilities over {len(catalogue):,} entries"
    against = "reading and folding the register"
    value, took = ratio(rounds, 1, 0)
    yield Figure(NAME, what, against, value, took, LIMIT)
    by_clock = spread([each[1].clock * 1000 for each in rounds])
    yield Figure(NAME, what, "the clock", by_clock, (took[0], LIMIT_MS / 1000), LIMIT_MS, "ms")
    yield Figure(NAME, f"{what}, nothing having changed", against, *ratio(rounds, 2, 0))


def start(settings: Settings) -> None:
    """Start Django, without which the SSC's part cannot be imported; nothing is read from a database."""
    from firmpath.cli.commands.serve import start_django

    os.environ.setdefault("FIRMPATH_DATA_DIR", str(settings.material.folder / "ssc"))
    start_django()


def ground_of(catalogue: Catalogue, given: Any, names: Any) -> Any:
    """Lay the ground of a Catalogue anew, with nothing worked out beforehand."""
    from firmpath.registry.ssc.exposure.ground import lay_ground

    own = Catalogue(catalogue.as_at, catalogue.entries, catalogue.notices, catalogue.ahead)
    return lay_ground(own, given, names)


def _all_of(ground: Any, vulnerabilities: Sequence[Any]) -> object:
    from firmpath.registry.ssc.exposure.exposed import count_all, expose
    from firmpath.registry.ssc.exposure.ground import weigh_ground
    from firmpath.registry.ssc.ways_out.finding import count_ways_out

    exposures = [expose(ground, each, {}) for each in vulnerabilities]
    nobody = weigh_ground(ground, {})
    return [count_all(each, nobody) for each in exposures], count_ways_out(ground, exposures)


def invented(catalogue: Catalogue) -> tuple[list[Any], dict[Any, Any], Any]:
    """Invent a stack for each entry, newer ones for those listed later, and vulnerabilities with ranges of them."""
    from firmpath.registry.ssc.stacks.queries import KnownStack
    from firmpath.registry.ssc.versions.comparing import RULES
    from firmpath.registry.ssc.versions.names import Maker, Stack, names_of
    from firmpath.registry.ssc.versions.ranges import VersionRange
    from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability

    chance = random.Random(_SEED)
    versions = [f"{at // 50}.{at // 5 % 10}.{at % 5}" for at in range(_STACKS)]
    in_order = sorted(catalogue.entries.values(), key=lambda entry: (entry.listed_on, entry.cpl_entry_id))
    given = {}
    for at, entry in enumerate(in_order):
        place = at * _STACKS // len(in_order) + chance.randint(-40, 40)
        version = versions[max(0, min(place, _STACKS - 1))]
        if chance.random() > 0.05:  # of some nobody has said
            given[entry.cpl_entry_id] = KnownStack(NOT_KNOWN, f"OrrinZNet {version}")
    vulnerabilities = []
    for number in range(_VULNERABILITIES):
        first = chance.randrange(_STACKS)
        last = min(_STACKS - 1, first + chance.randrange(_STACKS // 2))
        bounds = VersionRange("" if chance.random() < 0.5 else versions[first], versions[last], "")
        vulnerabilities.append(Vulnerability(f"A-{number}", ranges=(AffectedRange("", "OrrinZNet", "", bounds),)))
    stacks = {2: Stack(2, "OrrinZNet", 1, RULES["dotted numbers"])}
    return vulnerabilities, given, names_of({1: Maker(1, "Orrin Silicon")}, stacks)
