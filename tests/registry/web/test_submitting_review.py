"""The pages of the DCC and SECAS: the queue, the rehearsal again, endorsing, returning, correcting, publishing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.drafts import submit
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.reviewing import edit, endorse, return_
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import HUB, draft, published, sent, who
from tests.registry.web.submitting_pages import at, text_of

SignIn = Callable[[Role], Client]
Record = Callable[[str], object]
People = dict[Role, Person]


@pytest.fixture
def meter(people: People, recorded: Record) -> Submission:
    """A submission that waits for SECAS."""
    recorded("1 <- 2")
    return sent(who(people, Role.MANUFACTURER))


def test_the_queue_begins_with_what_waits_longest(people: People, recorded: Record, signed_in: SignIn) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    young = sent(by)
    old = submit(draft(by).reference, by, AT - timedelta(days=3))
    hub = sent(by, answers=HUB)
    secas = signed_in(Role.SECAS)
    page = text_of(secas.get("/submissions/"))
    assert "2 submissions wait for you." in page
    assert page.index(old.reference) < page.index(young.reference)
    assert hub.reference not in page
    assert 'ESME F001/00050203, firmware 00000003, "Aster 3"' in page
    assert hub.reference in text_of(secas.get("/submissions/?status="))
    page = text_of(secas.get("/submissions/?status=&manufacturer=f002"))
    assert "No submission matches." in page
    assert old.reference in text_of(secas.get("/submissions/?status=mine&manufacturer=f001&sort=-age"))
    page = text_of(signed_in(Role.DCC).get("/submissions/"))
    assert "1 submission waits for you." in page
    assert hub.reference in page


def test_the_queue_as_csv(meter: Submission, signed_in: SignIn) -> None:
    Submission.objects.update(party=meter.party, notes=2)
    answer = signed_in(Role.SECAS).get("/submissions/?status=mine&format=csv")
    head, row = answer.content.decode().splitlines()
    assert head == "Reference,What,Party,Status,Submitted,Days waiting,Findings when submitted"
    assert row.startswith(
        f'{meter.reference},"ESME F001/00050203, firmware 00000003, ""Aster 3""",Aster Metering,With SECAS'
    )
    assert row.endswith(",2 notes")


def test_an_empty_queue_says_so(people: People, signed_in: SignIn) -> None:
    page = text_of(signed_in(Role.SECAS).get("/submissions/"))
    assert "Nothing waits for you." in page
    assert "New submissions appear here as they come in." in page
    assert "There is no submission yet." in text_of(signed_in(Role.SECAS).get("/submissions/?status="))


def test_secas_sees_what_it_says_and_would_change(meter: Submission, signed_in: SignIn) -> None:
    page = text_of(signed_in(Role.SECAS).get(at(meter)))
    for shown in (
        'ESME F001/00050203, firmware 00000003, "Aster 3"',
        "This submission of 1 new entry can be accepted. 2 pathways gained.",
        'CPL entry 2 (firmware 00000002, "v2")',
        "Aster Metering",
        "Publishing issues the CPL Entry ID and cannot be undone.",
        "Given",
    ):
        assert shown in page
    assert "Robin of Aster Metering" not in page


def test_submitters_see_where_it_stands_but_no_buttons(meter: Submission, signed_in: SignIn) -> None:
    page = text_of(signed_in(Role.MANUFACTURER).get(at(meter)))
    assert "With SECAS" in page
    assert "Robin of Aster Metering" in page
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_page_that_is_out_of_date_publishes_nothing(people: People, meter: Submission, signed_in: SignIn) -> None:
    secas = signed_in(Role.SECAS)
    seen = secas.get(at(meter)).context["outcome"].seen
    published(sent(who(people, Role.SUPPLIER), {"manufacturer_image_hash": "5" * 64}), who(people, Role.SECAS))
    there = current().number
    refused = secas.post(at(meter, "publish/"), {"seen": seen})
    assert refused.status_code == 409
    page = text_of(refused)
    assert "would now do something else than when you looked at it; look at the rehearsal below again" in page
    assert "A firmware version is on the CPL once for its hardware model." in page
    assert current().number == there
    again = secas.post(at(meter, "publish/"), {"seen": refused.context["outcome"].seen}, follow=True)
    assert f"Submission {meter.reference} is published." in text_of(again)
    assert "CPL entry 4 (firmware 00000003)" in text_of(again)


