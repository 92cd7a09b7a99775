"""The pages of those who make submissions: task list, faults, base firmware, rehearsal, discarding, uploads."""

from collections.abc import Callable, Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions import drafts
from firmpath.registry.submissions.bulk import KIND
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.status import Status
from firmpath.tables.headings import Headings
from firmpath.tables.mapping import NO_MAPPING
from firmpath.tables.reading import read_octets_as_table
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import draft, who
from tests.registry.submissions.test_submission_bulk import FIRST, as_csv
from tests.registry.web.submitting_pages import at, text_of

SignIn = Callable[[Role], Client]
Record = Callable[[str], object]
People = dict[Role, Person]


def changed(submission: Submission, changes: Mapping[str, str]) -> None:
    entry = submission.entries.get()
    entry.answers = {**entry.answers, **changes}
    entry.save()


def test_faults_stand_at_the_top_and_beside_the_field_and_all_is_kept(browser: Client, begun: Submission) -> None:
    sent = browser.post(at(begun, "1/device/"), {"firmware_version": "xyz", "device_type": "ESME"})
    page = text_of(sent)
    assert sent.status_code == 422
    assert "<title>Error: Device and firmware" in page
    fault = "Firmware version 'xyz' is not 8 hex digits (it has 3 characters)"
    assert f'<a href="#firmware_version">{fault}</a>' in page
    assert (
        f'<div class="fault" id="firmware_version-error"><p><span class="hidden">Error: </span>{fault}</p>' in page
    )
    assert begun.entries.get().answers["firmware_version"] == "xyz"


def test_saving_for_later_shows_no_fault(browser: Client, begun: Submission) -> None:
    sent = browser.post(at(begun, "1/device/"), {"firmware_version": "xyz", "later": "yes"}, follow=True)
    page = text_of(sent)
    assert "Saved. Nothing is sent to anybody until you submit it." in page
    assert "Not finished" in page
    assert "7 things to put right" in page
    assert 'value="xyz"' in text_of(browser.get(at(begun, "1/device/")))


def test_a_manufacturer_chooses_among_its_own_identifiers(
    browser: Client, begun: Submission, signed_in: SignIn
) -> None:
    page = text_of(browser.get(at(begun, "1/device/")))
    assert '<input type="radio" id="manufacturer_id" name="manufacturer_id" value="F001" checked' in page
    assert "One of Aster Metering's own" in page


def test_the_zigbee_page_is_linked_and_shows_flags_alone(browser: Client, begun: Submission) -> None:
    entry = begun.entries.get()
    page = text_of(browser.get(at(begun)))
    assert f'<a href="/ssc/zigbee/{entry.reference}/"' in page
    assert "Given" in page
    begun.entries.update(stack_given=False)
    assert "Not given yet" in text_of(browser.get(at(begun)))


def test_base_firmware_is_shown_by_version_name_id_hash_and_status(
    browser: Client, people: People, recorded: Record
) -> None:
    recorded("1 <- 2 ; 1 withdrawn")
    made = draft(who(people, Role.MANUFACTURER))
    page = text_of(browser.get(at(made, "1/base-firmware/")))
    assert 'name="base" value="2" checked' in page
    assert '<span class="version">00000002</span><span class="hidden"> CPL entry 2</span>' in page
    for shown in (
        "v2",
        "<code>00000000…</code>",
        "0" * 8 + "<wbr>",
        "Listed",
        "Withdrawn",
        "There is no previous version",
    ):
        assert shown in page


def test_a_reason_is_asked_for_where_a_rule_wants_one(browser: Client, begun: Submission) -> None:
    url = at(begun, "1/base-firmware/")
    assert "Reason for the base firmware" not in text_of(browser.get(url))
    sent = browser.post(url, {"kind": "N/A"})
    asked = 'Reason for the base firmware is asked for: CPL entry 3 (firmware 00000003, "Aster 3") has N/A as base'
    assert sent.status_code == 422
    assert asked in text_of(sent)
    sent = browser.post(url, {"kind": "N/A", "base_firmware_reason": "New chipset"})
    assert sent.headers["Location"] == at(begun, "1/zigbee-band/")


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, "Base firmware is not stated; name the entries it can be applied to, or choose N/A"),
        ({"kind": "entries"}, "Base firmware is not stated; name the entries it can be applied to, or choose N/A"),
        ({"kind": "N/A", "base": ["2"]}, "Base firmware 'N/A; 2' has 'N/A', which is not a CPL Entry ID"),
        ({"kind": "entries", "others": "x"}, "Base firmware 'x' has 'x', which is not a CPL Entry ID"),
        ({"kind": "entries", "others": "77"}, "names CPL entry 77 as base, which is not on the CPL"),
    ],
)
def test_what_is_no_base_firmware_is_refused(
    browser: Client, begun: Submission, sent: dict[str, object], fault: str
) -> None:
    response = browser.post(at(begun, "1/base-firmware/"), sent)
    assert response.status_code == 422
    assert fault in text_of(response)


