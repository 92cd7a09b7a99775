"""The list of makers and stacks: what is added together is added whole, and no spelling is two names' at once."""

import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.versions.known_names import (
    MAKER,
    STACK,
    KnownName,
    add_name,
    change_name,
    find_name,
    known_names,
)
from tests.registry.conftest import AT
from tests.registry.ledger.staging import program
from tests.registry.ssc.exposing import give_stacks
from tests.registry.ssc.planting import who

People = dict[Role, Person]


def known() -> list[str]:
    names = known_names()
    return [*(each.name for each in names.makers.values()), *(each.name for each in names.stacks.values())]


def test_the_starting_list_is_added_whole_or_not_at_all(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    add_name(KnownName(MAKER, "Tarn Instruments", ("TI",)), who(people, Role.SSC), AT)
    page = signed_in(Role.SSC).post(reverse("ssc_names"), follow=True).content.decode()
    said = "No name has been added: Other spellings 'TI' is a spelling of Tarn Instruments already"
    assert said in html.unescape(page)
    assert known() == ["Tarn Instruments"]  # although the first names of the list could have been added


def test_the_starting_list_is_offered_while_something_of_it_is_missing(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    client, offer = signed_in(Role.SSC), "Add those that are missing"
    add_name(KnownName(MAKER, "Silicon Labs"), who(people, Role.SSC), AT)
    page = client.get(reverse("ssc_names")).content.decode()
    assert "these are missing: Texas Instruments, EmberZNet, Z-Stack." in page
    assert offer in page
    assert offer not in client.post(reverse("ssc_names"), follow=True).content.decode()


def test_each_spelling_of_the_worklist_leads_to_where_it_is_matched(
    people: People, recorded: Callable[[str], object], signed_in: Callable[[Role], Client]
) -> None:
    recorded("1")
    give_stacks(people, {1: "OtherNet 7.1.0"})
    add_name(KnownName(MAKER, "Tarn"), who(people, Role.SSC), AT)
    page = signed_in(Role.SSC).get(reverse("ssc_names")).content.decode()
    for kind, text in ((MAKER, "Orrin Silicon"), (STACK, "OtherNet")):
        words = f'Add a {kind}<span class="hidden"> for {text}</span></a>'
        assert f'<a href="{reverse("ssc_name_add", args=[kind])}">{words}' in page
    known_one = '<a href="#{0}s">Add it to a known one<span class="hidden">: {1}</span></a>'
    assert known_one.format(MAKER, "Orrin Silicon") in page
    assert '<h2 id="makers">' in page
    assert known_one.format(STACK, "OtherNet") not in page  # no stack is known yet
    assert "Orrin" not in "".join(re.findall(r'href="([^"]*)"', page))  # an address is kept by browsers


def test_of_two_who_give_one_name_at_once_the_second_is_refused_in_words(
    fresh_databases: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    started = program("naming_at_once", tmp_path, fresh_databases(), beside=__package__)
    done = subprocess.run(**started, capture_output=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    taken = "has been taken by somebody else just now; look at the list again"
    assert told["told"] == {
        "add": f"Name 'Orrin' {taken}",
        "change": f"Name 'Brook' {taken}",
        "vulnerability": f"Reference 'OS-2026-7' {taken}",
    }
    assert (told["names"], told["references"]) == (["B rook", "Orrin", "Tarn"], ["OS-2026-7"])


def test_a_name_that_is_given_up_can_be_taken(people: People) -> None:
    ssc = who(people, Role.SSC)
    number = add_name(KnownName(MAKER, "Orrin"), ssc, AT)
    change_name(find_name(number)[0], KnownName(MAKER, "Tarn"), "sold", ssc, AT)
    add_name(KnownName(MAKER, "Orrin"), ssc, AT)
    assert known() == ["Tarn", "Orrin"]
