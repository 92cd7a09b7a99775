"""Which CPL Entry ID comes next: none is issued twice, even where a restored backup does not know of it.

Source: DOMAIN section 3.
"""

from django.db.models import Max

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.models import IssuedBeforeRestore


def largest_issued(register: LivingRegister) -> int:
    """Give the largest CPL Entry ID that was ever issued, as far as this register and its restores know; or 0."""
    noted = IssuedBeforeRestore.objects.aggregate(largest=Max("largest_cpl_entry_id"))["largest"] or 0
    return max(register.largest_cpl_entry_id, noted)


def next_cpl_entry_id(register: LivingRegister) -> CPLEntryID:
    """Give the CPL Entry ID to issue next: larger than any that was ever issued."""
    return CPLEntryID(largest_issued(register) + 1)


def note_issued(largest_cpl_entry_id: int) -> None:
    """Note that ids up to this one may have been issued by the register before a backup took its place."""
    IssuedBeforeRestore.objects.create(largest_cpl_entry_id=largest_cpl_entry_id)
