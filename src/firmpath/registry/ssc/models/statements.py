"""What the SSC states of entries, counts of Devices that it was given, and notices that it has opened."""

from django.db import models


class AssessmentStatement(models.Model):
    """What the SSC says of a vulnerability and an entry; `kind` is '' where it takes that back. Only added."""

    vulnerability = models.BigIntegerField(db_index=True)
    cpl_entry_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    justification = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    entered_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()


class InventoryCount(models.Model):
    """How many Devices run each entry, as one inventory had it on a day. Only added.

    `counts` goes by CPL Entry IDs: one, or several joined by `; ` where the inventory does not tell them apart.
    """

    name = models.CharField(max_length=100)
    counted_on = models.DateField()
    counts = models.JSONField()
    devices = models.BigIntegerField()
    entered_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()


class SteeringNotice(models.Model):
    """That the SSC opened a public notice because of a vulnerability, which the notice does not say. Only added."""

    vulnerability = models.BigIntegerField(db_index=True)
    notice_id = models.CharField(max_length=64)
    entered_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
