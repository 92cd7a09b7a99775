"""What a statement says, in words, with every entry named by its firmware version and name."""

from collections.abc import Callable
from typing import Any, Final

from firmpath.pathways.base_firmware import Bases
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
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.statement import Statement


class Naming:
    """Names entries by what was published about them: from whichever day it holds, and even if it was corrected."""

    def __init__(self, register: LivingRegister) -> None:
        self._register = register
        self._published: dict[CPLEntryID, EntryPublished] = {}

    def full(self, cpl_entry_id: CPLEntryID) -> str:
        """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""
        published = self.published(cpl_entry_id)
        named = f', "{published.firmware_name}"' if published.firmware_name else ""
        return f"CPL entry {cpl_entry_id} (firmware {published.device_model.firmware_version}{named})"

    def short(self, end: CPLEntryID | AnyEntry) -> str:
        """Name an entry as in `311 (38040404)`, or any entry."""
        if isinstance(end, AnyEntry):
            return "any entry"
        if not self._is_published(end):
            return f"{end} (not on the CPL)"
        return f"{end} ({self.published(end).device_model.firmware_version})"

    def published(self, cpl_entry_id: CPLEntryID) -> EntryPublished:
        """Give the latest that was published about an entry that is on record."""
        if cpl_entry_id not in self._published:
            self._published[cpl_entry_id] = self._find(cpl_entry_id)[-1]
        return self._published[cpl_entry_id]

    def _is_published(self, cpl_entry_id: CPLEntryID) -> bool:
        return cpl_entry_id in self._published or bool(self._find(cpl_entry_id))

    def _find(self, cpl_entry_id: CPLEntryID) -> list[EntryPublished]:
        about = self._register.statements_about(cpl_entry_id)
        return [each.fact for each in about if isinstance(each.fact, EntryPublished)]


def change_in_words(naming: Naming, statement: Statement, retracted: Fact | None = None) -> str:
    """Say what a statement says; of a retraction, what it takes back."""
    if isinstance(statement.fact, Retracted):
        return f"Taken back: {_WORDS[type(retracted)](naming, retracted)}" if retracted else "Taken back"
    return _WORDS[type(statement.fact)](naming, statement.fact)


def _published(naming: Naming, fact: EntryPublished) -> str:
    hardware = fact.device_model.hardware_model
    maker = f" of {fact.manufacturer_name}" if fact.manufacturer_name else ""
    named = f', "{fact.firmware_name}"' if fact.firmware_name else ""
    name = f"CPL entry {fact.cpl_entry_id} (firmware {fact.device_model.firmware_version}{named})"
    return f"{name} is on the CPL, for {hardware.device_type} {hardware}{maker}."


def _base_firmware(naming: Naming, fact: BaseFirmwareDeclared) -> str:
    name = naming.full(fact.cpl_entry_id)
    if isinstance(fact.base_firmware, Bases):
        return f"{name} can be applied to {' or '.join(map(naming.short, fact.base_firmware.ids))}."
    return f"{name} has no previous version to be applied to (N/A)."


def _certificates(naming: Naming, fact: CertificatesRecorded) -> str:
    cpa = f"CPA certificate {fact.cpa_certificate}" if fact.cpa_certificate else ""
    last = f"last day of its CPA certificate {fact.cpa_valid_until}" if fact.cpa_valid_until else ""
    zigbee = f"ZigBee certificate {fact.zigbee_certificate}" if fact.zigbee_certificate else ""
    return f"{naming.full(fact.cpl_entry_id)} has {', '.join(filter(None, (cpa, last, zigbee)))}."


def _release(naming: Naming, fact: ReleaseInformationGiven) -> str:
    read = f"release notes {fact.release_notes_url}" if fact.release_notes_url else ""
    contact = f"contact {fact.contact}" if fact.contact else ""
    notes = f"notes: {fact.notes}" if fact.notes else ""
    return f"{naming.full(fact.cpl_entry_id)} has {', '.join(filter(None, (read, contact, notes)))}."


def _marked(what: str) -> Callable[[Naming, SteppingStoneMarked | DeadEndMarked], str]:
    def words(naming: Naming, fact: SteppingStoneMarked | DeadEndMarked) -> str:
        link = f" Read more at {fact.link}." if fact.link else ""
        return f"{naming.full(fact.cpl_entry_id)} is marked as a {what}: {fact.reason.rstrip('.')}.{link}"

    return words


def _notice_opened(naming: Naming, fact: NoticeOpened) -> str:
    link = f" Read more at {fact.link}." if fact.link else ""
    fixed = f" It is put right in {naming.short(fact.fixed_in)}." if fact.fixed_in else ""
    text = f"{fact.text.rstrip('.')}. It is about {steps_in_words(naming, fact.steps)}."
    return f"Notice {fact.notice_id}, '{fact.name}', is open: {text}{link}{fixed}"


def steps_in_words(naming: Naming, steps: tuple[NoticeStep, ...]) -> str:
    """Name the upgrades that a notice is about, as in `311 (38040404) → 402 (38040500)`."""
    return ", ".join(f"{naming.short(step.from_id)} → {naming.short(step.to_id)}" for step in steps)


_WORDS: Final[dict[type[Any], Callable[[Naming, Any], str]]] = {
    EntryPublished: _published,
    BaseFirmwareDeclared: _base_firmware,
    ZigBeeBandDeclared: lambda naming, fact: (
        f"{naming.full(fact.cpl_entry_id)} has ZigBee band {fact.zigbee_band}."
    ),
    CertificatesRecorded: _certificates,
    ReleaseInformationGiven: _release,
    SteppingStoneMarked: _marked("stepping stone"),
    DeadEndMarked: _marked("dead end"),
    MarkRemoved: lambda naming, fact: f"{naming.full(fact.cpl_entry_id)} is no longer marked.",
    EntryWithdrawn: lambda naming, fact: f"{naming.full(fact.cpl_entry_id)} is withdrawn from the CPL.",
    EntryReinstated: lambda naming, fact: f"{naming.full(fact.cpl_entry_id)} is back on the CPL.",
    NoticeOpened: _notice_opened,
    NoticeExtended: lambda naming, fact: (
        f"Notice {fact.notice_id} is about further upgrades: {steps_in_words(naming, fact.steps)}."
    ),
    NoticeClosed: lambda naming, fact: f"Notice {fact.notice_id} is closed.",
}
"""The words for each kind of fact; NOT_KNOWN fields are left out."""
