"""Parties and people, as SECAS sees and changes them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from firmpath.registry.parties.models import ActLog, Invitation, ManufacturerIdentifier, Party, Person
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT
from tests.registry.parties.steps import sign_in, signed_in_as, text_of
from tests.registry.people import make_person

People = dict[Role, Person]


@pytest.fixture
def client(people: People) -> Client:
    return sign_in(people[Role.SECAS])


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.CONFIGURATION = settings.CONFIGURATION._replace(email_url="smtp://mail.secas.example")


def rows(page: str) -> list[str]:
    return re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECAS])
def test_only_secas_sees_and_changes_them(people: People, signed_in: Any, role: Role) -> None:
    browser, party, person = signed_in(role), people[Role.MAP].party_id, people[Role.MAP].pk
    for address in ("/parties/", "/parties/new/", f"/parties/{party}/", f"/people/{person}/switch/"):
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code in ((302, 405) if role is Role.PUBLIC else (403, 405)), address


def test_the_list_is_searched_filtered_and_sorted(client: Client) -> None:
    assert len(rows(text_of(client.get("/parties/")))) == 7
    assert rows(text_of(client.get("/parties/?q=f001"))) == ["Aster Metering"]
    assert rows(text_of(client.get("/parties/?q=ENERGY&role=Supplier"))) == ["Brook Energy"]
    assert rows(text_of(client.get("/parties/?state=off"))) == []
    assert rows(text_of(client.get("/parties/?sort=-name")))[0] == "The DCC"
    page = text_of(client.get("/parties/?q=nobody"))
    assert "<strong>No Party matches.</strong>" in page


def test_the_list_is_downloaded_as_it_is_filtered(client: Client) -> None:
    Party.objects.create(name="=1+1", role="MAP")
    answer = client.get("/parties/?role=MAP&format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert text_of(answer).splitlines() == [
        "Party,Role,Contact,Manufacturer identifiers,People,State",
        "'=1+1,MAP,,,0,on",
        "Hazel Meter Assets,MAP,,,1,on",
    ]


def test_a_long_list_has_pages(client: Client) -> None:
    Party.objects.bulk_create(Party(name=f"Party {number:03}", role="MAP") for number in range(60))
    assert len(rows(text_of(client.get("/parties/?q=Party")))) == 50
    assert len(rows(text_of(client.get("/parties/?q=Party&page=2")))) == 10


def test_the_people_of_a_party_are_searched_sorted_and_downloaded(people: People, client: Client) -> None:
    party = people[Role.MAP].party
    address = f"/parties/{party.pk}/"
    for name, has_factor in (("Ann", True), ("Zoe", False)):
        make_person(Role.MAP, party.name, AT, name, second_factor=has_factor)
    Person.objects.filter(name="Ann").update(is_active=False)
    robin = "Robin of Hazel Meter Assets"
    for query, shown in (
        ("", [robin, "Zoe", "Ann"]),
        ("?sort=name", ["Ann", robin, "Zoe"]),
        ("?sort=-email", ["Zoe", robin, "Ann"]),
        ("?q=ZOE@", ["Zoe"]),
        ("?state=off", ["Ann"]),
        ("?factor=no", ["Zoe"]),
    ):
        assert rows(text_of(client.get(address + query))) == shown, query
    assert "<strong>Nobody matches.</strong>" in text_of(client.get(f"{address}?q=nobody"))
    file = client.get(f"{address}?state=off&format=csv")
    assert text_of(file).splitlines() == [
        "Name,E-mail address,Joined,Second step,State",
        "Ann,ann@map.example,2026-06-01,yes,off",
    ]


def test_a_party_is_made_and_its_first_person_invited(client: Client, with_mail: None, mailoutbox: Any) -> None:
    sent = {"name": "Birch Meters", "role": "Device Manufacturer", "contact": "", "identifiers": "10A3 10A4"}
    page = text_of(client.post("/parties/new/", sent, follow=True))
    assert "The Party has been made. Now invite its people." in page
    assert "<strong>Nobody has joined for this Party yet.</strong>" in page
    assert "<code>10A4</code>" in page
    made = Party.objects.get(name="Birch Meters")
    page = text_of(client.post(f"/parties/{made.pk}/invite/", {"email": "jo@birch.example"}))
    assert "<h1>Invitation sent</h1>" in page
    assert "account/join" not in page
    assert "/account/join/" in mailoutbox[0].body
    page = text_of(client.get(f"/parties/{made.pk}/"))
    assert "jo@birch.example" in page
    assert "Send again" in page
    assert "Person invited" in page


def test_the_link_is_shown_where_no_e_mail_could_be_sent(people: People, client: Client) -> None:
    page = text_of(client.post(f"/parties/{people[Role.MAP].party_id}/invite/", {"email": "jo@hazel.example"}))
    assert "<h1>Pass the link on yourself</h1>" in page
    assert "The invitation has been made, but no e-mail could be sent." in page
    link = re.search(r"http://127\.0\.0\.1:8000/account/join/[\w/-]+", page.replace("<wbr>", ""))
    assert link
    assert Client().get(link[0].removeprefix("http://127.0.0.1:8000")).status_code == 200
    invited = Invitation.objects.get()
    again = text_of(client.get(f"/invitations/{invited.pk}/resend/"))
    assert "<h1>Send the invitation to jo@hazel.example again?</h1>" in again
    assert "Pass the link on yourself" in text_of(client.post(f"/invitations/{invited.pk}/resend/"))
    assert Client().get(link[0].removeprefix("http://127.0.0.1:8000")).status_code == 404


def test_an_invitation_is_withdrawn_once_it_is_clear_which(people: People, client: Client) -> None:
    client.post(f"/parties/{people[Role.MAP].party_id}/invite/", {"email": "jo@hazel.example"})
    address = f"/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert "<h1>Withdraw the invitation to jo@hazel.example?</h1>" in text_of(client.get(address))
    assert "The invitation has been withdrawn." in text_of(client.post(address, follow=True))
    assert client.get(address).status_code == 404


def test_what_is_wrong_with_a_party_is_said_beside_its_fields(client: Client) -> None:
    answer = client.post("/parties/new/", {"name": "", "role": "", "identifiers": "XY"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert '<a href="#name">Name of the Party is missing; write it</a>' in page
    assert '<a href="#identifiers">Manufacturer identifier &#x27;XY&#x27;' in page
    assert "Role is missing; choose one" in page


def test_a_party_is_changed(people: People, client: Client) -> None:
    address = f"/parties/{people[Role.SUPPLIER].party_id}/edit/"
    assert "what they may read and do changes at once" in text_of(client.get(address))
    page = text_of(client.post(address, {"name": "Brook Power", "role": "MAP", "contact": "help@brook.example"}))
    page = text_of(client.get(f"/parties/{people[Role.SUPPLIER].party_id}/"))
    assert "The Party has been changed." in page
    assert "Brook Power" in page
    assert "help@brook.example" in page
    assert "Party given another role: Supplier to MAP" in page


def test_identifiers_are_added_and_removed(people: People, client: Client) -> None:
    party = people[Role.MANUFACTURER].party_id
    answer = client.post(f"/parties/{people[Role.SUPPLIER].party_id}/identifiers/add/", {"identifier": "f001"})
    assert "Manufacturer identifier &#x27;F001&#x27; is with Aster Metering already" in text_of(answer)
    client.post(f"/parties/{party}/identifiers/add/", {"identifier": "f002"})
    address = f"/parties/{party}/identifiers/F001/remove/"
    assert "<h1>Remove manufacturer identifier F001 from Aster Metering?</h1>" in text_of(client.get(address))
    client.post(address)
    assert list(ManufacturerIdentifier.objects.values_list("identifier", flat=True)) == ["F002"]
    assert client.get(address).status_code == 404


def test_a_person_is_switched_off_and_on(people: People, client: Client) -> None:
    robin = people[Role.MAP]
    theirs = sign_in(robin)
    address = f"/people/{robin.pk}/switch/"
    page = text_of(client.get(address))
    assert "<h1>Switch off Robin of Hazel Meter Assets?</h1>" in page
    assert "signed out everywhere" in page
    page = text_of(client.post(address, follow=True))
    assert "The person has been switched off." in page
    assert "This person is switched off and cannot sign in." in page
    assert "Person switched off" in page
    assert signed_in_as(theirs) == ""
    client.post(address)
    assert signed_in_as(sign_in(robin, at=2))


def test_nobody_is_offered_to_switch_off_themselves(people: People, client: Client) -> None:
    own = people[Role.SECAS]
    assert "/switch/" not in text_of(client.get(f"/people/{own.pk}/"))
    assert "/switch/" not in text_of(client.get(f"/parties/{own.party_id}/"))
    answer = client.post(f"/people/{own.pk}/switch/")
    assert answer.status_code == 400
    assert "ask another person of SECAS to switch you off" in text_of(answer)


def test_a_party_is_switched_off_and_on(people: People, client: Client) -> None:
    party = people[Role.MAP].party_id
    theirs = sign_in(people[Role.MAP])
    page = text_of(client.post(f"/parties/{party}/switch/", follow=True))
    assert "This Party is switched off: none of its people can sign in." in page
    assert "Invite somebody" not in page
    assert signed_in_as(theirs) == ""
    assert "<h1>Switch on Hazel Meter Assets?</h1>" in text_of(client.get(f"/parties/{party}/switch/"))
    client.post(f"/parties/{party}/switch/")
    assert Party.objects.get(pk=party).is_active


def test_a_lost_second_factor_is_removed(people: People, client: Client, with_mail: None, mailoutbox: Any) -> None:
    robin = people[Role.MAP]
    address = f"/people/{robin.pk}/second-step/"
    assert "Make sure that it is really them who ask: speak to them by a number you know." in text_of(
        client.get(address)
    )
    page = text_of(client.post(address, follow=True))
    assert "The second step has been removed, and the person was told by e-mail." in page
    assert mailoutbox[0].subject == "Your second step of signing in was removed"
    assert not Authenticator.objects.filter(user=robin).exists()
    assert "Not set up" in text_of(client.get(f"/parties/{robin.party_id}/"))


def test_where_no_e_mail_goes_out_secas_is_told_to_tell(people: People, client: Client) -> None:
    page = text_of(client.post(f"/people/{people[Role.MAP].pk}/second-step/", follow=True))
    assert "No e-mail about it could be sent: tell them." in page or "could not be sent: tell them." in page


def test_what_matters_asks_again_who_one_is(people: People, signed_in: Any) -> None:
    browser, robin = signed_in(Role.SECAS), people[Role.MAP]  # signed in, but nothing shown lately
    addresses = [f"/people/{robin.pk}/{what}/" for what in ("switch", "second-step")]
    addresses += [f"/parties/{robin.party_id}/{what}/" for what in ("edit", "switch", "invite", "identifiers/add")]
    for address in [*addresses, "/parties/new/"]:
        for answer in (browser.get(address), browser.post(address)):
            assert answer.url == f"/account/confirm/?next={address.replace('/', '%2F')}"
    robin.refresh_from_db()
    assert robin.is_active


def test_sixty_people_an_hour_are_invited_at_most(people: People, client: Client) -> None:
    address = f"/parties/{people[Role.MAP].party_id}/invite/"
    answers = [client.post(address, {"email": "no"}).status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]


def test_what_is_not_there_is_not_found(client: Client) -> None:
    for address in ("/parties/999/", "/people/999/", "/parties/999/invite/", "/invitations/999/withdraw/"):
        assert client.get(address).status_code == 404


def test_an_expired_invitation_says_so(people: People, client: Client) -> None:
    client.post(f"/parties/{people[Role.MAP].party_id}/invite/", {"email": "jo@hazel.example"})
    Invitation.objects.update(expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert "Expired" in text_of(client.get(f"/parties/{people[Role.MAP].party_id}/"))
    assert ActLog.objects.filter(what="person invited").exists()
