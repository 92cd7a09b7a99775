"""One line of the record: who stated what, when it was recorded, from when it holds, and why.

Statements are only ever added. A mistake is put right by a later statement that names the one it
corrects, and both stay readable. Source: DESIGN decision 1.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.facts import Fact
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown


class Channel(StrEnum):
    """The way a statement came into the record."""

    SUBMISSION = "submission"
    SECAS_CORRECTION = "SECAS correction"
    BEST_ENDEAVOURS = "best endeavours"
    IMPORT = "import"
    SSC_NOTICE = "SSC notice"


class Statement(NamedTuple):
    """A fact and its provenance.

    `number` counts the record from 1 without a gap; `recorded_at` is an aware instant in UTC and never
    goes back as the numbers rise; `effective_from` is the first day on which the fact holds; `party` is the
    responsible Party; `corrects` is the number of an earlier statement about the same thing.
    """

    number: int
    recorded_at: datetime
    effective_from: date
    party: str
    channel: Channel
    fact: Fact
    entered_by: str | NotKnown = NOT_KNOWN
    reason: str | NotKnown = NOT_KNOWN
    corrects: int | NotKnown = NOT_KNOWN
