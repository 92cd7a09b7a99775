"""A register in which distinctive ZigBee values went in by every way there is."""

import base64
import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.queries import token_sha256
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.submissions.bulk import STACK, TEMPLATE, VENDOR
from firmpath.registry.submissions.drafts import submit
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.reviewing import return_
from tests.registry.conftest import AT
from tests.registry.ssc.planting import People, draft, who
from tests.registry.ssc.planting_ssc import WHATS, plant_in_ssc, value_of
from tests.registry.ssc.walking import Answer, Plausible, ask, every_address
from tests.registry.submissions.drafting import ANSWERS

MARK = "xyloquartz"
"""In every value that is planted, and in nothing else."""

WAYS = ("published", "in-review", "returned", "draft", "spreadsheet", "api", "email")


class Scene(NamedTuple):
    """The register with its planted values: the entries by the way they went in, and who can ask."""

    people: People
    entries: dict[str, SubmissionEntry]
    clients: dict[Role, Client]
    tokens: dict[Role, str]
    ssc_token: str
    vulnerability: int

    def is_shown_to(self, role: Role, path: str) -> bool:
        """Say whether a value may be in an answer: in the SSC's pages to the SSC, in its own draft to a Party."""
        own = [
            reverse("ssc_zigbee", args=[self.entries[way].reference])
            for way in ("returned", "draft", "spreadsheet", "api")
        ]
        is_page = path.startswith("/ssc/") and not path.startswith(("/ssc/record/", "/ssc/zigbee/"))
        is_call = path.startswith(SSC_API)
        return (role is Role.SSC and (is_page or is_call)) or (role is Role.MANUFACTURER and path in own)


def settle(scene: Scene) -> None:
    """Let everybody see the messages that planting left for them, so that two visits after it are alike."""
    for client in scene.clients.values():
        client.get("/")


class Asking(NamedTuple):
    """Somebody who asks for an address with a query string."""

    role: Role
    path: str
    query: str = ""


def everything(scene: Scene, queries: Sequence[str] = ("",)) -> Iterator[tuple[Asking, Answer]]:
    """Ask for every address as everybody; with further queries where there is a page.

    Whoever is turned away from one address of a pattern is not sent to its others: they have the same gate.
    """
    addresses = every_address(arguments(scene))
    for role in scene.clients:
        turned_away = set()
        for path, pattern in addresses:
            for query in queries:
                if pattern in turned_away:
                    break
                answer = asked(scene, Asking(role, path, query))
                yield Asking(role, path, query), answer
                if answer.status in TURNED_AWAY:
                    turned_away.add(pattern)
                if answer.status != 200:
                    break


TURNED_AWAY: Final = (401, 403, 405)
API: Final = "/api/"
SSC_API: Final = "/api/v1/ssc/"


def asked(scene: Scene, asking: Asking, method: str = "get", **data: Any) -> Answer:
    """Ask as somebody of a role: by their session, and for the API by their token."""
    role, path, query = asking
    token = scene.tokens.get(role) if path.startswith(API) else None
    token = scene.ssc_token if role is Role.SSC and path.startswith(SSC_API) else token
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return ask(scene.clients[role], path, query, method, headers=headers, **data)


def value(way: str, what: str) -> str:
    """Give the value that is planted by a way: of the `vendor`, the `stack`, the `evidence` or the `reason`."""
    return f"Xyloquartz-{way}-{what}-7.4"


VALUES = [
    *(value(way, what) for way in WAYS for what in ("vendor", "stack", "evidence", "reason")),
    *map(value_of, WHATS),
]
NEEDLES = [
    MARK.encode(),
    *(sha256(each.encode()).hexdigest().encode() for each in VALUES),
    *(base64.b64encode(each.encode())[:16].lower() for each in VALUES),
]
"""What gives a value away: it, its SHA-256, and how it begins in base64."""


