"""Submissions with ZigBee information, brought as far as a test wants."""

from collections.abc import Mapping
from datetime import timedelta

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.stacks.actions import give
from firmpath.registry.submissions.drafts import create_draft, submit
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.sealed import ZigBeeStack
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import ANSWERS

People = Mapping[Role, Person]
STACK = ZigBeeStack("Orrin Silicon", "OrrinZNet 7.4.0")


def who(people: People, role: Role) -> Who:
    return find_who(people[role])


def draft(people: People, number: int = 3, **answers: str) -> SubmissionEntry:
    """Begin a submission of one entry that is fit to be published after `1 <- 2`; its firmware has the number."""
    own = {
        "firmware_version": f"{number:08X}",
        "firmware_name": f"Aster {number}",
        "manufacturer_image_hash": f"{number:064X}",
    }
    made = create_draft(who(people, Role.MANUFACTURER), AT, {**ANSWERS, **own, **answers})
    return made.entries.get()


def given(people: People, stack: ZigBeeStack = STACK, number: int = 3) -> SubmissionEntry:
    """Begin a submission, and give its ZigBee information."""
    entry = draft(people, number)
    give(entry.reference, stack, who(people, Role.MANUFACTURER), AT)
    return entry


def sent(people: People, stack: ZigBeeStack = STACK, number: int = 3) -> SubmissionEntry:
    """Send a submission in."""
    entry = given(people, stack, number)
    submit(entry.submission.reference, who(people, Role.MANUFACTURER), AT)
    return entry


def published(people: People, stack: ZigBeeStack = STACK, number: int = 3) -> SubmissionEntry:
    """Publish a submission, and give its entry with the CPL Entry ID that it got."""
    entry = sent(people, stack, number)
    submission = Submission.objects.get(pk=entry.submission_id)
    seen = rehearse_submission(submission, current().register, AT).seen
    publish(submission.reference, seen, who(people, Role.SECAS), AT + timedelta(hours=1))
    return SubmissionEntry.objects.get(pk=entry.pk)


def id_of(entry: SubmissionEntry) -> CPLEntryID:
    """Give the CPL Entry ID of a published entry."""
    assert entry.cpl_entry_id is not None
    return CPLEntryID(entry.cpl_entry_id)
