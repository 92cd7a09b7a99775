"""The canary test goes on: what is kept of signing in, and sent by e-mail, does not tell what the SSC looks at."""

from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import ActLog as Acts
from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.looks.reading import count_looks
from tests.registry.ssc.kept_elsewhere import assert_not_kept_elsewhere
from tests.registry.ssc.scene import SSC_API, Asking, Scene, arguments, asked
from tests.registry.ssc.test_canary import log, scene
from tests.registry.ssc.walking import ask, every_address

__all__ = ["log", "scene"]

SHOW_NOTHING = ("ssc_vulnerability_add", "ssc_vulnerability_import")
"""Forms that are empty."""

TELLING = ("/ssc", "vulnerab", "zigbee stack", "chipset", "assess", "exposure")
"""What would tell that the SSC has looked at something, or at what."""


def test_looking_leaves_no_act_no_e_mail_and_nothing_in_a_session(scene: Scene) -> None:
    acts, sent = Acts.objects.count(), len(mail.outbox)
    for path, _ in every_address(arguments(scene)):
        if path.startswith(("/ssc/", SSC_API)):
            asked(scene, Asking(Role.SSC, path))
    assert (Acts.objects.count(), len(mail.outbox)) == (acts, sent)
    for session in Session.objects.all():
        kept = repr(session.get_decoded()).lower()
        assert [word for word in TELLING if word in kept] == []
    assert_not_kept_elsewhere()


def test_who_has_to_sign_in_first_is_not_remembered_with_what_they_were_after(scene: Scene, client: Client) -> None:
    """What is wanted stands in the address of the page to sign in, which names things by number alone."""
    answer = ask(client, reverse("ssc_assess", args=[scene.vulnerability]), "?ids=110")
    assert answer.status == 302
    ask(client, answer.headers["Location"])
    assert_not_kept_elsewhere()
    assert [each for each in Session.objects.all() if "/ssc" in repr(each.get_decoded())] == []


def test_a_token_is_known_by_what_it_may_and_not_by_what_it_asked(scene: Scene) -> None:
    person: Person = scene.people[Role.SSC]
    before = list(APIToken.objects.filter(person=person).values("id", "name", "scope", "expires_at"))
    for call in ("vulnerabilities", "names", "looks", "stacks"):
        assert asked(scene, Asking(Role.SSC, f"{SSC_API}{call}")).status == 200
    assert list(APIToken.objects.filter(person=person).values("id", "name", "scope", "expires_at")) == before
    told = " ".join(f"{each.what} {each.about} {each.reason}" for each in Acts.objects.filter(person_id=person.pk))
    assert [word for word in TELLING if word in told.lower()] == []


def test_every_look_is_recorded_whichever_address_it_was_at(scene: Scene) -> None:
    unrecorded = []
    for path, _ in every_address(arguments(scene)):
        if path.startswith(("/ssc/", SSC_API)) and path not in map(reverse, SHOW_NOTHING):
            before = count_looks()
            if asked(scene, Asking(Role.SSC, path)).status == 200 and count_looks() == before:
                unrecorded.append(path)
    assert unrecorded == []
