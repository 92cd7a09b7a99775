"""What is known about an invented list that its table has no column for: marks and notices."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from firmpath.invented.cpl import release_notes_url
from firmpath.invented.histories import LAST_DAY, History, histories
from firmpath.invented.numbering import number_entries
from firmpath.invented.releases import Mark, Warned
from firmpath.pathways.facts import (
    ANY_ENTRY,
    DeadEndMarked,
    Fact,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    SteppingStoneMarked,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN

Stated = tuple[date, Fact, str]
"""The day from which a fact holds, the fact, and the reason for stating it."""

_NOTICED_AFTER_DAYS: Final = 20
_EXTENDED_AFTER_DAYS: Final = 25
_CLOSED_AFTER_DAYS: Final = 70

_STONE_REASONS: Final = (
    "Tariff tables are converted here, and by no later image",
    "The bootloader changes here; the one before it refuses every later image",
    "The layout of the key store changes here; later images cannot convert the one before it",
)
_DEAD_END_REASONS: Final = (
    "Built for a field trial; no later image accepts its settings",
    "The maker has ended this variant; the Device has to be exchanged",
)
_NOTICES: Final = (
    ("Clock drift after activation", "Some Devices report the wrong time for up to a day after this upgrade"),
    ("Alerts lost", "Alerts raised during activation may not reach the Supplier"),
    ("Slow to join again", "Some Devices need several hours to join the Home Area Network again"),
)


def invented_statements(entries: int, seed: int) -> Iterator[Stated]:
    """Give what is stated about the entries of `invented_rows`, in order of the days from which it holds.

    Cost: linear; about twenty microseconds an entry.
    :raises FirmpathError: `entries` is not from 1 to 1,000,000, or the seed is below 0.
    """
    numbering = number_entries(entries, seed)
    stated: list[Stated] = []
    for history in histories(entries, seed):
        start = numbering.starts[history.number]
        ids = numbering.ids[start : start + len(history.releases)]
        for position in range(len(ids)):
            stated += _marks(history, position, ids)
            stated += _notices(history, position, ids)
    # A notice is opened, extended and closed in this order even where two of these fall on one day.
    stated.sort(key=lambda each: each[0])
    return iter(stated)


def _marks(history: History, position: int, ids: Sequence[int]) -> Iterator[Stated]:
    release = history.releases[position]
    entry, link = CPLEntryID(ids[position]), release_notes_url(history, position)
    if release.mark in (Mark.STONE, Mark.STONE_IN_ERROR):
        reason = _STONE_REASONS[position // 3 % len(_STONE_REASONS)]
        yield _day(release.listed_on), SteppingStoneMarked(entry, reason, link), "Stated by the manufacturer"
    elif release.mark is Mark.DEAD_END:
        reason = _DEAD_END_REASONS[history.number % len(_DEAD_END_REASONS)]
        yield _day(release.listed_on), DeadEndMarked(entry, reason, link), "Stated by the manufacturer"


def _notices(history: History, position: int, ids: Sequence[int]) -> Iterator[Stated]:
    release, entry = history.releases[position], CPLEntryID(ids[position])
    if release.warned is Warned.NEVER or not isinstance(release.bases, tuple):
        return
    is_newest = position == len(ids) - 1
    # What is wrong becomes known with the release that puts it right, and where there is none, soon.
    opened_on = release.listed_on + _NOTICED_AFTER_DAYS if is_newest else history.releases[position + 1].listed_on
    notice_id = f"N-{entry}"
    name, text = _NOTICES[history.number % len(_NOTICES)]
    steps = (NoticeStep(CPLEntryID(ids[release.bases[-1]]), entry),)
    link = release_notes_url(history, position)
    fixed_in = NOT_KNOWN if is_newest else CPLEntryID(ids[position + 1])
    yield _day(opened_on), NoticeOpened(notice_id, name, text, steps, link, fixed_in), "Seen in a field trial"
    if release.warned is Warned.EXTENDED:
        wider = NoticeExtended(notice_id, (NoticeStep(ANY_ENTRY, entry),))
        yield _day(opened_on + _EXTENDED_AFTER_DAYS), wider, "Seen on Devices with other firmware too"
    elif release.warned is Warned.CLOSED:
        yield _day(opened_on + _CLOSED_AFTER_DAYS), NoticeClosed(notice_id), "The cause was found elsewhere"


def _day(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, LAST_DAY))
