"""Submissions as they are stored: texts as they were typed, so that a draft loses nothing, wrong or right."""

from typing import Any
from uuid import uuid4

from django.db import models

from firmpath.registry.parties.models import Party, Person
from firmpath.registry.submissions.references import new_reference
from firmpath.registry.submissions.status import OPEN, Happening, Status


class Submission(models.Model):
    """One or more new entries that a Party wants on the CPL.

    `needs_endorsement` is whether a Communications Hub is among them, as it was when they were submitted; so are
    `refusals`, `reasons_wanted` and `notes`, the numbers of findings.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference)
    party = models.ForeignKey(Party, models.PROTECT, related_name="submissions")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="submissions_made")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="submissions_sent")
    status = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Status])
    needs_endorsement = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    endorsed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)
    refusals = models.IntegerField(default=0)
    reasons_wanted = models.IntegerField(default=0)
    notes = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["status", "submitted_at"], name="submissions_queue")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether the submitter may still write to it."""
        return self.status in OPEN


class SubmissionEntry(models.Model):
    """One new entry: `answers` are the texts as typed, by column name of `firmpath.tables.columns`.

    `answers_sent` are those that were submitted, kept from when SECAS corrects any of them; {} until then.
    `position` counts the entries of a submission from 1, and stays when another entry is taken out. `reference`
    names it at the sealed slot, whose contents are not known here: only that they were given.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="entries")
    position = models.IntegerField()
    reference = models.UUIDField(unique=True, default=uuid4)
    answers = models.JSONField(default=dict)
    answers_sent = models.JSONField(default=dict)
    vendor_given = models.BooleanField(default=False)
    stack_given = models.BooleanField(default=False)
    cpl_entry_id = models.BigIntegerField(null=True, unique=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "position"], name="submission_positions")]
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.position}"


class SubmissionEvent(models.Model):
    """Something that happened to a submission; only ever added. `changes` are what SECAS corrected.

    The person's name is shown to their own Party alone; others see the Party.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT)
    what = models.CharField(max_length=40, choices=[(each.value, each.value) for each in Happening])
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.what

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; one that is there already is not changed."""
        if self.pk is not None:
            raise ValueError("what happened is not changed afterwards")
        super().save(*args, **kwargs)


from firmpath.registry.submissions.models_deciding import *  # noqa: E402, F403  # Django looks for models here
