"""How pages write entries, days and instants, and what is not known: never a bare id, never an empty cell."""

from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from firmpath.pathways import naming
from firmpath.pathways.answers import Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import britains_day, day_in_words, instant_in_words
from firmpath.pathways.explain.stones import explain_stone
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NotKnown

_GROUP: Final = 8


class Stop(NamedTuple):
    """One entry of a pathway as the numbered list shows it; `why` proves a stepping stone."""

    heading: str
    entry: CPLEntry
    url: str
    tags: tuple[tuple[str, str], ...]
    why: str = ""


def entry_name(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""
    return naming.full_name(catalogue, cpl_entry_id)


def entry_short(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    """Name an entry as in `311 (38040404)`."""
    return naming.short_name(catalogue, cpl_entry_id)


def entry_link(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> SafeString:
    """Name an entry in full, as a link to its page."""
    url, name = entry_url(cpl_entry_id), naming.full_name(catalogue, cpl_entry_id)
    return format_html('<a href="{}">{}</a>', url, name) if url else format_html("{}", name)


def entry_url(cpl_entry_id: CPLEntryID) -> str:
    """Give the address of an entry's page, or "" where this register has no such page."""
    try:
        return reverse("entry", kwargs={"cpl_entry_id": cpl_entry_id})
    except NoReverseMatch:
        return ""


def or_not_known(value: object) -> object:
    """Set what is not known apart from what is."""
    return mark_safe('<span class="quiet">not known</span>') if isinstance(value, NotKnown) else value


def day(on: date | NotKnown) -> object:
    """Write a day, or the one that it was in Britain at an instant, as in `22 November 2026`."""
    if isinstance(on, NotKnown):
        return or_not_known(on)
    on = britains_day(on) if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), day_in_words(on))


def instant(at: datetime | NotKnown) -> object:
    """Write an aware instant as in `22 November 2026, 09:30 UTC`."""
    if isinstance(at, NotKnown):
        return or_not_known(at)
    machine = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return format_html('<time datetime="{}">{}</time>', machine, instant_in_words(at))


def grouped(text: str) -> SafeString:
    """Let a long hash break between groups of 8 characters, without adding any to what is copied."""
    groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
    return format_html_join(mark_safe("<wbr>"), "{}", ((group,) for group in groups))


def stops(catalogue: Catalogue, pathway: Pathway) -> list[Stop]:
    """Give the entries of a pathway in order, the installed one first, each with the words that mark it."""
    why = {stone.cpl_entry_id: explain_stone(catalogue, stone) for stone in pathway.stepping_stones}
    return [
        Stop(
            f"Step {at}" if at else "Installed now",
            catalogue[each],
            entry_url(each),
            tuple(_marks(catalogue[each], at, len(pathway.steps) - 1, each in why)),
            why.get(each, ""),
        )
        for at, each in enumerate(pathway.steps)
    ]


def _marks(entry: CPLEntry, at: int, last: int, is_stone: bool) -> list[tuple[str, str]]:
    marks = [
        (at == 1, "Activate next", "good"),
        (at == last, "Target", "info"),
        (is_stone, "Stepping stone", "stone"),
        (bool(entry.dead_end), "Dead end", "bad"),
        (bool(entry.withdrawn_on), "Withdrawn", "bad"),
    ]
    return [(word, kind) for holds, word, kind in marks if holds]
