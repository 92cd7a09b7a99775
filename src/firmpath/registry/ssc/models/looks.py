"""Who looked at what."""

from django.db import models

_LONGEST = 200


class LookLog(models.Model):
    """That somebody looked: who, at what, when, and how many rows they were shown. Only ever added.

    `asked` is the query string, which names values by number; `searched` is the text that was searched for.
    """

    looked_at = models.DateTimeField()
    person_id = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=100)
    asked = models.TextField(blank=True)
    searched = models.CharField(max_length=_LONGEST, blank=True)
    rows = models.IntegerField()
