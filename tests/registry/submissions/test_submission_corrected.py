"""What the record says of a submission that SECAS corrected: whose each value is, and why."""

import threading
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.core import mail

from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    EntryPublished,
    ReleaseInformationGiven,
    Retracted,
    ZigBeeBandDeclared,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.verify import verify
from firmpath.registry.parties.mail import SENDING
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import term_of
from firmpath.registry.submissions.drafts import submit
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.reviewing import edit, endorse, return_
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.submissions.drafting import ANSWERS, HUB, People, published, seen, sent, who

Record = Callable[[str], object]
WHY = "The release notes say so."


@pytest.fixture
def meter(people: People, recorded: Record) -> Submission:
    """A submission that waits for SECAS."""
    recorded("1 <- 2")
    return sent(who(people, Role.MANUFACTURER))


@pytest.fixture
def other(people: People) -> Who:
    """Somebody else at SECAS, who may publish what the first one corrected."""
    return find_who(make_person(Role.SECAS, "SECAS", AT, "Kim"))


def stated() -> Sequence[Statement]:
    """Give what the register has about the new entry."""
    found = current().register.statements
    return [
        each for each in found if isinstance(each.fact, Retracted) or getattr(each.fact, "cpl_entry_id", 0) == 3
    ]


def one(kind: type, channel: Channel) -> Statement:
    (found,) = [each for each in stated() if isinstance(each.fact, kind) and each.channel is channel]
    return found


def test_the_record_says_whose_each_value_is(people: People, meter: Submission, other: Who) -> None:
    secas, maker = people[Role.SECAS], people[Role.MANUFACTURER]
    edit(meter.reference, 1, {"zigbee_band": "Sub-GHz Only"}, WHY, find_who(secas), AT)
    published(Submission.objects.get(), other)
    theirs = one(ZigBeeBandDeclared, Channel.SUBMISSION)
    assert theirs.fact == ZigBeeBandDeclared(CPLEntryID(3), ZigBeeBand.ONLY_2_4_GHZ)
    assert (theirs.party, theirs.entered_by, theirs.reason) == ("Aster Metering", f"person {maker.pk}", NOT_KNOWN)
    ours = one(ZigBeeBandDeclared, Channel.SECAS_CORRECTION)
    assert ours.fact == ZigBeeBandDeclared(CPLEntryID(3), ZigBeeBand.ONLY_SUB_GHZ)
    assert (ours.party, ours.entered_by, ours.reason) == ("SECAS", f"person {secas.pk}", WHY)
    assert (ours.corrects, ours.recorded_at) == (theirs.number, theirs.recorded_at)
    assert current().register.catalogue(AT.date())[CPLEntryID(3)].zigbee_band is ZigBeeBand.ONLY_SUB_GHZ
    others = [each for each in stated() if each.channel is Channel.SECAS_CORRECTION]
    assert others == [ours]


def test_image_facts_are_corrected_too(people: People, meter: Submission, other: Who) -> None:
    edit(meter.reference, 1, {"firmware_name": "Aster 3.1"}, WHY, who(people, Role.SECAS), AT)
    published(Submission.objects.get(), other)
    theirs, ours = one(EntryPublished, Channel.SUBMISSION), one(EntryPublished, Channel.SECAS_CORRECTION)
    assert ours.corrects == theirs.number
    assert [each.fact.firmware_name for each in (theirs, ours)] == ["Aster 3", "Aster 3.1"]  # type: ignore[union-attr]
    entry = current().register.catalogue(AT.date())[CPLEntryID(3)]
    assert entry.published.firmware_name == "Aster 3.1"


def test_what_is_emptied_is_taken_back_and_what_is_added_is_secas_own(
    people: People, meter: Submission, other: Who
) -> None:
    secas = who(people, Role.SECAS)
    edit(meter.reference, 1, {"contact": ""}, "Not theirs", secas, AT)
    edit(meter.reference, 1, {"cpa_certificate": "CPA-1"}, WHY, secas, AT)
    published(Submission.objects.get(), other)
    taken = one(Retracted, Channel.SECAS_CORRECTION)
    assert taken.corrects == one(ReleaseInformationGiven, Channel.SUBMISSION).number
    assert (taken.party, taken.reason) == ("SECAS", "Not theirs")
    entry = current().register.catalogue(AT.date())[CPLEntryID(3)]
    assert not entry.release_information
    assert entry.certificates.cpa_certificate == "CPA-1"  # type: ignore[union-attr]
    assert [each.reason for each in stated() if each.channel is Channel.SECAS_CORRECTION] == [WHY, "Not theirs"]


def test_the_day_is_corrected_for_all_that_holds_from_it(people: People, meter: Submission, other: Who) -> None:
    edit(meter.reference, 1, {"listed_on": "2026-07-01"}, WHY, who(people, Role.SECAS), AT)
    published(Submission.objects.get(), other)
    about = stated()
    assert len(about) == 2 * sum(each.channel is Channel.SUBMISSION for each in about)
    assert CPLEntryID(3) not in current().register.catalogue(AT.date())
    assert current().register.catalogue(date(2026, 7, 1))[CPLEntryID(3)].listed_on == date(2026, 7, 1)


