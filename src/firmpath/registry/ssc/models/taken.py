"""Which names are taken now, so that the database itself refuses that two things have one name."""

from typing import ClassVar

from django.db import models

_LONGEST = 1000


class TakenName(models.Model):
    """A name of the last revision of something: of a `kind` no two have one. It follows the revisions.

    `name` is without what does not matter in it; `number` is that of the thing.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=_LONGEST)
    number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name"], name="ssc_taken_names")]
