"""Statements of SECAS in words: what was stated, from when, and what it corrects, each entry with its version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import (
    AnyEntry,
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
    NoticeStep,
    ReleaseInformationGiven,
    Retracted,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement
from firmpath.registry.submissions.changes import TERMS
from firmpath.registry.submissions.on_record import OnRecord
from firmpath.registry.web.deciding.fields import base_in_words

_PREDICATES: Final[Mapping[type[Fact], str]] = {
    SteppingStoneMarked: "is a stepping stone",
    DeadEndMarked: "is a dead end",
    MarkRemoved: "is marked neither as a stepping stone nor as a dead end",
    EntryWithdrawn: "is withdrawn",
    EntryReinstated: "is back on the CPL",
}


def statement_words(catalogue: Catalogue, statement: Statement) -> str:
    """Say what a statement states, from when, and which one it corrects."""
    corrects = statement.corrects
    if isinstance(statement.fact, Retracted):
        return f"Statement {corrects} is taken back, and nothing takes its place."
    day = in_words(statement.effective_from)
    ending = "." if isinstance(corrects, NotKnown) else f"; this corrects statement {corrects}."
    return f"From {day}: {fact_words(catalogue, statement.fact)}{ending}"


def not_yet(found: OnRecord) -> str:
    """Say from when an entry will be on the CPL that is not there yet."""
    return f"will be on the CPL from {in_words(found.day)}"


def in_words(day: date) -> str:
    """Write a day as in `22 November 2026`."""
    return f"{day.day} {day:%B} {day.year}"


def fact_words(catalogue: Catalogue, fact: Fact) -> str:
    """Say what a fact says, without a full stop."""
    if isinstance(fact, NoticeOpened | NoticeExtended | NoticeClosed):
        return _notice_words(catalogue, fact)
    if isinstance(fact, Retracted):
        return "an earlier statement is taken back"
    name = full_name(catalogue, fact.cpl_entry_id)
    match fact:
        case BaseFirmwareDeclared():
            return f"the base firmware of {name} is {base_in_words(catalogue, fact.base_firmware)}"
        case ZigBeeBandDeclared():
            return f"the ZigBee band of {name} is {fact.zigbee_band}"
        case EntryPublished():
            return f"{name} is on the CPL as {_image(fact)}"
        case CertificatesRecorded() | ReleaseInformationGiven():
            return f"{name} has {_fields(fact._asdict().items())}"
        case _:
            return f"{name} {_PREDICATES[type(fact)]}"


def _image(fact: EntryPublished) -> str:
    hardware = fact.device_model.hardware_model
    known = (("SMETS/CHTS version", fact.smets_chts_version), ("GBCS version", fact.gbcs_version))
    versions = "".join(f", {term} {value}" for term, value in known if value)
    maker = f" by {fact.manufacturer_name}" if fact.manufacturer_name else ""
    name = f' "{fact.firmware_name}"' if fact.firmware_name else ""
    firmware = f"firmware {fact.device_model.firmware_version}{name}, hash {fact.manufacturer_image_hash}"
    return f"{hardware.device_type} {hardware}{maker}, {firmware}{versions}"


def step_words(catalogue: Catalogue, step: NoticeStep) -> str:
    """Say which upgrades a step of a notice is about."""
    from_entry, to_entry = (_end_words(catalogue, end) for end in step)
    return f"from {from_entry} to {to_entry}"


def _end_words(catalogue: Catalogue, end: CPLEntryID | AnyEntry) -> str:
    return "any entry" if isinstance(end, AnyEntry) else short_name(catalogue, end)


def _notice_words(catalogue: Catalogue, fact: NoticeOpened | NoticeExtended | NoticeClosed) -> str:
    if isinstance(fact, NoticeClosed):
        return f"the notice {fact.notice_id} is closed"
    steps = ", ".join(step_words(catalogue, step) for step in fact.steps)
    if isinstance(fact, NoticeExtended):
        return f"the notice {fact.notice_id} covers the upgrades {steps}"
    fixed = f", fixed in {full_name(catalogue, fact.fixed_in)}" if fact.fixed_in else ""
    link = f", see {fact.link}" if fact.link else ""
    return f"the notice {fact.notice_id}, '{fact.name}: {fact.text}', is open for upgrades {steps}{fixed}{link}"


def _fields(fields: Iterable[tuple[str, object]]) -> str:
    known = [f"{TERMS[name]} '{value}'" for name, value in fields if name in TERMS and value is not NOT_KNOWN]
    return ", ".join(known) or "nothing on record"
