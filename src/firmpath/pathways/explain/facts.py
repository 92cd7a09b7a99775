"""What is stated, in words: one sentence for each kind of fact, and the one place where facts become words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
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
from firmpath.pathways.not_known import NotKnown

TERMS: Final[Mapping[str, str]] = {
    "cpa_certificate": "CPA certificate",
    "cpa_valid_until": "CPA certificate's last day",
    "zigbee_certificate": "ZigBee certificate",
    "release_notes_url": "Release notes",
    "contact": "Contact",
    "notes": "Notes",
}
"""The words for the fields of facts of several fields."""


class Names(Protocol):
    """Names the entries that facts are about."""

    def full(self, cpl_entry_id: CPLEntryID) -> str:
        """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""

    def short(self, end: CPLEntryID | AnyEntry) -> str:
        """Name an entry as in `311 (38040404)`, or any entry."""


class NamesOf(NamedTuple):
    """The names that a CPL has for its entries; of others the id alone."""

    catalogue: Catalogue

    def full(self, cpl_entry_id: CPLEntryID) -> str:
        """Name an entry by id, version and name."""
        return full_name(self.catalogue, cpl_entry_id)

    def short(self, end: CPLEntryID | AnyEntry) -> str:
        """Name an entry by id and version, or any entry."""
        return "any entry" if isinstance(end, AnyEntry) else short_name(self.catalogue, end)


def fact_in_words(names: Names, fact: Fact) -> str:
    """Say what a fact says, in a sentence; what is not known is left out."""
    return _SENTENCES[type(fact)](names, fact)


def steps_in_words(names: Names, steps: Iterable[NoticeStep]) -> str:
    """Name the upgrades that a notice is about, as in `311 (38040404) → 402 (38040500)`."""
    return ", ".join(f"{names.short(step.from_id)} → {names.short(step.to_id)}" for step in steps)


def value_in_words(value: object) -> str:
    """Write a field of a fact as people read it."""
    return day_in_words(value) if isinstance(value, date) else str(value)


def _published(names: Names, fact: EntryPublished) -> str:
    hardware = fact.device_model.hardware_model
    maker = f" of {fact.manufacturer_name}" if fact.manufacturer_name else ""
    named = f', "{fact.firmware_name}"' if fact.firmware_name else ""
    name = f"CPL entry {fact.cpl_entry_id} (firmware {fact.device_model.firmware_version}{named})"
    smets = f", SMETS/CHTS version {fact.smets_chts_version}" if fact.smets_chts_version else ""
    gbcs = f", GBCS version {fact.gbcs_version}" if fact.gbcs_version else ""
    image = f"hash {fact.manufacturer_image_hash}{smets}{gbcs}"
    return f"{name} is on the CPL, for {hardware.device_type} {hardware}{maker}, with {image}."


def _base_firmware(names: Names, fact: BaseFirmwareDeclared) -> str:
    name = names.full(fact.cpl_entry_id)
    if isinstance(fact.base_firmware, Bases):
        return f"{name} can be applied to {' or '.join(map(names.short, fact.base_firmware.ids))}."
    return f"{name} has no previous version to be applied to (N/A)."


def _fields(names: Names, fact: CertificatesRecorded | ReleaseInformationGiven) -> str:
    known = {name: value for name, value in fact._asdict().items() if name in TERMS}
    said = [f"{_within(TERMS[name])}: {value_in_words(value)}" for name, value in known.items() if value]
    return f"{names.full(fact.cpl_entry_id)} has {'; '.join(said) or 'nothing on record'}."


def _within(term: str) -> str:
    """Write a term as it stands within a sentence: CPA and ZigBee keep their capitals."""
    return term.lower() if term.partition(" ")[0].istitle() else term


def _marked(what: str) -> Callable[[Names, SteppingStoneMarked | DeadEndMarked], str]:
    def words(names: Names, fact: SteppingStoneMarked | DeadEndMarked) -> str:
        return f"{names.full(fact.cpl_entry_id)} is marked as a {what}: {_closed(fact.reason)}{_more(fact.link)}"

    return words


def _notice_opened(names: Names, fact: NoticeOpened) -> str:
    fixed = f" It is put right in {names.short(fact.fixed_in)}." if fact.fixed_in else ""
    about = f" It is about {steps_in_words(names, fact.steps)}."
    text = f"{_closed(fact.text)}{about}{_more(fact.link)}{fixed}"
    return f"Notice {fact.notice_id}, '{fact.name}', is open: {text}"


def _closed(text: str) -> str:
    return f"{text.rstrip('.')}."


def _more(link: str | NotKnown) -> str:
    return f" Read more at {link}." if link else ""


_SENTENCES: Final[dict[type[Any], Callable[[Names, Any], str]]] = {
    EntryPublished: _published,
    BaseFirmwareDeclared: _base_firmware,
    ZigBeeBandDeclared: lambda names, fact: f"{names.full(fact.cpl_entry_id)} has ZigBee band {fact.zigbee_band}.",
    CertificatesRecorded: _fields,
    ReleaseInformationGiven: _fields,
    SteppingStoneMarked: _marked("stepping stone"),
    DeadEndMarked: _marked("dead end"),
    MarkRemoved: lambda names, fact: (
        f"{names.full(fact.cpl_entry_id)} is marked neither as a stepping stone nor as a dead end."
    ),
    EntryWithdrawn: lambda names, fact: f"{names.full(fact.cpl_entry_id)} is withdrawn from the CPL.",
    EntryReinstated: lambda names, fact: f"{names.full(fact.cpl_entry_id)} is back on the CPL.",
    NoticeOpened: _notice_opened,
    NoticeExtended: lambda names, fact: (
        f"Notice {fact.notice_id} is about further upgrades: {steps_in_words(names, fact.steps)}."
    ),
    NoticeClosed: lambda names, fact: f"Notice {fact.notice_id} is closed.",
    Retracted: lambda names, fact: "An earlier statement is taken back, and nothing takes its place.",
}
