"""The list of makers and stacks: what is added together is added whole, and no spelling is two names' at once."""

import html
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.versions.known_names import (
    MAKER,
    KnownName,
    add_name,
    change_name,
    find_name,
    known_names,
)
from tests.registry.conftest import AT
from tests.registry.ledger.staging import program
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
