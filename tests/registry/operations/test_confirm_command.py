"""`firmpath confirm`: the first person of the SSC, confirmed where the register runs, and nobody after."""

import json

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from firmpath.registry.parties import invitations
from firmpath.registry.parties.models import Party, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Act, Role
from tests.registry.conftest import AT
from tests.registry.people import PASSWORD, make_person

pytestmark = pytest.mark.usefixtures("mask")


@pytest.fixture
def jo(db: None) -> Person:
    """Somebody who has joined a Party with the role SSC, of which nobody is confirmed."""
    secas = find_who(make_person(Role.SECAS, "SECAS", AT, "Robin First"))
    party = Party.objects.create(name="The committee", role=Role.SSC.value)
    link = invitations.invite(party.pk, "jo@new.example", by=secas, at=AT).link
    return invitations.accept(link.split("/")[-2], "Jo Reed", "", PASSWORD, PASSWORD, at=AT)


def sees(person: Person) -> bool:
    return find_who(Person.objects.get(pk=person.pk)).may(Act.READ_SSC)


def test_who_waits_is_confirmed_and_then_confirms_who_follows(
    jo: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not sees(jo)
    assert main(["confirm", "jo@new.example", "--yes"]) is ExitCode.YES
    assert capsys.readouterr().out == (
        "Jo Reed is of the Security Sub-Committee from now on, and confirms who follows.\n"
    )
    assert sees(jo)
    assert find_who(Person.objects.get(pk=jo.pk)).may(Act.ADMIT)


def test_it_is_said_as_json_too(jo: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["confirm", "jo@new.example", "--yes", "--json"]) is ExitCode.YES
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "answer": "done",
        "name": "Jo Reed",
        "party": "The committee",
    }


def test_nobody_is_confirmed_without_a_yes(jo: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["confirm", "jo@new.example"]) is ExitCode.REFUSED
    assert "E-mail address 'jo@new.example' would let Jo Reed see all that is kept for the SSC; give --yes" in (
        capsys.readouterr().err
    )
    assert not sees(jo)


@pytest.mark.parametrize(("typed", "is_confirmed"), [("yes", True), ("y", False), ("", False)])
def test_it_says_whom_it_is_about_and_asks(
    typed: str, is_confirmed: bool, jo: Person, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make_person(Role.SSC, "The committee", AT, "Sam Gone")
    Person.objects.filter(pk=before.pk).update(is_active=False)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda _: typed)
    assert main(["confirm", "jo@new.example"]) is (ExitCode.YES if is_confirmed else ExitCode.REFUSED)
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "Jo Reed joined The committee with the e-mail address jo@new.example, and was let in by Robin First."
        in said
    )
    assert "These were of it, and have been switched off: Sam Gone." in said
    assert "Ask the Security Sub-Committee itself, by a number you know" in said
    assert sees(jo) is is_confirmed


class Terminal:
    """Somebody who can be asked."""

    def isatty(self) -> bool:
        return True


def test_a_register_in_which_nobody_has_joined_is_taken_for_the_wrong_one(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever starts it in another folder than that of the register finds an empty one there."""
    assert main(["confirm", "jo@new.example", "--yes"]) is ExitCode.REFUSED
    assert " ".join(capsys.readouterr().err.split()) == (
        "firmpath: The register has nobody in it yet, so it may be another than the one that is served; start this "
        "where that is started, with the same FIRMPATH_DATA_DIR and DATABASE_URL"
    )


@pytest.mark.parametrize("is_known", [True, False])
def test_others_are_refused(is_known: bool, jo: Person, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who does not wait; and anybody, once somebody is of the SSC."""
    address, wrong = "no@new.example", "is that of nobody who waits to be confirmed"
    if is_known:
        make_person(Role.SSC, "The committee", AT, "Sam Two")
        address, wrong = "jo@new.example", "The person is not yours to confirm; somebody of the SSC has to"
    assert main(["confirm", address, "--yes"]) is ExitCode.REFUSED
    assert wrong in " ".join(capsys.readouterr().err.split())
    assert not sees(jo)