def test_endorsing_and_returning_by_the_dcc(people: People, recorded: Record, signed_in: SignIn) -> None:
    recorded("1 <- 2")
    by, dcc = who(people, Role.MANUFACTURER), signed_in(Role.DCC)
    hub, other = sent(by, answers=HUB), sent(by, answers=HUB)
    assert "Look at what it would change, below, first." in text_of(dcc.get(at(hub)))
    done = dcc.post(at(hub, "endorse/"), follow=True)
    assert "Endorsed. It is with SECAS now." in text_of(done)
    assert dcc.post(at(hub, "endorse/")).status_code == 409
    refused = dcc.post(at(other, "return-to-sender/"), {"reason": ""})
    assert refused.status_code == 422
    assert '<a href="#reason">Reason is empty; say why, so that others understand it</a>' in text_of(refused)
    dcc.post(at(other, "return-to-sender/"), {"reason": "Not ours"})
    page = text_of(dcc.get(at(other)))
    assert "Not ours" in page
    assert "What it says is with Aster Metering until it is submitted again." in page
    assert "Dual Band" not in page


def test_returning_by_secas(meter: Submission, signed_in: SignIn) -> None:
    done = signed_in(Role.SECAS).post(at(meter, "return/"), {"reason": "Wrong hash"}, follow=True)
    assert f"Submission {meter.reference} has gone back to Aster Metering." in text_of(done)
    page = text_of(signed_in(Role.MANUFACTURER).get(at(meter)))
    assert "Wrong hash" in page
    assert "Check and rehearse" in page


def test_correcting_keeps_what_stood_there(meter: Submission, signed_in: SignIn) -> None:
    secas, url = signed_in(Role.SECAS), at(meter, "1/base-firmware/correct/")
    page = text_of(secas.get(url))
    assert (
        "What Aster Metering submitted is published as theirs, and your correction beside it as that of SECAS"
        in page
    )
    refused = secas.post(url, {"base_cpl_entry_ids": "1", "base_firmware_reason": "", "reason": ""})
    assert refused.status_code == 422
    assert 'value="1"' in text_of(refused)
    sent_on = {"base_cpl_entry_ids": "1; 2", "base_firmware_reason": "", "reason": "They told us"}
    page = text_of(secas.post(url, sent_on, follow=True))
    assert "Corrected. What was submitted is kept and published beside it." in page
    assert "Base firmware of entry 1: “2” became “1; 2”" in page
    assert "They told us" in page
    assert "you corrected it, so somebody else has to publish it" in page
    seen = secas.get(at(meter)).context["outcome"].seen
    assert secas.post(at(meter, "publish/"), {"seen": seen}).status_code == 409


def test_the_submitter_reads_what_secas_corrected(people: People, meter: Submission, signed_in: SignIn) -> None:
    edit(meter.reference, 1, {"contact": ""}, "It is nobody's address", who(people, Role.SECAS), AT)
    for role in (Role.MANUFACTURER, Role.SECAS):
        page = text_of(signed_in(role).get(at(meter)))
        assert '<h2 id="corrected">Corrected by SECAS</h2>' in page
        shown = "Aster Metering submitted “firmware@aster.example”; SECAS put nothing in its place."
        assert f"<strong>Contact of entry 1</strong>: {shown} Reason: It is nobody's address" in page


def test_secas_reads_that_it_waits_for_the_dcc(people: People, recorded: Record, signed_in: SignIn) -> None:
    recorded("1 <- 2")
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    secas = signed_in(Role.SECAS)
    assert "It waits for the DCC. <a" in text_of(secas.get(at(hub)))
    done = secas.post(at(hub, "return/"), {"reason": "Not wanted any more"}, follow=True)
    assert f"Submission {hub.reference} has gone back to Aster Metering." in text_of(done)


