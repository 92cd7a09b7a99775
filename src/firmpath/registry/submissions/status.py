"""Where a submission stands, and what can happen to it."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    WITH_DCC = "with the DCC"
    WITH_SECAS = "with SECAS"
    RETURNED = "returned"
    PUBLISHED = "published"
    DISCARDED = "discarded"


OPEN: Final = (Status.DRAFT, Status.RETURNED)
"""The submitter may still write to it."""

WAITING: Final = (Status.WITH_DCC, Status.WITH_SECAS)
"""Somebody else has it to look at."""


class Happening(StrEnum):
    """What happened to a submission, as its history says it."""

    BEGUN = "begun"
    ADDED = "entry added"
    REMOVED = "entry removed"
    UPLOADED = "spreadsheet uploaded"
    REPLACED = "replaced by a spreadsheet"
    SUBMITTED = "submitted"
    RECALLED = "taken back"
    ENDORSED = "endorsed by the DCC"
    RETURNED = "returned"
    EDITED = "corrected by SECAS"
    PUBLISHED = "published"
    DISCARDED = "discarded"
