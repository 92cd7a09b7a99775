"""Nobody sees what is the SSC's on the word of one person: who lets somebody in and who confirms them are two."""

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, admission, invitations
from firmpath.registry.parties.committee import changes_of_committee
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.queries import find_who, find_who_by_token
from firmpath.registry.parties.roles import MAY, NOT_ADMITTED, Act, Role, Scope
from firmpath.registry.parties.who import Who
from tests.registry.api.calling import token_of
from tests.registry.conftest import AT
from tests.registry.parties.steps import letters, sign_in, text_of
from tests.registry.people import PASSWORD, TOTP_SECRET, make_person

People = dict[Role, Person]
OF_SSC = {Act.READ_SSC, Act.WORK_SSC, Act.OPEN_NOTICE, Act.SEE_ADMISSIONS, Act.ADMIT}
NOT_YOURS = "The person is not yours to confirm; "
OPERATOR = (
    NOT_YOURS + "nobody is of the SSC yet, so whoever runs the register has to: firmpath confirm jo@new.example"
)
SOMEBODY_OF_IT = NOT_YOURS + "somebody of the SSC has to"
A_SECOND = NOT_YOURS + "you let them in, so a second person has to confirm them"


@pytest.fixture
def secas(people: People) -> Who:
    return find_who(people[Role.SECAS])


@pytest.fixture
def other(people: People) -> Who:
    """Give a second person of SECAS."""
    return find_who(make_person(Role.SECAS, "SECAS", AT, "Val Second"))


def joined(people: People, by: Who) -> Person:
    """Let somebody join the SSC whom one person of SECAS has invited."""
    invited = invitations.invite(people[Role.SSC].party_id, "jo@new.example", by=by, at=AT)
    return invitations.accept(invited.link.split("/")[-2], "Jo Reed", "", PASSWORD, PASSWORD, at=AT)


def refused(person: Person, by: Who) -> str:
    with pytest.raises(FirmpathError) as refusal:
        admission.admit(person.pk, by=by, at=AT)
    return str(refusal.value)


def who(person: Person) -> Who:
    return find_who(Person.objects.get(pk=person.pk))


def test_who_was_invited_sees_nothing_of_the_ssc_until_somebody_of_it_confirms_them(
    people: People, secas: Who, other: Who
) -> None:
    jo = joined(people, secas)
    assert (who(jo).acts, who(jo).is_to_be_confirmed) == (NOT_ADMITTED, True)
    assert not who(jo).acts & OF_SSC
    assert [refused(jo, each) for each in (secas, other)] == [A_SECOND, SOMEBODY_OF_IT]
    admission.admit(jo.pk, by=find_who(people[Role.SSC]), at=AT)
    assert (who(jo).acts, who(jo).is_to_be_confirmed) == (MAY[Role.SSC], False)
    assert refused(jo, find_who(people[Role.SSC])) == (
        "The person does not wait to be confirmed; look at the list again"
    )
    logged = ActLog.objects.filter(about=f"person {jo.pk}, party {jo.party_id}").values_list("what", flat=True)
    assert list(logged) == ["SSC: person confirmed"]
    assert "You are of the Security Sub-Committee" in {each.subject for each in letters() if each.to == [jo.email]}


def test_the_first_of_the_ssc_is_let_in_by_whoever_runs_the_register(
    people: People, secas: Who, other: Who
) -> None:
    """Else one person with two accounts of SECAS could do it, once everybody of the SSC is switched off."""
    Person.objects.filter(pk=people[Role.SSC].pk).update(is_active=False)
    jo = joined(people, secas)
    assert [refused(jo, each) for each in (secas, other)] == [OPERATOR, OPERATOR]
    found = admission.find_first("JO@new.example")
    assert (found.person.pk, found.let_in_by, found.were_of_it) == (jo.pk, secas.name, (people[Role.SSC].name,))
    admission.admit_first(jo.pk, at=AT)
    assert who(jo).may(Act.READ_SSC)
    assert "You are of the Security Sub-Committee" in {each.subject for each in letters() if each.to == [jo.email]}
    first = changes_of_committee()[0]
    assert (first.by, first.what, first.about.split(",")[0]) == (
        "whoever runs the register",
        "person confirmed",
        jo.name,
    )


