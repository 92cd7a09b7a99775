"""From draft to the CPL: the whole way of a submission, through its actions."""

from collections.abc import Callable
from datetime import timedelta

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.drafts import create_draft, save_answers, submit
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.zigbee_given import note_given
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import ANSWERS

People = dict[Role, Person]


def who(people: People, role: Role) -> Who:
    return find_who(people[role])


def test_a_draft_becomes_an_entry(people: People, recorded: Callable[[str], object]) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    draft = create_draft(by, AT)
    entry = save_answers(draft.reference, 1, ANSWERS, by, AT)
    note_given(entry, vendor=True, stack=True, at=AT)
    sent = submit(draft.reference, by, AT)
    assert sent.status == "with SECAS"

    seen = rehearse_submission(sent, current().register, AT).seen
    publish(sent.reference, seen, who(people, Role.SECAS), AT + timedelta(hours=1))

    catalogue = current().register.catalogue(AT.date())
    new = catalogue[CPLEntryID(3)]
    assert str(new.firmware_version) == "00000003"
    assert new.base_firmware == Bases((CPLEntryID(2),))
    assert new.responsible_party == "Aster Metering"
    assert sent.entries.get().cpl_entry_id == 3
    statement = current().register.statements[-1]
    assert statement.channel is Channel.SUBMISSION
    assert statement.entered_by == by.in_record
