"""Steering by public notices, assessing, names, and inventories: what the SSC writes, and what stays with it."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from firmpath.pathways.facts import NoticeOpened
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Act, Role, Scope
from firmpath.registry.parties.tokens import make_token, use_token
from firmpath.registry.ssc.assessments.keeping import assessments_of, past_assessments
from firmpath.registry.ssc.inventories.counts import find_inventory, inventories, read_counts
from firmpath.registry.ssc.models import AssessmentStatement, SteeringNotice, VulnerabilityRevision
from firmpath.registry.ssc.steering.opening import notices_because_of
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.vulnerabilities.keeping import change_vulnerability, known_vulnerabilities
from firmpath.registry.ssc.wall import BehindTheWallError, ssc_open
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability
from tests.registry.ssc.planting import who

People = dict[Role, Person]
NOTICE = {
    "notice_id": "W7",
    "name": "Wait before this step",
    "text": "Do not take Devices to 2 for now.",
    "steps": "any -> 2",
    "link": "",
    "fixed_in": "",
}


@pytest.fixture
def client(people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]) -> Client:
    recorded("1 <- 2 <- 3 ; 4 model=0008")
    give_stacks(people, {1: "OrrinZNet 7.1.0", 2: "OrrinZNet 7.2.0", 3: "OrrinZNet 7.4.0"})
    know_names(people)
    return signed_in(Role.SSC)


@pytest.fixture
def number(client: Client, people: People) -> int:
    return know_vulnerability(people)


def html_of(response: Any) -> str:
    return str(response.content.decode())


# ---------------------------------------------------------------- steering


def test_a_notice_is_opened_once_its_effect_was_seen_and_tells_no_reason(client: Client, number: int) -> None:
    path = reverse("ssc_notice", args=[number])
    html = html_of(client.get(path))
    assert "any -&gt; 1</textarea>" in html  # the steps into what is affected, to begin with
    assert "any -&gt; 2" not in html  # through which the way out of 1 leads
    assert "every affected entry that no way out leads through" in html
    assert "Write nothing here that may not be known." in html
    confirm = html_of(client.post(path, NOTICE))
    assert "Record this change?" in confirm
    assert current().register.catalogue(AT.date()).notices == ()
    seen = confirm.split('name="seen" value="')[1].partition('"')[0]
    was_open: list[bool] = []
    with connections["default"].execute_wrapper(partial(watch_the_wall, was_open)):
        assert client.post(path, {**NOTICE, "seen": seen}).status_code == 302
    assert len(was_open) > 0
    assert not any(was_open)
    statement = current().register.statements[-1]
    assert isinstance(statement.fact, NoticeOpened)
    assert (statement.channel, statement.party) == (Channel.SSC_NOTICE, "Security Sub-Committee")
    assert statement.reason == "A notice of the Security Sub-Committee"
    assert "OS-2026-7" not in str(statement)
    assert notices_because_of(number) == ["W7"]
    again = html_of(client.post(path, NOTICE))
    assert "Notice &#x27;W7&#x27; has been used before" in again


def watch_the_wall(was_open: list[bool], execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    """Note of every row that is written into the register whether the SSC's database could be asked meanwhile."""
    if sql.startswith("INSERT"):
        try:
            was_open.append(SteeringNotice.objects.exists())
        except BehindTheWallError:
            was_open.append(False)
    return execute(sql, *more)


def test_every_fault_of_a_notice_is_told(client: Client, number: int) -> None:
    response = client.post(reverse("ssc_notice", args=[number]), {"notice_id": "?", "steps": "1 to 2"})
    assert response.status_code == 422
    for fault in ("is not an id of a notice", "is not an upgrade; write it as in 311 -&gt; 402", "Name is"):
        assert fault in html_of(response)


def test_only_the_ssc_opens_notices_so_and_nobody_by_token(people: People) -> None:
    ssc, supplier = who(people, Role.SSC), who(people, Role.SUPPLIER)
    assert (ssc.may(Act.OPEN_NOTICE), ssc.may(Act.EDIT)) == (True, False)
    assert not supplier.may(Act.OPEN_NOTICE)
    for scope in (Scope.READ, Scope.WRITE, Scope.READ_SSC, Scope.WRITE_SSC):
        token = make_token("program", scope, f"{AT:%Y-%m-%d}", by=ssc, at=AT)
        found = use_token(token, AT)
        assert not found.may(Act.OPEN_NOTICE)
        assert found.may(Act.READ_SSC) == (scope in (Scope.READ_SSC, Scope.WRITE_SSC))
        assert found.may(Act.WORK_SSC) == (scope is Scope.WRITE_SSC)
    with pytest.raises(Exception, match="has not been chosen"):
        make_token("program", Scope.READ_SSC, f"{AT:%Y-%m-%d}", by=supplier, at=AT)


