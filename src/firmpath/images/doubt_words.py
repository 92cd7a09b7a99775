"""Why what an inventory says of a Device is not relied on, in plain English, and what would settle it."""

import shlex
from datetime import datetime
from typing import Final, NamedTuple

from firmpath.images.known_devices import Doubt, Inventoried
from firmpath.images.ways import Ways
from firmpath.pathways.days import britains_day, day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import shortened
from firmpath.pathways.not_known import NotKnown

_READ_11_2: Final = "read its firmware version (service request 11.2), and put that into the inventory"
_READ_8_2: Final = "read its inventory anew (service request 8.2)"
_ADD: Final = {
    Doubt.STATUS_NOT_KNOWN: (
        "put its device_status into the inventory, as service request 8.2 gives it, or say why it is in use all "
        "the same"
    ),
    Doubt.NOT_KNOWN_WHEN_READ: (
        "put the day on which its row was read into the column read_on, or say why the row is not stale"
    ),
}
_EMPTY: Final = {
    Doubt.STATUS_NOT_KNOWN: "Its device_status is empty, so nobody can say whether it is Suspended.",
    Doubt.NOT_KNOWN_WHEN_READ: "Its read_on is empty, so nobody can say whether it is stale.",
}
_WORDS: Final = {
    Doubt.SEVERAL_ROWS: ("It stands in the inventory more than once.", f"{_READ_8_2}, and keep one row of it"),
    Doubt.ROW_NOT_UNDERSTOOD: (
        "Its row has more cells than there are headings, so it is not sure which is which.",
        "put the row right",
    ),
    Doubt.SUSPENDED: (
        "It is Suspended: after an activation without a response the inventory keeps the old version.",
        _READ_11_2,
    ),
    Doubt.NOT_IN_USE: ("The inventory has it as no longer in use.", "take it off the list"),
    Doubt.READ_ON_NOT_UNDERSTOOD: (
        "Its read_on is not a day or an instant up to now.",
        "write it as in 2026-05-30 or 2026-05-30T12:00:00Z",
    ),
}
_NO_COLUMN: Final = {
    Doubt.STATUS_NOT_KNOWN: "The inventory has no column device_status, so nobody can say whether it is Suspended.",
    Doubt.NOT_KNOWN_WHEN_READ: "The inventory has no column read_on, so nobody can say whether it is stale.",
}


class About(NamedTuple):
    """What doubts are about besides the Devices: the inventory, when what it says is to hold, and who is told."""

    inventoried: Inventoried
    stale_after_days: int
    executes_at: datetime | NotKnown
    ways: Ways


def doubts_in_words(doubts: tuple[Doubt, ...], status: str, about: About) -> tuple[str, str]:
    """Say every doubt about Devices with a status, and each thing to do about it once."""
    said = [_in_words(doubt, status, about) for doubt in doubts]
    steps = list(dict.fromkeys(step for _, step in said))
    following = (f"Then {step}." for step in steps[1:])
    return " ".join(text for text, _ in said), " ".join((f"Next: {steps[0]}.", *following))


def _in_words(doubt: Doubt, status: str, about: About) -> tuple[str, str]:
    inventoried, days = about.inventoried, counted(about.stale_after_days, "day")
    if doubt is Doubt.STALE:
        return f"Its row is stale: it was read more than {days} ago.", _READ_11_2
    if doubt is Doubt.STALE_BY_EXECUTION and about.executes_at:
        day = day_in_words(britains_day(about.executes_at))
        text = f"It would be executed on {day}, more than {days} after its row was read"
        right = f"give an ExecutionDateTime of at most {days} after its row was read, or make the request later"
        return f"{text}: nobody can say what it will run by then.", right
    if doubt is Doubt.STATUS_NOT_UNDERSTOOD:
        own = shortened(status.strip())
        text = f"Its device_status, {own}, does not say for sure that it is in use."
        asked = shlex.quote(f"{own}=WHY")  # whoever copies it runs what the inventory says
        return text, f"{_READ_8_2}, or say why such Devices are in use ({about.ways.in_use.format(asked)})"
    if doubt in _ADD:
        is_status = doubt is Doubt.STATUS_NOT_KNOWN
        has_column = inventoried.has_status if is_status else inventoried.has_read_on
        where = about.ways.status_not_known if is_status else about.ways.age_not_known
        return (_EMPTY if has_column else _NO_COLUMN)[doubt], f"{_ADD[doubt]} ({where})"
    return _WORDS[doubt]
