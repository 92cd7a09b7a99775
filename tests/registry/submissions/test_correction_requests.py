"""Requests for corrections: taken with their evidence, decided once, and the requester is told."""

import threading
from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.registry.parties.mail import SENDING
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import NOBODY
from firmpath.registry.submissions import corrections
from firmpath.registry.submissions.correction_queries import corrections_for, find_file
from firmpath.registry.submissions.corrections import (
    Request,
    refuse_correction,
    request_correction,
    settle_correction,
)
from firmpath.registry.submissions.evidence import LARGEST_FILE_OCTETS, Given, parse_files
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile
from firmpath.registry.submissions.proposals import approve, preview, refuse, stated_in
from tests.registry.conftest import AT
from tests.registry.submissions.deciding_world import change_to, make, narrowing, second_person, who, widening

People = dict[Role, Person]
LARGE = b"a" * (LARGEST_FILE_OCTETS + 1)
PDF = Given("proof.pdf", b"%PDF-1.7 proof")


def sent(outbox: list[EmailMessage]) -> list[EmailMessage]:
    for thread in threading.enumerate():
        if thread.name == SENDING:
            thread.join()
    return outbox


@pytest.fixture
def correction(people: People, recorded: Callable[[str], Sequence[Statement]]) -> CorrectionRequest:
    recorded("1 <- 2 <- 3")
    asked_for = Request("3 can be put on 1 as well", 3, email_text="They wrote so", files=(PDF,))
    return request_correction(asked_for, who(people[Role.SUPPLIER]), AT)


def test_files_are_kept_as_they_were(correction: CorrectionRequest) -> None:
    found = EvidenceFile.objects.get()
    assert bytes(found.contents) == PDF.contents
    assert (found.name, found.sha256) == ("proof.pdf", sha256(PDF.contents).hexdigest())


def test_a_request_sent_twice_is_one_until_it_is_decided(correction: CorrectionRequest, people: People) -> None:
    by = who(people[Role.SUPPLIER])
    again = Request("3 can be put on 1 as well", 3, email_text="They wrote so", files=(PDF,))
    assert request_correction(again, by, AT) == correction
    others = (again._replace(files=()), again._replace(cpl_entry_id=2), again._replace(words="Another matter"))
    assert len({correction, *(request_correction(each, by, AT) for each in others)}) == 4
    refuse_correction(correction.pk, "The maker says no.", who(people[Role.SECAS]), AT)
    assert request_correction(again, by, AT) != correction


def test_only_secas_and_the_party_of_the_requester_see_a_request(
    correction: CorrectionRequest, people: People
) -> None:
    file_id = EvidenceFile.objects.get().pk
    sees = {role for role, person in people.items() if corrections_for(who(person)).exists()}
    opens = {role for role, person in people.items() if find_file(who(person), correction.pk, file_id)}
    assert sees == opens == {Role.SUPPLIER, Role.SECAS}


