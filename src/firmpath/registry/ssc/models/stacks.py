"""What was said of the ZigBee stack of entries."""

from django.db import models

from firmpath.pathways.statement import Channel

_LONGEST = 200
_CHANNELS = (Channel.SUBMISSION, Channel.BEST_ENDEAVOURS)


class DraftStack(models.Model):
    """What was given with an entry of a submission that is not published: may be replaced, and is then forgotten.

    `reference` is that of the entry in the register's database, which alone says where its submission stands.
    A text is '' where nothing was given.
    """

    reference = models.UUIDField(primary_key=True)
    chipset_vendor = models.CharField(max_length=_LONGEST, blank=True)
    stack_version = models.CharField(max_length=_LONGEST, blank=True)
    party = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()


class StackStatement(models.Model):
    """What a Party said about a CPL entry; '' where it said nothing. Only ever added.

    `reference` is that of the submission's entry it came with. `evidence` is the e-mail it was taken from.
    `supersedes` is the statement before it about the same entry, which stays as it was.
    """

    reference = models.UUIDField(null=True, unique=True)
    cpl_entry_id = models.BigIntegerField(db_index=True)
    chipset_vendor = models.CharField(max_length=_LONGEST, blank=True)
    stack_version = models.CharField(max_length=_LONGEST, blank=True)
    party = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=40, choices=[(each.value, each.value) for each in _CHANNELS])
    evidence = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
