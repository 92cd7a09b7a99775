"""Submissions for tests: one that is fit to be published after `1 <- 2`, and short ways to bring one so far."""

from collections.abc import Mapping

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.drafts import create_draft, submit
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.zigbee_given import note_given
from tests.registry.conftest import AT

People = dict[Role, Person]

ANSWERS = {
    "device_type": "ESME",
    "manufacturer_id": "F001",
    "manufacturer_name": "Aster Metering",
    "model_id": "0005",
    "hardware_version": "02",
    "hardware_revision": "03",
    "firmware_version": "00000003",
    "firmware_name": "Aster 3",
    "manufacturer_image_hash": "C0FFEE".rjust(64, "0"),
    "smets_chts_version": "V4.2",
    "gbcs_version": "3.2",
    "base_cpl_entry_ids": "2",
    "zigbee_band": "2.4 GHz Only",
    "contact": "firmware@aster.example",
}
HUB = ANSWERS | {"device_type": "Communications Hub", "zigbee_band": "Dual Band", "base_cpl_entry_ids": "N/A"}


def who(people: People, role: Role) -> Who:
    """Say who the person of a role is."""
    return find_who(people[role])


def draft(by: Who, changes: Mapping[str, str] | None = None, answers: Mapping[str, str] = ANSWERS) -> Submission:
    """Begin a submission that is filled in, ZigBee answers given, but for some changes."""
    made = create_draft(by, AT, {**answers, **(changes or {})})
    note_given(made.entries.get(), vendor=True, stack=True, at=AT)
    return made


def sent(by: Who, changes: Mapping[str, str] | None = None, answers: Mapping[str, str] = ANSWERS) -> Submission:
    """Make a submission that waits for whoever looks at it first."""
    return submit(draft(by, changes, answers).reference, by, AT)


def seen(submission: Submission) -> str:
    """Give the name of the outcome that a reviewer sees now."""
    return rehearse_submission(submission, current().register, AT).seen


def published(submission: Submission, by: Who) -> Submission:
    """Publish what is seen now."""
    return publish(submission.reference, seen(submission), by, AT)
