"""The lists of the SSC: each column that says so sorts, filters narrow, and what is taken away is what is shown."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.inventories.counts import inventories, keep_inventory
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.vulnerabilities.keeping import change_vulnerability, history_of_vulnerability
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.ssc.exposing import VULNERABILITY, give_stacks, know_names, know_vulnerability
from tests.registry.ssc.planting import who

People = dict[Role, Person]
CPL = "1 <- 2 <- 3 <- 4 ; 5 <- 6 ; 7 ? ; 5 type=GSME ; 6 type=GSME ; 5 maker=F002 ; 6 maker=F002"
VERSIONS = {1: "7.1.0", 2: "7.2.0", 3: "7.4.0", 5: "7.0.0", 6: "7.9.0"}


@pytest.fixture
def number(people: People, recorded: Callable[[str], object]) -> int:
    recorded(CPL)
    give_stacks(people, {**{each: f"OrrinZNet {version}" for each, version in VERSIONS.items()}, 7: "Foreign 1.0"})
    know_names(people)
    number = know_vulnerability(people)
    other = know_vulnerability(people, VULNERABILITY._replace(reference="OS-2026-9", cves=(), cvss=""))
    seen = history_of_vulnerability(other)[0]
    withdrawn = seen.vulnerability._replace(is_withdrawn=True)
    change_vulnerability(seen.kept, withdrawn, "No more.", who(people, Role.SSC), AT)
    ssc = who(people, Role.SSC)
    keep_inventory("Brook", AT.date(), {(CPLEntryID(1),): 7, (CPLEntryID(5),): 90}, ssc, AT)
    keep_inventory("Alder", AT.date() - timedelta(days=3), {(CPLEntryID(2),): 8}, ssc, AT + timedelta(hours=1))
    return number


@pytest.fixture
def client(signed_in: Callable[[Role], Client]) -> Client:
    return signed_in(Role.SSC)


def lists_of(number: int) -> list[tuple[str, dict[str, str]]]:
    weighed = {"inventory": str(inventories()[1].number)}
    return [
        (reverse("ssc"), {}),
        (reverse("ssc_counts"), {}),
        (reverse("ssc_inventories"), {}),
        (reverse("ssc_names"), {}),
        (reverse("ssc_vulnerabilities"), weighed),
        (reverse("ssc_exposure", args=[number]), weighed),
        (reverse("ssc_ways_out", args=[number]), weighed),
    ]


def rows_in(client: Client, address: str, query: dict[str, str]) -> list[str]:
    """Give the heading of each row of the list: that with columns to sort by."""
    answer: Any = client.get(address, query)
    assert answer.status_code == 200
    (table,) = [each for each in re.findall("<table.*?</table>", answer.content.decode(), re.S) if "sort=" in each]
    return re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table, re.S) or re.findall(
        r"<tr>\s*<td(.*?)</td>", table, re.S
    )


def sorts_of(client: Client, address: str, query: dict[str, str]) -> set[str]:
    page = client.get(address, query).content.decode()
    return {each.removeprefix("-") for each in re.findall(r'class="sort" href="\?[^"]*?sort=(-?\w+)', page)}


def taken(client: Client, address: str, query: dict[str, str]) -> list[dict[str, str]]:
    answer: Any = client.get(address, {**query, "format": "csv"})
    assert answer["Content-Type"].startswith("text/csv"), answer.content.decode()[:300]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def searched(client: Client, back: str, words: str) -> str:
    """Search a list, and give the number that then stands in its address."""
    answer: Any = client.post(reverse("ssc_search"), {"search": words, "back": back})
    assert answer.status_code == 302
    assert answer["Location"].startswith(back)
    return str(answer["Location"].rpartition("text=")[2])


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("ssc", "7.4", 1),
        ("ssc_counts", "orrin 7.1", 1),
        ("ssc_inventories", "brook", 1),
        ("ssc_names", "foreign", 1),
        ("ssc_vulnerabilities", "cve-2026-1234", 1),
        ("ssc_vulnerabilities", "orrinznet", 2),
        ("ssc_vulnerabilities", "price os-2026-9", 1),
    ],
)
def test_every_list_is_searched_by_what_is_in_it(
    client: Client, number: int, name: str, words: str, found: int
) -> None:
    address = reverse(name)
    query = {"text": searched(client, address, words)}
    assert len(rows_in(client, address, query)) == found
    assert len(taken(client, address, query | ({"list": "worklist"} if name == "ssc_names" else {}))) == found
    page = client.get(address, query).content.decode()
    assert f'value="{words}"' in page  # in its field, from where it is changed
    assert words not in "".join(re.findall('(?:href|action)="[^"]*"', page)).casefold()
    nothing = client.get(address, {"text": searched(client, address, "nowhere")}).content.decode()
    assert re.search("No (entry|stack|inventory|vulnerability) matches|matches what you searched for", nothing)


def test_every_column_to_sort_by_sorts_both_ways(client: Client, number: int) -> None:
    for address, query in lists_of(number):
        plain, columns = rows_in(client, address, query), sorts_of(client, address, query)
        assert len(columns) >= 4, address
        moved = set()
        for column in columns:
            up, down = (rows_in(client, address, {**query, "sort": f"{way}{column}"}) for way in ("", "-"))
            assert sorted(up) == sorted(down) == sorted(plain), (address, column)
            moved |= {column} if up != down else set()
        assert moved or len(plain) < 2, address


def test_entries_are_in_the_order_that_is_asked_for(client: Client, number: int) -> None:
    address, weighed = reverse("ssc_exposure", args=[number]), {"inventory": str(inventories()[1].number)}

    def ids(**more: str) -> list[str]:
        return [each["cpl_entry_id"] for each in taken(client, address, {**weighed, "verdict": "affected", **more})]

    assert ids() == ["1", "2", "5"]
    assert ids(sort="version") == ["5", "1", "2"]
    assert ids(sort="-devices") == ["5", "1", "2"]
    assert ids(sort="-id") == ["5", "2", "1"]
    assert ids(sort="nothing") == ids()


@pytest.mark.parametrize(
    ("narrowed", "ids"),
    [
        ({"search": "f002"}, ["5"]),
        ({"search": "00000002"}, ["2"]),
        ({"search": "orrin 7.1.0"}, ["1"]),
        ({"search": "7.1.0", "manufacturer": "F002"}, []),
        ({"manufacturer": "F001"}, ["1", "2"]),
        ({"device_type": "GSME"}, ["5"]),
        ({"device_type": "GSME", "manufacturer": "F001"}, []),
    ],
)
def test_what_is_taken_away_is_what_is_shown(
    narrowed: dict[str, str], ids: list[str], client: Client, number: int
) -> None:
    words = narrowed.get("search", "")
    narrowed = {name: value for name, value in narrowed.items() if name != "search"}
    if words:
        narrowed["text"] = searched(client, reverse("ssc_exposure", args=[number]), words)
    for name in ("ssc_exposure", "ssc_ways_out"):
        page = client.get(reverse(name, args=[number]), narrowed).content.decode()
        shown = re.findall(r"<caption>(\d+) of 3 ", page)
        assert shown == ([str(len(ids))] if ids else [])
    address = reverse("ssc_exposure", args=[number])
    assert [each["cpl_entry_id"] for each in taken(client, address, {"verdict": "affected", **narrowed})] == ids
    assert len(taken(client, address, {})) == 7  # every entry, where nothing is asked for
    if not ids:
        assert "show all 3 that are affected" in client.get(address, narrowed).content.decode()


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ({}, ["OS-2026-7", "OS-2026-9"]),
        ({"state": "withdrawn"}, ["OS-2026-9"]),
        ({"state": "counts"}, ["OS-2026-7"]),
        ({"state": "rejected"}, []),
        ({"state": "unknown"}, ["OS-2026-7", "OS-2026-9"]),
        ({"severity": "medium"}, ["OS-2026-7"]),
        ({"severity": "not scored", "sort": "reference"}, ["OS-2026-9"]),
        ({"severity": "not one"}, ["OS-2026-7", "OS-2026-9"]),
        ({"sort": "-reference"}, ["OS-2026-9", "OS-2026-7"]),
    ],
)
def test_vulnerabilities_are_narrowed_by_what_they_come_to(
    query: dict[str, str], references: list[str], client: Client, number: int
) -> None:
    address = reverse("ssc_vulnerabilities")
    assert [each["reference"] for each in taken(client, address, query)] == references
    page = client.get(address, query).content.decode()
    assert [each for each in ("OS-2026-7", "OS-2026-9") if f">{each}</a>" in page] == sorted(references)
    assert ("No vulnerability matches." in page) == (not references)


def test_counts_names_worklist_inventories_and_shares_are_taken_away(client: Client, number: int) -> None:
    counts = taken(client, reverse("ssc_counts"), {"sort": "version"})
    assert counts[0] == {
        "zigbee_chipset_vendor": "Orrin Silicon",
        "zigbee_stack_version": "Foreign 1.0",
        "listed": "1",
        "withdrawn": "0",
    }
    names = taken(client, reverse("ssc_names"), {})
    assert [each["name"] for each in names] == ["Orrin Silicon", "OrrinZNet"]
    assert names[1]["how_versions_compare"] == "dotted numbers"
    (worklist,) = taken(client, reverse("ssc_names"), {"list": "worklist"})
    assert (worklist["what"], worklist["text"], worklist["entries"]) == ("matches nothing", "Foreign", "1")
    given = taken(client, reverse("ssc_inventories"), {"sort": "name"})
    assert [(each["name"], each["devices"]) for each in given] == [("Alder", "8"), ("Brook", "97")]
    inventory = str(inventories()[1].number)
    shares = taken(client, reverse("ssc_vulnerability", args=[number]), {"inventory": inventory})
    of_gas = next(each for each in shares if each["name"] == "GSME")
    assert (of_gas["by"], of_gas["affected_entries"], of_gas["affected_devices"]) == ("Device type", "1", "90")


def test_looks_are_narrowed_by_who_and_when(client: Client, people: People, number: int) -> None:
    other = make_person(Role.SSC, "Security Sub-Committee", AT, "Sam Two")
    for day, person in ((1, other.pk), (3, other.pk), (2, people[Role.SSC].pk)):
        by = who(people, Role.SSC)._replace(person_id=person)
        log_look(by, f"something on day {day}", AT + timedelta(days=day), day)
    address = reverse("ssc_looks")

    def days(**query: str) -> list[str]:
        return [each["rows"] for each in taken(client, address, query) if each["what"].startswith("something")]

    assert days() == ["2", "3", "1"]
    assert days(sort="when") == ["1", "3", "2"]
    assert days(person=str(other.pk)) == ["3", "1"]
    assert days(since="2026-06-03", up_to="2026-06-03") == ["2"]
    page = client.get(address, {"person": str(other.pk)}).content.decode()
    assert "2 looks, the newest first" in page
    wrong = client.get(address, {"since": "soon"})
    assert (wrong.status_code, "From" in wrong.content.decode()) == (422, True)
    none = client.get(address, {"up_to": "2020-01-01"}).content.decode()
    assert "No look matches." in none
    assert days(text=searched(client, address, "day 3")) == ["3"]
    assert days(text="7") == []  # which is a search of nobody's


def test_each_list_that_is_taken_away_is_a_look(client: Client, number: int) -> None:
    names = ("ssc_counts", "ssc_waiting", "ssc_names", "ssc_inventories")
    for address in (*map(reverse, names), reverse("ssc_vulnerability", args=[number])):
        assert client.get(address, {"format": "xlsx"}).content.startswith(b"PK")
    logged = [each["what"] for each in taken(client, reverse("ssc_looks"), {})]
    assert logged[1:6] == [
        f"exposure as XLSX of vulnerability {number}",
        "inventories as XLSX",
        "names as XLSX",
        "submissions in review as XLSX",
        "counts as XLSX",
    ]
