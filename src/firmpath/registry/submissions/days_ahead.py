"""The days on which a change can make a difference: today, and those on which something on record takes effect.

Only what the change can have to do with is folded, so that many days take little time. Source: DESIGN decision 2.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    Fact,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    entries_of,
)
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Statement
from firmpath.registry.submissions.effects import OneDay

_EVERYWHERE = NoticeStep(ANY_ENTRY, ANY_ENTRY)


def days_with(register: LivingRegister, added: Sequence[Statement], today: date) -> tuple[OneDay, ...]:
    """Give today and every later day from which statements may make a difference, without and with them.

    Those are the days on which they, what they correct, or anything on record about the families concerned takes
    effect, and the days after certificates end: an entry that comes later, or a mark that goes, lets a change open
    what it does not open today. The statements are numbered on from the record, and sound.
    Cost: for each day, that of folding the statements about the families concerned. Of a change to every upgrade,
    that is all statements for each later day; for today, little more than `LivingRegister.catalogue`.
    """
    facts = _facts_concerned(register, added)
    named = {each for fact in facts for each in _named_by(register, fact)}
    if is_about_every_upgrade(register, added):
        first = OneDay(*register.without_and_with(added, today))
        later = _days_later((*_statements_about(register, named), *added), today)
        return (first, *_folded(register.statements, added, later))
    concerned = _statements_about(register, _ids_concerned(register, facts, named, today))
    return _folded(concerned, added, (today, *_days_later((*concerned, *added), today)))


def is_about_every_upgrade(register: LivingRegister, added: Sequence[Statement]) -> bool:
    """Say whether statements open, extend, close or correct a notice from any entry to any."""
    return any(_EVERYWHERE in _steps_of(register, fact) for fact in _facts_concerned(register, added))


def _days_later(statements: Iterable[Statement], today: date) -> list[date]:
    return sorted({day for each in statements for day in _turning_points(each) if day > today})


def _folded(concerned: Sequence[Statement], added: Sequence[Statement], days: Sequence[date]) -> tuple[OneDay, ...]:
    with_added = (*concerned, *added)
    return tuple(OneDay(fold_sound(concerned, day), fold_sound(with_added, day)) for day in days)


def _facts_concerned(register: LivingRegister, added: Sequence[Statement]) -> list[Fact]:
    return [statement.fact for statement in (*added, *_corrected(register, added))]


def _corrected(register: LivingRegister, added: Iterable[Statement]) -> list[Statement]:
    numbers = (each.corrects for each in added if not isinstance(each.corrects, NotKnown))
    return [register.statements[number - 1] for number in numbers]


def _ids_concerned(
    register: LivingRegister, facts: Iterable[Fact], named: Set[CPLEntryID], today: date
) -> frozenset[CPLEntryID]:
    """Give the entries of every HardwareFamily in which an upgrade can change."""
    catalogue = register.catalogue(today)
    listed = {each for each in named if each in catalogue or each in catalogue.not_yet_listed}
    families = {_family(catalogue, each) for each in listed}
    families |= {fact.device_model.hardware_model.family for fact in facts if isinstance(fact, EntryPublished)}
    coming = (each for each in catalogue.not_yet_listed if _family(catalogue, each) in families)
    return frozenset([*(each for family in families for each in catalogue.families.get(family, ())), *coming])


def _family(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> HardwareFamily:
    coming = catalogue.not_yet_listed.get(cpl_entry_id)
    return coming.hardware_model.family if coming else catalogue.family_of(cpl_entry_id)


def _statements_about(register: LivingRegister, ids: Iterable[CPLEntryID]) -> list[Statement]:
    """Give the statements about some entries, and about all notices, in order of their numbers."""
    found = {each.number: each for each in register.statements_about_notices()}
    for cpl_entry_id in ids:
        found |= {each.number: each for each in register.statements_about(cpl_entry_id)}
    return [found[number] for number in sorted(found)]


def _named_by(register: LivingRegister, fact: Fact) -> Iterator[CPLEntryID]:
    """Give the entries that a fact is about: those of the bases it declares too, and of the notice it closes."""
    yield from entries_of(fact)
    if isinstance(fact, BaseFirmwareDeclared) and isinstance(fact.base_firmware, Bases):
        yield from fact.base_firmware.ids
    if isinstance(fact, NoticeClosed):
        for step in _steps_of(register, fact):
            yield from entries_of(NoticeExtended(fact.notice_id, (step,)))


def _steps_of(register: LivingRegister, fact: Fact) -> tuple[NoticeStep, ...]:
    """Give the steps that a fact about a notice is about; of a closure, all that the notice ever covered."""
    if isinstance(fact, NoticeOpened | NoticeExtended):
        return fact.steps
    if not isinstance(fact, NoticeClosed):
        return ()
    about = (each.fact for each in register.statements_about_notices())
    opening = (each for each in about if isinstance(each, NoticeOpened | NoticeExtended))
    return tuple(step for each in opening if each.notice_id == fact.notice_id for step in each.steps)


def _turning_points(statement: Statement) -> Iterator[date]:
    """Give the day on which a statement takes effect, and the first on which what it states has ended."""
    yield statement.effective_from
    fact = statement.fact
    if isinstance(fact, CertificatesRecorded) and not isinstance(fact.cpa_valid_until, NotKnown):
        yield fact.cpa_valid_until + timedelta(days=1)
