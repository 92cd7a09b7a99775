"""The SSC's pages: list, filters, counts, history, the log of looks; and addresses that never name a value."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.models import LookLog
from firmpath.registry.ssc.stacks.actions import FromEmail, record_from_email
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.sealed import ZigBeeStack
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.ssc.planting import STACK, id_of, published, sent, who

People = dict[Role, Person]


@pytest.fixture
def client(people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]) -> Client:
    """The SSC, with three entries: both given for 1, the vendor alone for 2, nothing for 4, which is withdrawn."""
    recorded("1 <- 2 ; 4 type=GSME withdrawn")
    for number, stack in ((1, STACK), (2, ZigBeeStack("Vale Semiconductors", ""))):
        email = FromEmail(stack, "Aster Metering", f"Entry {number} has this.\nRegards", "")
        record_from_email(number, email, who(people, Role.SECAS), AT)  # type: ignore[arg-type]
    return signed_in(Role.SSC)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def rows(client: Client, query: str) -> list[str]:
    """Give the CPL Entry IDs that a list has, in its order, read from the table to take away."""
    response = client.get(f"{reverse('ssc')}?{query}&format=csv")
    return [row["cpl_entry_id"] for row in csv.DictReader(io.StringIO(response.content.decode()))]


def search(client: Client, back: str, words: str) -> Any:
    """Send what is searched for, from a list."""
    return client.post(reverse("ssc_search"), {"search": words, "back": back})


def number_of(client: Client, name: str, text: str) -> str:
    """Give the number that stands for a value among the choices of a filter."""
    html = page(client, reverse("ssc"))
    choices = html.split(f'name="{name}"')[1].split("</select>")[0]
    return choices.split(f">{text}<")[0].rpartition('value="')[2].partition('"')[0]


def test_the_list_shows_every_entry_and_says_where_nothing_is_given(client: Client) -> None:
    html = page(client, reverse("ssc"))
    assert "3 CPL entries" in html
    assert "CPL entry 1 (firmware 00000001, &quot;v1&quot;)" in html
    assert "Orrin Silicon" in html
    assert "OrrinZNet 7.4.0" in html
    assert html.count("not given") >= 3


def test_filters_name_values_by_number(client: Client) -> None:
    vendor, version = number_of(client, "vendor", "Orrin Silicon"), number_of(client, "version", "OrrinZNet 7.4.0")
    assert vendor.isdecimal()
    assert rows(client, f"vendor={vendor}") == ["1"]
    assert rows(client, f"version={version}") == ["1"]
    assert rows(client, "vendor=Orrin+Silicon") == []
    assert rows(client, "vendor=") == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("device_type=GSME", ["4"]),
        ("manufacturer=F001", ["1", "2", "4"]),
        ("manufacturer=F999", []),
        ("status=Withdrawn", ["4"]),
        ("given=both", ["1"]),
        ("given=some", ["2", "4"]),
        ("given=vendor", ["4"]),
        ("given=none", ["4"]),
        ("sort=-id", ["4", "2", "1"]),
        ("sort=vendor", ["1", "2", "4"]),
        ("text=x", []),
        ("text=99999", []),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_the_query_string(client: Client, query: str, found: list[str]) -> None:
    assert rows(client, query) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *(("orrin", ["1"]), ("7.4 silicon", ["1"]), ("4.0 silicon", []), ("00000002", ["2"]), ("v4", ["4"])),
        ("nothing", []),
    ],
)
def test_a_search_looks_everywhere_and_is_not_in_the_address(client: Client, words: str, found: list[str]) -> None:
    response = search(client, reverse("ssc"), words)
    assert response.status_code == 302
    assert words not in response["Location"]
    assert rows(client, response["Location"].partition("?")[2]) == found
    assert f'value="{words}"' in page(client, response["Location"])


def test_a_search_of_somebody_else_finds_nothing(client: Client, people: People) -> None:
    with ssc_open():
        of_another = LookLog.objects.create(looked_at=AT, person_id=0, what="search", searched="orrin", rows=0)
    assert rows(client, f"text={of_another.pk}") == []


def test_a_search_for_what_cannot_be_written_is_refused(client: Client) -> None:
    response = search(client, reverse("ssc_counts") + "?sort=version", "a\x07")
    assert response.status_code == 422
    html = response.content.decode()
    assert "has the character U+0007, which cannot be shown" in html
    assert '<input type="hidden" name="back" value="/ssc/counts/?sort=version">' in html


@pytest.mark.parametrize("back", ["", "/", "/cpl/", "https://elsewhere.example/", "//[", "/ssc/search/"])
def test_a_search_goes_back_to_a_list_of_the_ssc_and_nowhere_else(client: Client, back: str) -> None:
    assert search(client, back, "orrin").status_code == 404
    response = search(client, f"https://elsewhere.example{reverse('ssc')}?given=both&page=7&text=3", "")
    assert response["Location"] == "/ssc/?given=both"


def test_an_empty_list_says_why(client: Client) -> None:
    assert "No entry matches." in page(client, f"{reverse('ssc')}?manufacturer=F999")


def test_the_table_has_the_same_rows_as_csv_and_xlsx(client: Client) -> None:
    response = client.get(f"{reverse('ssc')}?format=csv")
    table = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert response["Content-Disposition"].startswith('attachment; filename="zigbee-')
    assert [(row["cpl_entry_id"], row["zigbee_chipset_vendor"], row["zigbee_stack_version"]) for row in table] == [
        ("1", "Orrin Silicon", "OrrinZNet 7.4.0"),
        ("2", "Vale Semiconductors", ""),
        ("4", "", ""),
    ]
    workbook = client.get(f"{reverse('ssc')}?format=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook.content)).get_sheet_by_name("ZigBee")
    assert [tuple(row) for row in sheet.to_python()] == [tuple(table[0]), *(tuple(row.values()) for row in table)]


def test_an_entry_shows_what_was_said_newest_first(client: Client, people: People) -> None:
    email = FromEmail(ZigBeeStack("", "OrrinZNet 7.4.1"), "Aster Metering", "It is 7.4.1.", "a slip of the pen")
    record_from_email(1, email, who(people, Role.SECAS), AT)  # type: ignore[arg-type]
    html = page(client, reverse("ssc_entry", args=[1]))
    assert html.index("OrrinZNet 7.4.1") < html.index("OrrinZNet 7.4.0")
    assert "Reason: a slip of the pen" in html
    assert "Entry 1 has this.<br>Regards" in html
    assert "by best endeavours" in html
    assert "takes the place of statement" in html


def test_an_entry_of_which_nobody_has_said_anything(client: Client) -> None:
    assert "Nobody has said anything." in page(client, reverse("ssc_entry", args=[4]))
    page_of_none = client.get(reverse("ssc_entry", args=[99]))
    assert page_of_none.status_code == 404


def test_counts_are_by_vendor_and_version_with_those_not_given_apart(client: Client) -> None:
    html = page(client, reverse("ssc_counts"))
    assert html.index("Orrin Silicon") < html.index("Vale Semiconductors")
    links = [part.partition('"')[0] for part in html.split('href="/ssc/?vendor=')[1:]]
    assert [rows(client, f"vendor={link}".replace("&amp;", "&")) for link in links] == [["1"], ["2"], ["4"]]


def test_what_was_sent_in_is_shown_before_it_is_published(client: Client, people: People) -> None:
    assert "Nothing is in review." in page(client, reverse("ssc_waiting"))
    entry = sent(people, ZigBeeStack("Third Silicon", "3.0"), 5)
    html = page(client, reverse("ssc_waiting"))
    assert "Third Silicon" in html
    assert entry.submission.reference in html
    assert "Third Silicon" not in page(client, reverse("ssc"))


def test_a_published_submission_is_in_the_list(client: Client, people: People) -> None:
    entry = published(people, ZigBeeStack("Third Silicon", "3.0"), 5)
    assert rows(client, "sort=id") == ["1", "2", "4", str(id_of(entry))]


def test_every_look_is_logged_before_anything_is_shown(client: Client, people: People) -> None:
    for path in (reverse("ssc"), reverse("ssc_entry", args=[1]), reverse("ssc_counts"), reverse("ssc_waiting")):
        page(client, path)
    client.get(f"{reverse('ssc')}?format=csv&given=both")
    search(client, reverse("ssc"), "orrin")
    page(client, reverse("ssc_looks"))
    with ssc_open():
        looks = list(LookLog.objects.order_by("pk").values_list("person_id", "what", "rows", "searched"))
    person = people[Role.SSC].pk
    assert looks == [
        (person, "list", 3, ""),
        (person, "CPL entry 1", 1, ""),
        (person, "counts", 3, ""),
        (person, "submissions in review", 0, ""),
        (person, "list as CSV", 1, ""),
        (person, "search", 0, "orrin"),
        (person, "log of looks", 0, ""),
    ]
    html = page(client, reverse("ssc_looks"))
    assert "Robin of Security Sub-Committee" in html
    assert "list as CSV" in html


def test_the_log_is_read_a_page_at_a_time_and_outlives_who_looked(client: Client, people: People) -> None:
    gone = make_person(Role.SSC, "The Committee", AT, "Pat who left")
    with ssc_open():
        LookLog.objects.bulk_create(
            LookLog(looked_at=AT, person_id=gone.pk, what=f"CPL entry {number}", rows=1) for number in range(120)
        )
    number = gone.pk
    gone.delete()
    html = page(client, reverse("ssc_looks") + "?page=2")
    assert f"person {number}, who has left" in html
    assert html.count("<tr>") == 51  # with the heading
    assert "CPL entry 70<" in html
    assert "CPL entry 119<" not in html
    answer = client.get(reverse("ssc_looks") + "?format=csv")
    taken = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [taken[0]["what"], taken[1]["what"], taken[-1]["what"]] == [
        "log of looks as CSV",
        "log of looks",
        "CPL entry 0",
    ]
    assert (len(taken), taken[-1]["looked_at"]) == (122, "2026-06-01T09:30:00Z")
    assert client.get(reverse("ssc_looks") + "?format=xlsx").content.startswith(b"PK")


def test_nothing_is_shown_that_cannot_be_logged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    def full(*given: object, **named: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(LookLog.objects, "create", full)
    client.raise_request_exception = False
    response = client.get(reverse("ssc"))
    assert response.status_code == 500
    assert "Orrin" not in response.content.decode()
