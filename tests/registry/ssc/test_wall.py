"""The wall: nobody outside asks the SSC's database, however they got hold of it."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction

from firmpath.registry.ssc.stacks import queries
from firmpath.registry.ssc.wall import BehindTheWallError, ssc_open


def read_by_name() -> object:
    return list(apps.get_model("ssc", "StackStatement").objects.all())


def write_by_name() -> object:
    return apps.get_model("ssc", "LookLog").objects.create(
        looked_at="2026-06-01T00:00Z", person_id=1, what="", rows=0
    )


def read_by_sql(sql: str) -> Callable[[], object]:
    def read() -> object:
        with connections["ssc"].cursor() as cursor:
            return cursor.execute(sql)

    return read


WAYS = [
    read_by_name,
    write_by_name,
    read_by_sql("SELECT * FROM ssc_stackstatement"),
    read_by_sql("SELECT chipset_vendor FROM SSC_DraftStack, django_migrations"),
    read_by_sql("CREATE TABLE mine AS SELECT * FROM ssc_looklog"),
    read_by_sql("SELECT 1 FROM anything"),
    read_by_sql("ATTACH DATABASE 'elsewhere' AS other"),
    read_by_sql("VACUUM INTO 'elsewhere'"),
]


@pytest.mark.parametrize("ask", WAYS, ids=range(len(WAYS)))
def test_who_asks_from_outside_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(BehindTheWallError, match=r"^Only the pages of the SSC may ask its database\.$"):
        ask()


def test_a_query_that_is_made_inside_and_run_outside_is_refused() -> None:
    with ssc_open():
        lazy = apps.get_model("ssc", "StackStatement").objects.all()
    with pytest.raises(BehindTheWallError):
        list(lazy)


def test_rows_are_not_dumped() -> None:
    with pytest.raises(Exception, match="Only the pages of the SSC"):
        call_command("dumpdata", "ssc", database="ssc", stdout=StringIO())


def test_the_functions_of_the_ssc_may_ask() -> None:
    assert queries.known_stacks().by_entry == {}
    with pytest.raises(BehindTheWallError):
        read_by_name()


def test_it_is_closed_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), ssc_open():
        raise ZeroDivisionError
    with pytest.raises(BehindTheWallError):
        read_by_name()


def test_transactions_and_migrations_pass() -> None:
    with transaction.atomic(using="ssc"):
        pass
    said = StringIO()
    call_command("migrate", database="ssc", stdout=said)
    assert "No migrations to apply" in said.getvalue()
    call_command("migrate", database="ssc", check_unapplied=True, stdout=said)
    with pytest.raises(BehindTheWallError):
        read_by_name()