def test_taking_back_asks_first(meter: Submission, signed_in: SignIn) -> None:
    maker = signed_in(Role.MANUFACTURER)
    assert "Take this submission back" in text_of(maker.get(at(meter)))
    page = text_of(maker.get(at(meter, "take-back/")))
    assert "Do you want to take this submission back?" in page
    assert "It is with SECAS now." in page
    assert Submission.objects.get().status == "with SECAS"
    assert "Take this submission back" not in text_of(signed_in(Role.SECAS).get(at(meter)))
    done = maker.post(at(meter, "take-back/"), follow=True)
    assert f"Submission {meter.reference} is a draft again." in text_of(done)
    assert "Check and rehearse" in text_of(done)
    assert maker.get(at(meter, "take-back/")).status_code == 302
    assert maker.post(at(meter, "take-back/")).status_code == 400


PAGES: tuple[tuple[str, str, set[Role]], ...] = (
    ("GET", "", {Role.MANUFACTURER, Role.SECAS}),
    ("GET", "rehearsal/", {Role.MANUFACTURER, Role.SECAS}),
    ("GET", "changes.csv", {Role.MANUFACTURER, Role.SECAS}),
    ("GET", "1/", {Role.MANUFACTURER, Role.SECAS}),
    ("GET", "1/device/", set()),
    ("GET", "discard/", set()),
    ("GET", "take-back/", {Role.MANUFACTURER}),
    ("GET", "spreadsheet/", set()),
    ("POST", "submit/", set()),
    ("POST", "add/", set()),
    ("GET", "return/", {Role.SECAS}),
    ("GET", "return-to-sender/", set()),
    ("GET", "1/device/correct/", {Role.SECAS}),
    ("POST", "endorse/", set()),
    ("POST", "publish/", {Role.SECAS}),
)


@pytest.mark.parametrize("role", list(Role))
def test_pages_of_a_submission_by_role(meter: Submission, signed_in: SignIn, role: Role) -> None:
    """The submission is the manufacturer's and waits for SECAS; what is not theirs is not found or not allowed."""
    browser = signed_in(role)
    for method, page, allowed in PAGES:
        answer = browser.generic(method, at(meter, page), b"seen=x", "application/x-www-form-urlencoded")
        refused = (302,) if role is Role.PUBLIC else (403, 404)
        assert (answer.status_code not in refused) == (role in allowed), (method, page, answer.status_code)


def test_drafts_are_found_by_their_makers_alone(people: People, signed_in: SignIn) -> None:
    made = draft(who(people, Role.MANUFACTURER))
    for role in (Role.SUPPLIER, Role.DCC, Role.SECAS):
        for page in ("", "1/", "rehearsal/"):
            assert signed_in(role).get(at(made, page)).status_code == 404
    assert signed_in(Role.MANUFACTURER).get(at(made)).status_code == 200
    assert signed_in(Role.MANUFACTURER).get(at(made, "7/")).status_code == 404
    assert signed_in(Role.MANUFACTURER).get(at(made, "1/colour/")).status_code == 404


def test_a_submission_of_several_entries_is_read_by_entry(
    people: People, recorded: Record, signed_in: SignIn
) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    hub = sent(by, answers=HUB)
    endorse(hub.reference, who(people, Role.DCC), AT)
    entry = hub.entries.get()
    hub.entries.create(
        position=2,
        answers=entry.answers | {"firmware_version": "0000000A", "base_cpl_entry_ids": "entry 1"},
        changed_at=AT,
    )
    secas = signed_in(Role.SECAS)
    page = text_of(secas.get(f"{at(hub)}?entry=2"))
    assert "2 new entries" in page
    assert "Entry 2: 4 (0000000A)</option>" in page
    assert "firmware 0000000A" in text_of(secas.get(at(hub, "2/")))
    published(Submission.objects.get(), who(people, Role.SECAS))
    assert "CPL entry 4 (firmware 0000000A)" in text_of(secas.get(at(hub, "2/")))
    return_to = pytest.raises(Exception, match="is published, not with the DCC or with SECAS")
    with return_to:
        return_(hub.reference, "late", who(people, Role.SECAS), AT)
