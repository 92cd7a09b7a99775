"""What the SSC sees of the makers and stacks that it knows: logged first, then shown."""

from datetime import datetime
from typing import NamedTuple

from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.stacks.keeping import follow
from firmpath.registry.ssc.stacks.queries import known_stacks
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.versions.names import Names
from firmpath.registry.ssc.versions.worklist import Spelling, Unreadable, unmatched, unreadable
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities


class SeenNames(NamedTuple):
    """The list, and the worklist: what matches nothing in it, and what cannot be compared by its rules."""

    names: Names
    spellings: list[Spelling]
    unreadable: list[Unreadable]


def see_names(what: str, by: Who, at: datetime) -> SeenNames:
    """Give the list and the worklist; vulnerabilities that were withdrawn make no work.

    Cost: linear in the entries of which something was given, and in the ranges.
    """
    follow(at)
    known, given = known_names(), list(known_stacks().by_entry.values())
    kept = (each.vulnerability for each in known_vulnerabilities().values())
    listed = [each for each in kept if not each.is_withdrawn]
    log_look(by, what, at, len(known.makers) + len(known.stacks))
    return SeenNames(known, unmatched(known, given, listed), unreadable(known, given, listed))
