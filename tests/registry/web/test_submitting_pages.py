"""A submission through its pages, from 'Make a submission' to the CPL."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.zigbee_given import note_given
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import ANSWERS

SignIn = Callable[[Role], Client]
Record = Callable[[str], object]

DEVICE = {
    name: text for name, text in ANSWERS.items() if name not in ("base_cpl_entry_ids", "zigbee_band", "contact")
}


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_from_start_to_the_cpl(people: dict[Role, Person], signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    browser = signed_in(Role.MANUFACTURER)
    assert "There is no submission yet" in text_of(browser.get("/submissions/"))
    assert "Start now" in text_of(browser.get("/submissions/new/"))
    started = browser.post("/submissions/new/")
    draft = Submission.objects.get()
    at = f"/submissions/{draft.reference}/"
    assert started["Location"] == at
    assert "Not started" in text_of(browser.get(at))

    sent = browser.post(f"{at}1/device/", DEVICE)
    assert sent["Location"] == f"{at}1/base-firmware/", text_of(sent)
    page = text_of(browser.get(f"{at}1/base-firmware/"))
    assert "00000002" in page
    assert "N/A" in page
    sent = browser.post(f"{at}1/base-firmware/", {"kind": "entries", "base": ["2"]})
    assert sent["Location"] == f"{at}1/zigbee-band/", text_of(sent)
    sent = browser.post(f"{at}1/zigbee-band/", {"zigbee_band": "2.4 GHz Only"})
    assert sent["Location"] == at
    sent = browser.post(f"{at}1/release/", {"contact": "firmware@aster.example"})
    assert sent["Location"] == at
    page = text_of(browser.get(f"{at}rehearsal/"))
    assert "ZigBee chipset vendor is not given" in page
    note_given(SubmissionEntry.objects.get(), vendor=True, stack=True, at=AT)
    page = text_of(browser.get(f"{at}rehearsal/"))
    assert "This submission of 1 new entry can be accepted. 2 pathways gained." in page
    sent = browser.post(f"{at}submit/")
    assert sent["Location"] == f"{at}?sent=yes"
    assert "Submission sent" in text_of(browser.get(sent["Location"]))

    secas = signed_in(Role.SECAS)
    assert draft.reference in text_of(secas.get("/submissions/"))
    shown = secas.get(at)
    assert "Publish" in text_of(shown)
    done = secas.post(f"{at}publish/", {"seen": shown.context["outcome"].seen})
    assert done["Location"] == at
    assert CPLEntryID(3) in current().register.catalogue(AT.date().replace(year=2030))
    assert "CPL entry 3 (firmware 00000003)" in text_of(secas.get(at))
