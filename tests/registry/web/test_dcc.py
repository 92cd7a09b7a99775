"""The DCC's pages: extracts, and which entries its systems have loaded."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from firmpath.pathways.facts import EntryWithdrawn, ReleaseInformationGiven, ZigBeeBandDeclared
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Channel
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.parties import middleware
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.publication.dcc_queries import loaded_days, loaded_on, not_loaded
from firmpath.registry.publication.models import ExtractTaken, LoadRecord
from tests.notation import catalogue
from tests.registry.conftest import AT

NOTATION = "1 <- 2 <- 3 ; 4 type=GSME ; 5 withdrawn"
DAY = {"on-day": "1", "on-month": "6", "on-year": "2026"}


@pytest.fixture
def dcc(
    people: dict[Role, Person], signed_in: Callable[[Role], Client], recorded: Callable[[str], object],
    monkeypatch: pytest.MonkeyPatch,
) -> Client:  # fmt: skip
    """The DCC at `AT`, with four listed entries and one withdrawn."""
    recorded(NOTATION)

    class Stopped(middleware.datetime):  # type: ignore[name-defined, misc]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return AT

    monkeypatch.setattr(middleware, "datetime", Stopped)
    return signed_in(Role.DCC)


def html_of(response: HttpResponseBase, status: int = 200) -> str:
    assert response.status_code == status
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def state(*facts: object) -> None:
    with appending(AT) as ledger:
        ledger.record(
            [Stated(AT.date(), "SECAS", Channel.SECAS_CORRECTION, each, "person 1", "asked") for each in facts]  # type: ignore[arg-type]
        )


def take(dcc: Client, kind: str = "all") -> str:
    response = dcc.post(reverse("dcc_extracts"), {"kind": kind})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def rows(dcc: Client, extract: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(dcc.get(f"{extract}?format=csv").content.decode())))


def test_published_entries_wait_with_their_age_until_they_are_loaded(dcc: Client) -> None:
    html = html_of(dcc.get(reverse("dcc")))
    assert "4 entries to be loaded" in html
    assert "Published is not loaded" in html
    assert f"the longest has waited {(AT.date() - date(2020, 1, 2)).days} days" in html
    assert "none taken yet" in html
    assert [each.entry.cpl_entry_id for each in not_loaded(catalogue(NOTATION))] == [1, 2, 3, 4]


def test_ticked_pasted_and_sent_entries_are_recorded_together(dcc: Client, people: dict[Role, Person]) -> None:
    file = SimpleUploadedFile("loaded.csv", "Status,CPL Entry ID\nok,4\n".encode("utf-8-sig"), "text/csv")
    form = {**DAY, "entry": ["1"], "ids": "2, 2;1", "file": file}
    response = dcc.post(reverse("dcc"), form, follow=True)
    assert "3 entries are recorded as loaded." in html_of(response)
    assert loaded_days() == dict.fromkeys((1, 2, 4), date(2026, 6, 1))
    assert loaded_on(CPLEntryID(1)) == date(2026, 6, 1)
    assert loaded_on(CPLEntryID(3)) is NOT_KNOWN
    assert "1 entry to be loaded" in html_of(dcc.get(reverse("dcc")))
    assert {row.recorded_by_id for row in LoadRecord.objects.all()} == {people[Role.DCC].pk}
    assert ActLog.objects.get(what__contains="recorded as loaded").person_id == people[Role.DCC].pk


def test_a_table_of_one_column_needs_no_heading(dcc: Client) -> None:
    dcc.post(reverse("dcc"), {**DAY, "file": SimpleUploadedFile("ids.csv", b"1\n\n2\n")})
    assert set(loaded_days()) == {1, 2}


def test_every_fault_is_told_at_once_and_nothing_is_recorded(dcc: Client) -> None:
    dcc.post(reverse("dcc"), {**DAY, "ids": "1"})
    file = SimpleUploadedFile("loaded.csv", b"entry,when\n1,2\n")
    form = {"on-day": "2", "on-month": "1", "on-year": "2020", "entry": ["3"], "ids": "x 99\n1 2", "file": file}
    html = html_of(dcc.post(reverse("dcc"), form), 422)
    for fault in (
        "File has no column &#x27;CPL Entry ID&#x27;; give that heading to a column",
        "CPL Entry ID &#x27;x&#x27; is not a positive whole number, in line 1; write it as in 311",
        "CPL Entry ID &#x27;99&#x27; is not on the CPL, in line 1; check the number",
        "1 (firmware 00000001, &quot;v1&quot;) is recorded as loaded on 1 June 2026 already, in line 2",
        "&quot;v2&quot;) is listed only since 3 January 2020, after 2 January 2020, in line 2",
        "&quot;v3&quot;) is listed only since 4 January 2020, after 2 January 2020; check the day",
    ):
        assert fault in html
    assert 'value="3" id="entry-3" checked' in html
    assert "x 99" in html
    assert set(loaded_days()) == {1}


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (DAY, "CPL Entry ID is not given; tick entries, paste their ids, or choose a file"),
        ({"ids": "1"}, "Loaded on is not given; write day, month and year as numbers, as in 22 11 2026"),
        ({**DAY, "on-day": "2", "ids": "1"}, "Loaded on &#x27;2026-06-02&#x27; is still to come"),
        ({**DAY, "on-day": "31", "ids": "1"}, "Loaded on &#x27;31/06/2026&#x27; is not a day of the calendar"),
        ({**DAY, "file": SimpleUploadedFile("a.csv", b"\xff\xfe1")}, "File is not a CSV table in UTF-8"),
    ],
)
def test_what_is_wrong_with_the_form_is_said(dcc: Client, form: dict[str, str], fault: str) -> None:
    assert fault in html_of(dcc.post(reverse("dcc"), form), 422)
    assert loaded_days() == {}


def test_many_faults_are_counted(dcc: Client) -> None:
    html = html_of(dcc.post(reverse("dcc"), {**DAY, "ids": " ".join(map(str, range(100, 200)))}), 422)
    assert "has 80 more faults like these" in html


def test_loaded_entries_are_taken_back_only_after_a_question(dcc: Client) -> None:
    dcc.post(reverse("dcc"), {**DAY, "ids": "1 2"})
    listed = html_of(dcc.get(reverse("dcc_loaded")))
    assert "2 loaded entries" in listed
    asks = html_of(dcc.get(f"{reverse('dcc_remove')}?entry=1"))
    assert "Record 1 entry as removed?" in asks
    assert loaded_on(CPLEntryID(1))
    done = dcc.post(reverse("dcc_remove"), {"entry": ["1"]}, follow=True)
    assert "1 entry is recorded as removed." in html_of(done)
    assert loaded_on(CPLEntryID(1)) is NOT_KNOWN
    assert loaded_on(CPLEntryID(2)) == date(2026, 6, 1)
    again = html_of(dcc.post(reverse("dcc_remove"), {"entry": ["1"]}), 422)
    assert "1 (firmware 00000001, &quot;v1&quot;) is not recorded as loaded; leave it out" in again
    dcc.post(reverse("dcc"), {**DAY, "ids": "1"})
    assert loaded_on(CPLEntryID(1)) == date(2026, 6, 1)
    assert LoadRecord.objects.count() == 4


def test_empty_lists_say_why(dcc: Client) -> None:
    assert "Nothing is recorded as loaded yet." in html_of(dcc.get(reverse("dcc_loaded")))
    assert "No extract was taken yet." in html_of(dcc.get(reverse("dcc_extracts")))
    assert "No loaded entry is chosen." in html_of(dcc.get(reverse("dcc_remove")))
    assert "No entry matches." in html_of(dcc.get(f"{reverse('dcc')}?manufacturer=F999"))
    dcc.post(reverse("dcc"), {**DAY, "ids": "1 2 3 4"})
    assert "Nothing waits to be loaded." in html_of(dcc.get(reverse("dcc")))
    assert "No entry matches." in html_of(dcc.get(f"{reverse('dcc_loaded')}?device_type=PPMID"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("device_type=GSME", ["4"]),
        ("manufacturer=F001&sort=-id", ["4", "3", "2", "1"]),
        ("sort=-listed", ["4", "3", "2", "1"]),
    ],
)
def test_the_lists_are_narrowed_sorted_and_taken_away(dcc: Client, query: str, found: list[str]) -> None:
    def ids(path: str) -> list[str]:
        response = dcc.get(f"{path}?{query}&format=csv")
        text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
        return [row["cpl_entry_id"] for row in csv.DictReader(io.StringIO(text))]

    assert ids(reverse("dcc")) == found
    dcc.post(reverse("dcc"), {**DAY, "ids": "1 2 3 4"})
    assert ids(reverse("dcc_loaded")) == found


def test_an_extract_has_the_listed_entries_in_three_formats(dcc: Client, people: dict[Role, Person]) -> None:
    extract = take(dcc)
    table = rows(dcc, extract)
    assert [row["cpl_entry_id"] for row in table] == ["1", "2", "3", "4"]
    assert "contact" not in table[0]
    assert "base_cpl_entry_ids" not in table[0]
    data = json.loads(dcc.get(f"{extract}?format=json").content)
    assert (data["kind"], data["as_at"], len(data["chain"])) == ("all", "2026-06-01", 64)
    assert [each["cpl_entry_id"] for each in data["entries"]] == [1, 2, 3, 4]
    assert data["entries"][3]["device_type"] == "GSME"
    workbook = dcc.get(f"{extract}?format=xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    assert [tuple(row) for row in sheet.to_python()] == [tuple(table[0]), *(tuple(row.values()) for row in table)]
    taken = ExtractTaken.objects.get()
    assert (taken.taken_by_id, taken.entries, taken.taken_at) == (people[Role.DCC].pk, 4, AT)
    html = html_of(dcc.get(extract))
    assert "All listed entries, as at" in html
    assert "Robin of The DCC" in html


def test_an_extract_of_changes_has_what_changed_since_the_last(dcc: Client) -> None:
    take(dcc)
    state(
        ZigBeeBandDeclared(CPLEntryID(1), ZigBeeBand.DUAL_BAND),
        ReleaseInformationGiven(CPLEntryID(2), contact="a@aster.example"),  # not in an extract
        EntryWithdrawn(CPLEntryID(3)),
    )
    extract = take(dcc, "changes")
    found = [(row["cpl_entry_id"], row["change"], row["status"], row["zigbee_band"]) for row in rows(dcc, extract)]
    assert found == [("1", "changed", "listed", "Dual Band"), ("3", "removed", "removed", "")]
    assert "Changes since extract" in html_of(dcc.get(reverse("dcc_extracts")))
    assert rows(dcc, take(dcc, "changes")) == []


@pytest.mark.parametrize(
    ("sort", "is_first"),
    [("", "changes"), ("-extract", "changes"), ("extract", "all"), ("entries", "changes"), ("-entries", "all")],
)
def test_extracts_are_sorted(dcc: Client, sort: str, is_first: str) -> None:
    taken = {
        kind: take(dcc, kind) for kind in ("all", "changes")
    }  # nothing has changed, so the second has no entry
    html = html_of(dcc.get(reverse("dcc_extracts"), {"sort": sort}))
    last = ({*taken} - {is_first}).pop()
    assert html.index(f'href="{taken[is_first]}"') < html.index(f'href="{taken[last]}"')


def test_extracts_are_searched_and_downloaded(dcc: Client) -> None:
    whole, changes = take(dcc, "all"), take(dcc, "changes")
    for query, shown in (({"what": "all"}, [whole]), ({"by": "ROBIN"}, [changes, whole])):
        html = html_of(dcc.get(reverse("dcc_extracts"), query))
        assert re.findall('<th scope="row"><a href="([^"]+)">Extract', html) == shown
    assert "<strong>No extract matches.</strong>" in html_of(dcc.get(reverse("dcc_extracts"), {"by": "nobody"}))
    headings, row = html_of(dcc.get(reverse("dcc_extracts"), {"what": "changes", "format": "csv"})).splitlines()
    assert headings == "Extract,Taken,By,As at,Changes since extract,Entries"
    number, since = (each.rstrip("/").rsplit("/", 1)[1] for each in (changes, whole))
    assert row == f"{number},2026-06-01T09:30:00Z,Robin of The DCC,2026-06-01,{since},0"


def test_an_extract_is_the_same_whatever_is_recorded_after_it(dcc: Client) -> None:
    extract = take(dcc)
    state(ZigBeeBandDeclared(CPLEntryID(4), ZigBeeBand.ONLY_2_4_GHZ))
    of_changes = take(dcc, "changes")
    paths = [f"{each}?format={name}" for each in (extract, of_changes) for name in ("csv", "xlsx", "json")]
    before = [dcc.get(path).content for path in paths]
    state(EntryWithdrawn(CPLEntryID(1)), EntryWithdrawn(CPLEntryID(4)))
    assert [dcc.get(path).content for path in paths] == before


def test_changes_need_an_extract_before_them(dcc: Client) -> None:
    html = html_of(dcc.post(reverse("dcc_extracts"), {"kind": "changes"}), 422)
    assert (
        "Extract of changes cannot be taken, since no extract was taken before; take one of all entries first"
        in html
    )
    assert "Extract is not chosen; choose one" in html_of(dcc.post(reverse("dcc_extracts"), {}), 422)
    assert dcc.get(reverse("dcc_extract", args=[99])).status_code == 404


def test_only_the_dcc_sees_its_pages(dcc: Client, signed_in: Callable[[Role], Client]) -> None:
    for name in ("dcc", "dcc_loaded", "dcc_remove", "dcc_extracts"):
        others = set(Role) - {Role.DCC, Role.PUBLIC}
        assert {signed_in(role).get(reverse(name)).status_code for role in others} == {403}
        assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("model", [ExtractTaken, LoadRecord])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_recorded(dcc: Client, model: type[Model], change: str) -> None:
    take(dcc)
    dcc.post(reverse("dcc"), {**DAY, "ids": "1"})
    found = model._default_manager.all()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        found.update(id=99) if change == "update" else found._raw_delete("default")
    assert found.count() == 1


def test_ages_count_days(dcc: Client) -> None:
    (oldest, *_) = not_loaded(catalogue(NOTATION, AT.date() + timedelta(days=1)))
    assert oldest.age_days == (AT.date() - date(2020, 1, 2)).days + 1
