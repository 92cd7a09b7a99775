"""SECAS's pages: a change is shown with its effect before it is recorded; a second person approves what widens."""

import re
from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.facts import BaseFirmwareDeclared, NoticeOpened, ReleaseInformationGiven, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models_deciding import Proposal
from tests.registry.submissions.deciding_world import second_person
from tests.registry.web.deciding_pages import PROVENANCE, confirm, hidden, text_of

SignedIn = Callable[[Role], Client]
Recorded = Callable[[str], Sequence[Statement]]

BASE = "/edit/entries/3/base-firmware/"
REGISTER = "1 <- 2 <- 3; 3 contact=help@maker.example; 4 ?; notice N1: 2 -> 3"


@pytest.fixture
def secas(signed_in: SignedIn, recorded: Recorded) -> Client:
    recorded(REGISTER)
    return signed_in(Role.SECAS)


@pytest.fixture
def other(secas: Client) -> Client:
    client = Client()
    client.force_login(second_person(), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_menu_names_the_entry_and_what_can_be_changed(secas: Client) -> None:
    words = text_of(secas.get("/edit/entries/3/"))
    assert 'CPL entry 3 (firmware 00000003, "v3") What do you want to change?' in words
    assert "Mark as a stepping stone" in words
    assert "Take the stepping-stone mark away" not in words
    assert "Base firmware 2 (00000002)" in words


def test_the_form_shows_what_is_on_record_now(secas: Client) -> None:
    page = secas.get(BASE)
    assert "On record now Base firmware 2 (00000002)" in text_of(page)
    assert 'value="2" checked' in re.sub(r"\s+", " ", page.content.decode())


def test_what_widens_is_proposed_and_approved_by_somebody_else(secas: Client, other: Client) -> None:
    answers = {**PROVENANCE, "base_firmware": ["1", "2"], "stands": "until"}
    shown = secas.post(BASE, answers)
    words = text_of(shown)
    assert "Propose this change?" in words
    assert (
        "so a second person of SECAS has to approve it. The upgrade from 1 (00000001) to 3 (00000003) opens."
        in words
    )
    assert 'CPL entry 3 (firmware 00000003, "v3") can be applied to 1 (00000001) or 2 (00000002).' in words
    done = secas.post(BASE, {**answers, "seen": hidden(shown, "seen")}, follow=True)
    assert "The change has been proposed. A second person of SECAS has to approve it." in text_of(done)
    assert "Approve and record it" not in text_of(done)
    proposal = Proposal.objects.get()
    assert "Waiting" in text_of(other.get("/proposals/"))
    page = other.get(f"/proposals/{proposal.pk}/")
    assert "Approve and record it" in text_of(page)
    approved = other.post(f"/proposals/{proposal.pk}/", {"seen": hidden(page, "seen")}, follow=True)
    assert "The change has been recorded." in text_of(approved)
    entry = current().register.catalogue(proposal.made_at.date())[CPLEntryID(3)]
    assert entry.base_firmware == Bases((CPLEntryID(1), CPLEntryID(2)))


def test_nobody_approves_their_own_change(secas: Client) -> None:
    confirm(secas, BASE, {**PROVENANCE, "base_firmware": ["1", "2"], "stands": "until"})
    proposal = Proposal.objects.get()
    page = secas.get(f"/proposals/{proposal.pk}/")
    assert "You proposed this change, so somebody else of SECAS has to decide it." in text_of(page)
    refused = secas.post(f"/proposals/{proposal.pk}/", {"seen": ""})
    assert refused.status_code == 400
    assert "is your own; a second person of SECAS has to decide it" in text_of(refused)


def test_what_narrows_is_recorded_at_once(secas: Client) -> None:
    shown = secas.post("/edit/entries/3/withdraw/", PROVENANCE)
    assert "This adds no upgrade, so it can be recorded at once." in text_of(shown)
    done = secas.post("/edit/entries/3/withdraw/", {**PROVENANCE, "seen": hidden(shown, "seen")}, follow=True)
    assert "The change has been recorded." in text_of(done)
    assert current().register.statements[-1].reason == "The maker wrote so"


def test_nothing_is_recorded_before_its_effect_was_seen(secas: Client) -> None:
    before = current().number
    secas.post("/edit/entries/3/withdraw/", PROVENANCE)
    changed = secas.post("/edit/entries/3/withdraw/", {**PROVENANCE, "seen": "made up"})
    assert changed.status_code == 409
    assert "The register has changed since you saw the effect, or somebody has changed the same thing." in text_of(
        changed
    )
    assert current().number == before


def test_the_approver_is_shown_the_new_effect_first(secas: Client, other: Client) -> None:
    confirm(secas, BASE, {**PROVENANCE, "base_firmware": ["1", "2"], "stands": "until"})
    url = f"/proposals/{Proposal.objects.get().pk}/"
    was_seen = hidden(other.get(url), "seen")
    confirm(secas, "/edit/entries/3/withdraw/", PROVENANCE)
    changed = other.post(url, {"seen": was_seen})
    assert changed.status_code == 409
    words = text_of(changed)
    assert "The register has changed since you saw the effect, or somebody has changed the same thing." in words
    assert "The upgrade from 1 (00000001) to 3 (00000003) is declared, though it is not open." in words
    assert other.post(url, {"seen": hidden(changed, "seen")}).status_code == 302


def test_a_proposal_is_refused_with_a_reason_or_taken_back(secas: Client, other: Client) -> None:
    for _ in range(2):
        confirm(secas, BASE, {**PROVENANCE, "base_firmware": ["1", "2"], "stands": "until"})
    first, second = Proposal.objects.order_by("pk")
    missing = other.post(f"/proposals/{first.pk}/refuse/", {"reason": " "})
    assert missing.status_code == 422
    assert "Reason is not given; write it" in text_of(missing)
    refused = other.post(f"/proposals/{first.pk}/refuse/", {"reason": "The maker says no"}, follow=True)
    assert "The change has been refused." in text_of(refused)
    assert "The maker says no" in text_of(refused)
    assert "Nobody can approve it any more." in text_of(secas.get(f"/proposals/{second.pk}/withdraw/"))
    assert "You have taken the change back." in text_of(
        secas.post(f"/proposals/{second.pk}/withdraw/", follow=True)
    )
    assert "No change waits for a second person." in text_of(secas.get("/proposals/"))
    assert "2 changes" in text_of(secas.get("/proposals/?state=all"))
    assert secas.get("/proposals/?state=all&format=csv").content.decode().count("The maker wrote so") == 2


def test_every_fault_of_the_form_is_said_at_once(secas: Client) -> None:
    page = secas.post(BASE, {"base_firmware": ["N/A", "2"], "channel": "hearsay", "effective_on-day": "31"})
    assert page.status_code == 422
    words = text_of(page)
    for fault in (
        "Base firmware 'N/A; 2' cannot be chosen together",
        "What stands now is not given; choose one",
        "Effective from '31//' is not a day of the calendar",
        "Reason is not given; write it",
        "How it came about 'hearsay' is not one of the answers",
        "Responsible Party is not given",
    ):
        assert fault in words


def test_a_rule_that_refuses_is_said_on_the_form(secas: Client) -> None:
    page = secas.post("/edit/entries/2/dead-end/", PROVENANCE)
    assert page.status_code == 422
    assert "The change breaks rule R46" in text_of(page)


def test_a_gap_is_filled_on_best_endeavours(secas: Client, other: Client) -> None:
    page = secas.get("/edit/entries/4/base-firmware/?fills=gap")
    assert "What stands now" not in text_of(page)
    assert 'value="Brackenfell Metering"' in page.content.decode()
    answers = {
        **PROVENANCE,
        "base_firmware": ["N/A"],
        "channel": "best endeavours",
        "party": "Brackenfell Metering",
    }
    confirm(secas, "/edit/entries/4/base-firmware/?fills=gap", {**answers, "evidence": "From: the maker"})
    statement = current().register.statements[-1]
    assert (statement.channel, statement.party) == (Channel.BEST_ENDEAVOURS, "Brackenfell Metering")
    assert statement.fact == BaseFirmwareDeclared(CPLEntryID(4), NO_PREVIOUS_VERSION)
    assert Proposal.objects.get().evidence == "From: the maker"


def test_release_information_keeps_what_is_not_changed(secas: Client) -> None:
    answers = {**PROVENANCE, "stands": "until", "contact": "help@maker.example", "notes": "Mends\r\nthe clock"}
    confirm(secas, "/edit/entries/3/release-information/", answers)
    statement = current().register.statements[-1]
    assert statement.fact == ReleaseInformationGiven(
        CPLEntryID(3), contact="help@maker.example", notes="Mends\nthe clock"
    )


def test_only_a_hub_can_be_dual_band(secas: Client) -> None:
    page = secas.post("/edit/entries/3/zigbee-band/", {**PROVENANCE, "zigbee_band": "Dual Band"})
    assert "ZigBee band 'Dual Band' is not a join option of this Device; choose one of the options" in text_of(page)


def test_a_statement_is_taken_back(secas: Client) -> None:
    contact = next(each for each in current().register.statements if isinstance(each.fact, ReleaseInformationGiven))
    url = f"/edit/entries/3/retract/{contact.number}/"
    assert f"Take back statement {contact.number}" in text_of(secas.get("/edit/entries/3/"))
    confirm(secas, url, PROVENANCE)
    statement = current().register.statements[-1]
    assert (statement.fact, statement.corrects) == (Retracted(), contact.number)
    assert secas.get(url).status_code == 404


def test_what_cannot_be_changed_is_not_there(secas: Client) -> None:
    for url in (
        "/edit/entries/99/",
        "/edit/entries/3/reinstate/",
        "/edit/entries/3/nonsense/",
        "/edit/entries/3/retract/5/",
    ):
        assert secas.get(url).status_code == 404, url


def test_notices_are_opened_extended_and_closed(secas: Client, other: Client) -> None:
    answers = {**PROVENANCE, "notice_id": "N2", "name": "Clock stops", "text": "Wait.", "steps": "1 -> 2\nany -> 4"}
    confirm(secas, "/edit/notices/open/", {**answers, "fixed_in": "3"})
    fact = current().register.statements[-1].fact
    assert isinstance(fact, NoticeOpened)
    assert (fact.name, len(fact.steps), fact.fixed_in) == ("Clock stops", 2, 3)
    words = text_of(secas.get("/edit/notices/"))
    assert "1 (00000001) → 2 (00000002) any entry → 4 (00000004)" in words
    assert 'Fixed in CPL entry 3 (firmware 00000003, "v3")' in words
    confirm(secas, "/edit/notices/N2/extend/", {**PROVENANCE, "steps": "2 -> 3"})
    confirm(secas, "/edit/notices/N2/close/", PROVENANCE)
    proposal = Proposal.objects.get(state="waiting")
    assert proposal.what == "Notice N2 closed"
    page = other.get(f"/proposals/{proposal.pk}/")
    other.post(f"/proposals/{proposal.pk}/", {"seen": hidden(page, "seen")})
    assert "N2: Clock stops, open from" in text_of(secas.get("/edit/notices/"))
    again = secas.post("/edit/notices/open/", answers)
    assert "Notice 'N2' has been used before; give this notice an id of its own" in text_of(again)


def test_every_fault_of_a_notice_is_said(secas: Client) -> None:
    page = secas.post("/edit/notices/open/", {**PROVENANCE, "notice_id": "a b", "steps": "1 to 2\n1 -> 99\nx -> 2"})
    words = text_of(page)
    for fault in (
        "Notice 'a b' is not an id of a notice",
        "Name is not given",
        "Upgrades '1 to 2' is not an upgrade; write it as in 311 -> 402",
        "Upgrades names CPL entry 99, which is not on the CPL; check the id",
        "Upgrades 'x' is not a",
    ):
        assert fault in words, fault


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECAS])
def test_only_secas_changes_anything(signed_in: SignedIn, recorded: Recorded, role: Role) -> None:
    recorded(REGISTER)
    client = signed_in(role)
    refused = 302 if role is Role.PUBLIC else 403
    notices = ("/edit/notices/", "/edit/notices/open/", "/edit/notices/N1/close/")
    for url in ("/proposals/", "/edit/entries/3/", BASE, *notices):
        assert client.get(url).status_code == refused, url
    for url in (BASE, "/proposals/1/", "/proposals/1/refuse/", "/proposals/1/withdraw/", "/edit/notices/open/"):
        assert client.post(url, PROVENANCE).status_code == refused, url
