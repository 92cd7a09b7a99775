"""Submissions by spreadsheet: all rows or none, every fault of every row, and no word of what is for the SSC."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.stacks.queries import typed_by
from firmpath.registry.submissions.bulk import MOST_OCTETS, TEMPLATE, replace_entries, upload_submission
from firmpath.registry.submissions.drafts import submit
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.tables.writing import workbook_octets
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import ANSWERS, People, published, who

Record = Callable[[str], object]
SECRET = {"zigbee_chipset_vendor": "Canary Silicon", "zigbee_stack_version": "CanaryNet 7.4.0"}
FIRST = ANSWERS | SECRET
SECOND = FIRST | {
    "firmware_version": "00000004",
    "manufacturer_image_hash": "4" * 64,
    "base_cpl_entry_ids": "row 2; 2",
}


def as_csv(rows: Sequence[Mapping[str, str]], names: Sequence[str] = TEMPLATE) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def faults_of(octets: bytes, people: People, role: Role = Role.MANUFACTURER, name: str = "new.csv") -> list[str]:
    with pytest.raises(FirmpathError) as caught:
        upload_submission(octets, name, who(people, role), AT)
    assert not Submission.objects.exists()
    assert "anary" not in str(caught.value)
    return str(caught.value).splitlines()


def test_rows_become_one_submission(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = upload_submission(as_csv([FIRST, SECOND]), "new.csv", by, AT)
    entries = list(made.entries.all())
    assert [each.answers["base_cpl_entry_ids"] for each in entries] == ["2", "entry 1; 2"]
    assert all(each.vendor_given and each.stack_given for each in entries)
    assert published(submit(made.reference, by, AT), who(people, Role.SECAS)).status == "published"
    catalogue = current().register.catalogue(AT.date())
    assert str(catalogue[CPLEntryID(4)].base_firmware) == "2; 3"


def test_what_is_for_the_ssc_is_not_kept_on_this_side(people: People) -> None:
    upload_submission(as_csv([FIRST]), "new.csv", who(people, Role.MANUFACTURER), AT)
    (entry,) = SubmissionEntry.objects.values()
    (event, *_) = Submission.objects.get().events.order_by("-id").values()
    assert "anary" not in f"{entry}{event}"


def test_a_workbook_is_read_too(people: People) -> None:
    rows = [tuple(FIRST.get(name, "") for name in TEMPLATE)]
    made = upload_submission(
        workbook_octets(TEMPLATE, rows, "Submission"), "n.xlsx", who(people, Role.SUPPLIER), AT
    )
    assert made.entries.get().answers == ANSWERS


def test_every_fault_of_every_row_is_told_and_nothing_kept(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    rows = [
        FIRST | {"firmware_version": "38", "zigbee_chipset_vendor": " "},
        FIRST | {"manufacturer_id": "F00G", "base_cpl_entry_ids": "row 9"},
        FIRST | {"manufacturer_id": "F002", "listed_on": "2020-01-01", "zigbee_stack_version": "Canary\x07"},
    ]
    alone = "every submission has it; only the Security Sub-Committee will see it"
    later = "give today or a later day, or leave it empty to have it listed when it is published"
    own = "is not one of Aster Metering's own, and a Device Manufacturer submits for those alone, in row"
    ask = "column 'manufacturer_id'; its own are F001; ask SECAS if one is missing"
    assert faults_of(as_csv(rows), people) == [
        "Firmware version '38' is not 8 hex digits (it has 2 characters), in row 2, column 'firmware_version'",
        f"ZigBee chipset vendor is empty, in row 2, column 'zigbee_chipset_vendor'; {alone}",
        "Manufacturer identifier 'F00G' is not 4 hex digits ('G' is not one), in row 3, column 'manufacturer_id'",
        f"Manufacturer identifier 'F00G' {own} 3, {ask}",
        "Base firmware 'row 9' has 'row 9', which is not a CPL Entry ID, in row 3, column 'base_cpl_entry_ids'; "
        "write N/A, or ids as in 12; 15",
        f"Manufacturer identifier 'F002' {own} 4, {ask}",
        f"Listing date '2020-01-01' is before today, 2026-06-01, in row 4, column 'listed_on'; {later}",
        f"ZigBee stack version is not fit text, in row 4, column 'zigbee_stack_version'; {alone}",
    ]


def test_ids_and_status_are_not_the_submitters(people: People) -> None:
    names = ("cpl_entry_id", "status", "removed_on", *TEMPLATE)
    fit = FIRST | {"status": "Listed"}
    unfit = FIRST | {"cpl_entry_id": "311", "status": "removed", "removed_on": "2026-01-01"}
    assert faults_of(as_csv([fit, unfit], names), people) == [
        "CPL Entry ID '311' is given, in row 3, column 'cpl_entry_id'; it is issued when the entry is published; "
        "leave the cell empty",
        "Status 'removed' is not listed, in row 3, column 'status'; a new entry is listed; leave the cell empty",
        "Removal date '2026-01-01' is given, in row 3, column 'removed_on'; a new entry has none; leave the cell "
        "empty",
    ]


def test_headings_are_those_of_the_template(people: People) -> None:
    names = [name for name in TEMPLATE if name not in ("zigbee_stack_version", "firmware_version")]
    octets = as_csv([FIRST], [*names, "Colour"])
    where = "in row 1; every submission has it; the template has all headings"
    assert faults_of(octets, people) == [
        "Heading 'Colour' is not known, in row 1; use the headings of the template, or leave the column out",
        f"Column 'firmware_version' is missing, {where}",
        f"Column 'zigbee_stack_version' is missing, {where}",
    ]


def test_a_number_where_the_ssc_wants_text_is_not_repeated(people: People) -> None:
    octets = io.BytesIO()
    with Workbook(octets) as workbook:
        sheet = workbook.add_worksheet("Submission")
        sheet.write_row(0, 0, TEMPLATE)
        for position, name in enumerate(TEMPLATE):
            sheet.write_string(1, position, FIRST.get(name, ""))
        sheet.write_number(1, TEMPLATE.index("zigbee_stack_version"), 7.41)
        sheet.write_number(1, TEMPLATE.index("gbcs_version"), 3.2)
    found = faults_of(octets.getvalue(), people, name="new.xlsx")
    kept = "is a number cell, which keeps no zeros at either end, so what was typed cannot be known"
    text = "format the column as Text and type the value again"
    assert found == [
        f"GBCS version '3.2' {kept}, in row 2, column 'gbcs_version'; {text}",
        f"ZigBee stack version is no text any more, in row 2, column 'zigbee_stack_version'; {text}",
    ]


def test_files_have_limits(people: People) -> None:
    assert faults_of(b"x" * (MOST_OCTETS + 1), people) == [
        "File 'new.csv' is larger than 5 MB; a submission is far smaller; is it the right file?"
    ]
    assert faults_of(as_csv([]), people) == [
        "File 'new.csv' has no row below its headings; a submission has 1 to 1000 entries"
    ]
    assert faults_of(as_csv([FIRST] * 1001), people) == [
        "File 'new.csv' has 1001 rows; a submission has 1 to 1000 entries"
    ]
    assert faults_of(b"\x00\xff", people)[0].startswith("File 'new.csv' is not UTF-8 text")


def test_others_upload_nothing(people: People) -> None:
    for role in (Role.SECAS, Role.DCC, Role.MAP, Role.SSC):
        with pytest.raises(PermissionDenied):
            upload_submission(as_csv([FIRST]), "new.csv", who(people, role), AT)


def test_a_thousand_rows_are_read(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    rows = [
        FIRST | {"firmware_version": f"{at:08X}", "manufacturer_image_hash": f"{at:064X}"} for at in range(16, 1016)
    ]
    made = upload_submission(as_csv(rows), "new.csv", who(people, Role.MANUFACTURER), AT)
    assert made.entries.count() == 1000


def test_a_spreadsheet_takes_the_place_of_what_came_back(
    people: People, recorded: Record, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = upload_submission(as_csv([FIRST, SECOND]), "new.csv", by, AT)
    before = list(made.entries.values_list("reference", flat=True))
    with pytest.raises(FirmpathError, match="Blue"):
        replace_entries(made.reference, as_csv([FIRST | {"zigbee_band": "Blue"}]), "new.csv", by, AT)
    assert list(made.entries.values_list("reference", flat=True)) == before
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        replace_entries(made.reference, as_csv([FIRST | {"notes": "new"}]), "new.csv", by, AT)
    assert made.entries.get().answers["notes"] == "new"
    assert not any(typed_by(each).chipset_vendor for each in before)
    assert typed_by(made.entries.get().reference).chipset_vendor == "Canary Silicon"
    assert [(each.what, each.reason) for each in made.events.all()][-1] == ("replaced by a spreadsheet", "1 row")
    submit(made.reference, by, AT)
    with pytest.raises(Http404):
        replace_entries(made.reference, as_csv([FIRST]), "new.csv", by, AT)
