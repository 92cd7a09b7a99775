"""What it costs to give tables to everybody: the whole CPL is written once, and the rest not at any rate."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties import middleware
from firmpath.registry.parties.roles import Role
from firmpath.registry.publication import made_tables, tables
from firmpath.registry.publication.made_tables import MadeTables
from firmpath.registry.web.reading import downloads, rate
from firmpath.tables import writing
from tests.registry.conftest import AT
from tests.waiting import LONGEST_WAIT_S

Record = Callable[[str], Sequence[Statement]]
SignIn = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """Stop the clock at `AT` and as much later as this says; nobody has asked for anything yet."""
    later = [timedelta()]

    class Stopped(middleware.datetime):  # type: ignore[name-defined, misc]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return AT + later[0]

    monkeypatch.setattr(middleware, "datetime", Stopped)
    monkeypatch.setattr(downloads, "made_tables", MadeTables())
    caches["process"].clear()
    return later


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many rows each workbook has that is written."""
    found: list[int] = []
    write = writing.workbook_octets

    def noting(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bytes:
        found.append(len(rows))
        return write(names, rows)

    monkeypatch.setattr(tables, "workbook_octets", noting)
    return found


def octets_of(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def test_the_workbook_of_the_whole_cpl_is_written_once(
    recorded: Record, signed_in: SignIn, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded("1 <- 2")
    first, again, odd = (octets_of(Client(), f"/cpl/?format=xlsx{more}") for more in ("", "", "&x=1"))
    assert first == again == odd
    assert written == [2]
    supplier = signed_in(Role.SUPPLIER)
    assert octets_of(supplier, "/cpl/?format=xlsx") != first
    assert written == [2, 2]
    etag = supplier.get("/cpl/?format=xlsx")["ETag"]
    monkeypatch.setattr(downloads, "made_tables", MadeTables())
    assert supplier.get("/cpl/?format=xlsx", headers={"If-None-Match": etag}).status_code == 304
    assert written == [2, 2]


def test_a_grown_ledger_or_another_day_has_a_table_of_its_own(
    client: Client, recorded: Record, clock: list[timedelta], written: list[int]
) -> None:
    recorded("1 N/A ; 2 listed=2026-06-02")
    octets_of(client, "/cpl/?format=xlsx")
    clock[0] = timedelta(days=1)
    octets_of(client, "/cpl/?format=xlsx")
    assert written == [1, 2]


def test_narrowed_lists_are_not_made_at_any_rate_for_the_public(
    client: Client, recorded: Record, signed_in: SignIn, clock: list[timedelta]
) -> None:
    recorded("1 <- 2")
    narrowed = "/cpl/?format=csv&status=listed"
    statuses = [client.get(narrowed).status_code for _ in range(rate.MOST_A_MINUTE + 1)]
    assert statuses == [200] * rate.MOST_A_MINUTE + [429]
    refused = client.get(narrowed)
    assert refused["Retry-After"] == "60"
    assert "Wait a minute, then try again." in refused.text
    assert "The whole CPL can be downloaded at any time" in refused.text
    assert client.get("/cpl/?format=csv").status_code == 200
    assert client.get("/cpl/?status=listed").status_code == 200
    assert client.get(narrowed, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert signed_in(Role.SUPPLIER).get(narrowed).status_code == 200
    clock[0] = timedelta(seconds=59)
    assert client.get(narrowed)["Retry-After"] == "1"
    clock[0] = timedelta(seconds=60)
    assert client.get(narrowed).status_code == 200


def test_long_narrowed_lists_are_given_to_the_public_as_csv_alone(
    client: Client, recorded: Record, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, written: list[int]
) -> None:
    recorded("1 <- 2 <- 3 ; 4 type=GSME")
    monkeypatch.setattr(downloads, "MOST_XLSX_ROWS", 2)
    refused = client.get("/cpl/?format=xlsx&device_type=ESME")
    assert refused.status_code == 400
    assert "XLSX would have 3 rows, more than 2; download the list as CSV, or the whole CPL" in refused.text
    assert written == []
    page = client.get("/cpl/?device_type=ESME").text
    assert "XLSX is made of at most 2 entries" in page.replace("2000", "2")
    assert 'device_type=ESME&amp;format=xlsx"' not in page
    assert 'device_type=GSME&amp;format=xlsx"' in client.get("/cpl/?device_type=GSME").text
    assert client.get("/cpl/?format=xlsx&device_type=GSME").status_code == 200
    assert signed_in(Role.SUPPLIER).get("/cpl/?format=xlsx&device_type=ESME").status_code == 200


def test_one_makes_a_table_while_others_wait() -> None:
    made, is_made, may_go_on = MadeTables(), threading.Event(), threading.Event()
    calls: list[int] = []

    def make() -> bytes:
        calls.append(1)
        is_made.set()
        may_go_on.wait(LONGEST_WAIT_S)
        return b"table"

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(made.get, "a", make) for _ in range(4)]
        assert is_made.wait(LONGEST_WAIT_S)
        assert made.get("b", lambda: b"other") == b"other"  # which nobody makes, so nobody waits for it
        may_go_on.set()
        assert [each.result() for each in found] == [b"table"] * 4
    assert calls == [1]


def test_no_more_is_kept_than_there_is_room_for() -> None:
    made = MadeTables(most_octets=10)
    for name in ("a", "b", "a", "c"):
        made.get(name, lambda: b"1234")
    assert made.octets == 8
    assert made.get("a", lambda: b"anew") == b"1234"
    assert made.get("b", lambda: b"anew") == b"anew"
    assert made.get("d", lambda: b"more than ten octets") == b"more than ten octets"
    assert made.octets == 0


def test_a_table_that_could_not_be_made_is_made_anew() -> None:
    made = MadeTables()

    def fail() -> bytes:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made.get("a", fail)
    assert made.get("a", lambda: b"1") == b"1"
    assert made_tables.MOST_OCTETS == 64 * 1024 * 1024
