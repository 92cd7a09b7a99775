"""The list of makers and stacks: what is added together is added whole, and no spelling is two names' at once."""

import html
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.versions.known_names import MAKER, KnownName, add_name, known_names
from tests.registry.conftest import AT
from tests.registry.ssc.planting import who

People = dict[Role, Person]


def known() -> list[str]:
    names = known_names()
    return [each.name for each in (*names.makers.values(), *names.stacks.values())]


def test_the_starting_list_is_added_whole_or_not_at_all(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    add_name(KnownName(MAKER, "Tarn Instruments", ("TI",)), who(people, Role.SSC), AT)
    page = signed_in(Role.SSC).post(reverse("ssc_names"), follow=True).content.decode()
    said = "No name has been added: Other spellings 'TI' is a spelling of Tarn Instruments already"
    assert said in html.unescape(page)
    assert known() == ["Tarn Instruments"]  # although the first names of the list could have been added
