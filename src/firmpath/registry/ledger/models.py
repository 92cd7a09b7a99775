"""The record as it is stored. Triggers of the database refuse to change or delete a row; see the migrations."""

from django.db import models


class LedgerRow(models.Model):
    """One statement: its canonical line, the SHA-256 of it, and of the chain of all up to it.

    `chain` is the SHA-256 of the chain before it (64 zeros before the first) followed by `sha256`, as hex digits.
    """

    number = models.BigIntegerField(primary_key=True)
    line = models.TextField()
    sha256 = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)


class IssuedBeforeRestore(models.Model):
    """The largest CPL Entry ID that was issued before a backup took the register's place: none is issued twice."""

    largest_cpl_entry_id = models.BigIntegerField()
