"""Whatever changes who is of the SSC is told to each of its people, and stands in their record."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, invitations
from firmpath.registry.parties.committee import changes_of_committee
from firmpath.registry.parties.models import Party, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from tests.registry.conftest import AT
from tests.registry.parties.steps import letters
from tests.registry.people import PASSWORD, make_person

People = dict[Role, Person]
BY = "Robin of SECAS"
SSC = "Security Sub-Committee"


@pytest.fixture
def secas(people: People) -> Who:
    return find_who(people[Role.SECAS])


@pytest.fixture
def second(people: People) -> Person:
    """Somebody of another Party of the SSC, beside one who has been switched off."""
    Person.objects.filter(pk=make_person(Role.SSC, SSC, AT, "Al Left").pk).update(is_active=False)
    return make_person(Role.SSC, "Another SSC", AT, "Sam Two")


def told() -> list[tuple[str, str]]:
    """Give to whom e-mails about the SSC went, and what each says was done; forget them."""
    found = [each for each in letters() if each.subject == "Who is of the Security Sub-Committee has changed"]
    mail.outbox.clear()
    return sorted((each.to[0].partition("@")[0], str(each.body).split("\n")[2]) for each in found)


def of_everybody(done: str) -> list[tuple[str, str]]:
    words = f"on 1 June 2026, 09:30 UTC, {done}."
    return [("robin.of.security.sub-committee", words), ("sam.two", words)]


def test_whoever_comes_to_the_ssc_is_told_to_all_its_people(
    people: People, secas: Who, second: Person, signed_in: Callable[[Role], Client]
) -> None:
    made = actions.make_party("New SSC", "SSC", "", "", by=secas, at=AT)
    assert told() == of_everybody(f"{BY} of SECAS made New SSC, a Party with the role SSC")
    invited = invitations.invite(made.pk, "jo@new.example", by=secas, at=AT)
    assert told() == of_everybody(f"{BY} of SECAS invited jo@new.example into New SSC, a Party with the role SSC")
    jo = invitations.accept(invited.link.split("/")[-2], "Jo Reed", "", PASSWORD, PASSWORD, at=AT)
    assert told() == of_everybody(
        "Jo Reed of New SSC joined by an invitation to jo@new.example; it is a Party with the role SSC, and they "
        "see nothing of the SSC's until somebody else has confirmed them"
    )
    actions.switch_person(jo.pk, False, by=secas, at=AT)
    assert [each for each in told() if each[0] != "jo"] == of_everybody(
        f"{BY} of SECAS switched off Jo Reed of New SSC, a Party with the role SSC"
    )
    actions.switch_party(second.party_id, False, by=secas, at=AT)
    assert told() == of_everybody(f"{BY} of SECAS switched off Another SSC, a Party with the role SSC")
    assert [(each.by, each.what, each.about) for each in changes_of_committee()] == [
        (BY, "Party switched off", "Another SSC"),
        (BY, "person switched off", "Jo Reed, New SSC"),
        ("Jo Reed", "joined", "Jo Reed, jo@new.example"),
        (BY, "person invited", "jo@new.example, New SSC"),
        (BY, "Party made", "New SSC"),
    ]
    html = signed_in(Role.SSC).get(reverse("ssc_looks")).content.decode()
    assert "The last 5 changes" in html
    assert '<td data-label="Of">jo@new.example, New SSC</td>' in html


def test_the_role_is_given_to_a_party_without_people_alone(people: People, secas: Who, second: Person) -> None:
    empty = Party.objects.create(name="Empty", role="MAP")
    actions.edit_party(empty.pk, "Empty", "SSC", "", by=secas, at=AT)
    assert told() == of_everybody(f"{BY} of SECAS changed the role of Empty from MAP to SSC")
    actions.edit_party(empty.pk, "Empty", "DCC", "", by=secas, at=AT)
    assert told() == of_everybody(f"{BY} of SECAS changed the role of Empty from SSC to DCC")
    for party, role in ((people[Role.MAP].party, "SSC"), (second.party, "MAP")):
        with pytest.raises(FirmpathError) as refused:
            actions.edit_party(party.pk, party.name, role, "", by=secas, at=AT)
        assert str(refused.value) == (
            "Role 'SSC' is not given to a Party that has people, nor taken from it; make another Party, and invite "
            "them into it"
        )
        assert Party.objects.get(pk=party.pk).role == party.role
    assert told() == []


def test_what_is_not_of_the_ssc_is_not_told_to_it(people: People, secas: Who, second: Person) -> None:
    made = actions.make_party("Birch", "MAP", "", "", by=secas, at=AT)
    invitations.invite(made.pk, "jo@birch.example", by=secas, at=AT)
    actions.switch_person(people[Role.MAP].pk, False, by=secas, at=AT)
    actions.edit_party(second.party_id, "The SSC again", "SSC", "", by=secas, at=AT)
    assert (told(), changes_of_committee()) == ([], [])


def test_the_letter_says_what_it_means_and_what_to_do(people: People, secas: Who) -> None:
    actions.make_party("New SSC", "SSC", "", "", by=secas, at=AT)
    (letter,) = letters()
    assert letter.body == (
        f"Hello Robin of {SSC},\n\non 1 June 2026, 09:30 UTC, {BY} of SECAS made New SSC, a Party with the role "
        "SSC.\n\nThe people of a Party with the role SSC see all that is kept for the Security Sub-Committee, "
        "each once a second person has confirmed them. If you do not know of this, confirm nobody and ask SECAS at "
        "once; the page 'Who looked' lists every such change, and every look.\n\n"
        "Firmpath, the register of the Central Products List\nhttp://127.0.0.1:8000\n"
    )
