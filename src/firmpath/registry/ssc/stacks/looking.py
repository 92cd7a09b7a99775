"""What the SSC sees: logged first, then shown."""

from datetime import datetime
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.looks.reading import searched_text
from firmpath.registry.ssc.stacks import queries
from firmpath.registry.ssc.stacks.keeping import follow
from firmpath.registry.ssc.stacks.listing import Count, Row, Sought, count_stacks, find_rows, rows_of
from firmpath.registry.ssc.stacks.queries import PastStack, Stacks, Waiting
from firmpath.registry.submissions.on_record import find_on_record


class Listed(NamedTuple):
    """The list: all rows there are, those that are asked for, and the numbers of values."""

    catalogue: Catalogue
    every_row: list[Row]
    rows: list[Row]
    stacks: Stacks


class About(NamedTuple):
    """An entry: its row, and what was said about its stack, the newest first."""

    catalogue: Catalogue
    row: Row
    history: list[PastStack]


def see_list(sought: Sought, what: str, asked: str, by: Who, at: datetime) -> Listed:
    """Give the list that is asked for.

    Cost: linear in the entries and in what was said about them.
    """
    follow(at)
    catalogue, stacks = current().register.catalogue(britains_day(at)), queries.known_stacks()
    searched = searched_text(int(sought.text), by.person_id) if _is_number(sought.text) else ""
    every_row = rows_of(catalogue, stacks)
    rows = find_rows(every_row, sought, stacks, searched)
    log_look(by, what, at, len(rows), asked, searched)
    return Listed(catalogue, every_row, rows, stacks)


def see_entry(cpl_entry_id: CPLEntryID, by: Who, at: datetime) -> About | None:
    """Give all that was said about an entry; None where the CPL has no such entry."""
    follow(at)
    found = find_on_record(current().register, cpl_entry_id, britains_day(at))
    if isinstance(found, NotKnown):
        return None
    history = queries.history_of(cpl_entry_id)
    log_look(by, f"CPL entry {cpl_entry_id}", at, len(history))
    stack = queries.known_stacks().by_entry.get(cpl_entry_id, queries.KnownStack())
    return About(found.catalogue, Row(found.entry, stack), history)


def see_counts(what: str, by: Who, at: datetime) -> list[Count]:
    """Count the entries of each vendor and version."""
    follow(at)
    stacks = queries.known_stacks()
    counts = count_stacks(rows_of(current().register.catalogue(britains_day(at)), stacks), stacks)
    log_look(by, what, at, len(counts))
    return counts


def see_waiting(what: str, by: Who, at: datetime) -> list[Waiting]:
    """Give what came with submissions that are not published yet."""
    follow(at)
    found = queries.waiting()
    log_look(by, what, at, len(found))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
