"""Corrections, changes that wait for a second person, letters, and what is known to have been given, as stored."""

from django.db import models

from firmpath.registry.parties.models import Party, Person
from firmpath.registry.submissions.deciding_states import CorrectionState, ProposalState

LONGEST_ADDRESSEE = 200
"""As many characters as are kept of whom a letter was sent to."""


class CorrectionRequest(models.Model):
    """Somebody says that the register is wrong about an entry or a notice, and what would be right.

    `wanted` holds, by field, what the requester asks for beside the words.
    """

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    cpl_entry_id = models.BigIntegerField(null=True)
    notice_id = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    email_text = models.TextField(blank=True)
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=CorrectionState.OPEN)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        app_label = "submissions"
        indexes = [models.Index(fields=["state", "party"], name="corrections_by_state")]


class EvidenceFile(models.Model):
    """A file that came with a request, as it was; `sha256` is that of its contents, as hex digits."""

    correction = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    size_bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    contents = models.BinaryField()

    class Meta:
        app_label = "submissions"


class Proposal(models.Model):
    """A change to the register by SECAS: recorded at once, or waiting for a second person.

    `lines` are its statements as lines of a register file, numbered from 1; `effect` is their effect, and
    `effect_words` say why, when it was proposed or recorded. `from_recording` says that no day was given from which
    it holds: that is the day on which it is recorded. `first_number` is that of its first statement in the ledger.
    """

    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    cpl_entry_id = models.BigIntegerField(null=True)
    notice_id = models.CharField(max_length=64, blank=True)
    what = models.TextField()
    reason = models.TextField()
    evidence = models.TextField(blank=True)
    lines = models.TextField()
    from_recording = models.BooleanField(default=False)
    effect = models.CharField(max_length=20)
    effect_words = models.TextField(blank=True)
    correction = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="proposals", null=True)
    state = models.CharField(max_length=20, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    first_number = models.BigIntegerField(null=True)

    class Meta:
        app_label = "submissions"
        indexes = [models.Index(fields=["state"], name="proposals_by_state")]


class ZigBeeNote(models.Model):
    """That SECAS passed on a ZigBee chipset vendor or stack version of an entry; never what it was."""

    cpl_entry_id = models.BigIntegerField(unique=True)
    vendor_given = models.BooleanField(default=False)
    stack_given = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        app_label = "submissions"


class LetterSent(models.Model):
    """A letter to a manufacturer about what is missing: to whom, when, and its text as it was sent."""

    manufacturer_id = models.CharField(max_length=4)
    sent_on = models.DateField()
    sent_to = models.CharField(max_length=LONGEST_ADDRESSEE)
    text = models.TextField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    answered_on = models.DateField(null=True)

    class Meta:
        app_label = "submissions"
        indexes = [models.Index(fields=["manufacturer_id"], name="letters_by_maker")]
