"""What is asked of exposure: as on a day, as known by the end of another, weighed by an inventory.

The SSC works on a Catalogue of its own: what it looks at never warms a cache that others are answered from, so
their answers take as long whatever it has looked at. Source: FEATURES F64.
"""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.ssc.exposure.ground import Ground, lay_ground
from firmpath.registry.ssc.stacks.queries import known_stacks
from firmpath.registry.ssc.versions.known_names import known_names


class AsOf(NamedTuple):
    """The day that is asked about, and the last day whose knowledge counts; not known is all that is known."""

    today: date
    on: date
    known_on: date | NotKnown = NOT_KNOWN

    @property
    def known_at(self) -> datetime | NotKnown:
        """The last instant whose knowledge counts."""
        if isinstance(self.known_on, NotKnown):
            return NOT_KNOWN
        return datetime.combine(self.known_on, time.max, UTC)


class _Laid(NamedTuple):
    key: tuple[object, ...]
    ground: Ground


_laid: _Laid | None = None


def ground_as_of(as_of: AsOf) -> Ground:
    """Give the ground of a day; that of the last question is kept.

    Cost: three queries and nothing else while nothing has changed; linear in the statements for another day.
    """
    global _laid
    stacks, names, head = known_stacks(as_of.known_at), known_names(as_of.known_at), current()
    key = (as_of, head.chain, stacks.by_entry, names)
    held = _laid
    if held is None or held.key != key:
        held = _Laid(key, lay_ground(_own_catalogue(as_of, head.register), stacks.by_entry, names))
        _laid = held
    return held.ground


def _own_catalogue(as_of: AsOf, register: LivingRegister) -> Catalogue:
    """Give the CPL of a day as it was known, from a record that shares no Catalogue with anybody."""
    known_at = as_of.known_at
    if not known_at:
        return register.apart().catalogue(as_of.on)
    known = (each for each in register.statements if each.recorded_at <= known_at)
    with collection_paused():
        return fold_sound(list(known), as_of.on)