def test_whoever_runs_the_register_confirms_nobody_while_somebody_of_the_ssc_can(
    people: People, secas: Who
) -> None:
    jo = joined(people, secas)
    for act in (lambda: admission.find_first(jo.email), lambda: admission.admit_first(jo.pk, at=AT)):
        with pytest.raises(FirmpathError, match="is not yours to confirm; somebody of the SSC has to, under 'Who"):
            act()
    assert not who(jo).may(Act.READ_SSC)


def test_no_account_of_secas_confirms_anybody(people: People, secas: Who, other: Who) -> None:
    """However many accounts one person has, and whoever is of the SSC."""
    jo = joined(people, secas)
    browser, address = sign_in(Person.objects.get(pk=other.person_id)), reverse("person_admit", args=[jo.pk])
    for is_anybody_of_it in (True, False):
        Person.objects.filter(pk=people[Role.SSC].pk).update(is_active=is_anybody_of_it)
        assert [browser.get(address).status_code, browser.post(address).status_code] == [403, 403]
        assert not who(jo).may(Act.READ_SSC)


@pytest.mark.parametrize("switch_of", ["person", "party"])
def test_who_is_switched_on_again_is_to_be_confirmed_anew(
    switch_of: str, people: People, secas: Who, other: Who
) -> None:
    ssc, keeper = people[Role.SSC], make_person(Role.SSC, "Another SSC", AT, "Sam Two")
    for is_active in (False, True):
        if switch_of == "person":
            actions.switch_person(ssc.pk, is_active, by=secas, at=AT)
        else:
            actions.switch_party(ssc.party_id, is_active, by=secas, at=AT)
    assert not who(ssc).acts & OF_SSC
    assert who(keeper).may(Act.READ_SSC)
    assert [refused(ssc, each) for each in (secas, other)] == [A_SECOND, SOMEBODY_OF_IT]
    admission.admit(ssc.pk, by=who(keeper), at=AT)
    assert who(ssc).may(Act.READ_SSC)


def test_who_waits_confirms_nobody_and_their_token_reads_nothing(people: People, secas: Who) -> None:
    token = token_of(people[Role.SSC], Scope.READ_SSC)
    assert find_who_by_token(token, AT, AT).who.may(Act.READ_SSC)
    Person.objects.filter(pk=people[Role.SSC].pk).update(admitted_at=None, let_in_by=secas.person_id)
    assert find_who_by_token(token, AT, AT).who.acts & OF_SSC == set()
    assert not who(people[Role.SSC]).may(Act.ADMIT)


@pytest.mark.parametrize("is_party", [False, True])
def test_who_is_switched_off_meanwhile_waits_no_longer(people: People, secas: Who, is_party: bool) -> None:
    jo, ssc = joined(people, secas), find_who(people[Role.SSC])
    assert [each.person.pk for each in admission.people_to_be_confirmed(ssc)] == [jo.pk]
    off = jo.party if is_party else jo
    type(off).objects.filter(pk=off.pk).update(is_active=False)
    assert admission.people_to_be_confirmed(ssc) == []
    assert refused(jo, ssc) == "The person does not wait to be confirmed; look at the list again"


def test_what_is_not_of_the_ssc_waits_for_nobody(people: People, secas: Who) -> None:
    actions.switch_person(people[Role.MAP].pk, False, by=secas, at=AT)
    actions.switch_person(people[Role.MAP].pk, True, by=secas, at=AT)
    assert who(people[Role.MAP]).acts == MAY[Role.MAP]
    assert admission.people_to_be_confirmed(secas) == []
    assert refused(people[Role.MAP], secas) == "The person does not wait to be confirmed; look at the list again"


