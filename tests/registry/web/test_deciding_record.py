"""SECAS's pages mend what was published: facts of images, notices, and entries that are not on the CPL yet."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.test import Client

from firmpath.pathways.facts import EntryPublished, NoticeOpened, ReleaseInformationGiven, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models_deciding import CorrectionRequest, Proposal
from tests.registry.web.deciding_pages import PROVENANCE, confirm, text_of

SignedIn = Callable[[Role], Client]
Recorded = Callable[[str], Sequence[Statement]]
IMAGE = "/edit/entries/3/image-facts/"
COMING = "/edit/entries/5/"


@pytest.fixture
def secas(signed_in: SignedIn, recorded: Recorded) -> Client:
    recorded("1 <- 2 <- 3; 5 listed=2099-09-01; notice N1: 1 -> 2, 2 -> 3")
    return signed_in(Role.SECAS)


def image_of(client: Client) -> dict[str, object]:
    """Give the answers with which the form begins."""
    page = client.get(IMAGE)
    given = {each.question.name: each.value for each in page.context["asked"] if each.question.kind != "date"}
    day = page.context["form"].defaults["listed_on"]
    parts = {"listed_on-day": day.day, "listed_on-month": day.month, "listed_on-year": day.year}
    return {**given, **parts, **PROVENANCE}


def last() -> Statement:
    return current().register.statements[-1]


def number_of(kind: type) -> int:
    return next(each.number for each in current().register.statements if isinstance(each.fact, kind))


def test_names_of_an_image_are_corrected_at_once(secas: Client) -> None:
    answers = {**image_of(secas), "firmware_name": "Aster 4.5", "gbcs_version": "4.2"}
    confirm(secas, IMAGE, answers)
    fact = last().fact
    assert isinstance(fact, EntryPublished)
    assert (fact.firmware_name, fact.gbcs_version) == ("Aster 4.5", "4.2")
    assert last().corrects
    assert Proposal.objects.get().state == "recorded"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("firmware_version", "0000AAAA", "Firmware version 00000003 0000AAAA"),
        ("manufacturer_image_hash", "ab" * 32, "Manufacturer Image hash"),
        ("model_id", "0009", "Manufacturer and model"),
    ],
)
def test_another_image_is_said_large_and_needs_a_second_person(
    secas: Client, name: str, value: str, said: str
) -> None:
    url = IMAGE.replace("3", "1")  # on which others stand only as a base
    page = secas.get(url)
    assert "Changing this makes the entry another image" in text_of(page)
    url, answers = IMAGE, {**image_of(secas), name: value}
    if name == "model_id":  # its base would be of another family, which a rule refuses
        refused = secas.post(url, answers)
        assert "The change breaks rule" in text_of(refused)
        return
    shown = text_of(secas.post(url, answers))
    assert "It becomes another image" in shown
    assert "THIS MAKES THE ENTRY ANOTHER IMAGE" in shown
    assert said in shown
    confirm(secas, url, answers)
    assert Proposal.objects.get().state == "waiting"


def test_every_fault_of_the_facts_of_an_image_is_said(secas: Client) -> None:
    answers = {**image_of(secas), "firmware_version": "x", "manufacturer_image_hash": "", "listed_on-day": "40"}
    page = secas.post(IMAGE, answers)
    assert page.status_code == 422
    for fault in (
        "Firmware version 'x' is not",
        "Manufacturer Image hash is empty",
        "is not a day of the calendar",
    ):
        assert fault in text_of(page), fault
    assert "The change is what is on record already" in text_of(secas.post(IMAGE, image_of(secas)))


def test_a_notice_is_corrected_and_what_narrows_it_needs_a_second_person(secas: Client) -> None:
    number = number_of(NoticeOpened)
    assert "Correct statement" in text_of(secas.get("/edit/notices/N1/record/"))
    url = f"/edit/notices/N1/statements/{number}/correct/"
    answers = {**PROVENANCE, "name": "Clock stops", "text": "Wait.", "steps": "1 -> 2\n2 -> 3"}
    confirm(secas, url, answers)
    assert (last().corrects, Proposal.objects.get().state) == (number, "recorded")
    assert secas.get(url).status_code == 404  # it has been corrected
    url = f"/edit/notices/N1/statements/{last().number}/correct/"
    confirm(secas, url, {**answers, "steps": "1 -> 2"})
    waiting = Proposal.objects.get(state="waiting")
    assert "The notice N1 covers fewer upgrades." in waiting.effect_words


def test_an_extension_of_a_notice_is_taken_back_by_two(secas: Client) -> None:
    confirm(secas, "/edit/notices/N1/extend/", {**PROVENANCE, "steps": "1 -> 3"})
    confirm(secas, f"/edit/notices/N1/statements/{last().number}/retract/", PROVENANCE)
    assert Proposal.objects.get(state="waiting").what.endswith("taken back")
    opened = f"/edit/notices/N1/statements/{number_of(NoticeOpened)}/retract/"
    assert secas.get(opened).status_code == 404


def test_an_entry_that_is_not_listed_yet_can_be_mended(secas: Client, signed_in: SignedIn) -> None:
    assert "This entry will be on the CPL from 1 September 2099." in text_of(secas.get(COMING))
    confirm(secas, f"{COMING}release-information/", {**PROVENANCE, "stands": "until", "contact": "a@maker.example"})
    assert isinstance(last().fact, ReleaseInformationGiven)
    assert last().effective_from == date(2099, 9, 1)
    entry = current().register.catalogue(date(2099, 9, 1))[CPLEntryID(5)]
    assert entry.contact == "a@maker.example"
    confirm(secas, f"{COMING}retract/{last().number}/", PROVENANCE)
    assert last().fact == Retracted()
    supplier = signed_in(Role.SUPPLIER)
    page = supplier.get("/corrections/new/?entry=5")
    assert "will be on the CPL from 1 September 2099" in text_of(page)
    asked = supplier.post("/corrections/new/?entry=5", {"words": "The contact is missing"}, follow=True)
    assert 'CPL entry 5 (firmware 00000005, "v5")' in text_of(asked)


def test_fields_and_mark_are_applied_together(secas: Client, signed_in: SignedIn) -> None:
    wanted = {"words": "Stop there", "contact": "new@maker.example", "mark": "stepping-stone"}
    signed_in(Role.SUPPLIER).post("/corrections/new/?entry=2", wanted)
    correction = CorrectionRequest.objects.get()
    url = f"/corrections/{correction.pk}/apply/"
    page = text_of(secas.get(url))
    assert "It should be marked as a stepping stone" in page
    answers = {**PROVENANCE, "stands": "mistake", "contact": "new@maker.example", "mark": "stepping-stone"}
    confirm(secas, url, answers)
    entry = current().register.catalogue(Proposal.objects.get().made_at.date())[CPLEntryID(2)]
    assert entry.contact == "new@maker.example"
    assert entry.stepping_stone
    correction.refresh_from_db()
    assert correction.state == "open"


def test_the_responsible_party_is_chosen_or_named_in_words(secas: Client) -> None:
    url = "/edit/entries/3/withdraw/"
    unknown = text_of(secas.post(url, {**PROVENANCE, "party": "Astre Metering"}))
    assert "Responsible Party 'Astre Metering' is not one of the answers; choose one" in unknown
    nameless = text_of(secas.post(url, {**PROVENANCE, "party": "another"}))
    assert "Another Party is not given; write it" in nameless
    both = text_of(secas.post(url, {**PROVENANCE, "party_other": "Fern Meters"}))
    assert "Another Party 'Fern Meters' is written, though a Party is chosen above" in both
    confirm(secas, url, {**PROVENANCE, "party": "another", "party_other": "Fern Meters"})
    assert last().party == "Fern Meters"
