"""What is said once a form of the SSC is sent is shown at once, or names nothing.

Messages wait for the next page in a cookie, or in the register's own database.
"""

import html
from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.models import LookLog
from firmpath.registry.ssc.versions.known_names import MAKER, KnownName, add_name
from firmpath.registry.ssc.wall import ssc_open
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import know_names, know_vulnerability
from tests.registry.ssc.planting import who
from tests.registry.ssc.test_files_of_vulnerabilities import osv

People = dict[Role, Person]
TELLING = ("OS-2026-7", "ORR-1", "CVE-2026-1234", "OS-9", "Orrin", "Tarn", "ORR-file")
EVENTS = [{"introduced": "0"}, {"fixed": "7.4.0"}]
FORM = {"reference": "OS-9", "cves": "CVE-2026-1234", "ranges": "OrrinZNet: below 7.4.0"}
TITLE = "A frame " * 400
"""So long that what is said of it fits into no cookie."""


@pytest.mark.parametrize(
    ("page", "sent", "shown"),
    [
        ("ssc_vulnerability_import", {}, "CVE-2026-1234 is on record as vulnerability"),
        ("ssc_vulnerability_import", {"faults": "csv"}, ""),
        ("ssc_vulnerability_add", FORM, ""),
        ("ssc_names", {}, "No name has been added: Other spellings 'TI' is a spelling of Tarn already"),
    ],
)
def test_what_is_said_waits_for_the_next_page_nowhere_else(
    page: str, sent: dict[str, str], shown: str, people: People, signed_in: Callable[[Role], Client]
) -> None:
    know_names(people)
    know_vulnerability(people)
    add_name(KnownName(MAKER, "Tarn", ("TI",)), who(people, Role.SSC), AT)
    client, form = signed_in(Role.SSC), dict[str, object](sent)
    if page == "ssc_vulnerability_import":
        octets = osv(EVENTS, references=[{"url": f"https://orrin.example/{TITLE[:size]}"} for size in (300, 900)])
        form["file"] = SimpleUploadedFile("ORR-file.json", octets)
    answer = client.post(reverse(page), form)
    assert shown in html.unescape(answer.content.decode())
    waiting = " ".join(str(each) for each in get_messages(answer.wsgi_request))
    kept = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    assert [each for each in TELLING if each in f"{waiting} {kept}"] == []
    with ssc_open():
        assert LookLog.objects.exists() == bool(shown)
