"""What the public gets of an entry: the same fields by the API, on its page, in the tables and in the feed."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from firmpath.pathways.device_model import DeviceModel, HardwareModel, parse_device_type
from firmpath.pathways.facts import (
    CertificatesRecorded,
    EntryPublished,
    EntryWithdrawn,
    Fact,
    NoticeOpened,
    NoticeStep,
    ReleaseInformationGiven,
    SteppingStoneMarked,
)
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerID, ManufacturerImageHash
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.publication.public_fields import PUBLIC_FIELDS
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT

SECRETS = (
    "withdrawalsecret",
    "markedsecret",
    "notessecret",
    "askme@",
    "notes.example",
    "noticesecret",
    "PartySecret",
)
ADDRESSES = (
    *("/api/v1/entries/9", "/api/v1/entries", "/api/v1/changes", "/cpl/9/", "/cpl/", "/cpl/?format=csv"),
    *("/changes/", "/changes.atom", "/changes.json"),
)
NINE = CPLEntryID(9)


@pytest.fixture
def entry(recorded: Callable[[str], Sequence[Statement]]) -> None:
    """Record an entry of which everything is known; what the FIR says of it has `SECRETS` in it."""
    recorded("1 N/A ; 2 N/A")
    hardware = HardwareModel(parse_device_type("ESME"), ManufacturerID("F003"), "0009", "02", "03")
    image_hash = ManufacturerImageHash("AB" * 32)
    named = ("Cragside Meters", "Cragside 9.1", "SMETS2 v5.1", "GBCS v4.1")
    facts: tuple[Fact, ...] = (
        EntryPublished(NINE, DeviceModel(hardware, FirmwareVersion("09090909")), image_hash, *named),
        CertificatesRecorded(NINE, "CPA-9", date(2031, 1, 31), "ZIG-9"),
        ReleaseInformationGiven(NINE, "https://notes.example/9", "askme@maker.example", "notessecret"),
        SteppingStoneMarked(NINE, "markedsecret"),
        NoticeOpened("N1", "noticesecret", "noticesecret", (NoticeStep(CPLEntryID(1), NINE),)),
        EntryWithdrawn(NINE),
    )
    with appending(AT) as ledger:
        ledger.record(
            [
                Stated(
                    date(2026, 5, day),
                    "PartySecret",
                    Channel.SECAS_CORRECTION,
                    fact,
                    "person 1",
                    "withdrawalsecret",
                )
                for day, fact in enumerate(facts, 1)
            ]
        )


def by_api(caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(caller.get("/entries/9").content)["entry"]
    return found


def in_csv(client: Client) -> dict[str, str]:
    octets = b"".join(client.get("/cpl/?format=csv").streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(octets.decode())))[-1]


def in_xlsx(client: Client) -> dict[str, str]:
    octets = b"".join(client.get("/cpl/?format=xlsx").streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(octets)).get_sheet_by_index(0).to_python()
    return {str(name): str(cell) for name, cell in zip(rows[0], rows[-1], strict=True)}


@pytest.mark.usefixtures("entry")
def test_the_public_gets_the_public_fields_wherever_it_reads(client: Client) -> None:
    shown = by_api(Caller())
    listed = json.loads(Caller().get("/entries").content)["entries"][-1]
    table = in_csv(client)
    assert table.keys() == PUBLIC_FIELDS
    assert {name for name, cell in table.items() if cell} == PUBLIC_FIELDS - {"zigbee_band"}  # nobody has said
    assert {name: str(value) for name, value in shown.items()} == {n: cell for n, cell in table.items() if cell}
    assert (listed, in_xlsx(client)) == (shown, table)
    page = re.sub("<[^>]*>", "", html.unescape(client.get("/cpl/9/").text))
    dates = {"cpa_valid_until": "31 January 2031", "listed_on": "1 May 2026", "removed_on": "6 May 2026"}
    words = {**table, **dates, "status": "Withdrawn", "zigbee_band": "not known"}
    assert [name for name, value in words.items() if value not in page] == []


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_of_the_fir_reaches_the_public(client: Client, address: str) -> None:
    answer = client.get(address)
    octets = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert b"9" in octets
    assert [secret for secret in SECRETS if secret.encode() in octets] == []


@pytest.mark.usefixtures("entry")
def test_those_who_read_the_fir_get_all_of_it(people: Mapping[Role, Person]) -> None:
    fields = by_api(Caller(people[Role.SUPPLIER]))
    assert (fields["removal_reason"], fields["responsible_party"]) == ("withdrawalsecret", "PartySecret")
    assert fields.keys() > by_api(Caller()).keys()


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("day", ["2026-05-05", "2020-01-01", "2999-01-01"])
@pytest.mark.parametrize("path", ["/entries", "/entries/9"])
def test_the_public_reads_today_and_no_other_day(people: Mapping[Role, Person], path: str, day: str) -> None:
    refused = Caller().get(f"{path}?as_at={day}")
    assert (refused.status_code, refused.headers["Content-Type"]) == (401, "application/problem+json")
    assert Caller().get(f"{path}?as_at={day}", **{"If-None-Match": "*"}).status_code == 401
    assert Caller(people[Role.SUPPLIER]).get(f"{path}?as_at={day}").status_code in (200, 404)
    today = json.loads(Caller().get("/entries").content)["as_at"]
    assert Caller().get(f"{path}?as_at={today}").status_code == 200