# ---------------------------------------------------------------- assessing


def test_an_assessment_from_before_the_last_change_is_to_be_looked_at_again(
    client: Client, people: People, number: int
) -> None:
    why = {"justification": "vulnerable_code_not_present", "reason": "Built without it."}
    said = {"ids": "1", "kind": "not affected", **why}
    assert client.post(reverse("ssc_assess", args=[number]), said).status_code == 302
    path, words = reverse("ssc_vulnerability", args=[number]), "Said before the vulnerability was last changed."
    assert words not in html_of(client.get(path))
    found = known_vulnerabilities()[number]
    later = past_assessments(number)[0].recorded_at + timedelta(hours=1)
    change_vulnerability(
        found.kept, found.vulnerability._replace(note="Wider."), "more", who(people, Role.SSC), later
    )
    assert words in html_of(client.get(path))


def test_an_assessment_goes_before_the_version_and_can_be_taken_back(client: Client, number: int) -> None:
    path = reverse("ssc_assess", args=[number])
    said = {
        "ids": "1 2",
        "kind": "not affected",
        "justification": "vulnerable_code_not_present",
        "reason": "Built without it; shown to us on 12 May.",
    }
    assert client.post(path, said).status_code == 302
    assert sorted(assessments_of(number)) == [1, 2]
    exposure = html_of(client.get(reverse("ssc_exposure", args=[number]) + "?verdict=not+affected"))
    assert "Built without it; shown to us on 12 May." in exposure
    html = html_of(client.get(reverse("ssc_vulnerability", args=[number])))
    assert "0 affected entries have a pathway" in html
    assert "vulnerable_code_not_present" in html
    back = {"ids": "1", "kind": "take back", "justification": "", "reason": "It was built with it after all."}
    assert client.post(path, back).status_code == 302
    assert sorted(assessments_of(number)) == [2]
    assert len(past_assessments(number)) == 3
    with pytest.raises(IntegrityError, match="only ever added to"), ssc_open(), transaction.atomic(using="ssc"):
        AssessmentStatement.objects.all().delete()
    with pytest.raises(IntegrityError, match="only ever added to"), ssc_open(), transaction.atomic(using="ssc"):
        VulnerabilityRevision.objects.update(reason="")


def test_every_fault_of_an_assessment_is_told(client: Client, number: int) -> None:
    path = reverse("ssc_assess", args=[number])
    html = html_of(client.post(path, {"ids": "", "kind": "not affected", "justification": "", "reason": ""}))
    for fault in (
        "CPL entries are not given; name at least one by its CPL Entry ID",
        "Why it is not affected has not been chosen; choose why; others act on it",
        "Reason is not given; say how it was found out, and by whom",
    ):
        assert fault in html
    assert "CPL entries name 99, which is not on the CPL" in html_of(client.post(path, {"ids": "99 1"}))
    assert 'name="ids"' in html_of(client.get(path + "?ids=2"))


# ---------------------------------------------------------------- names


def test_what_matches_nothing_is_a_worklist_until_the_ssc_says_what_it_is(client: Client, people: People) -> None:
    give_stacks(people, {4: "Orin ZNet 7.4.0"})
    html = html_of(client.get(reverse("ssc_names")))
    assert "1 spelling that matches nothing" in html
    assert "Orin ZNet" in html
    assert "What cannot be compared is unknown, never safe." in html
    stack = next(each for each in known_names().stacks.values() if each.name == "OrrinZNet")
    path = reverse("ssc_name", args=[stack.number])
    form = {
        "name": "OrrinZNet",
        "spellings": "Orrin ZNet PRO\nOrin ZNet",
        "maker": str(stack.maker),
        "rule": "dotted numbers",
    }
    assert "Reason is not given" in html_of(client.post(path, form))
    assert client.post(path, {**form, "reason": "a slip of the pen"}).status_code == 302
    assert "Every spelling is matched." in html_of(client.get(reverse("ssc_names")))
    assert "a slip of the pen" in html_of(client.get(path))


