"""Where the submissions stand that values were given with: only the register's own database says so."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.status import OPEN, Status

_AT_ONCE: Final = 500


class Standing(NamedTuple):
    """Where the submission of an entry stands, and the CPL Entry ID once that has been issued."""

    status: Status
    cpl_entry_id: CPLEntryID | NotKnown

    @property
    def is_open(self) -> bool:
        """Whether its submitter may still write to it."""
        return self.status in OPEN

    @property
    def is_discarded(self) -> bool:
        """Whether it was thrown away."""
        return self.status == Status.DISCARDED


def find_standing(references: Iterable[UUID]) -> dict[UUID, Standing]:
    """Say where each stands; those that the register does not know are left out.

    Cost: a query for each 500.
    """
    found: dict[UUID, Standing] = {}
    for some in _batches(references):
        rows = SubmissionEntry.objects.filter(reference__in=some)
        for reference, status, number in rows.values_list("reference", "submission__status", "cpl_entry_id"):
            found[reference] = Standing(Status(status), NOT_KNOWN if number is None else CPLEntryID(number))
    return found


def _batches(references: Iterable[UUID]) -> Iterator[list[UUID]]:
    left = iter(references)
    while some := list(islice(left, _AT_ONCE)):
        yield some