def test_the_published_reason_of_the_base_firmware_stays(people: People, recorded: Record, other: Who) -> None:
    recorded("1 <- 2")
    reason = {"base_cpl_entry_ids": "N/A", "base_firmware_reason": "Another chipset"}
    made = sent(who(people, Role.MANUFACTURER), reason)
    edit(made.reference, 1, {"base_cpl_entry_ids": "2"}, WHY, who(people, Role.SECAS), AT)
    published(Submission.objects.get(), other)
    assert one(BaseFirmwareDeclared, Channel.SUBMISSION).reason == "Another chipset"
    ours = one(BaseFirmwareDeclared, Channel.SECAS_CORRECTION)
    assert ours.reason == f"Another chipset\nCorrected by SECAS: {WHY}"


def test_what_is_put_back_is_no_correction(people: People, meter: Submission, other: Who) -> None:
    secas = who(people, Role.SECAS)
    edit(meter.reference, 1, {"zigbee_band": "Sub-GHz Only"}, WHY, secas, AT)
    edit(meter.reference, 1, {"zigbee_band": "2.4 GHz Only"}, "It was right", secas, AT)
    published(Submission.objects.get(), other)
    assert {each.channel for each in stated()} == {Channel.SUBMISSION}


def test_an_entry_is_not_moved_to_another_model(people: People, meter: Submission) -> None:
    right = "return the submission with what has to be put right, so that its Party submits it anew"
    with pytest.raises(FirmpathError) as caught:
        edit(meter.reference, 1, {"model_id": "0009", "notes": "x"}, WHY, who(people, Role.SECAS), AT)
    assert str(caught.value) == f"{term_of('model_id')} '0009' would move the entry to another model; {right}"
    assert Submission.objects.get().entries.get().answers == ANSWERS


def test_what_was_submitted_is_kept_and_comes_back(people: People, meter: Submission) -> None:
    secas, by = who(people, Role.SECAS), who(people, Role.MANUFACTURER)
    edit(meter.reference, 1, {"zigbee_band": "Sub-GHz Only"}, WHY, secas, AT)
    entry = meter.entries.get()
    assert (entry.answers_sent, entry.answers["zigbee_band"]) == (ANSWERS, "Sub-GHz Only")
    return_(meter.reference, "Say it yourself.", secas, AT)
    entry.refresh_from_db()
    assert (entry.answers, entry.answers_sent) == (ANSWERS, {})
    published(submit(meter.reference, by, AT), secas_who_did_not_correct(people))
    assert Channel.SECAS_CORRECTION not in {each.channel for each in stated()}


def secas_who_did_not_correct(people: People) -> Who:
    return find_who(make_person(Role.SECAS, "SECAS", AT, "Ash"))


def test_its_outcome_has_one_name_whoever_is_first(people: People, meter: Submission, other: Who) -> None:
    edit(meter.reference, 1, {"zigbee_band": "Sub-GHz Only"}, WHY, who(people, Role.SECAS), AT)
    looked_at = seen(Submission.objects.get())
    elsewhere = {"model_id": "0009", "base_cpl_entry_ids": "N/A", "manufacturer_image_hash": "4" * 64}
    published(sent(who(people, Role.MANUFACTURER), elsewhere), other)
    assert seen(Submission.objects.get(pk=meter.pk)) == looked_at


def test_the_record_is_sound_afterwards(people: People, meter: Submission, other: Who) -> None:
    edit(meter.reference, 1, {"zigbee_band": "Sub-GHz Only", "notes": "x"}, WHY, who(people, Role.SECAS), AT)
    published(Submission.objects.get(), other)
    assert not list(verify().faults)


def test_the_submitter_is_told_what_and_why(
    people: People, recorded: Record, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    recorded("1 <- 2")
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    endorse(hub.reference, who(people, Role.DCC), AT)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        edit(hub.reference, 1, {"notes": "Corrected"}, WHY, who(people, Role.SECAS), AT)
    for thread in threading.enumerate():
        if thread.name == SENDING:
            thread.join()
    told = {each.to[0]: each for each in mail.outbox}
    assert set(told) == {people[Role.MANUFACTURER].email, people[Role.DCC].email}
    letter = told[people[Role.MANUFACTURER].email]
    assert letter.subject == f"SECAS has corrected submission {hub.reference}"
    assert (
        f"answers of entry 1 of submission {hub.reference}:\n\n- Notes\n\nfor this reason:\n\n{WHY}" in letter.body
    )


def test_a_rehearsal_is_done_once_until_something_changes(people: People, meter: Submission) -> None:
    register = current().register
    first = rehearse_submission(meter, register, AT)
    assert rehearse_submission(Submission.objects.get(), register, AT).rehearsal is first.rehearsal
    entry = meter.entries.get()
    entry.answers["notes"] = "something else"
    entry.save()
    assert rehearse_submission(meter, register, AT).rehearsal is not first.rehearsal
    assert rehearse_submission(meter, current().register, AT).seen != first.seen
