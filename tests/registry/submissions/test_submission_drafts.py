"""Drafts: what may be written by whom, what they keep, and what keeps them from being sent."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import NOBODY
from firmpath.registry.submissions import drafts
from firmpath.registry.submissions.answers import ANSWERS as NAMES
from firmpath.registry.submissions.drafts import (
    add_entry,
    create_draft,
    discard,
    remove_entry,
    save_answers,
    submit,
)
from firmpath.registry.submissions.models import Submission, SubmissionEntry, SubmissionEvent
from firmpath.registry.submissions.queries import find_submission, submissions_for
from firmpath.registry.submissions.zigbee_given import find_open_entry, note_given
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.submissions.drafting import ANSWERS, People, draft, sent, who

Record = Callable[[str], object]


def refusal(reference: str, people: People, role: Role = Role.MANUFACTURER) -> list[str]:
    with pytest.raises(FirmpathError) as caught:
        submit(reference, who(people, role), AT)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.MAP, Role.OTHER, Role.DCC, Role.SECAS, Role.SSC])
def test_others_make_no_submission(people: People, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        create_draft(NOBODY if role is Role.PUBLIC else who(people, role), AT)


def test_a_draft_keeps_what_was_typed_right_or_wrong(people: People) -> None:
    by = who(people, Role.SUPPLIER)
    made = create_draft(by, AT)
    save_answers(made.reference, 1, {"firmware_version": " xyz ", "listed_on": "31/13/2026"}, by, AT)
    save_answers(made.reference, 1, {"notes": "a\x00b\ud800"}, by, AT)
    assert made.entries.get().answers == {
        "firmware_version": " xyz ",
        "listed_on": "31/13/2026",
        "notes": "a\ufffdb?",
    }


def test_answers_to_what_is_not_asked_are_refused(people: People) -> None:
    by = who(people, Role.SUPPLIER)
    with pytest.raises(FirmpathError, match="Answer 'zigbee_stack_version' is not one that a submission asks for"):
        create_draft(by, AT, {"zigbee_stack_version": "7"})
    with pytest.raises(FirmpathError, match="Firmware version '7' is not text"):
        create_draft(by, AT, {"firmware_version": 7})


def test_only_the_own_party_finds_a_draft(people: People) -> None:
    made = draft(who(people, Role.MANUFACTURER))
    colleague = make_person(Role.MANUFACTURER, "Aster Metering", AT, "Sam")
    assert find_submission(find_who(colleague), made.reference.lower()) == made
    for role in (Role.SUPPLIER, Role.SECAS, Role.DCC, Role.SSC, Role.MAP):
        with pytest.raises(Http404):
            find_submission(who(people, role), made.reference)
        assert not submissions_for(who(people, role))


def test_only_the_own_party_writes_to_a_draft(people: People) -> None:
    made = draft(who(people, Role.MANUFACTURER))
    for role, refusal in ((Role.SUPPLIER, Http404), (Role.SECAS, PermissionDenied)):
        by = who(people, role)
        for write in (
            lambda by: save_answers(made.reference, 1, {"notes": "x"}, by, AT),
            lambda by: add_entry(made.reference, by, AT),
            lambda by: remove_entry(made.reference, 1, by, AT),
            lambda by: submit(made.reference, by, AT),
            lambda by: discard(made.reference, by, AT),
        ):
            with pytest.raises(refusal):
                write(by)
    assert made.entries.get().answers == ANSWERS


def test_every_fault_is_told_at_once(people: People) -> None:
    made = create_draft(who(people, Role.MANUFACTURER), AT, {"firmware_version": "1", "manufacturer_id": "F002"})
    faults = refusal(made.reference, people)
    assert "Device type is empty; every entry has one" in faults
    assert "Firmware version '1' is not 8 hex digits (it has 1 character)" in faults
    own = "Manufacturer identifier 'F002' is not one of Aster Metering's own, and a Device Manufacturer submits"
    assert f"{own} for those alone; its own are F001; ask SECAS if one is missing" in faults
    alone = "every submission has it; only the Security Sub-Committee will see it"
    assert f"ZigBee chipset vendor is not given; {alone}" in faults
    assert f"ZigBee stack version is not given; {alone}" in faults
    assert Submission.objects.get().status == "draft"


def test_a_manufacturer_submits_for_its_own_identifiers_alone(people: People, recorded: Record) -> None:
    recorded("1 <- 2 ; 1 maker=F002 ; 2 maker=F002")
    theirs = draft(who(people, Role.MANUFACTURER), {"manufacturer_id": "F002"})
    assert len(refusal(theirs.reference, people)) == 1
    assert sent(who(people, Role.SUPPLIER), {"manufacturer_id": "f002"}).status == "with SECAS"


def test_rules_refuse_or_want_a_reason(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = draft(by, {"base_cpl_entry_ids": "N/A"})
    fault = (
        'Rule R36 asks for a reason: CPL entry 3 (firmware 00000003, "Aster 3") has N/A as base firmware, but '
        "F001/00050203 has earlier entries: 1 (00000001) and 2 (00000002); name those that it can be applied to, "
        "or say why there are none"
    )
    assert refusal(made.reference, people) == [fault]
    save_answers(made.reference, 1, {"base_cpl_entry_ids": "99"}, by, AT)
    assert refusal(made.reference, people)[0].startswith("Rule R30 refuses this: CPL entry 3")
    save_answers(made.reference, 1, {"base_cpl_entry_ids": "N/A", "base_firmware_reason": "new chipset"}, by, AT)
    assert submit(made.reference, by, AT).status == "with SECAS"
    with pytest.raises(Http404):
        submit(made.reference, by, AT)


def test_a_listing_date_is_today_or_later(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    made = draft(who(people, Role.MANUFACTURER), {"listed_on": "2026-05-31"})
    right = "give today or a later day, or leave it empty to have it listed when it is published"
    assert refusal(made.reference, people) == [f"Listing date '2026-05-31' is before today, 2026-06-01; {right}"]


def test_entries_of_one_submission_can_name_one_another(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = draft(by)
    added = add_entry(made.reference, by, AT)
    assert added.answers["model_id"] == "0005"
    assert "firmware_version" not in added.answers
    answers = {"firmware_version": "00000004", "manufacturer_image_hash": "4" * 64, "zigbee_band": "2.4 GHz Only"}
    save_answers(made.reference, 2, answers | {"base_cpl_entry_ids": "entry 1; 2"}, by, AT)
    note_given(added, vendor=True, stack=True, at=AT)
    assert submit(made.reference, by, AT).needs_endorsement is False


def test_an_entry_that_is_not_there_cannot_be_named(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = draft(by, {"base_cpl_entry_ids": "entry 2"})
    add_entry(made.reference, by, AT)
    remove_entry(made.reference, 2, by, AT)
    fault = "Base firmware 'entry 2' has 'entry 2', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"
    assert fault in refusal(made.reference, people)
    with pytest.raises(FirmpathError, match="has only this entry; discard the submission instead"):
        remove_entry(made.reference, 1, by, AT)


def test_a_discarded_draft_is_gone_and_so_is_what_the_ssc_got(
    people: People, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    by = who(people, Role.MANUFACTURER)
    made = draft(by)
    reference = made.entries.get().reference
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        discard(made.reference, by, AT)
    assert not SubmissionEntry.objects.exists()
    for find in (lambda: find_submission(by, made.reference), lambda: find_open_entry(by, reference)):
        with pytest.raises(Http404):
            find()
    assert [each.what for each in made.events.all()] == ["begun", "discarded"]


def test_the_page_for_zigbee_answers_finds_open_entries_of_the_own_party(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = draft(by)
    entry = made.entries.get()
    assert find_open_entry(by, entry.reference) == entry
    with pytest.raises(Http404):
        find_open_entry(who(people, Role.SUPPLIER), entry.reference)
    submit(made.reference, by, AT)
    with pytest.raises(Http404):
        find_open_entry(by, entry.reference)
    with pytest.raises(Http404):
        note_given(entry, vendor=False, stack=False, at=AT)
    entry.refresh_from_db()
    assert entry.vendor_given


def test_what_happened_is_not_changed_afterwards(people: People) -> None:
    draft(who(people, Role.MANUFACTURER))
    event = SubmissionEvent.objects.get()
    with pytest.raises(ValueError, match="not changed afterwards"):
        event.save()


def test_the_database_keeps_what_happened(people: People) -> None:
    draft(who(people, Role.MANUFACTURER))
    events = SubmissionEvent.objects.all()
    for change in (lambda: events.update(reason="x"), lambda: events.delete()):
        with pytest.raises(DatabaseError, match="what happened is only ever added to"), transaction.atomic():
            change()
    assert events.get().reason == ""


def test_a_party_has_only_so_many_drafts(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_OPEN", 2)
    by = who(people, Role.MANUFACTURER)
    one, _ = create_draft(by, AT), create_draft(by, AT)
    wrong = "Party 'Aster Metering' has 2 submissions that are still to be submitted, the most there can be"
    with pytest.raises(FirmpathError, match=wrong):
        create_draft(by, AT)
    create_draft(who(people, Role.SUPPLIER), AT)
    discard(one.reference, by, AT)
    create_draft(by, AT)


def test_answers_hold_no_zigbee_secret_by_name() -> None:
    assert not {name for name in NAMES if "vendor" in name or "stack" in name}
    assert set(ANSWERS) <= NAMES
