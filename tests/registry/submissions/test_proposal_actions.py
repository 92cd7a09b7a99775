"""SECAS's changes: what narrows is recorded at once, what widens by a second person, and never unseen."""

from collections.abc import Callable, Sequence

import pytest

from firmpath.pathways.facts import BaseFirmwareDeclared, DeadEndMarked, EntryWithdrawn
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models_deciding import Proposal
from firmpath.registry.submissions.proposals import (
    EffectChanged,
    approve,
    preview,
    propose,
    refuse,
    stated_in,
    withdraw,
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


@pytest.fixture
def secas(people: People, recorded: Recorded) -> Person:
    recorded("1 <- 2 <- 3")
    return people[Role.SECAS]


def seen(proposal: Proposal) -> str:
    return preview(stated_in(proposal, TODAY), AT).seen


def test_what_narrows_is_recorded_at_once(secas: Person) -> None:
    before = current().number
    proposal = make(change_to(narrowing(3), reason="it harms the clock"), secas)
    statement = current().register.statements[-1]
    assert proposal.state == "recorded"
    assert proposal.first_number == statement.number == before + 1
    assert isinstance(statement.fact, EntryWithdrawn)
    assert (statement.entered_by, statement.reason) == (f"person {secas.pk}", "it harms the clock")
    assert proposal.effect_words.startswith("The upgrade from 2 (00000002) to 3 (00000003) closes.")


def test_what_widens_waits_for_a_second_person(secas: Person) -> None:
    before = current().number
    proposal = make(change_to(widening()), secas)
    assert (proposal.state, proposal.first_number, current().number) == ("waiting", None, before)
    assert proposal.effect_words == "The upgrade from 1 (00000001) to 3 (00000003) opens."
    other = second_person()
    approve(proposal.pk, seen(proposal), who(other), AT)
    proposal.refresh_from_db()
    statement = current().register.statements[-1]
    assert (proposal.state, proposal.decided_by, proposal.first_number) == ("recorded", other, before + 1)
    assert statement.entered_by == f"person {secas.pk}, approved by person {other.pk}"


def test_nobody_approves_or_refuses_their_own_change(secas: Person) -> None:
    proposal = make(change_to(widening()), secas)
    own = rf"Proposal {proposal.pk} is your own; a second person of SECAS has to decide it; you can withdraw it"
    with pytest.raises(FirmpathError, match=own):
        approve(proposal.pk, seen(proposal), who(secas), AT)
    with pytest.raises(FirmpathError, match=own):
        refuse(proposal.pk, "no", who(secas), AT)
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    assert not isinstance(current().register.statements[-1].fact, EntryWithdrawn)


def test_what_was_not_seen_is_not_recorded(secas: Person) -> None:
    before = current().number
    for change in (change_to(narrowing()), change_to(widening())):
        with pytest.raises(EffectChanged):
            propose(proposed(change, who(secas)), "something else", who(secas), AT)
    assert current().number == before
    assert not Proposal.objects.exists()


def test_approver_sees_another_effect_after_a_withdrawal(secas: Person) -> None:
    proposal = make(change_to(widening()), secas)
    was_seen = seen(proposal)
    make(change_to(narrowing(3)), secas)
    other = who(second_person())
    with pytest.raises(EffectChanged) as changed:
        approve(proposal.pk, was_seen, other, AT)
    now = changed.value.preview
    assert now.effect.why == ("The upgrade from 1 (00000001) to 3 (00000003) is declared, though it is not open.",)
    approve(proposal.pk, now.seen, other, AT)
    proposal.refresh_from_db()
    assert proposal.state == "recorded"


def test_a_change_that_the_register_rules_out_by_now_is_not_recorded(secas: Person) -> None:
    proposal = make(change_to(widening(), is_mistake=True), secas)
    another = make(change_to(widening(), is_mistake=True), secas)
    other = who(second_person())
    approve(proposal.pk, seen(proposal), other, AT)
    with pytest.raises(FirmpathError, match="has corrected already; correct the correction instead"):
        preview(stated_in(another, TODAY), AT)
    refuse(another.pk, "done already", other, AT)
    another.refresh_from_db()
    assert (another.state, another.decision_reason) == ("refused", "done already")


def test_a_change_is_decided_once(secas: Person) -> None:
    proposal = make(change_to(widening()), secas)
    other = who(second_person())
    refuse(proposal.pk, "the maker says no", other, AT)
    already = f"Proposal {proposal.pk} is refused already"
    with pytest.raises(FirmpathError, match=already):
        approve(proposal.pk, "", other, AT)
    with pytest.raises(FirmpathError, match=already):
        refuse(proposal.pk, "no", other, AT)
    with pytest.raises(FirmpathError, match=already):
        withdraw(proposal.pk, who(secas), AT)


def test_only_the_proposer_takes_a_change_back(secas: Person) -> None:
    proposal = make(change_to(widening()), secas)
    with pytest.raises(FirmpathError, match="was made by somebody else; refuse it with a reason"):
        withdraw(proposal.pk, who(second_person()), AT)
    withdraw(proposal.pk, who(secas), AT)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_a_rule_that_refuses_refuses_the_change(secas: Person) -> None:
    change = change_to(DeadEndMarked(CPLEntryID(2), "the end"))
    with pytest.raises(FirmpathError, match=r"The change breaks rule R46: .* as a dead end, but is named as base"):
        make(change, secas)
    assert not Proposal.objects.exists()


def test_what_narrows_may_leave_a_rule_broken_that_was_broken_before(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3; 1 <- 3; 2 <- 4; 1 <- 4; 2 stone")  # R45: 1 to 3 and 1 to 4 lead around the stone
    fact = BaseFirmwareDeclared(CPLEntryID(3), widening(3, 2).base_firmware)  # type: ignore[union-attr]
    proposal = make(change_to(fact), people[Role.SECAS])
    assert proposal.state == "recorded"


def test_what_widens_may_not_break_a_rule_further(people: People, recorded: Recorded) -> None:
    recorded("1 <- 2 <- 3; 1 <- 3; 4 ?; 2 stone")
    with pytest.raises(FirmpathError, match="breaks rule R45"):
        make(change_to(widening(4, 1, 2)), people[Role.SECAS])


def test_a_correction_names_the_statement_that_it_corrects(secas: Person) -> None:
    register = current().register
    declared = next(
        each
        for each in register.statements
        if isinstance(each.fact, BaseFirmwareDeclared) and each.fact.cpl_entry_id == 3
    )
    make(change_to(widening(3, 1), is_mistake=True)._replace(effective_from=declared.effective_from), secas)
    approve(Proposal.objects.get().pk, seen(Proposal.objects.get()), who(second_person()), AT)
    history = current().register.history_of(CPLEntryID(3))
    assert [(past.statement.number, past.corrected_by) for past in history if past.corrected_by] == [
        (declared.number, current().number)
    ]
    assert current().register.catalogue(TODAY)[CPLEntryID(3)].base_firmware == widening(3, 1).base_firmware  # type: ignore[union-attr]


def test_every_decision_is_logged_by_number_alone(secas: Person) -> None:
    proposal = make(change_to(widening(), reason="they told us"), secas)
    approve(proposal.pk, seen(proposal), who(second_person()), AT)
    acts = ActLog.objects.filter(about=f"proposal {proposal.pk}").order_by("pk").values_list("what", flat=True)
    assert list(acts) == ["change proposed", "change approved", "change recorded"]
