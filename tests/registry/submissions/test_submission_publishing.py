"""Publication: judged again, all or nothing, once, and never another outcome than the one that was looked at."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from firmpath.pathways.facts import BaseFirmwareDeclared
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import ManufacturerIdentifier, Party
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.publishing import OutcomeChangedError, publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import ANSWERS, People, published, seen, sent, who

Record = Callable[[str], object]
FOURTH = {"firmware_version": "00000004", "manufacturer_image_hash": "4" * 64}


def head() -> int:
    return current().number


def test_a_double_click_publishes_once(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    made, secas = sent(who(people, Role.MANUFACTURER)), who(people, Role.SECAS)
    looked_at = seen(made)
    publish(made.reference, looked_at, secas, AT)
    there = head()
    assert publish(made.reference, looked_at, secas, AT).status == "published"
    assert head() == there


def test_ids_follow_one_another_whoever_is_first(people: People, recorded: Record) -> None:
    recorded("1 <- 2 ; 3 model=0009 ; 3 hw=01")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    one, other = (
        sent(by),
        sent(by, {**FOURTH, "model_id": "0009", "base_cpl_entry_ids": "3", "hardware_version": "01"}),
    )
    looked_at = seen(one)
    assert published(other, secas).entries.get().cpl_entry_id == 4
    assert publish(one.reference, looked_at, secas, AT).entries.get().cpl_entry_id == 5
    assert current().register.largest_cpl_entry_id == 5


def test_another_outcome_is_shown_and_not_published(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    one, other = sent(by), sent(by, {"manufacturer_image_hash": "5" * 64})
    looked_at = seen(one)
    published(other, secas)
    there = head()
    with pytest.raises(OutcomeChangedError, match="would now do something else than when you looked at it"):
        publish(one.reference, looked_at, secas, AT)
    one.refresh_from_db()
    assert (one.status, head()) == ("with SECAS", there)
    assert published(one, secas).entries.get().cpl_entry_id == 4


def test_what_the_rules_refuse_by_now_is_not_published(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    made = sent(by, {"base_cpl_entry_ids": "2"})
    entry = made.entries.get()
    entry.answers["base_cpl_entry_ids"] = "77"
    entry.save()
    with pytest.raises(FirmpathError, match="Rule R30 refuses this"):
        published(made, secas)
    assert current().register.largest_cpl_entry_id == 2


def test_whoever_made_it_does_not_publish_it(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    made = sent(who(people, Role.MANUFACTURER))
    moved = people[Role.MANUFACTURER]
    moved.party = people[Role.SECAS].party
    moved.save()
    with pytest.raises(FirmpathError, match="cannot be published by you; you made it, so somebody else has to"):
        published(made, find_who(moved))


def test_the_party_is_looked_at_again(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    made, secas = sent(who(people, Role.MANUFACTURER)), who(people, Role.SECAS)
    ManufacturerIdentifier.objects.all().delete()
    with pytest.raises(FirmpathError, match="'F001' is not one of Aster Metering's own"):
        published(made, secas)
    ManufacturerIdentifier.objects.create(identifier="F001", party=made.party)
    Party.objects.filter(pk=made.party_id).update(is_active=False)
    with pytest.raises(FirmpathError, match="Party 'Aster Metering' does not make submissions any more; ask SECAS"):
        published(made, secas)


def test_the_listing_date_and_the_reason_reach_the_record(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    reason = {"base_cpl_entry_ids": "N/A", "base_firmware_reason": "Another\r\nchipset"}
    later = sent(by, reason | {"listed_on": "2026-07-01"})
    published(later, secas)
    assert CPLEntryID(3) not in current().register.catalogue(AT.date())
    entry = current().register.catalogue(date(2026, 7, 1))[CPLEntryID(3)]
    assert (entry.listed_on, entry.base_firmware_reason) == (date(2026, 7, 1), "Another\nchipset")
    reasons = {type(each.fact): each.reason for each in current().register.statements[-4:]}
    assert {kind for kind, why in reasons.items() if why} == {BaseFirmwareDeclared}


def test_a_listing_date_that_has_passed_becomes_the_day_of_publication(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    made, week = sent(by, {"listed_on": "2026-06-02"}), AT + timedelta(days=7)
    outcome = rehearse_submission(made, current().register, week)
    assert outcome.late == (1,)
    publish(made.reference, outcome.seen, secas, week)
    assert current().register.catalogue(week.date())[3].listed_on == week.date()  # type: ignore[index]


def test_nothing_is_recorded_where_not_all_can_be(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    made, there = sent(by), head()
    stray = sent(by, FOURTH | {"base_cpl_entry_ids": "1"})
    SubmissionEntry.objects.filter(submission=stray).update(
        cpl_entry_id=3
    )  # so that 3 cannot be kept with the first
    with pytest.raises(IntegrityError), transaction.atomic():
        published(made, secas)
    made.refresh_from_db()
    assert (head(), made.status) == (there, "with SECAS")


def test_the_helping_answers_are_fit(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    assert published(sent(who(people, Role.SUPPLIER), answers=ANSWERS), who(people, Role.SECAS)).decided_at == AT