def plant(people: People, sign_in: Callable[[Role], Client]) -> Scene:
    """Put values in by every way; the ledger has `1 <- 2`."""
    clients = {role: sign_in(role) for role in Role}
    for client in clients.values():
        client.raise_request_exception = False  # the page of an error is read like any other
    maker = clients[Role.MANUFACTURER]
    entries = {way: draft(people, number) for number, way in enumerate(WAYS[:4], start=3)}
    for way, entry in entries.items():
        form = {"chipset_vendor": value(way, "vendor"), "stack_version": value(way, "stack")}
        assert maker.post(reverse("ssc_zigbee", args=[entry.reference]), form).status_code == 302
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    for way in ("published", "in-review", "returned"):
        submit(entries[way].submission.reference, by, AT)
    return_(entries["returned"].submission.reference, "the notes are of another release", secas, AT)
    _publish(entries["published"].submission_id, people)
    entries["published"].refresh_from_db()
    entries["spreadsheet"] = _upload(maker)
    _record_email(clients[Role.SECAS])
    published = entries["published"].cpl_entry_id
    assert published
    number = plant_in_ssc(clients[Role.SSC], published)
    scene = Scene(people, entries, clients, _tokens(people), _ssc_token(people), number)
    entries["api"] = draft(people, 11)
    assert put_by_api(scene, value("api", "vendor"), value("api", "stack")).status == 204
    return scene


def arguments(scene: Scene) -> Plausible:
    """Give what may stand in addresses; a page with another kind of argument says here what is plausible for it."""
    references: Sequence[object] = [each.reference for each in scene.entries.values()]
    submissions = [each.submission.reference for each in scene.entries.values()]
    persons = [person.pk for person in scene.people.values()]
    return Plausible(
        {
            "cpl_entry_id": [1, 2, scene.entries["published"].cpl_entry_id, 999],
            "reference": [*submissions, *references],
            "position": [1],
            "number": [scene.vulnerability, 1, 2],
            "person_id": persons[:3],
            "party_id": [person.party_id for person in scene.people.values()][:3],
            "form": ["csv", "xlsx"],
            "part": ["device", "base-firmware", "zigbee-band", "release"],
            "kind": ["stack", "base-firmware", "band", "release", "certificates", "withdraw", "stone", "dead-end"],
            "verb": ["extend", "close"],
            "manufacturer_id": ["F001"],
            "identifier": ["F001"],
        },
        (1, "N1", "F001", "xylo"),
    )


def put_by_api(scene: Scene, chipset_vendor: object, stack_version: object) -> Answer:
    """Give something with the draft that programs write to."""
    path = f"/api/v1/submissions/{scene.entries['api'].submission.reference}/entries/1/zigbee"
    data = json.dumps({"chipset_vendor": chipset_vendor, "stack_version": stack_version})
    asking = Asking(Role.MANUFACTURER, path)
    return asked(scene, asking, "put", data=data, content_type="application/json")


def _publish(submission_id: int, people: People) -> None:
    submission = Submission.objects.get(pk=submission_id)
    seen = rehearse_submission(submission, current().register, AT).seen
    publish(submission.reference, seen, who(people, Role.SECAS), AT + timedelta(minutes=1))


def _upload(maker: Client) -> SubmissionEntry:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, TEMPLATE)
    writer.writeheader()
    own = {"firmware_version": "0000000A", "firmware_name": "Aster 10", "manufacturer_image_hash": f"{10:064X}"}
    planted = {VENDOR: value("spreadsheet", "vendor"), STACK: value("spreadsheet", "stack")}
    writer.writerow({**ANSWERS, **own, **planted})
    file = SimpleUploadedFile("entries.csv", text.getvalue().encode(), "text/csv")
    response = maker.post(reverse("submission_upload"), {"spreadsheet": file})
    assert response.status_code == 302, response.content.decode()
    found = SubmissionEntry.objects.select_related("submission").order_by("-pk").first()
    assert found
    assert found.vendor_given
    return found


def _record_email(secas: Client) -> None:
    form = {
        "chipset_vendor": value("email", "vendor"),
        "stack_version": value("email", "stack"),
        "party": "Aster Metering",
        "evidence": f"Dear all, it is {value('email', 'evidence')}.",
        "reason": value("email", "reason"),
    }
    assert secas.post(reverse("ssc_record", args=[2]), form).status_code == 302


def _tokens(people: People) -> dict[Role, str]:
    tokens = {role: f"firmpath_token_of_{role.name}" for role in people}
    for role, token in tokens.items():
        _keep_token(people[role], token)
    return tokens


def _ssc_token(people: People) -> str:
    _keep_token(people[Role.SSC], "firmpath_token_for_the_ssc", Scope.WRITE_SSC)
    return "firmpath_token_for_the_ssc"


def _keep_token(person: Person, token: str, scope: Scope = Scope.WRITE) -> None:
    APIToken.objects.create(
        person=person,
        name="for a test",
        token_sha256=token_sha256(token),
        scope=scope.value,
        created_at=AT,
        expires_at=AT + timedelta(days=3650),
    )
