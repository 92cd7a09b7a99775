"""What was shown is what is recorded: stale confirmations, the day of recording, and the ledger's lock."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firmpath.pathways.facts import ANY_ENTRY, NoticeOpened, NoticeStep, ReleaseInformationGiven
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.changes import state
from firmpath.registry.submissions.proposals import (
    EffectChanged,
    Proposed,
    approve,
    preview,
    propose,
    stated_in,
)
from tests.registry.conftest import AT
from tests.registry.submissions.deciding_world import (
    TODAY,
    change_to,
    make,
    narrowing,
    proposed,
    second_person,
    who,
    widening,
)

Recorded = Callable[[str], Sequence[Statement]]
People = dict[Role, Person]
THREE = CPLEntryID(3)


def contact(address: str) -> ReleaseInformationGiven:
    return ReleaseInformationGiven(THREE, contact=address)


@pytest.mark.parametrize("is_mistake", [True, False])
def test_a_stale_confirmation_does_not_overwrite_a_colleagues_change(
    people: People, recorded: Recorded, is_mistake: bool
) -> None:
    recorded("1 <- 2 <- 3; 3 contact=a@maker.example")
    secas = people[Role.SECAS]
    mine = change_to(contact("mine@maker.example"), is_mistake=is_mistake)
    seen = preview(proposed(mine, who(secas)).stated, AT).seen
    make(change_to(contact("theirs@maker.example"), is_mistake=is_mistake), second_person())
    with pytest.raises(EffectChanged) as changed:  # the form is read anew when it is confirmed
        propose(proposed(mine, who(secas)), seen, who(secas), AT)
    entry = current().register.catalogue(TODAY)[THREE]
    assert entry.contact == "theirs@maker.example"
    propose(proposed(mine, who(secas)), changed.value.preview.seen, who(secas), AT)
    assert current().register.catalogue(TODAY)[THREE].contact == "mine@maker.example"


def test_what_is_stated_without_a_day_holds_from_the_day_of_approval(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3")
    secas, later = who(people[Role.SECAS]), AT + timedelta(days=3)
    change = change_to(widening())._replace(effective_from=NOT_KNOWN)
    stated = state(current().register, change, secas, TODAY)
    wanted = Proposed(stated, "a change", "because", 3, from_recording=True)
    proposal = propose(wanted, preview(stated, AT).seen, secas, AT)
    other = who(second_person())
    with pytest.raises(EffectChanged):  # it was seen on another day
        approve(proposal.pk, preview(stated_in(proposal, TODAY), AT).seen, other, later)
    approve(proposal.pk, preview(stated_in(proposal, later.date()), later).seen, other, later)
    assert current().register.statements[-1].effective_from == date(2026, 6, 4)


def test_a_day_that_was_given_stays(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3")
    proposal = make(change_to(widening()), people[Role.SECAS])
    assert [each.effective_from for each in stated_in(proposal, TODAY + timedelta(days=9))] == [TODAY]


def test_a_notice_about_every_upgrade_says_how_many_close(people: People, recorded: Recorded) -> None:
    recorded("; ".join(f"{each} <- {each + 1}" for each in range(1, 53)))
    fact = NoticeOpened("N1", "Name", "Text", (NoticeStep(ANY_ENTRY, ANY_ENTRY),))
    stated = (Stated(TODAY, "SECAS", Channel.SECAS_CORRECTION, fact, "person 1", "because"),)
    shown = preview(stated, AT)
    assert shown.effect.why[-2:] == ("Besides, 2 more upgrades close.", "The notice N1 opens.")
    assert len(shown.effect.why) == 52
    assert shown.explanation.headline.startswith("This is about every upgrade on the CPL")
    assert not shown.rehearsal.after.upgrades(shown.rehearsal.after.family_of(CPLEntryID(1))).open.get(
        CPLEntryID(1)
    )


def test_what_is_stale_is_told_without_taking_the_ledger(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3")
    secas = who(people[Role.SECAS])
    for change in (change_to(narrowing()), change_to(widening())):
        with CaptureQueriesContext(connection) as asked, pytest.raises(EffectChanged):
            propose(proposed(change, secas), "stale", secas, AT)
        assert asked.captured_queries
        assert not [each["sql"] for each in asked.captured_queries if takes_the_ledger(each["sql"])]


def takes_the_ledger(sql: str) -> bool:
    return sql.startswith("SAVEPOINT") or "pg_advisory_xact_lock" in sql


def test_a_change_is_judged_before_the_ledger_is_taken(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3")
    secas = who(people[Role.SECAS])
    wanted = proposed(change_to(narrowing()), secas)
    seen = preview(wanted.stated, AT).seen
    with CaptureQueriesContext(connection) as asked:
        propose(wanted, seen, secas, AT)
    queries = [each["sql"] for each in asked.captured_queries]
    first = next(at for at, sql in enumerate(queries) if takes_the_ledger(sql))
    assert any("ledger_ledgerrow" in sql for sql in queries[:first])
