"""What changed: a page, an Atom feed and a JSON Feed, for everybody or with a token for all of it."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.parties.tokens import make_token
from firmpath.registry.parties.who import who_is

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

ATOM = "{http://www.w3.org/2005/Atom}"
CPL = "1 <- 2 ; 2 contact=firmware@brackenfell.example ; 7 maker=F002 type=GSME ; 7 cpa=2030-01-01"


def items(client: Client, query: str = "", **headers: str) -> list[dict[str, Any]]:
    feed = json.loads(client.get(f"/changes.json{query}", headers=headers).content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    found: list[dict[str, Any]] = feed["items"]
    return found


@pytest.fixture
def token(people: dict[Role, Person]) -> str:
    """Give the token of a program of the Supplier."""
    person = people[Role.SUPPLIER]
    now = datetime.now(UTC)
    return make_token("Robot", Scope.READ.value, str(now.date() + timedelta(days=1)), by=who_is(person, ()), at=now)


def test_the_public_reads_changes_to_the_cpl_itself(client: Client, recorded: Record) -> None:
    recorded(CPL)
    found = items(client)
    assert [each["tags"][0] for each in found] == ["certificates", "published", "published", "published"]
    assert found[-1]["title"] == (
        'CPL entry 1 (firmware 00000001, "v1") is on the CPL, for ESME F001/00050203 of Brackenfell Metering, '
        f"with hash {1:064X}."
    )
    whole = client.get("/changes.json").text + client.get("/changes.atom").text + client.get("/changes/").text
    assert "brackenfell.example" not in whole
    assert "can be applied to" not in whole
    assert "Stated by" not in whole


def test_a_token_gets_all_changes(client: Client, recorded: Record, token: str) -> None:
    made = recorded(CPL)
    found = items(client, Authorization=f"Bearer {token}")
    assert [each["_firmpath"]["number"] for each in found] == [each.number for each in reversed(made)]
    assert "contact: firmware@brackenfell.example" in " ".join(each["title"] for each in found)
    assert "Stated by Brackenfell Metering (import)." in found[0]["content_text"]


@pytest.mark.parametrize("shown", ["Bearer secret-two", "Bearer", "Basic c2VjcmV0", "secret-one"])
def test_a_token_that_is_good_for_nothing_is_refused(
    client: Client, recorded: Record, token: str, shown: str
) -> None:
    recorded(CPL)
    answer = client.get("/changes.atom", headers={"Authorization": shown})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Firmpath"'


def test_ids_of_changes_are_the_hashes_of_their_statements(client: Client, recorded: Record) -> None:
    made = recorded("1 <- 2")
    expected = [
        f"urn:sha256:{statement_sha256(each)}" for each in made if type(each.fact).__name__ == "EntryPublished"
    ]
    assert [each["id"] for each in items(client)] == expected[::-1]
    feed = ElementTree.fromstring(client.get("/changes.atom").content)
    assert [each.findtext(f"{ATOM}id") for each in feed.findall(f"{ATOM}entry")] == expected[::-1]


def test_atom_has_what_a_reader_needs(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    answer = client.get("/changes.atom?manufacturer=F001")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}title") == "Changes to the Central Products List"
    assert feed.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/changes.atom?manufacturer=F001"
    assert links["alternate"] == "http://testserver/changes/?manufacturer=F001"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert {each.tag.removeprefix(ATOM) for each in entry} >= {"id", "title", "updated", "link", "content"}
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/cpl/2/"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("?manufacturer=F002", [7, 7]),
        ("?manufacturer=f002&kind=published", [7]),
        ("?model=00050203&kind=published", [7, 2, 1]),
        ("?kind=certificates", [7]),
        ("?since=2026-01-01&kind=published", [7, 2, 1]),
        ("?since=2026-01-02", []),
    ],
)
def test_a_feed_can_be_narrowed(client: Client, recorded: Record, query: str, entries: list[int]) -> None:
    recorded(CPL)
    assert [each["_firmpath"]["cpl_entry_ids"] for each in items(client, query)] == [[each] for each in entries]


def test_filters_that_mean_nothing_are_refused(client: Client, recorded: Record) -> None:
    recorded(CPL)
    query = "?manufacturer=F1&model=5&kind=base&since=soon&before=0"
    for address in (f"/changes.json{query}", f"/changes/{query}"):
        answer = client.get(address)
        assert answer.status_code == 400
        for wrong in (
            "Manufacturer identifier &#x27;F1&#x27; is not 4 hex digits",
            "Model &#x27;5&#x27; is not 8 hex digits",
            "Kind of change &#x27;base&#x27; is none",  # it is not for the public
            "Since &#x27;soon&#x27; is not a date",
            "Before &#x27;0&#x27; is not the number of a change",
        ):
            assert wrong in answer.text


def test_a_feed_goes_on_where_it_ended(client: Client, recorded: Record) -> None:
    recorded(" ; ".join(f"{number} N/A" for number in range(1, 81)))
    first = json.loads(client.get("/changes.json?kind=published").content)
    assert first["next_url"].startswith("http://testserver/changes.json?kind=published&before=")
    second = json.loads(client.get(first["next_url"].removeprefix("http://testserver")).content)
    entries = [each["_firmpath"]["cpl_entry_ids"][0] for feed in (first, second) for each in feed["items"]]
    assert entries == list(range(80, 0, -1))[: len(entries)]
    assert "Earlier changes" in client.get("/changes/").text


def test_a_feed_is_not_sent_again_unchanged(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    first = client.get("/changes.atom")
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = client.get("/changes.atom", headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
    assert first["Last-Modified"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert "Authorization" in first["Vary"]


def test_the_etag_tells_readers_apart(client: Client, recorded: Record, token: str) -> None:
    recorded("1 <- 2")
    etag = client.get("/changes.json")["ETag"]
    headers = {"Authorization": f"Bearer {token}", "If-None-Match": etag}
    assert client.get("/changes.json", headers=headers).status_code == 200


def test_the_page_is_in_words_and_links_to_entries(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; notice N1: any -> 2")
    page = signed_in(Role.SUPPLIER).get("/changes/").text
    assert "Notice N1, &#x27;Notice N1&#x27;, is open: do not do it yet." in page
    assert "It is about any entry → 2 (00000002)." in page
    assert "CPL entry 2 (firmware 00000002, &quot;v2&quot;) can be applied to 1 (00000001).</a>" in page


def test_pages_without_changes_explain_themselves(client: Client, recorded: Record) -> None:
    assert "Nothing has been recorded yet." in client.get("/changes/").text
    assert json.loads(client.get("/changes.json").content)["items"] == []
    recorded("1 <- 2")
    assert "No change matches." in client.get("/changes/?kind=withdrawn").text
