"""What stands behind the sealed slot: it takes values in, and has no way to give them back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.stacks.keeping import forget, keep
from firmpath.registry.submissions.sealed import ZigBeeStack


class SSCSlot:
    """The SSC's side of the slot."""

    def put(self, reference: UUID, stack: ZigBeeStack, by: Who, at: datetime) -> None:
        """Take what was given with the entry of a submission, in place of what was given for it before.

        :raises FirmpathError: a text that may not be written, or a submission that is not open.
        """
        keep({reference: stack}, by, at)

    def put_all(self, stacks: Mapping[UUID, ZigBeeStack], by: Who, at: datetime) -> None:
        """Take what was given with many entries at once: all of it, or nothing.

        :raises FirmpathError: a text that may not be written, or a submission that is not open.
        """
        keep(stacks, by, at)

    def discard(self, references: list[UUID]) -> None:
        """Forget what was given with drafts that were thrown away, once the register has recorded that they were.

        What is left where a process dies in between is forgotten when this side next looks.
        """
        transaction.on_commit(partial(forget, references), robust=True)
