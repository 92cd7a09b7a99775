"""The only place that writes the record: one writer at a time, all of its statements or none."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from firmpath.pathways.facts import Fact
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.registry.ledger.chain import chained
from firmpath.registry.ledger.current import Current, current
from firmpath.registry.ledger.models import LedgerRow
from firmpath.registry.parties.turns import take_turn


class Stated(NamedTuple):
    """What is to be recorded: a statement without its number and its instant, which the ledger gives."""

    effective_from: date
    party: str
    channel: Channel
    fact: Fact
    entered_by: str | NotKnown = NOT_KNOWN
    reason: str | NotKnown = NOT_KNOWN
    corrects: int | NotKnown = NOT_KNOWN


class Ledger:
    """The ledger while it is this writer's alone; `register` is the register with everything recorded so far."""

    def __init__(self, head: Current, at: datetime) -> None:
        self._head = head
        self._at = at

    @property
    def register(self) -> LivingRegister:
        """The register up to now, what this writer has recorded included."""
        return self._head.register

    def numbered(self, stated: Sequence[Stated]) -> tuple[Statement, ...]:
        """Give the statements as they would be recorded now."""
        last = self.register.last_recorded_at
        at = self._at.replace(microsecond=0)
        recorded_at = at if isinstance(last, NotKnown) else max(at, last)
        first = self.register.last_number + 1
        return tuple(Statement(first + each, recorded_at, *one) for each, one in enumerate(stated))

    def record(self, stated: Sequence[Stated]) -> tuple[Statement, ...]:
        """Record statements, and give them as recorded.

        :raises FirmpathError: they contradict the record; every such fault, and nothing is recorded.
        """
        statements = self.numbered(stated)
        self.adopt(statements)
        return statements

    def adopt(self, statements: Sequence[Statement]) -> None:
        """Record statements that have their numbers, going on from the last one, and their instants.

        :raises FirmpathError: they contradict the record.
        """
        grown = self.register.grown(statements)
        rows, chain = [], self._head.chain
        for statement in statements:
            sha256 = statement_sha256(statement)
            chain = chained(chain, sha256)
            rows.append(LedgerRow(number=statement.number, line=write_line(statement), sha256=sha256, chain=chain))
        LedgerRow.objects.bulk_create(rows, batch_size=500)
        self._head = Current(grown, chain)


@contextmanager
def appending(at: datetime) -> Iterator[Ledger]:
    """Take the ledger for one transaction; others wait. What is saved within is saved with the statements or not.

    Cost: that of catching up; writers wait for one another, so nothing slow belongs inside.
    """
    with transaction.atomic():
        take_turn("ledger")
        yield Ledger(current(), at)
