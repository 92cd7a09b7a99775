"""The pages of corrections: anybody who is signed in asks and follows; SECAS applies or refuses."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.facts import BaseFirmwareDeclared
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.evidence import LARGEST_FILE_OCTETS
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile, Proposal
from tests.registry.submissions.deciding_world import second_person
from tests.registry.web.deciding_pages import PROVENANCE, confirm, hidden, text_of

SignedIn = Callable[[Role], Client]
NEW = "/corrections/new/?entry=3"
ASKED: Mapping[str, object] = {
    "words": "It can be put on 1 as well",
    "base_firmware": ["1", "2"],
    "email_text": "=A mail",
}


def proof(contents: bytes = b"%PDF-1.7", name: str = "proof.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, contents)


@pytest.fixture(autouse=True)
def register(recorded: Callable[[str], Sequence[Statement]]) -> None:
    recorded("1 <- 2 <- 3; 3 band=Single Band (2.4GHz); notice N1: 2 -> 3")


@pytest.fixture
def supplier(signed_in: SignedIn) -> Client:
    return signed_in(Role.SUPPLIER)


@pytest.fixture
def number(supplier: Client) -> int:
    supplier.post(NEW, {**ASKED, "files": [proof()]})
    return CorrectionRequest.objects.get().pk


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_everybody_who_is_signed_in_can_ask_and_follow(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    page = client.post(NEW, {"words": "The band is wrong"}, follow=True)
    assert "Your request has been sent to SECAS." in text_of(page)
    assert 'CPL entry 3 (firmware 00000003, "v3")' in text_of(client.get("/corrections/"))


def test_the_public_is_asked_to_sign_in(number: int) -> None:
    for url in ("/corrections/", NEW, f"/corrections/{number}/", f"/corrections/{number}/files/1/"):
        assert Client().get(url).status_code == 302, url


def test_other_parties_do_not_see_a_request(signed_in: SignedIn, number: int) -> None:
    file_id = EvidenceFile.objects.get().pk
    for role in (Role.MAP, Role.MANUFACTURER, Role.DCC, Role.SSC, Role.OTHER):
        client = signed_in(role)
        assert client.get(f"/corrections/{number}/").status_code == 404
        assert client.get(f"/corrections/{number}/files/{file_id}/").status_code == 404
        assert "You have not asked for a correction." in text_of(client.get("/corrections/"))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PUBLIC, Role.SECAS)])
def test_only_secas_decides(signed_in: SignedIn, number: int, role: Role) -> None:
    client = signed_in(role)
    for rest in ("refuse/", "apply/"):
        assert client.get(f"/corrections/{number}/{rest}").status_code == 403
        assert client.post(f"/corrections/{number}/{rest}", {"reason": "no"}).status_code == 403


def test_the_form_warns_of_zigbee_details(supplier: Client) -> None:
    words = text_of(supplier.get(NEW))
    assert "Do not put a ZigBee chipset vendor or stack version anywhere on this page" in words
    assert "only the SSC reads it" in words


def test_which_entry_is_asked_where_none_is_named(supplier: Client) -> None:
    assert "Which entry is wrong?" in text_of(supplier.get("/corrections/new/"))
    missing = supplier.get("/corrections/new/?entry=99")
    assert missing.status_code == 404
    assert "There is no such entry on the CPL." in text_of(missing)


def test_a_request_about_a_notice(supplier: Client, signed_in: SignedIn) -> None:
    supplier.post("/corrections/new/?notice=N1", {"words": "It has been mended"})
    found = CorrectionRequest.objects.get()
    assert (found.notice_id, found.cpl_entry_id) == ("N1", None)
    page = signed_in(Role.SECAS).get(f"/corrections/{found.pk}/")
    assert f'href="/edit/notices/?correction={found.pk}"' in page.content.decode()


def test_every_fault_is_said_and_nothing_is_lost(supplier: Client) -> None:
    answers = {"zigbee_band": "Dual Band", "release_notes_url": "notes", "contact": "kept@maker.example"}
    page = supplier.post(NEW, {**answers, "files": [proof(b"<html>")]})
    assert page.status_code == 422
    words = text_of(page)
    for fault in (
        "What is wrong, and what would be right is not given; write it",
        "Files 'proof.pdf' is not a pdf file",
        "ZigBee band 'Dual Band' is not a join option of this Device",
    ):
        assert fault in words, fault
    assert "kept@maker.example" in page.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_files_too_large_together_are_refused_not_dropped(supplier: Client) -> None:
    large = [proof(b"%PDF-".ljust(LARGEST_FILE_OCTETS, b"0"), f"{at}.pdf") for at in range(2)]
    page = supplier.post(NEW, {"words": "See there", "files": large})
    assert page.status_code == 413
    assert "Request is larger than 8 MiB; send less at a time" in text_of(page)
    assert not CorrectionRequest.objects.exists()


def test_files_of_7_mb_together_are_taken(supplier: Client) -> None:
    assert "Up to 5 files of at most 5 MB each, and 7 MB together" in text_of(supplier.get(NEW))
    sizes = (5, 1, 0.5, 0.4, 0.1)
    large = [proof(b"%PDF-".ljust(int(size * 1024**2), b"0"), f"{size}.pdf") for size in sizes]
    assert supplier.post(NEW, {"words": "See there", "files": large}).status_code == 302
    assert sorted(EvidenceFile.objects.values_list("size_bytes", flat=True))[-1] == LARGEST_FILE_OCTETS
    assert EvidenceFile.objects.count() == 5


def test_a_form_from_elsewhere_is_refused(signed_in: SignedIn, people: dict[Role, Person]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.SUPPLIER], "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(NEW, ASKED).status_code == 403
    token = hidden(client.get(NEW), "csrfmiddlewaretoken")
    assert client.post(NEW, {**ASKED, "csrfmiddlewaretoken": token}).status_code == 302


def test_a_file_is_given_to_be_saved_never_to_be_shown(supplier: Client, number: int) -> None:
    response = supplier.get(f"/corrections/{number}/files/{EvidenceFile.objects.get().pk}/")
    assert response.content == b"%PDF-1.7"
    assert response["Content-Disposition"] == 'attachment; filename="proof.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_secas_refuses_with_a_reason(supplier: Client, signed_in: SignedIn, number: int) -> None:
    secas = signed_in(Role.SECAS)
    missing = secas.post(f"/corrections/{number}/refuse/", {"reason": ""})
    assert missing.status_code == 422
    assert "Reason is not given" in text_of(missing)
    done = secas.post(f"/corrections/{number}/refuse/", {"reason": "The maker says no."}, follow=True)
    assert "The request has been refused. The requester is told by e-mail." in text_of(done)
    words = text_of(supplier.get(f"/corrections/{number}/"))
    assert "Refused" in words
    assert "The maker says no." in words
    assert secas.get(f"/corrections/{number}/apply/").status_code == 404


def test_secas_applies_what_is_asked(supplier: Client, signed_in: SignedIn, number: int) -> None:
    secas = signed_in(Role.SECAS)
    assert "Apply what is asked" in text_of(secas.get(f"/corrections/{number}/"))
    url = f"/corrections/{number}/apply/"
    page = secas.get(url)
    assert page.content.decode().count("checked") >= 3  # both bases, and that it was a mistake
    assert "=A mail" in page.content.decode()
    confirm(secas, url, {**PROVENANCE, "base_firmware": ["1", "2"], "stands": "mistake", "party": "Brook Energy"})
    proposal = Proposal.objects.get()
    assert proposal.what == f'CPL entry 3 (firmware 00000003, "v3"): Base firmware, as asked in correction {number}'
    assert "Open" in text_of(supplier.get(f"/corrections/{number}/"))
    waiting = text_of(secas.get(f"/corrections/{number}/"))
    assert "A change for this request waits for a second person of SECAS. Decide that change first." in waiting
    assert "Apply what is asked" not in waiting
    other = Client()
    other.force_login(second_person(), "allauth.account.auth_backends.AuthenticationBackend")
    shown = other.get(f"/proposals/{proposal.pk}/")
    other.post(f"/proposals/{proposal.pk}/", {"seen": hidden(shown, "seen")})
    assert "Open" in text_of(supplier.get(f"/corrections/{number}/"))
    assert "This settles it" in text_of(secas.get(f"/corrections/{number}/"))
    secas.post(f"/corrections/{number}/settle/")
    assert "Applied" in text_of(supplier.get(f"/corrections/{number}/"))
    *_, statement = current().register.statements
    original = next(each for each in current().register.statements if each.number == statement.corrects)
    assert statement.fact == BaseFirmwareDeclared(CPLEntryID(3), Bases((CPLEntryID(1), CPLEntryID(2))))
    assert original.fact == BaseFirmwareDeclared(CPLEntryID(3), Bases((CPLEntryID(2),)))
    assert (statement.effective_from, statement.party) == (original.effective_from, "Brook Energy")


def test_a_change_made_for_a_request_begins_with_its_evidence(signed_in: SignedIn, number: int) -> None:
    page = signed_in(Role.SECAS).get(f"/edit/entries/3/zigbee-band/?correction={number}").content.decode()
    assert "=A mail" in page
    assert 'value="Brook Energy"' in page


def test_the_queue_is_filtered_sorted_and_downloaded(supplier: Client, signed_in: SignedIn, number: int) -> None:
    supplier.post("/corrections/new/?entry=2", {"words": "=HYPERLINK"})
    supplier.post("/corrections/new/?entry=2", {"words": "The second"})
    secas = signed_in(Role.SECAS)
    assert "3 requests" in text_of(secas.get("/corrections/?state=open"))
    assert "No request matches." in text_of(secas.get("/corrections/?state=refused"))
    assert "1 request" in text_of(secas.get("/corrections/?entry=3"))
    assert "No request matches." in text_of(secas.get("/corrections/?entry=x"))
    first, last = (text_of(secas.get(f"/corrections/?sort={sort}")) for sort in ("about", "-about"))
    assert first.index("CPL entry 2") < first.index("CPL entry 3")
    assert last.index("CPL entry 3") < last.index("CPL entry 2")
    table = secas.get("/corrections/?format=csv").content.decode()
    assert table.startswith("Number,About,What is asked,Party,Asked at,Age in days,State,Reason")
    assert table.count("Brook Energy") == 3


def test_what_a_spreadsheet_would_run_is_made_harmless_in_a_download(supplier: Client) -> None:
    supplier.post(NEW, {"words": "=1+1"})
    assert ",'=1+1," in supplier.get("/corrections/?format=csv").content.decode()


def test_what_no_database_can_hold_is_refused(supplier: Client) -> None:
    page = supplier.post(NEW, {"words": "a\x00b", "email_text": "tab\tand\x00", "contact": "a\x00"})
    assert page.status_code == 422
    assert text_of(page).count("has the character U+0000, which cannot be shown; take it out") >= 3


def test_numbers_that_are_none_are_not_found(supplier: Client) -> None:
    for url in (f"/corrections/{10**30}/", f"/corrections/1/files/{10**30}/", f"/corrections/new/?entry={10**30}"):
        assert supplier.get(url).status_code == 404, url
