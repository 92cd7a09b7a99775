"""The ledger: appended to by one writer at a time, all or nothing, and never changed."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from firmpath.pathways.facts import EntryWithdrawn, ZigBeeBandDeclared
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Channel
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.ledger.chain import BEGINNING
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.issued import next_cpl_entry_id, note_issued
from firmpath.registry.ledger.loading import load
from firmpath.registry.ledger.models import LedgerRow
from tests.notation import statements
from tests.registry.conftest import AT

Record = Callable[[str], object]
TODAY = AT.date()


def band(cpl_entry_id: int) -> Stated:
    fact = ZigBeeBandDeclared(CPLEntryID(cpl_entry_id), ZigBeeBand.DUAL_BAND)
    return Stated(TODAY, "SECAS", Channel.SECAS_CORRECTION, fact, "person 1", "it was asked")


def record_and_fail() -> None:
    with appending(AT) as ledger:
        ledger.record([band(2)])
        raise ZeroDivisionError


def test_what_is_recorded_is_in_the_register_at_once(recorded: Record) -> None:
    recorded("1 <- 2")
    with appending(AT) as ledger:
        (statement,) = ledger.record([band(2)])
        assert ledger.register.last_number == statement.number
    assert current().register.catalogue(TODAY)[CPLEntryID(2)].zigbee_band is ZigBeeBand.DUAL_BAND
    assert statement.recorded_at == AT


def test_each_row_has_the_sha256_of_its_line_and_the_chain_of_all_before_it(recorded: Record) -> None:
    recorded("1 <- 2 ; 3 ?")
    chain = BEGINNING
    for row in LedgerRow.objects.order_by("number"):
        assert row.sha256 == sha256(row.line.encode()).hexdigest()
        chain = sha256((chain + row.sha256).encode()).hexdigest()
        assert row.chain == chain
    assert current().chain == chain


def test_the_next_id_is_larger_than_any_that_was_issued(recorded: Record) -> None:
    recorded("1 <- 2 ; 7 N/A ; 7 withdrawn")
    with appending(AT) as ledger:
        assert next_cpl_entry_id(ledger.register) == 8
        note_issued(11)
        assert next_cpl_entry_id(ledger.register) == 12


def test_what_contradicts_the_record_is_refused_whole(recorded: Record) -> None:
    recorded("1 <- 2")
    before = LedgerRow.objects.count()
    with (
        pytest.raises(FirmpathError, match="is about CPL entry 9, which no statement before it publishes"),
        appending(AT) as ledger,
    ):
        ledger.record([band(2), band(9)])
    assert LedgerRow.objects.count() == before


def test_what_is_taken_back_was_never_recorded(recorded: Record) -> None:
    recorded("1 <- 2")
    before = current().chain
    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    assert current().chain == before
    assert current().register.catalogue(TODAY)[CPLEntryID(2)].zigbee_band is NOT_KNOWN


def test_instants_never_go_back(recorded: Record) -> None:
    recorded("1 <- 2")
    with appending(AT) as ledger:
        ledger.record([band(2)])
    with appending(AT - timedelta(hours=1)) as ledger:
        (later,) = ledger.record([band(1)])
    assert later.recorded_at == AT


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_ledgerrow SET line = 'x' WHERE number = 1",
        "DELETE FROM ledger_ledgerrow WHERE number = 3",
        "DELETE FROM ledger_ledgerrow",
        "INSERT INTO ledger_ledgerrow (number, line, sha256, chain) VALUES (99, 'x', 'x', 'x')",
        "INSERT INTO ledger_ledgerrow (number, line, sha256, chain) VALUES (1, 'x', 'x', 'x')",
    ],
)
def test_the_database_itself_refuses(recorded: Record, change: str) -> None:
    recorded("1 <- 2")
    before = list(LedgerRow.objects.values_list())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert list(LedgerRow.objects.values_list()) == before


def test_the_ledger_is_not_truncated(recorded: Record) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    recorded("1 <- 2")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_ledgerrow")
    assert LedgerRow.objects.exists()


def test_lines_are_canonical(recorded: Record) -> None:
    made = statements("1 <- 2 ; notice N1: 1 -> 2")
    recorded("1 <- 2 ; notice N1: 1 -> 2")
    assert [row.line for row in LedgerRow.objects.order_by("number")] == [write_line(each) for each in made]


def test_a_cpl_is_loaded_into_an_empty_ledger_only(recorded: Record) -> None:
    recorded("1 <- 2")
    with pytest.raises(FirmpathError, match="has 4 statements already"):
        load(statements("5 N/A"), AT)


def test_statements_from_the_future_are_not_loaded() -> None:
    with pytest.raises(FirmpathError, match="still to come; set the clock right"):
        load(statements("1 <- 2"), AT - timedelta(days=3650))


def test_effect_and_withdrawal_go_by_the_day(recorded: Record) -> None:
    recorded("1 <- 2")
    tomorrow = TODAY + timedelta(days=1)
    with appending(AT) as ledger:
        ledger.record([Stated(tomorrow, "SECAS", Channel.SECAS_CORRECTION, EntryWithdrawn(CPLEntryID(2)))])
    register = current().register
    assert not register.catalogue(TODAY)[CPLEntryID(2)].withdrawn_on
    assert register.catalogue(tomorrow)[CPLEntryID(2)].withdrawn_on == tomorrow