def test_many_entries_are_searched(browser: Client, people: People, recorded: Record) -> None:
    recorded(" <- ".join(map(str, range(1, 61))))
    made = draft(who(people, Role.MANUFACTURER), {"firmware_version": "000000FF"})
    url = at(made, "1/base-firmware/")
    assert "20 more are not shown" in text_of(browser.get(url))
    found = browser.post(url, {"kind": "entries", "base": ["2", "50"], "find": "yes", "q": "00000007"}, follow=True)
    page = text_of(found)
    assert made.entries.get().answers["base_cpl_entry_ids"] == "2; 50"
    assert page.count('name="base"') == 3
    assert page.count(" checked") == 3  # 2, 50, and that they are entries of the CPL
    nothing = text_of(browser.get(f"{url}?q=nothing"))
    assert nothing.count('name="base"') == 2


def test_the_device_comes_first(browser: Client, begun: Submission) -> None:
    changed(begun, {"model_id": "?"})
    page = text_of(browser.get(at(begun, "1/base-firmware/")))
    assert "Say first which Device it is for." in page
    assert "Save and continue" not in page


def test_the_rehearsal_shows_every_change(browser: Client, people: People, recorded: Record) -> None:
    recorded("1 <- 2 ; 4 version=00000003 ; 5 ? ; 5 listed=2026-05-01")
    made = draft(who(people, Role.MANUFACTURER))
    page = text_of(browser.get(at(made, "rehearsal/")))
    assert "This submission of 1 new entry can be accepted. 2 pathways gained." in page
    for shown in (
        "The CPL Entry ID 6 is provisional: it is issued at publication.",
        "A firmware version is on the CPL once for its hardware model.",
        "Pathways lost: 0",
        "Pathways gained: 2",
        'CPL entry 1 (firmware 00000001, "v1")',
        "These share model and firmware version:",
        'CPL entry 4 (firmware 00000003, "v4")',
        "As the CPL is today",
        "As it would be with this submission",
    ):
        assert shown in page
    assert page.count("<svg") == 2
    rows = browser.get(at(made, "changes.csv")).content.decode().splitlines()
    assert rows[1:] == ["gained,1,00000001,6,00000003,none,2", "gained,2,00000002,6,00000003,none,1"]


def test_what_is_missing_keeps_it_from_being_submitted(browser: Client, begun: Submission) -> None:
    changed(begun, {"zigbee_band": "", "contact": "=x"})
    page = text_of(browser.get(at(begun, "rehearsal/")))
    assert "1 thing to put right first" in page
    assert "Contact '=x' begins with '=', which a spreadsheet would run as a formula" in page
    assert "You can submit it once everything above is put right." in page
    changed(begun, {"contact": ""})
    page = text_of(browser.get(at(begun, "rehearsal/")))
    assert "would be refused as it stands" in page
    assert "Nobody has stated the ZigBee band" in page
    refused = browser.post(at(begun, "submit/"))
    assert refused.status_code == 422
    assert "Rule R21 refuses this: Nobody has stated the ZigBee band" in text_of(refused)


def test_entries_are_added_and_taken_out(browser: Client, begun: Submission) -> None:
    added = browser.post(at(begun, "add/"))
    assert added.headers["Location"] == at(begun, "2/")
    assert "2 new entries for the CPL" in text_of(browser.get(at(begun)))
    assert "Take this entry out" in text_of(browser.get(at(begun, "2/")))
    assert "take out entry 2?" in text_of(browser.get(at(begun, "2/remove/")))
    assert begun.entries.count() == 2
    browser.post(at(begun, "2/remove/"))
    assert begun.entries.count() == 1


def test_discarding_asks_first(browser: Client, begun: Submission) -> None:
    page = text_of(browser.get(at(begun, "discard/")))
    assert "Do you want to discard this submission?" in page
    assert "You cannot undo this." in page
    assert Submission.objects.get().status == Status.DRAFT
    gone = browser.post(at(begun, "discard/"), follow=True)
    assert f"Submission {begun.reference} has been discarded." in text_of(gone)
    for page, method in (("", browser.get), ("1/device/", browser.get), ("1/device/", browser.post)):
        said = method(at(begun, page))
        assert said.status_code == 410
        assert "This submission was discarded</h1>" in text_of(said)
        assert "Robin of Aster Metering of Aster Metering discarded it on <time" in text_of(said)
        assert '<a href="/submissions/new/">make a new submission</a>' in text_of(said)


