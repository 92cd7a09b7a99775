"""What else is known of the entries on a way out: which other vulnerabilities on record affect them, or may.

A fix for one vulnerability can carry another. Withdrawn ones are no others.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name
from firmpath.pathways.pathway import Steps
from firmpath.pathways.together import Marked, Questions, each_of
from firmpath.registry.ssc.ways_out.dividing import Divided

Ways = Mapping[CPLEntryID, Steps]

RANKS: Final = 3
"""How clean a target can be: unaffected; affected by no other; and known to be affected by none."""

AFFECTED_BY_ANOTHER: Final = 2
"""How far down an entry ranks that one of the others affects."""

_MOST_NAMED: Final = 4


class Others(NamedTuple):
    """The other vulnerabilities by reference, and by entry those that affect it, and of which nobody can say."""

    references: tuple[str, ...]
    affecting: dict[CPLEntryID, Questions]
    unknown: dict[CPLEntryID, Questions]

    def add(self, divided: Divided) -> Marked:
        """Take in the entries of a family, and give those that can be targets, with a bit for each rank they have.

        Bit 0 of what is divided is about the vulnerability that is asked about, the rest about the others.
        """
        for each in divided.safe:
            self.affecting[each], self.unknown[each] = divided.affected[each] >> 1, divided.unknown[each] >> 1
        return {each: self._ranks(each) if safe & 1 else 0 for each, safe in divided.safe.items()}

    def _ranks(self, each: CPLEntryID) -> Questions:
        if self.affecting[each]:
            return 0b001
        return 0b011 if self.unknown[each] else 0b111

    def rank(self, each: CPLEntryID) -> int:
        """Give 0 for an entry that none of them affects, 1 where of some nobody can say, 2 for an affected one.

        An entry of a family that nobody asked about counts as unknown.
        """
        if self.affecting.get(each):
            return AFFECTED_BY_ANOTHER
        return 1 if self.references and self.unknown.get(each, 1) else 0


class Remark(NamedTuple):
    """An entry on a way, with the references of what affects it besides, and of what nobody can say it of."""

    cpl_entry_id: CPLEntryID
    affected_by: tuple[str, ...]
    not_known_of: tuple[str, ...]


def prefer_clean(shortest: Ways, clean: Sequence[Ways]) -> Iterator[tuple[CPLEntryID, Steps]]:
    """Give each way, or one that is as short and ends cleaner; `clean` has the ways to ever cleaner targets."""
    for each, way in shortest.items():
        as_short = [other for ways in clean if len(other := ways.get(each, ())) == len(way)]
        yield each, as_short[-1] if as_short else way


def find_cleaner(shortest: Ways, clean: Sequence[Ways]) -> Iterator[tuple[CPLEntryID, Steps]]:
    """Give the longer ways that end cleaner than the shortest; of several that to the cleanest end."""
    for each, way in shortest.items():
        best = next((ways[each] for ways in reversed(clean) if each in ways), way)
        if len(best) > len(way):
            yield each, best


def remarks_on(others: Others, way: Sequence[CPLEntryID]) -> list[Remark]:
    """Say what else is known of the entries of a way after the first, which the Device runs already."""
    found = []
    for each in way[1:]:
        affected, unknown = (
            tuple(others.references[at] for at in each_of(marked.get(each, 0)))
            for marked in (others.affecting, others.unknown)
        )
        if affected or unknown:
            found.append(Remark(each, affected, unknown))
    return found


def words_of(remark: Remark, catalogue: Catalogue) -> str:
    """Put a remark in words, as in: 402 (38040500) is affected by CVE-2026-1; of CVE-2026-2 it is not known."""
    name = short_name(catalogue, remark.cpl_entry_id)
    affected = f"is affected by {_named(remark.affected_by)}" if remark.affected_by else ""
    if not remark.not_known_of:
        return f"{name} {affected}"
    unknown = _named(remark.not_known_of)
    if affected:
        return f"{name} {affected}; of {unknown} it is not known"
    return f"{name} may be affected by {unknown}: it is not known"


def _named(references: Sequence[str]) -> str:
    shown = references if len(references) <= _MOST_NAMED else references[: _MOST_NAMED - 1]
    left = len(references) - len(shown)
    last = f"{left} more" if left else shown[-1]
    first = ", ".join(shown if left else shown[:-1])
    return f"{first} and {last}" if first else last
