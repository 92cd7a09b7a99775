"""What SECAS states about an entry or a notice, as statements: which of those on record each of them corrects.

Pure functions: they read the register and write nothing. Source: MP231 section 3 item 7; DESIGN decision 1.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from firmpath.pathways.explain.facts import TERMS
from firmpath.pathways.facts import (
    CertificatesRecorded,
    EntryFact,
    MarkRemoved,
    NoticeFact,
    ReleaseInformationGiven,
    Retracted,
    SteppingStoneMarked,
    slot_of,
)
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated
from firmpath.registry.parties.who import Who


class Change(NamedTuple):
    """What is to be stated, and which statements are to be taken back, with the provenance of both.

    `is_mistake` says that what stands was never right, and is corrected; else it keeps counting for the days before
    `effective_from`. `party` provided the information and answers for it. Where `effective_from` is not known, it
    is the day of what is corrected, or else the day of recording. `instead_of` is the statement to be corrected,
    where it has been chosen.
    """

    facts: tuple[EntryFact | NoticeFact, ...]
    party: str
    reason: str
    effective_from: date | NotKnown = NOT_KNOWN
    channel: Channel = Channel.SECAS_CORRECTION
    is_mistake: bool = False
    retracts: tuple[Statement, ...] = ()
    instead_of: Statement | NotKnown = NOT_KNOWN


def state(register: LivingRegister, change: Change, by: Who, today: date) -> tuple[Stated, ...]:
    """Give the statements that make a change; `today` is the listing date of an entry that is not listed yet.

    :raises FirmpathError: it states nothing, or takes a field away from a later day on, which cannot be stated.
    """
    retractions = (_stated(change, Retracted(), by, today, each) for each in change.retracts)
    facts = (one for fact in change.facts for one in _about(register, change, fact, by, today))
    stated = (*retractions, *facts)
    if not stated:
        raise FirmpathError(Fault("The change", "", "states nothing", "change something, or go back", quoted=False))
    return stated


def dated_when_recorded(stated: tuple[Stated, ...], day: date) -> tuple[Stated, ...]:
    """Let what was proposed without a day hold from the day of recording; a correction keeps its own."""
    return tuple(
        each
        if each.corrects and not isinstance(each.fact, Retracted)
        else each._replace(effective_from=max(day, each.effective_from))
        for each in stated
    )


def standing_about(register: LivingRegister, cpl_entry_id: CPLEntryID) -> tuple[Statement, ...]:
    """Give the statements about an entry itself that nothing has corrected, in order of their numbers."""
    return tuple(
        past.statement
        for past in register.history_of(cpl_entry_id)
        if not past.corrected_by and isinstance(past.statement.fact, EntryFact)
    )


def what_it_replaces(register: LivingRegister, fact: EntryFact) -> tuple[int, ...]:
    """Give the numbers of the uncorrected statements whose place a fact about an entry can take."""
    slots = {slot_of(fact)[0], *(_MARKS if isinstance(fact, MarkRemoved) else ())}
    standing = standing_about(register, fact.cpl_entry_id)
    return tuple(
        each.number for each in standing if isinstance(each.fact, EntryFact) and slot_of(each.fact)[0] in slots
    )


_MARKS = ("stepping stone", "dead end")


def standing_like(register: LivingRegister, fact: EntryFact, today: date) -> tuple[Statement, ...]:
    """Give the uncorrected statements about the same thing as a fact, the one that counts today last."""
    standing = standing_about(register, fact.cpl_entry_id)
    alike = [each for each in standing if isinstance(each.fact, EntryFact) and slot_of(each.fact) == slot_of(fact)]
    return tuple(sorted(alike, key=lambda each: (each.effective_from <= today, each.effective_from, each.number)))


def facts_without_mark(
    register: LivingRegister, cpl_entry_id: CPLEntryID, mark: type[EntryFact], today: date
) -> tuple[EntryFact, ...]:
    """Give the facts that take one mark off an entry; the other mark, which goes with it, is stated anew."""
    entry = register.entry_as(cpl_entry_id, today)[cpl_entry_id]
    other = entry.dead_end if mark is SteppingStoneMarked else entry.stepping_stone
    return (MarkRemoved(cpl_entry_id), *((other,) if other else ()))


def _about(
    register: LivingRegister, change: Change, fact: EntryFact | NoticeFact, by: Who, today: date
) -> Iterator[Stated]:
    if change.instead_of:
        wrong = change.instead_of
        yield _stated(change, fact, by, change.effective_from or wrong.effective_from, wrong)
        return
    standing = standing_like(register, fact, today) if isinstance(fact, EntryFact) else ()
    if not change.is_mistake or not standing:
        refuse_if_any(_faults_of_taking_away(register, fact, today))
        yield _stated(change, fact, by, change.effective_from or today)
        return
    wrong = standing[-1]
    yield _stated(change, fact, by, change.effective_from or wrong.effective_from, wrong)
    for each in standing[:-1]:
        left = _without_what_goes(each.fact, fact)
        if left != each.fact:
            yield _stated(change, left, by, each.effective_from, each)


def _stated(
    change: Change, fact: EntryFact | NoticeFact | Retracted, by: Who, day: date, wrong: Statement | None = None
) -> Stated:
    corrects = wrong.number if wrong else NOT_KNOWN
    return Stated(day, change.party, change.channel, fact, by.in_record, change.reason, corrects)


def _without_what_goes(stated: object, fact: object) -> EntryFact | Retracted:
    """Leave out of an earlier fact of several fields those that the corrected one no longer has."""
    assert isinstance(stated, EntryFact)
    if not isinstance(stated, CertificatesRecorded | ReleaseInformationGiven):
        return stated
    fields = {name: NOT_KNOWN for name, value in fact._asdict().items() if isinstance(value, NotKnown)}  # type: ignore[attr-defined]
    left = stated._replace(**fields)  # type: ignore[arg-type]
    return left if any(left[1:]) else Retracted()


def _faults_of_taking_away(register: LivingRegister, fact: EntryFact | NoticeFact, today: date) -> Iterator[Fault]:
    """A field that is left out keeps what was stated before, so leaving it empty would change nothing."""
    if not isinstance(fact, CertificatesRecorded | ReleaseInformationGiven):
        return
    entry = register.entry_as(fact.cpl_entry_id, today)[fact.cpl_entry_id]
    held = entry.certificates if isinstance(fact, CertificatesRecorded) else entry.release_information
    now = held._asdict() if held else {}
    for name, value in fact._asdict().items():
        if isinstance(value, NotKnown) and now.get(name):
            right = "keep what is there, write what it is now, or say that it was a mistake"
            yield Fault(TERMS[name], "", "cannot be emptied from a day on", right, quoted=False)