@pytest.mark.parametrize("was_sent", [True, False])
def test_that_a_submission_was_discarded_is_said_to_those_who_could_see_it(
    begun: Submission, people: People, signed_in: SignIn, was_sent: bool
) -> None:
    Submission.objects.update(submitted_at=AT if was_sent else None, status=Status.RETURNED)
    drafts.discard(begun.reference, who(people, Role.MANUFACTURER), AT)
    for role in (Role.SECAS, Role.SUPPLIER, Role.DCC):
        said = signed_in(role).get(at(begun))
        assert said.status_code == (410 if was_sent and role is Role.SECAS else 404)
        assert "Robin of Aster" not in text_of(said)
        if said.status_code == 410:
            assert "<p>Aster Metering discarded it on <time" in text_of(said)
            assert "make a new submission" not in text_of(said)


def test_a_returned_submission_says_why(browser: Client, begun: Submission) -> None:
    Submission.objects.update(status=Status.RETURNED, returned_reason="The hash is that of the OTA file.")
    page = text_of(browser.get(at(begun)))
    assert "This submission was returned" in page
    assert "The hash is that of the OTA file." in page


def test_a_spreadsheet_becomes_a_draft_or_shows_its_faults(
    browser: Client, people: People, recorded: Record
) -> None:
    recorded("1 <- 2")
    page = text_of(browser.get("/submissions/new/spreadsheet/"))
    assert "Either all rows are saved as one draft, or none is and every fault is shown." in page
    assert "File is not chosen; choose a CSV or XLSX file" in text_of(browser.post("/submissions/new/spreadsheet/"))
    wrong = SimpleUploadedFile("new.csv", as_csv([FIRST | {"zigbee_band": "Blue"}]))
    refused = browser.post("/submissions/new/spreadsheet/", {"spreadsheet": wrong})
    assert refused.status_code == 422
    page = text_of(refused)
    assert "ZigBee band 'Blue' is not a join option, in row 2, column 'zigbee_band'" in page
    assert "anary" not in page
    right = SimpleUploadedFile("new.csv", as_csv([FIRST]))
    done = browser.post("/submissions/new/spreadsheet/", {"spreadsheet": right}, follow=True)
    page = text_of(done)
    assert "1 row is saved as a draft." in page
    assert "Check and rehearse" in page
    assert "anary" not in page


def test_a_spreadsheet_replaces_what_came_back(browser: Client, begun: Submission) -> None:
    url = at(begun, "spreadsheet/")
    assert url in text_of(browser.get(at(begun)))
    page = text_of(browser.get(url))
    assert "Replace its entries by a spreadsheet" in page
    assert "The entry that is there now is deleted, also what was given for the Security Sub-Committee." in page
    wrong = browser.post(
        url, {"spreadsheet": SimpleUploadedFile("n.csv", as_csv([FIRST | {"zigbee_band": "Blue"}]))}
    )
    assert wrong.status_code == 422
    assert begun.entries.get().answers["firmware_name"] == "Aster 3"
    right = SimpleUploadedFile("n.csv", as_csv([FIRST | {"firmware_name": "Aster 3a"}]))
    assert "1 row is saved as a draft." in text_of(browser.post(url, {"spreadsheet": right}, follow=True))
    assert begun.entries.get().answers["firmware_name"] == "Aster 3a"


def test_the_task_list_judges_an_entry_once(browser: Client, begun: Submission) -> None:
    with CaptureQueriesContext(connection) as asked:
        browser.get(at(begun))
    read = [each for each in asked if 'FROM "submissions_submissionentry"' in each["sql"]]
    assert len(read) == 2  # the entries that are shown, and those that the entry is judged with


def test_too_many_drafts_are_refused_in_words(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_OPEN", 0)
    refused = browser.post("/submissions/new/")
    assert refused.status_code == 400
    assert "still to be submitted, the most there can be; submit some of them, or discard" in text_of(refused)


def test_the_template_is_read_back(browser: Client) -> None:
    for form in ("csv", "xlsx"):
        octets = browser.get(f"/submissions/new/template.{form}").content
        rows = read_octets_as_table(octets, "template", Headings(NO_MAPPING, KIND))
        assert rows.row_numbers == []
        assert "zigbee_stack_version" in rows.columns
    assert browser.get("/submissions/new/template.ods").status_code == 404
