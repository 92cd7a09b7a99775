"""From statements to a Catalogue: what held on one day, as it was known at one instant.

A pure function, so that history, corrections and comparisons are one mechanism. Of two statements about the
same thing the one in effect later wins, and of two in effect on the same day the one recorded later; a
corrected statement counts no more from the instant of its correction. Source: DESIGN decision 1, ADR 0003.
"""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter

from firmpath.pathways.ahead import read_ahead
from firmpath.pathways.base_firmware import NOT_PROVIDED, BaseFirmware
from firmpath.pathways.catalogue import Catalogue
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
    (SteppingStoneMarked, MarkRemoved),
    (DeadEndMarked, MarkRemoved),
    (EntryWithdrawn, EntryReinstated),
)
_STONES = _ABOUT_ENTRIES.index((SteppingStoneMarked, MarkRemoved))
_FIELD_BY_FIELD: tuple[type[Fact], ...] = (CertificatesRecorded, ReleaseInformationGiven)
"""Facts of several fields, each of which may be stated anew without the others."""


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
    corrects: dict[int, int] = {
        each.number: each.corrects  # type: ignore[misc]  # quicker than to look at its type
        for each in known
        if each.corrects is not NOT_KNOWN
    }
    corrected = set(corrects.values())
    stand = [statement for statement in known if statement.number not in corrected]
    slots: list[_Latest] = [{} for _ in _ABOUT_ENTRIES]
    notices, ahead = _sort_out(stand, as_at, slots)
    coming = read_ahead(ahead, (*notices, *slots[_STONES].values()))
    return Catalogue(as_at, _entries(*slots), open_notices(notices, corrects), coming)


def _sort_out(stand: list[Statement], as_at: date, slots: list[_Latest]) -> tuple[list[Statement], list[Statement]]:
    """Put the latest statement about each thing into its slot; give those about notices, and those still ahead."""
    of_kind: dict[type[Fact], list[_Latest]] = {}
    for kinds, slot in zip(_ABOUT_ENTRIES, slots, strict=True):
        for kind in kinds:
            of_kind.setdefault(kind, []).append(slot)
    notices, ahead = [], []
    repeated: dict[tuple[type[Fact], CPLEntryID], list[Statement]] = {}
    for statement in stand:
        kind, effective_from = type(statement.fact), statement.effective_from
        if effective_from > as_at:
            ahead.append(statement)
        elif kind not in of_kind:
            notices.append(statement)
        else:
            subject: CPLEntryID = statement.fact[0]  # type: ignore[misc, assignment]  # so of every kind with a slot
            for slot in of_kind[kind]:
                held = slot.get(subject)
                if held is None or held.effective_from <= effective_from:
                    slot[subject] = statement
                if held is not None and kind in _FIELD_BY_FIELD:
                    repeated.setdefault((kind, subject), [held]).append(statement)
    for (kind, subject), statements in repeated.items():
        of_kind[kind][0][subject] = _put_together(statements)
    return notices, ahead


def _put_together(statements: list[Statement]) -> Statement:
    """Where a fact of several fields was stated more than once, each field is the latest that was stated."""
    statements.sort(key=attrgetter("effective_from", "number"))
    fields: dict[str, object] = {}
    for statement in statements:
        fields |= {name: value for name, value in statement.fact._asdict().items() if value is not NOT_KNOWN}
    latest = statements[-1]
    return latest._replace(fact=latest.fact._replace(**fields))  # type: ignore[arg-type]


def _entries(
    published: _Latest,
    bases: _Latest,
    bands: _Latest,
    certificates: _Latest,
    releases: _Latest,
    stones: _Latest,
    dead_ends: _Latest,
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
        stone = stones.get(cpl_entry_id)
        dead_end = dead_ends.get(cpl_entry_id)
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
            stone.fact if stone and type(stone.fact) is not MarkRemoved else NOT_KNOWN,  # type: ignore[arg-type]
            dead_end.fact if dead_end and type(dead_end.fact) is not MarkRemoved else NOT_KNOWN,  # type: ignore[arg-type]
            withdrawal.effective_from if withdrawal else NOT_KNOWN,
            withdrawal.reason if withdrawal else NOT_KNOWN,
        )
    return entries


def _base_firmware(declared: Statement | None) -> tuple[BaseFirmware, str | NotKnown]:
    if declared is None:
        return NOT_PROVIDED, NOT_KNOWN
    return declared.fact.base_firmware, declared.reason  # type: ignore[union-attr]
