"""Ranges of versions as an advisory gives them: from, up to and including, or below; open at either end."""

from functools import lru_cache
from typing import NamedTuple

from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ssc.versions.comparing import EVERY_VERSION, Held, Numbers, Rule, Span, held_by


class VersionRange(NamedTuple):
    """Versions from one on, up to another (`up_to` included, `below` not); '' is an open end.

    `7.3.x and earlier` is up to 7.3.x: every build of 7.3 is in it.
    """

    since: str = ""
    up_to: str = ""
    below: str = ""


@lru_cache(maxsize=4096)  # a range is held against every stack
def bounds_of(versions: VersionRange, rule: Rule) -> Span | NotKnown:
    """Give the span of a range by the rule of its stack; not known where a bound cannot be compared.

    A range that ends before it begins is not known either: it would hold nothing, and so call everything safe.
    """
    ends = _ends_of(versions, rule)
    return NOT_KNOWN if isinstance(ends, NotKnown) or _holds_nothing(ends) else ends


def ends_before_it_begins(versions: VersionRange, rule: Rule) -> bool:
    """Say whether a range holds no version by the rule of its stack, as where its two ends were swapped."""
    ends = _ends_of(versions, rule)
    return not isinstance(ends, NotKnown) and _holds_nothing(ends)


def _holds_nothing(ends: Span) -> bool:
    return not isinstance(ends.high, NotKnown) and ends.high <= ends.low


def _ends_of(versions: VersionRange, rule: Rule) -> Span | NotKnown:
    low: Numbers = ()
    high: Numbers | NotKnown = NOT_KNOWN
    for text, place in ((versions.since, "since"), (versions.up_to, "up_to"), (versions.below, "below")):
        if not text:
            continue
        read = rule.read(text)
        if isinstance(read, NotKnown):
            return read
        if place == "since":
            low = read.low
        else:
            high = read.high if place == "up_to" else read.low
    return Span(low, high)


def holds(versions: VersionRange, version: str, rule: Rule) -> Held | NotKnown:
    """Say how much of a version, as somebody wrote it, is in a range; '' is a version that nobody has given.

    Not known where either of them cannot be compared by the rule.
    """
    if not any(versions):
        return Held.WHOLLY
    named = {text for text in (versions.since, versions.up_to) if text}
    if not rule.has_order:
        is_named = version.strip() in named if version else False
        return Held.WHOLLY if is_named else rule.read(version)  # type: ignore[return-value]  # which is not known
    outer = bounds_of(versions, rule)
    inner = rule.read(version) if version else EVERY_VERSION
    if isinstance(outer, NotKnown):
        return outer
    return inner if isinstance(inner, NotKnown) else held_by(outer, inner)


def words_of(versions: VersionRange) -> str:
    """Write a range in words."""
    since, up_to, below = versions
    if since and since == up_to:
        return since
    end = f"up to and including {up_to}" if up_to else f"below {below}" if below else ""
    if since:
        return f"from {since} on{f', {end}' if end else ''}"
    return end or "every version"
