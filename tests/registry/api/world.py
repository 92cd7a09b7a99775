"""A register in which something of every kind can be found: submissions in each state, a correction, an extract."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.loading import load
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.publication.dcc_extracts import take_extract
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.publication.dcc_loading import Written, record_loaded
from firmpath.registry.ssc.inventories.counts import keep_inventory
from firmpath.registry.submissions.corrections import Request, request_correction
from firmpath.registry.submissions.drafts import create_draft, save_answers, submit
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.reviewing import return_
from firmpath.registry.submissions.zigbee_given import note_given
from tests.notation import statements
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability
from tests.registry.submissions.drafting import ANSWERS

NOTATION: Final = (
    "1 <- 2 <- 3 ; 4 ? ; 5 N/A maker=F002 ; 3 contact=ask@aster.example ; 3 band=Sub-GHz Only ; 2 stone ; "
    "notice N1: 1 -> 3 ; 5 withdrawn"
)
DRAFT, WITH_DCC, WITH_SECAS, RETURNED, PUBLISHED = "S-AAAAA2", "S-AAAAA3", "S-AAAAA4", "S-AAAAA5", "S-AAAAA6"
REFERENCES: Final = (DRAFT, WITH_DCC, WITH_SECAS, RETURNED, PUBLISHED)
NOWHERE: Final = "S-ZZZZZZ"

_HUB: Final = {"device_type": "Communications Hub", "base_cpl_entry_ids": "N/A", "model_id": "0009"}


def make_world(people: Mapping[Role, Person], at: datetime) -> None:
    """Fill a register."""
    load(statements(NOTATION), at)
    maker, dcc, secas = (find_who(people[role]) for role in (Role.MANUFACTURER, Role.DCC, Role.SECAS))
    submission_of(maker, DRAFT, at, firmware_version="00000013")
    submit(submission_of(maker, WITH_DCC, at, firmware_version="00000014", **_HUB), maker, at)
    submit(submission_of(maker, WITH_SECAS, at, firmware_version="00000015"), maker, at)
    submit(submission_of(maker, RETURNED, at, firmware_version="00000016"), maker, at)
    return_(RETURNED, "The firmware name is not the one of your release notes.", secas, at)
    sent = submit(submission_of(maker, PUBLISHED, at, firmware_version="00000017"), maker, at)
    publish(PUBLISHED, rehearse_submission(sent, current().register, at).seen, secas, at)
    request_correction(Request("It can be applied to 1 as well.", CPLEntryID(3)), maker, at)
    take_extract(ExtractKind.ALL, dcc, at)
    record_loaded([Written("1")], at.date(), (), dcc, at)
    give_stacks(people, {1: "OrrinZNet 7.1.0", 3: "OrrinZNet 7.4.0"})
    know_names(people)
    know_vulnerability(people)
    ssc = find_who(people[Role.SSC])
    keep_inventory("All Suppliers", at.date(), {(CPLEntryID(1),): 7, (CPLEntryID(2), CPLEntryID(3)): 5}, ssc, at)


def submission_of(by: Who, reference: str, at: datetime, **answers: str) -> str:
    """Make a draft that can be submitted, under a reference that tests know."""
    made = create_draft(by, at)
    Submission.objects.filter(pk=made.pk).update(reference=reference)
    image = answers["firmware_version"].rjust(64, "A")
    entry = save_answers(reference, 1, {**ANSWERS, "manufacturer_image_hash": image, **answers}, by, at)
    note_given(entry, vendor=True, stack=True, at=at)
    return reference
