"""What SECAS does with Parties and people: checked, logged, and never so that nobody is left."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, invitations, listing, tokens
from firmpath.registry.parties.models import ActLog, Party, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Act, Role, Scope
from firmpath.registry.parties.who import Who, who_is
from tests.registry.conftest import AT
from tests.registry.people import make_person

People = dict[Role, Person]


@pytest.fixture
def secas(people: People) -> Who:
    return find_who(people[Role.SECAS])


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(FirmpathError) as refused:
        act(*args, **kwargs)
    return str(refused.value)


def what_was_done() -> list[tuple[str, str]]:
    return list(ActLog.objects.order_by("pk").values_list("what", "about"))


def test_a_party_is_made_with_its_identifiers(secas: Who) -> None:
    made = actions.make_party(" Birch  Meters ", "Device Manufacturer", "", "10a3, 10A4 10a3", by=secas, at=AT)
    assert (made.name, made.role) == ("Birch Meters", Role.MANUFACTURER.value)
    assert {each.identifier for each in made.manufacturer_identifiers.all()} == {"10A3", "10A4"}
    assert what_was_done() == [("Party made", f"party {made.pk}")]


def test_every_fault_of_a_party_is_reported_at_once(secas: Who) -> None:
    said = refusal(actions.make_party, "", "public", "c" * 201, "10G3 1", by=secas, at=AT).splitlines()
    assert said[0] == "Name of the Party is missing; write it"
    assert said[1].startswith("Role 'public' is not a role; choose one of Supplier, MAP")
    assert said[2].startswith("Contact 'ccc")
    assert "has 201 characters; use 200 at most" in said[2]
    assert said[3].startswith("Manufacturer identifier '10G3'")
    assert said[4].startswith("Manufacturer identifier '1'")


def test_two_parties_have_neither_the_same_name_nor_the_same_identifier(secas: Who) -> None:
    assert refusal(actions.make_party, "Aster Metering", "MAP", "", "", by=secas, at=AT) == (
        "Name of the Party 'Aster Metering' is the name of another Party; open that one, or write another name"
    )
    said = refusal(actions.make_party, "Birch Meters", "Device Manufacturer", "", "f001", by=secas, at=AT)
    assert said == "Manufacturer identifier 'F001' is with Aster Metering already; remove it there first"
    assert not Party.objects.filter(name="Birch Meters").exists()  # all or nothing


def test_identifiers_come_and_go(people: People, secas: Who) -> None:
    aster = people[Role.MANUFACTURER].party_id
    actions.add_identifier(aster, "f002", by=secas, at=AT)
    assert find_who(people[Role.MANUFACTURER]).manufacturer_ids == {"F001", "F002"}
    actions.remove_identifier(aster, "F001", by=secas, at=AT)
    actions.remove_identifier(aster, "F001", by=secas, at=AT)
    assert find_who(people[Role.MANUFACTURER]).manufacturer_ids == {"F002"}
    assert [what for what, _ in what_was_done()] == [
        "manufacturer identifier added",
        "manufacturer identifier removed",
    ]


def test_another_role_counts_at_once_and_is_in_the_log(people: People, secas: Who) -> None:
    brook = people[Role.SUPPLIER]
    assert find_who(brook).may(Act.SUBMIT)
    actions.edit_party(brook.party_id, "Brook Energy", "MAP", "help@brook.example", by=secas, at=AT)
    assert not find_who(brook).may(Act.SUBMIT)
    edited, given = listing.acts_about("party", brook.party_id)
    assert edited.what == "Party edited"
    assert given == listing.Act(AT, "Party given another role", "Robin of SECAS", "Supplier to MAP")


def test_nobody_changes_the_role_of_their_own_party_or_switches_it_off(people: People, secas: Who) -> None:
    own = people[Role.SECAS].party_id
    assert refusal(actions.edit_party, own, "SECAS", "MAP", "", by=secas, at=AT) == (
        "The Party 'SECAS' is your own; ask another SECAS Party to change the role of it"
    )
    assert refusal(actions.switch_party, own, False, by=secas, at=AT) == (
        "The Party 'SECAS' is your own; ask another SECAS Party to switch off it"
    )
    actions.edit_party(own, "SECAS, the Code Administrator", "SECAS", "", by=secas, at=AT)


def test_people_of_a_party_that_is_off_are_nobody(people: People, secas: Who) -> None:
    brook = people[Role.SUPPLIER]
    actions.switch_party(brook.party_id, False, by=secas, at=AT)
    assert not find_who(brook).is_signed_in
    actions.switch_party(brook.party_id, True, by=secas, at=AT)
    actions.switch_party(brook.party_id, True, by=secas, at=AT)  # as it is already: nothing to do, nothing to log
    assert find_who(brook).is_signed_in
    assert what_was_done() == [
        ("Party switched off", f"party {brook.party_id}"),
        ("Party switched on", f"party {brook.party_id}"),
    ]


def test_switching_a_person_off_ends_their_sessions_and_tokens(people: People, secas: Who) -> None:
    person = people[Role.MAP]
    token = tokens.make_token("reader", Scope.READ.value, "2026-12-31", by=find_who(person), at=AT)
    before = person.get_session_auth_hash()
    actions.switch_person(person.pk, False, by=secas, at=AT)
    person.refresh_from_db()
    assert not person.is_active
    assert person.get_session_auth_hash() != before
    actions.switch_person(person.pk, True, by=secas, at=AT)
    person.refresh_from_db()
    assert person.get_session_auth_hash() != before  # an old session does not come back to life
    assert not tokens.use_token(token, AT).is_signed_in


def test_nobody_switches_off_themselves(secas: Who) -> None:
    assert refusal(actions.switch_person, secas.person_id, False, by=secas, at=AT) == (
        "The person is you; ask another person of SECAS to switch you off"
    )


def test_somebody_of_secas_is_always_left(people: People, secas: Who) -> None:
    """As when two of SECAS switch each other off at the same time: here the first of the two is off already."""
    other = make_person(Role.SECAS, "SECAS", AT, "Kim of SECAS")
    actions.switch_person(other.pk, False, by=secas, at=AT)
    assert refusal(actions.switch_person, secas.person_id, False, by=who_is(other, ()), at=AT) == (
        "Role 'SECAS' would have nobody left who can sign in; invite another person first"
    )
    second = actions.make_party("SECAS of the north", "SECAS", "", "", by=secas, at=AT)
    by = find_who(make_person(Role.SECAS, second.name, AT, "Lee of SECAS"))
    Person.objects.filter(pk=by.person_id).update(is_active=False)
    own = people[Role.SECAS].party_id
    assert "nobody left" in refusal(actions.switch_party, own, False, by=by, at=AT)
    assert "nobody left" in refusal(actions.edit_party, own, "SECAS", "MAP", "", by=by, at=AT)
    assert Person.objects.get(pk=secas.person_id).is_active


def test_a_lost_second_factor_is_removed_with_all_sessions(
    people: People, secas: Who, mailoutbox: Any, settings: Any
) -> None:
    settings.CONFIGURATION = settings.CONFIGURATION._replace(email_url="smtp://mail.dcc.example")
    person = people[Role.DCC]
    before = person.get_session_auth_hash()
    assert actions.reset_second_factor(person.pk, by=secas, at=AT) is True
    person.refresh_from_db()
    assert not Authenticator.objects.filter(user_id=person.pk).exists()
    assert person.get_session_auth_hash() != before
    assert what_was_done() == [("second factor reset", f"person {person.pk}")]
    assert mailoutbox[0].to == [person.email]
    assert mailoutbox[0].body == (
        "Hello Robin of The DCC,\n\nSECAS has removed the second step of signing in from your account, because it "
        "was said to be lost. You have been signed out everywhere.\n\nThe next time you sign in with your password "
        "you will be asked to set up a new one.\n\nIf this was not you, tell SECAS at once.\n\n"
        "Firmpath, the register of the Central Products List\nhttp://127.0.0.1:8000\n"
    )
    assert refusal(actions.reset_second_factor, secas.person_id, by=secas, at=AT) == (
        "The person is you; change your own second step on the page of your account"
    )


def test_the_first_administrator_is_invited_once(db: None) -> None:
    path = invitations.invite_first_administrator(AT)
    again = invitations.invite_first_administrator(AT)
    assert path
    assert again
    assert path.startswith("/account/join/")
    assert path != again
    token = path.split("/")[-2]
    words = ("Kim", "kim@secas.example", "three green kettles", "three green kettles")
    assert "has expired, was withdrawn" in refusal(invitations.accept, token, *words, at=AT)
    kim = invitations.accept(again.split("/")[-2], *words, at=AT)
    assert find_who(kim).role is Role.SECAS
    assert invitations.invite_first_administrator(AT) is None