def test_a_refusal_is_told_with_its_reason(
    correction: CorrectionRequest,
    people: People,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        refuse_correction(correction.pk, "The maker says no.", who(people[Role.SECAS]), AT)
    (told,) = sent(mailoutbox)
    assert told.to == [people[Role.SUPPLIER].email]
    assert told.subject == f"Your request for correction {correction.pk} is refused"
    assert "SECAS has refused it, for this reason:\n\nThe maker says no." in told.body


def test_a_request_is_decided_once(correction: CorrectionRequest, people: People) -> None:
    refuse_correction(correction.pk, "No.", who(people[Role.SECAS]), AT)
    with pytest.raises(
        FirmpathError, match=f"Correction {correction.pk} is refused already; look at the list again"
    ):
        refuse_correction(correction.pk, "No.", who(people[Role.SECAS]), AT)
    with pytest.raises(FirmpathError, match=f"Correction {correction.pk} has been refused"):
        make(change_to(narrowing()), people[Role.SECAS], correction.pk)


def test_a_request_is_applied_only_when_secas_says_that_it_is_settled(
    correction: CorrectionRequest,
    people: People,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    secas = who(people[Role.SECAS])
    with pytest.raises(FirmpathError, match="has no change that was recorded for it; make a change for it, or"):
        settle_correction(correction.pk, secas, AT)
    proposal = make(change_to(widening()), people[Role.SECAS], correction.pk)
    for decide in (settle_correction, lambda number, by, at: refuse_correction(number, "No.", by, at)):
        with pytest.raises(FirmpathError, match="has a change that waits for a second person; have that change"):
            decide(correction.pk, secas, AT)
    approve(proposal.pk, preview(stated_in(proposal, AT.date()), AT).seen, who(second_person()), AT)
    correction.refresh_from_db()
    assert correction.state == "open"
    with django_capture_on_commit_callbacks(execute=True):
        settle_correction(correction.pk, secas, AT)
    correction.refresh_from_db()
    assert correction.state == "applied"
    (told,) = sent(mailoutbox)
    assert told.subject == f"Your request for correction {correction.pk} is applied"
    assert "SECAS has applied it." in told.body


def test_only_those_who_may_ask_and_decide(correction: CorrectionRequest, people: People) -> None:
    supplier = who(people[Role.SUPPLIER])
    for act in (
        lambda: request_correction(Request("x", 3), NOBODY, AT),
        lambda: refuse_correction(correction.pk, "No.", supplier, AT),
        lambda: settle_correction(correction.pk, supplier, AT),
        lambda: make(change_to(narrowing()), people[Role.SUPPLIER]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_request_stays_open_when_the_change_for_it_is_refused(
    correction: CorrectionRequest, people: People, mailoutbox: list[EmailMessage]
) -> None:
    proposal = make(change_to(widening()), people[Role.SECAS], correction.pk)
    refuse(proposal.pk, "not so", who(second_person()), AT)
    correction.refresh_from_db()
    assert correction.state == "open"
    assert not mailoutbox


def test_what_is_done_is_logged(correction: CorrectionRequest, people: People) -> None:
    refuse_correction(correction.pk, "No.", who(people[Role.SECAS]), AT)
    acts = (
        ActLog.objects.filter(about=f"correction {correction.pk}").order_by("pk").values_list("what", "person_id")
    )
    assert list(acts) == [
        ("correction requested", people[Role.SUPPLIER].pk),
        ("correction refused", people[Role.SECAS].pk),
    ]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (Given("run.exe", b"MZ"), "is not of a kind that is taken; send pdf, txt, eml, png, jpg, csv, xlsx"),
        (Given("a.pdf", b"<html>"), "is not a pdf file, whatever its name says; save it again as what it is"),
        (Given("a.txt", b"a\x00b"), "is not a txt file, whatever its name says; save it again as what it is"),
        (Given("a.png", b"\xff\xd8"), "is not a png file, whatever its name says; save it again as what it is"),
        (Given("a.txt", b""), "is empty; choose the file again"),
        (Given(f"{'n' * 120}.txt", b"a"), "has a name of 124 characters, more than 120; give it a shorter name"),
        (
            Given("a.txt", b"a" * (LARGEST_FILE_OCTETS + 1)),
            "is larger than 5 MB; send a smaller one, or a part of it",
        ),
    ],
    ids=["kind", "not a pdf", "not text", "not a png", "empty", "long name", "large"],
)
def test_a_file_that_is_not_taken_is_refused_in_words(given: Given, fault: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_files([PDF, given])
    (found,) = map(str, refused.value.faults)
    assert found.startswith(f"Files '{given.name[:60]}")
    assert found.endswith(f"' {fault}")


def test_every_fault_of_every_file_is_said() -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_files([Given("a.exe", b"a"), *[PDF] * 4, Given("b.txt", b"")])
    assert [str(each) for each in refused.value.faults] == [
        "Files are 6, more than 5; leave some out, or put them together",
        "Files 'a.exe' is not of a kind that is taken; send pdf, txt, eml, png, jpg, csv, xlsx",
        "Files 'b.txt' is empty; choose the file again",
    ]


def test_names_of_files_are_made_fit_to_save_under() -> None:
    names = ["../../etc/passwd.TXT", 'a"b\r\nSet-Cookie: x.txt', "\u202etxt.exe.jpeg"]
    contents = [b"a", b"a", b"\xff\xd8\xff"]
    fit = [each.name for each in parse_files([Given(*each) for each in zip(names, contents, strict=True)])]
    assert fit == ["_.._etc_passwd.txt", "a_b__Set-Cookie_ x.txt", "_txt.exe.jpg"]


def test_a_party_has_only_so_many_requests_that_wait(
    correction: CorrectionRequest, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "MOST_OPEN", 1)
    with pytest.raises(FirmpathError, match="has 1 requests for corrections that wait, the most there can be"):
        request_correction(Request("and on 2", 3), who(people[Role.SUPPLIER]), AT)
    request_correction(Request("and on 2", 3), who(people[Role.MAP]), AT)


def test_a_change_is_not_made_for_a_request_about_another_entry(
    people: People, correction: CorrectionRequest
) -> None:
    elsewhere = request_correction(Request("wrong", 2), who(people[Role.SUPPLIER]), AT)
    wrong = f"Correction {elsewhere.pk} is about CPL entry 2, not 3; make the change without it"
    with pytest.raises(FirmpathError, match=wrong):
        make(change_to(narrowing(3)), people[Role.SECAS], elsewhere.pk)
    assert make(change_to(narrowing(3)), people[Role.SECAS], correction.pk).correction_id == correction.pk
