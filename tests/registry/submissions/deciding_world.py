"""What tests of corrections and changes need: two people of SECAS, and changes to propose."""

from datetime import date

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.facts import BaseFirmwareDeclared, EntryFact, EntryWithdrawn
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.changes import Change, state
from firmpath.registry.submissions.models_deciding import Proposal
from firmpath.registry.submissions.proposals import Proposed, preview, propose
from tests.registry.conftest import AT
from tests.registry.people import PARTIES, make_person

TODAY = date(2026, 6, 1)


def second_person() -> Person:
    """Make another person of SECAS."""
    return make_person(Role.SECAS, PARTIES[Role.SECAS], AT, "Kim of SECAS")


def who(person: Person) -> Who:
    """Say who somebody is."""
    return find_who(person)


def change_to(*facts: EntryFact, reason: str = "because", is_mistake: bool = False) -> Change:
    """Change something today."""
    return Change(facts, "Aster Metering", reason, TODAY, Channel.SECAS_CORRECTION, is_mistake)


def widening(to_id: int = 3, *base_ids: int) -> EntryFact:
    """Add a base."""
    return BaseFirmwareDeclared(CPLEntryID(to_id), Bases(tuple(map(CPLEntryID, base_ids or (1, 2)))))


def narrowing(cpl_entry_id: int = 3) -> EntryFact:
    """Withdraw an entry."""
    return EntryWithdrawn(CPLEntryID(cpl_entry_id))


def proposed(change: Change, by: Who, correction_id: int = 0) -> Proposed:
    """Put a change into words."""
    stated = state(current().register, change, by, TODAY)
    return Proposed(stated, "CPL entry 3: something", change.reason, 3, correction_id=correction_id)


def make(change: Change, person: Person, correction_id: int = 0) -> Proposal:
    """Propose a change as the pages do: its effect has been seen."""
    by = who(person)
    wanted = proposed(change, by, correction_id)
    return propose(wanted, preview(wanted.stated, AT).seen, by, AT)
