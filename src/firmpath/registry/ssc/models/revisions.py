"""What the SSC edits: each edit is a revision that takes the place of the one before, which stays readable."""

from django.db import models


class Revision(models.Model):
    """One state of something. `first` is its first revision, by whose number it goes; only ever added.

    `replaces` can be named by one revision alone: of two people who edit at once the second is told.
    """

    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    reason = models.TextField(blank=True)
    entered_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class NameRevision(Revision):
    """A maker or a stack, with its spellings and its rule."""


class VulnerabilityRevision(Revision):
    """A vulnerability."""
