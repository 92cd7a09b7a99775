"""The DCC's extracts, and what its systems have loaded, as stored. Triggers keep both; see the migrations."""

from django.db import models

from firmpath.registry.parties.models import Person
from firmpath.registry.publication.dcc_kinds import ExtractKind, LoadKind


class ExtractTaken(models.Model):
    """An extract that the DCC took: it can be made again, byte for byte, from what is noted here. Only ever added.

    `ledger_number` and `chain` are those of the ledger's head at the time. `since` is the extract before it, of
    which it has the changes; an extract of everything has none.
    """

    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in ExtractKind])
    as_at = models.DateField()
    ledger_number = models.BigIntegerField()
    chain = models.CharField(max_length=64)
    since = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    entries = models.IntegerField()


class LoadRecord(models.Model):
    """That the DCC's systems have loaded an entry, or have it no more: the last one about an entry counts."""

    cpl_entry_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in LoadKind])
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
