"""From statements to a Catalogue: what held on one day, as it was known at one instant.

A pure function, so that history, corrections and comparisons are one mechanism. Of two statements about the
same thing the one in effect later wins, and of two in effect on the same day the one recorded later; a
corrected statement counts no more from the instant of its correction. Source: DESIGN decision 1, ADR 0003.
"""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter

from firmpath.pathways.base_firmware import NOT_PROVIDED, BaseFirmware
from firmpath.pathways.catalogue import Catalogue, ComingEntry
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    ReleaseInformationGiven,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
)
from firmpath.pathways.faults import refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.notices import open_notices
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.statement import Statement

_Latest = dict[CPLEntryID, Statement]

_ABOUT_ENTRIES: tuple[tuple[type[Fact], ...], ...] = (
    (EntryPublished,),
    (BaseFirmwareDeclared,),
    (ZigBeeBandDeclared,),
    (CertificatesRecorded,),
    (ReleaseInformationGiven,),
    (SteppingStoneMarked, DeadEndMarked, MarkRemoved),
    (EntryWithdrawn, EntryReinstated),
)


def fold(statements: Iterable[Statement], as_at: date, known_at: datetime | NotKnown = NOT_KNOWN) -> Catalogue:
    """Give the Catalogue of the day `as_at`, from what had been recorded by `known_at`, or from everything.

    Cost: linear; a fraction of what reading the statements takes.
    :raises FirmpathError: the statements contradict one another; every such fault.
    """
    with collection_paused():
        known = sorted(statements, key=attrgetter("number"))
        if known_at:
            known = [statement for statement in known if statement.recorded_at <= known_at]
        refuse_if_any(faults_of_record(known))
        return fold_sound(known, as_at)


def fold_sound(known: Iterable[Statement], as_at: date) -> Catalogue:
    """Fold statements, in order of their numbers, that are known to make a sound record."""
    known = tuple(known)
    corrected = {statement.corrects for statement in known if statement.corrects is not NOT_KNOWN}
    slots: list[_Latest] = [{} for _ in _ABOUT_ENTRIES]
    slot_of_kind = {kind: slot for kinds, slot in zip(_ABOUT_ENTRIES, slots, strict=True) for kind in kinds}
    about_notices = []
    later: dict[CPLEntryID, ComingEntry] = {}
    for statement in known:
        if statement.number in corrected:
            continue
        effective_from, fact = statement.effective_from, statement.fact
        slot = slot_of_kind.get(type(fact))
        if effective_from > as_at:
            if type(fact) is EntryPublished:
                later[fact.cpl_entry_id] = ComingEntry(effective_from, fact.device_model.hardware_model)
        elif slot is not None:
            subject: CPLEntryID = fact[0]  # type: ignore[misc, assignment]  # so of every kind with a slot
            held = slot.get(subject)
            if held is None or held.effective_from <= effective_from:
                slot[subject] = statement
        elif isinstance(fact, NoticeOpened | NoticeExtended | NoticeClosed):
            about_notices.append(statement)
    return Catalogue(as_at, _entries(*slots), open_notices(about_notices), later)


def _entries(
    published: _Latest,
    bases: _Latest,
    bands: _Latest,
    certificates: _Latest,
    releases: _Latest,
    marks: _Latest,
    standings: _Latest,
) -> dict[CPLEntryID, CPLEntry]:
    """Put together, in order of id, what the latest statements say about each published entry."""
    entries = {}
    for cpl_entry_id in sorted(published):
        listing = published[cpl_entry_id]
        base, base_reason = _base_firmware(bases.get(cpl_entry_id))
        band = bands.get(cpl_entry_id)
        certificate = certificates.get(cpl_entry_id)
        release = releases.get(cpl_entry_id)
        mark = marks.get(cpl_entry_id)
        standing = standings.get(cpl_entry_id)
        withdrawal = standing if standing and type(standing.fact) is EntryWithdrawn else None
        entries[cpl_entry_id] = CPLEntry(
            listing.fact,  # type: ignore[arg-type]  # each slot holds statements of its own kinds alone
            listing.effective_from,
            listing.party,
            base,
            base_reason,
            band.fact.zigbee_band if band else NOT_KNOWN,  # type: ignore[union-attr]
            certificate.fact if certificate else NOT_KNOWN,  # type: ignore[arg-type]
            release.fact if release else NOT_KNOWN,  # type: ignore[arg-type]
            mark.fact if mark and type(mark.fact) is not MarkRemoved else NOT_KNOWN,  # type: ignore[arg-type]
            withdrawal.effective_from if withdrawal else NOT_KNOWN,
            withdrawal.reason if withdrawal else NOT_KNOWN,
        )
    return entries


def _base_firmware(declared: Statement | None) -> tuple[BaseFirmware, str | NotKnown]:
    if declared is None:
        return NOT_PROVIDED, NOT_KNOWN
    return declared.fact.base_firmware, declared.reason  # type: ignore[union-attr]
