"""A submission from its first page to the CPL: the manufacturer, SECAS, and the DCC where it is a hub."""

import csv
import hashlib
import io
import re

from tests.browser.visitor import Visitor
from tests.browser.visits import Visits

MAKER = "Device Manufacturer"
VENDOR, STACK = "Otterburn Silicon", "Weave 7.2"


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest().upper()


def begin(maker: Visitor) -> str:
    """Start a submission, and give its reference."""
    maker.go("/submissions/")
    maker.follow("Make a submission")
    maker.press("Start now")
    maker.follow("Device and firmware")
    found = re.search(r"/submissions/([^/]+)/", maker.page.url)
    assert found
    return found[1]


def describe_device(maker: Visitor, version: str) -> None:
    """Answer the page of the device, first wrong and then right."""
    maker.tick("ESME", "F001")
    answers = {"Model identifier": "0005", "Hardware version": "02", "Hardware revision": "02"}
    maker.fill(answers | {"Firmware version": "5.3", "Manufacturer Image hash": hash_of(version)})
    maker.press("Save and continue")
    maker.is_told("Firmware version")
    maker.is_told_beside("Firmware version", "5.3")
    maker.fill({"Firmware version": version, "Firmware name (optional)": "Merlin 5.3"})
    maker.press("Save and continue")


def fill_in(maker: Visitor, version: str) -> None:
    """Go through all pages, from the device to the release information."""
    describe_device(maker, version)
    maker.is_at("Base firmware")
    maker.tick("To these entries of the CPL", re.compile("CPL entry 140$"))
    maker.press("Save and continue")
    maker.is_at("ZigBee band")
    maker.press("Save and continue")
    maker.is_told("ZigBee band")
    maker.tick("2.4 GHz Only")
    maker.press("Save and continue")
    give_zigbee(maker)
    maker.follow("Certificates and release information")
    maker.is_at("Certificates and release information")
    maker.fill({"Contact (optional)": "firmware@brackenfell.example"})
    maker.press("Save and continue")


def give_zigbee(maker: Visitor) -> None:
    """Give the SSC what only the SSC may read."""
    maker.follow("ZigBee chipset vendor and stack version")
    assert "/ssc/zigbee/" in maker.page.url
    maker.fill({"ZigBee chipset vendor": "=A1", "ZigBee stack version": STACK})
    maker.press("Save and continue")
    maker.is_told("ZigBee chipset vendor")
    maker.fill({"ZigBee chipset vendor": VENDOR})
    maker.press("Save and continue")


def test_a_submission_is_returned_put_right_and_published(visits: Visits) -> None:
    with visits.desk(MAKER) as maker:
        reference = begin(maker)
        fill_in(maker, "00050330")
        maker.sees("All parts are done.")
        maker.follow("Check and rehearse")
        maker.sees("Before and after, drawn", "Pathways gained")
        maker.press("Submit")
        maker.is_at("Submission sent")
        maker.sees(reference)
    with visits.desk("SECAS") as secas:
        secas.go("/submissions/")
        secas.sees("00050330")
        secas.follow(reference)
        secas.sees("Before and after, drawn", "firmware@brackenfell.example")
        secas.sees_not(VENDOR, STACK)
        secas.follow("Return with a reason")
        secas.press("Return it")
        secas.is_told("Reason")
        secas.fill({"Why are you returning it?": "The release notes are missing."})
        secas.press("Return it")
    assert "The release notes are missing." in visits.e_mails(MAKER)[-1].get_content()
    with visits.desk(MAKER) as maker:
        maker.go(f"/submissions/{reference}/")
        maker.sees("This submission was returned", "The release notes are missing.")
        maker.follow("Certificates and release information")
        maker.fill({"Release notes (optional)": "https://brackenfell.example/firmware/000502/00050330"})
        maker.press("Save and continue")
        maker.follow("Check and rehearse")
        maker.press("Submit")
        maker.is_at("Submission sent")
    with visits.desk("SECAS") as secas:
        secas.go(f"/submissions/{reference}/")
        secas.press("Publish")
        secas.sees(f"Submission {reference} is published.")
        secas.follow(re.compile("CPL entry .*00050330"))
        secas.is_at("Firmware 00050330, “Merlin 5.3”")
        secas.sees("https://brackenfell.example/firmware/000502/00050330")


def test_a_submission_is_made_without_scripts(visits: Visits) -> None:
    with visits.desk(MAKER, with_scripts=False) as maker:
        reference = begin(maker)
        fill_in(maker, "00050331")
        maker.follow("Check and rehearse")
        maker.press("Submit")
        maker.is_at("Submission sent")
        maker.sees(reference)


def test_a_draft_is_left_and_discarded(visits: Visits) -> None:
    with visits.phone(MAKER) as maker:
        begin(maker)
        maker.tick("GSME", "F001")
        maker.press("Save and come back later")
        maker.follow("Discard this submission")
        maker.is_at("Do you want to discard this submission?")
        maker.press("Discard it")
        maker.is_at("Submissions")


HUB = {
    "device_type": "Communications Hub",
    "manufacturer_id": "F00B",
    "model_id": "0133",
    "hardware_version": "05",
    "hardware_revision": "01",
    "zigbee_band": "Dual Band",
    "base_cpl_entry_ids": "128",
    "contact": "firmware@copperbeck.example",
    "zigbee_chipset_vendor": VENDOR,
    "zigbee_stack_version": STACK,
}


def table(*rows: dict[str, str]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def of_version(version: str, **more: str) -> dict[str, str]:
    return HUB | {"firmware_version": version, "manufacturer_image_hash": hash_of(version)} | more


def test_hubs_go_from_a_spreadsheet_by_the_dcc_to_the_cpl(visits: Visits) -> None:
    with visits.desk(MAKER) as maker:
        maker.go("/submissions/new/spreadsheet/")
        assert b"base_cpl_entry_ids" in maker.download("CSV")
        wrong = table(of_version("0200001X", zigbee_band="Warm"), of_version("02000011", base_cpl_entry_ids=""))
        maker.give_file("Spreadsheet", "hubs.csv", wrong)
        maker.press("Upload and check")
        maker.is_told("0200001X", "Warm", "row 2")
        right = table(of_version("02000010"), of_version("02000011", base_cpl_entry_ids="row 2"))
        maker.give_file("Spreadsheet", "hubs.csv", right)
        maker.press("Upload and check")
        maker.sees("2 rows are saved as a draft.", "Before and after, drawn")
        found = re.search(r"/submissions/([^/]+)/", maker.page.url)
        assert found
        maker.press("Submit")
        maker.is_at("Submission sent")
    with visits.desk("DCC") as dcc:
        dcc.go("/submissions/")
        dcc.follow(found[1])
        dcc.sees("02000010", "Before and after, drawn")
        dcc.sees_not(VENDOR, STACK)
        dcc.press("Endorse")
        dcc.sees("Endorsed. It is with SECAS now.")
    with visits.desk("SECAS") as secas:
        secas.go(f"/submissions/{found[1]}/")
        secas.press("Publish")
        secas.sees(f"Submission {found[1]} is published.")
