"""The list of the CPL: searched, narrowed, sorted and downloaded, for the public and for those who read the FIR."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from firmpath.pathways.facts import EntryWithdrawn
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.parties.roles import Role
from firmpath.registry.publication.tables import PUBLIC_COLUMNS
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.reading import read_table
from tests.registry.conftest import AT

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

CPL = "1 <- 2 <- 3 ; 4 type=GSME maker=F002 ; 4 band=Sub-GHz Only ; 5 withdrawn ; 6 version=00000003"


@pytest.fixture(autouse=True)
def _nobody_has_asked_before() -> None:
    caches["process"].clear()


def ids(client: Client, query: str) -> list[str]:
    """Give the first column of the list as CSV."""
    answer = client.get(f"/cpl/?format=csv&{query}")
    rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))  # type: ignore[attr-defined]
    return [row[0] for row in rows][1:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1", "2", "3", "4", "5", "6"]),
        ("q=4", ["4"]),
        ("q=brackenfell+v2", ["2"]),
        ("q=00000003", ["3", "6"]),
        ("q=F001/00050203@00000002", ["2"]),
        ("q=" + "0" * 63 + "4", ["4"]),
        ("device_type=GSME", ["4"]),
        ("manufacturer=F002", ["4"]),
        ("model=00050203&status=removed", ["5"]),
        ("status=listed", ["1", "2", "3", "4", "6"]),
        ("band=Sub-GHz+Only", ["4"]),
        ("band=not+known", ["1", "2", "3", "5", "6"]),
        ("q=zzz", []),
        ("sort=-listed", ["6", "5", "4", "3", "2", "1"]),
        ("sort=-version", ["5", "4", "3", "6", "2", "1"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client: Client, recorded: Record, query: str, found: list[str]) -> None:
    recorded(CPL)
    assert ids(client, query) == found


@pytest.mark.parametrize("name", ["id", "version", "type", "manufacturer", "model", "band", "listed"])
def test_the_list_can_be_sorted_by_every_column(client: Client, recorded: Record, name: str) -> None:
    recorded(CPL)
    assert f'<th scope="col" aria-sort="ascending"><a class="sort" href="?sort=-{name}">' in (
        client.get(f"/cpl/?sort={name}").text
    )


def test_the_page_names_twins_and_what_was_withdrawn(client: Client, recorded: Record) -> None:
    recorded(CPL)
    page = client.get("/cpl/").text
    assert "6 entries" in page
    assert page.count('warn">Twin<') == 2
    assert page.count('bad">Withdrawn<') == 1


def test_fifty_entries_stand_on_a_page(client: Client, recorded: Record) -> None:
    recorded(" ; ".join(f"{number} N/A" for number in range(1, 53)))
    assert 'href="/cpl/50/"' in client.get("/cpl/").text
    assert 'href="/cpl/51/"' not in client.get("/cpl/").text
    assert 'href="/cpl/51/"' in client.get("/cpl/?page=2").text
    assert "Showing 51 to 52 of 52" in client.get("/cpl/?page=2").text


def test_a_list_without_entries_explains_itself(client: Client, recorded: Record) -> None:
    recorded(CPL)
    assert "No entry matches." in client.get("/cpl/?q=zzz").text


def test_the_public_gets_public_columns_only(client: Client, signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 2 contact=firmware@brackenfell.example")
    for_public = b"".join(client.get("/cpl/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert for_public.splitlines()[0] == ",".join(PUBLIC_COLUMNS)
    assert "contact" not in PUBLIC_COLUMNS
    assert "brackenfell.example" not in for_public
    for_supplier = b"".join(
        signed_in(Role.SUPPLIER).get("/cpl/?format=csv").streaming_content  # type: ignore[attr-defined]
    ).decode()
    assert for_supplier.splitlines()[0] == ",".join(COLUMN_NAMES)
    assert "firmware@brackenfell.example" in for_supplier


def test_the_workbook_has_the_same_rows_and_can_be_read_back(
    signed_in: SignIn, recorded: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    recorded(CPL)
    answer = signed_in(Role.SUPPLIER).get("/cpl/?format=xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="cpl.xlsx"'
    path = tmp_path_factory.mktemp("download") / "cpl.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert list(read_table(path).columns["cpl_entry_id"]) == ["1", "2", "3", "4", "5", "6"]


def test_a_download_is_not_sent_twice(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    first = client.get("/cpl/?format=csv")
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get("/cpl/?format=csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/cpl/?format=csv&q=2", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.head("/cpl/?format=csv")["ETag"] == first["ETag"]


def test_what_one_may_read_is_in_the_etag(client: Client, signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    public = client.get("/cpl/?format=csv")["ETag"]
    assert signed_in(Role.SUPPLIER).get("/cpl/?format=csv")["ETag"] != public


def test_the_register_file_is_the_record_without_who_entered_it(signed_in: SignIn, recorded: Record) -> None:
    made = recorded("1 <- 2")
    answer = signed_in(Role.SUPPLIER).get("/cpl/register")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert tuple(read_register(lines)) == tuple(made)
    assert Client().get("/cpl/register").status_code == 302


def test_secas_alone_gets_a_register_file_that_says_who_entered_what(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    withdrawn = EntryWithdrawn(CPLEntryID(2))
    with appending(AT) as ledger:
        ledger.record([Stated(date(2026, 5, 1), "SECAS", Channel.SECAS_CORRECTION, withdrawn, "person 7")])
    files = {
        role: b"".join(signed_in(role).get("/cpl/register").streaming_content)  # type: ignore[attr-defined]
        for role in (Role.SECAS, Role.SUPPLIER)
    }
    assert b"person 7" in files[Role.SECAS]
    assert files[Role.SUPPLIER] == files[Role.SECAS].replace(b'"entered_by":"person 7",', b"")


def test_a_search_longer_than_anybody_types_is_refused(recorded: Record, signed_in: SignIn) -> None:
    recorded(CPL)
    answer = signed_in(Role.PUBLIC).get("/cpl/", {"q": "00 " * 20_000 + "x"})
    assert answer.status_code == 400
    assert "Search &#x27;00 00" in answer.content.decode()
    assert "has 60001 characters; search for at most 120 characters" in answer.content.decode()
