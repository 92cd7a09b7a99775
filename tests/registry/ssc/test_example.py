"""The SSC's empty part can be filled with what is invented: on the example CPL, once, and nowhere else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.reading import read_statements
from firmpath.pathways.faults import FirmpathError
from firmpath.registry.ledger.loading import load
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.example import invented
from firmpath.registry.ssc.example.filling import can_be_filled, fill
from firmpath.registry.ssc.models import InventoryCount, NameRevision, StackStatement
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities
from firmpath.registry.ssc.wall import ssc_open
from tests.notation import statements
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import know_names
from tests.registry.ssc.planting import who

People = dict[Role, Person]
LESS = -5
"""The last entry has so many statements, and they are the last."""
BUTTON = "Fill with invented stacks and vulnerabilities"
REFUSED = "What is invented can be written only where nothing is yet, on the example CPL as it is"


@pytest.fixture
def example(db: None) -> None:
    """Record the example CPL, as `firmpath serve --with-example` does."""
    load(read_statements(EXAMPLE_CPL), AT)


def words(client: Client, path: str) -> str:
    return " ".join(strip_tags(client.get(path).content.decode()).split())


@pytest.mark.usefixtures("example")
def test_somebody_of_the_ssc_fills_it_and_every_page_has_something_to_show(
    signed_in: Callable[[Role], Client],
) -> None:
    client = signed_in(Role.SSC)
    assert BUTTON in words(client, reverse("ssc"))
    assert BUTTON in words(client, reverse("ssc_vulnerabilities"))
    response = client.post(reverse("ssc_example"), follow=True)
    said = " ".join(strip_tags(response.content.decode()).split())
    assert "All that you see here now is invented: stacks, names, vulnerabilities, and Devices." in said
    assert "4 vulnerabilities" in said
    assert "Invented: one frame on the HAN stops the radio" in said
    assert BUTTON not in said
    assert BUTTON not in words(client, reverse("ssc"))
    with ssc_open():
        first, _, third, *_ = sorted(known_vulnerabilities())
        inventory = InventoryCount.objects.get().pk
    summary = words(client, reverse("ssc_vulnerability", args=[first]))
    assert "LarkNet: up to and including 3.2.x · Medium (6.5) · What is known of it" in summary
    ways = words(client, f"{reverse('ssc_ways_out', args=[first])}?inventory={inventory}")
    for why in (
        "nobody has said whether an upgrade exists",
        "exchange only, since no entry of its hardware is known to be unaffected",
        "is affected by another",
        "Longer, but to a cleaner end",
        "What would help most",
    ):
        assert why in ways
    assert "closed by a withdrawal, a certificate or a mark" in words(client, reverse("ssc_ways_out", args=[third]))
    letters = words(client, reverse("ssc_letters", args=[first]))
    assert (
        "To ask would not be enough: nobody has said whether an upgrade exists for 3 entries, and something"
        in letters
    )
    names = words(client, reverse("ssc_names"))
    assert "1 spelling that matches nothing" in names
    assert "Lark-Net Pro" in names


@pytest.mark.usefixtures("example")
def test_it_is_filled_once(people: People, signed_in: Callable[[Role], Client]) -> None:
    fill(who(people, Role.SSC), AT)
    assert not can_be_filled(AT)
    response = signed_in(Role.SSC).post(reverse("ssc_example"))
    assert response.status_code == 400
    assert REFUSED in " ".join(strip_tags(response.content.decode()).split())
    with ssc_open():
        assert StackStatement.objects.count() == sum(map(len, invented.STACKS.values()))


@pytest.mark.usefixtures("example")
def test_what_was_given_already_is_left_alone(people: People) -> None:
    know_names(people)
    with pytest.raises(FirmpathError, match="can be written only where nothing is yet"):
        fill(who(people, Role.SSC), AT)


@pytest.mark.parametrize("kept", [0, 1, LESS], ids=["another CPL", "the example and more", "the example and less"])
def test_it_is_impossible_on_any_other_cpl(people: People, signed_in: Callable[[Role], Client], kept: int) -> None:
    example = read_statements(EXAMPLE_CPL)
    others = statements("301 <- 302")
    if kept > 0:
        last = len(example)
        load((*example, *(each._replace(number=last + each.number) for each in others)), AT)
    else:
        load(example[:kept] if kept else others, AT)
    client = signed_in(Role.SSC)
    assert BUTTON not in words(client, reverse("ssc_vulnerabilities"))
    assert client.post(reverse("ssc_example")).status_code == 400
    with ssc_open():
        assert not NameRevision.objects.exists()