def test_a_change_of_what_somebody_else_has_changed_is_refused(client: Client) -> None:
    stack = next(each for each in known_names().stacks.values() if each.name == "OrrinZNet")
    path = reverse("ssc_name", args=[stack.number])
    (seen,) = re.findall('name="revision" value="([0-9]+)"', html_of(client.get(path)))
    form = {"name": "OrrinZNet", "maker": str(stack.maker), "rule": "dotted numbers", "revision": seen}
    assert client.post(path, {**form, "spellings": "Orin", "reason": "a slip"}).status_code == 302
    late = client.post(path, {**form, "spellings": "Oren", "reason": "another slip"})
    assert late.status_code == 422
    assert "was made to what somebody else has changed in the meantime; look at it again" in html_of(late)
    assert known_names().stacks[stack.number].spellings == ("Orin",)


def test_a_spelling_means_one_name_alone(client: Client) -> None:
    form = {"name": "Another", "spellings": "orrin-z net", "rule": "dotted numbers", "maker": ""}
    html = html_of(client.post(reverse("ssc_name_add", args=["stack"]), form))
    assert "is a spelling of OrrinZNet already; take it out of one of the two" in html
    html = html_of(client.post(reverse("ssc_name_add", args=["stack"]), {"name": "", "rule": ""}))
    assert "Name is not given" in html
    assert "How versions compare has not been chosen; choose one" in html
    assert client.post(reverse("ssc_name_add", args=["maker"]), {"name": "Vale"}).status_code == 302
    assert client.get(reverse("ssc_name_add", args=["chip"])).status_code == 404


# ---------------------------------------------------------------- inventories


def test_exposure_is_weighed_by_the_counts_of_an_inventory(client: Client, number: int) -> None:
    path = reverse("ssc_inventories")
    text = "cpl_entry_id,devices\n1,1000\n2; 3,50\n1; 2,7\n99,5\n3; 98,20\n98; 99,3\n"
    sent = {"name": "All Suppliers", "counted_on-day": "1", "counted_on-month": "6", "counted_on-year": "2026"}
    file = SimpleUploadedFile("counts.csv", text.encode())
    assert client.post(path, {**sent, "file": file}).status_code == 302
    (given,) = inventories()
    assert (given.name, given.devices) == ("All Suppliers", 1085)
    kept = find_inventory(given.number)
    assert kept
    assert kept.counts[CPLEntryID(2), CPLEntryID(3)] == 50
    html = html_of(client.get(reverse("ssc_vulnerability", args=[number]) + f"?inventory={given.number}"))
    assert "8 of its 1,085 Devices run what is not on this CPL." in html
    for verdict, devices in (("Affected", "1,007"), ("Not affected", "0"), ("Unknown", "70")):
        row = html.split(f">{verdict}</a>")[1].partition("</tr>")[0]
        assert f'<td class="number">{devices}</td>' in row
    assert "is not one that was given" in html_of(
        client.get(reverse("ssc_ways_out", args=[number]) + "?inventory=77")
    )


@pytest.mark.parametrize("cell", ["9" * 5000, "0" * 5000, "9" * 5000 + "; 1"])
def test_a_number_of_thousands_of_digits_is_refused_in_words(cell: str) -> None:
    for row in (f"{cell},1", f"1,{cell}"):
        with pytest.raises(FirmpathError, match=r"is not a .*number.*, in row 2; write it"):
            read_counts(f"cpl_entry_id,devices\n{row}\n".encode())


def test_a_cell_that_no_table_has_is_refused_in_words() -> None:
    with pytest.raises(FirmpathError, match="File is no CSV that can be read: field larger than field limit"):
        read_counts(b"cpl_entry_id,devices\n1," + b"1" * 200_000)


def test_an_entry_that_is_named_twice_is_one_entry() -> None:
    assert read_counts(b"cpl_entry_id,devices\n311; 311,5\n") == {(311,): 5}
    with pytest.raises(FirmpathError, match="is counted in an earlier row, in row 3"):
        read_counts(b"cpl_entry_id,devices\n311,5\n311;311,5\n")


def test_every_fault_of_counts_is_told(client: Client) -> None:
    text = "cpl_entry_id,devices\n0,1\n1,many\n2,3\n2,4\n3\n"
    sent = {"name": "", "counted_on-day": "1", "counted_on-month": "6", "counted_on-year": "2026"}
    response = client.post(reverse("ssc_inventories"), {**sent, "file": SimpleUploadedFile("c.csv", text.encode())})
    assert response.status_code == 422
    for fault in (
        "in row 2",
        "Devices &#x27;many&#x27; is not a number of Devices, in row 3",
        "CPL Entry ID &#x27;2&#x27; is counted in an earlier row, in row 5",
        "Row &#x27;3&#x27; has 1 cells, in row 6",
    ):
        assert fault in html_of(response)