def test_no_link_into_a_party_outlives_that_it_gets_the_role_of_the_ssc(
    people: People, secas: Who, other: Who
) -> None:
    """Else whoever sent it again while the Party was another could join by it, and confirm themselves."""
    party = actions.make_party("Newly SSC", Role.MAP.value, "", "", by=secas, at=AT)
    invited = invitations.invite(party.pk, "jo@new.example", by=secas, at=AT)
    again = invitations.resend(invited.invitation_id, by=other, at=AT)
    for role in (Role.SSC, Role.MAP):
        actions.edit_party(party.pk, party.name, role.value, "", by=other, at=AT)
        with pytest.raises(FirmpathError, match="This link has expired, was withdrawn or was used already"):
            invitations.accept(again.link.split("/")[-2], "Jo Reed", "", PASSWORD, PASSWORD, at=AT)
        again = invitations.invite(party.pk, "jo@new.example", by=secas, at=AT)


def test_the_link_into_the_ssc_stays_with_whoever_invited(people: People, secas: Who, other: Who) -> None:
    invited = invitations.invite(people[Role.SSC].party_id, "jo@new.example", by=secas, at=AT)
    with pytest.raises(FirmpathError) as refusal:
        invitations.resend(invited.invitation_id, by=other, at=AT)
    assert str(refusal.value) == (
        "The invitation into a Party with the role SSC was made by somebody else; withdraw it, and invite them "
        "yourself"
    )
    assert invitations.resend(invited.invitation_id, by=secas, at=AT).link != invited.link


def test_the_pages_say_who_waits_and_who_may_confirm_them(
    people: People, secas: Who, signed_in: Callable[[Role], Client]
) -> None:
    jo = joined(people, secas)
    listed = reverse("to_be_confirmed")
    of_secas = signed_in(Role.SECAS)
    assert "1 person is to be confirmed as of the SSC" in of_secas.get(reverse("parties")).content.decode()
    shown = of_secas.get(listed).content.decode()
    assert "Not yours to confirm: you let them in, so a second person has to confirm them." in shown
    client = Client()
    client.force_login(jo, settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse("account")).status_code == 200
    for address in (reverse("account"), reverse("home")):
        assert "A second person has yet to confirm that you are of the Security Sub-Committee." in text_of(
            client.get(address)
        )
    ssc = signed_in(Role.SSC)
    assert "yet to confirm" not in text_of(ssc.get(reverse("home")))
    assert "jo@new.example" in ssc.get(reverse("ssc_looks")).content.decode()
    asked_again = ssc.get(reverse("person_admit", args=[jo.pk]))
    assert asked_again.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_somebody_of_the_ssc_confirms_on_a_page_that_asks_first(people: People, secas: Who) -> None:
    jo = joined(people, secas)
    TOTP.activate(jo, TOTP_SECRET)
    newcomer = sign_in(jo)
    turned_away = newcomer.get(reverse("ssc"))
    assert turned_away.status_code == 403
    assert "A second person has yet to confirm that you are of the Security Sub-Committee" in text_of(turned_away)
    address = reverse("person_admit", args=[jo.pk])
    of_secas, of_ssc = sign_in(people[Role.SECAS]), sign_in(people[Role.SSC])
    for method in (of_secas.get, of_secas.post):
        assert method(address).status_code == 403
    assert "Confirm that Jo Reed is of Security Sub-Committee?" in text_of(of_ssc.get(address))
    assert newcomer.get(reverse("ssc")).status_code == 403  # to be asked is not to confirm
    said = text_of(of_ssc.post(address, follow=True))
    assert "Jo Reed is of the Security Sub-Committee from now on." in said
    assert "Nobody waits to be confirmed." in said
    assert newcomer.get(reverse("ssc")).status_code == 200
    assert of_ssc.get(address).status_code == 404
    assert f"confirmed by {people[Role.SSC].name}" in text_of(of_secas.get(reverse("person", args=[jo.pk])))
