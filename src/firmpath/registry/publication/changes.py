"""The change feed: what was stated, newest first, for everybody or for those who may read the FIR.

It is read off the ledger's register in memory; nothing is stored for it. Source: FEATURES F74.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from firmpath.pathways.explain.statements import change_in_words
from firmpath.pathways.facts import (
    ANY_ENTRY,
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
    NoticeFact,
    NoticeOpened,
    NoticeStep,
    ReleaseInformationGiven,
    Retracted,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
    entries_of,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.registry.publication.naming import Naming
from firmpath.registry.publication.public_fields import are_public


class ChangeKind(NamedTuple):
    """A kind of change to choose: its word in an address, its words on a page, and the facts that are of it.

    `fields` are those of an entry that such a change is told by.
    """

    name: str
    label: str
    facts: tuple[type[Fact], ...]
    fields: tuple[str, ...]


_PUBLISHED: Final = (
    *("cpl_entry_id", "device_type", "manufacturer_id", "manufacturer_name", "model_id", "hardware_version"),
    *("hardware_revision", "firmware_version", "firmware_name", "smets_chts_version", "gbcs_version"),
    "manufacturer_image_hash",
)
_CERTIFICATES: Final = ("cpa_certificate", "cpa_valid_until", "zigbee_certificate")
_RELEASE: Final = ("release_notes_url", "contact", "notes")
_MARKS: Final = (SteppingStoneMarked, DeadEndMarked, MarkRemoved)
_KINDS: Final = (
    ChangeKind("published", "Entry published", (EntryPublished,), _PUBLISHED),
    ChangeKind("band", "ZigBee band", (ZigBeeBandDeclared,), ("zigbee_band",)),
    ChangeKind("certificates", "Certificates", (CertificatesRecorded,), _CERTIFICATES),
    ChangeKind(
        "withdrawn", "Withdrawn or back on the CPL", (EntryWithdrawn, EntryReinstated), ("status", "removed_on")
    ),
    ChangeKind("base", "Base firmware", (BaseFirmwareDeclared,), ("base_cpl_entry_ids",)),
    ChangeKind("release", "Release information", (ReleaseInformationGiven,), _RELEASE),
    ChangeKind("marks", "Stepping stones and dead ends", _MARKS, ("marks",)),
    ChangeKind("notices", "Notices", (NoticeOpened, NoticeExtended, NoticeClosed), ("notices",)),
)

PUBLIC_KINDS: Final = tuple(kind for kind in _KINDS if are_public(kind.fields))
"""Changes to the CPL itself, which everybody may read."""

FIR_KINDS: Final = tuple(kind for kind in _KINDS if not are_public(kind.fields))
"""Changes to what the FIR adds. Source: MP231 sections 2 and 3."""

_KIND_OF: Final = {fact: kind for kind in _KINDS for fact in kind.facts}


def kinds_for(reads_fir: bool) -> tuple[ChangeKind, ...]:
    """Give the kinds of change that somebody may read."""
    return PUBLIC_KINDS + FIR_KINDS if reads_fir else PUBLIC_KINDS


class Sought(NamedTuple):
    """Which changes are asked for: of a manufacturer, a model or a kind, since a day, before a number.

    What is "", 0 or not known leaves out none.
    """

    manufacturer: str = ""
    model: str = ""
    kind: str = ""
    since: date | NotKnown = NOT_KNOWN
    before: int = 0


class Change(NamedTuple):
    """One change in words; `party`, `channel` and `reason` are not known to those who may not read the FIR.

    `corrects` is the number of the statement that this one corrects, `corrected_by` of the one that corrects this;
    0 where there is none.
    """

    number: int
    sha256: str
    recorded_at: datetime
    effective_from: date
    kind: ChangeKind
    words: str
    entries: tuple[CPLEntryID, ...]
    is_retraction: bool
    corrects: int
    corrected_by: int
    party: str | NotKnown = NOT_KNOWN
    channel: str | NotKnown = NOT_KNOWN
    reason: str | NotKnown = NOT_KNOWN

    @property
    def urn(self) -> str:
        """What names this change for ever: the SHA-256 of its canonical bytes."""
        return f"urn:sha256:{self.sha256}"


class ChangePage(NamedTuple):
    """Some changes, newest first, and the number to go on before; 0 where these are the last."""

    changes: tuple[Change, ...]
    next_before: int


def find_changes(register: LivingRegister, sought: Sought, reads_fir: bool, most: int) -> ChangePage:
    """Give the newest changes that are asked for and may be read, at most so many.

    Cost: no more statements are looked at than it takes to find so many. For a manufacturer or model these are the
    ones about its entries; to find them is linear in the entries of the CPL.
    """
    naming = Naming(register)
    found: list[Change] = []
    for statement, fact, corrected_by in _matching(register, sought, reads_fir):
        if len(found) == most:
            return ChangePage(tuple(found), found[-1].number)
        found.append(describe(naming, statement, fact, corrected_by, reads_fir))
    return ChangePage(tuple(found), 0)


def describe(naming: Naming, statement: Statement, fact: Fact, corrected_by: int, reads_fir: bool) -> Change:
    """Put a statement in words; `fact` is its own, or of a retraction that which it takes back."""
    change = Change(
        statement.number,
        statement_sha256(statement),
        statement.recorded_at,
        statement.effective_from,
        _KIND_OF[type(fact)],
        change_in_words(naming, statement, fact),
        tuple(dict.fromkeys(entries_of(fact))),
        isinstance(statement.fact, Retracted),
        statement.corrects or 0,
        corrected_by,
    )
    if not reads_fir:
        return change
    return change._replace(party=statement.party, channel=statement.channel.value, reason=statement.reason)


def fact_of(register: LivingRegister, statement: Statement) -> Fact:
    """Give what a statement is about: its own fact, or of a retraction that of the statement it takes back."""
    if isinstance(statement.fact, Retracted) and statement.corrects:
        return register.statements[statement.corrects - 1].fact  # which is no retraction: none of these can be
    return statement.fact


def _matching(register: LivingRegister, sought: Sought, reads_fir: bool) -> Iterator[tuple[Statement, Fact, int]]:
    facts = {fact for kind in kinds_for(reads_fir) if sought.kind in ("", kind.name) for fact in kind.facts}
    since = datetime.combine(sought.since or date.min, time.min, UTC)
    for number in _numbers(register, sought, reads_fir):
        statement = register.statements[number - 1]
        if statement.recorded_at < since:
            return  # the record never goes back in time
        fact = fact_of(register, statement)
        if type(fact) in facts:
            yield statement, fact, register.corrected_by(number)


def _numbers(register: LivingRegister, sought: Sought, reads_fir: bool) -> Iterator[int]:
    """Give the numbers of the statements about what is sought, the last first."""
    end = min(sought.before or register.last_number + 1, register.last_number + 1)
    if not sought.manufacturer and not sought.model:
        return iter(range(end - 1, 0, -1))
    found = register.numbers_about_models(lambda fact: _is_sought(fact, sought))
    if reads_fir:
        found = sorted({*found, *_about_notices(register, found)})
    return reversed(found[: bisect_left(found, end)])


def _about_notices(register: LivingRegister, found: Sequence[int]) -> Iterator[int]:
    """Give the numbers of the statements about notices that warn of any entry that these are about."""
    facts = (register.statements[number - 1].fact for number in found)
    ids = frozenset(fact.cpl_entry_id for fact in facts if isinstance(fact, EntryPublished))
    about = [(each, fact_of(register, each)) for each in register.statements_about_notices()]
    warning = {fact.notice_id for _, fact in about if isinstance(fact, NoticeFact) and _warns(fact, ids)}
    return (each.number for each, fact in about if isinstance(fact, NoticeFact) and fact.notice_id in warning)


def _warns(fact: NoticeFact, ids: frozenset[CPLEntryID]) -> bool:
    """A notice about any upgrade at all is about everybody's."""
    if isinstance(fact, NoticeClosed):
        return False
    return NoticeStep(ANY_ENTRY, ANY_ENTRY) in fact.steps or not ids.isdisjoint(entries_of(fact))


def _is_sought(fact: EntryPublished, sought: Sought) -> bool:
    hardware = fact.device_model.hardware_model
    return sought.manufacturer in ("", hardware.manufacturer_id) and sought.model in ("", hardware.model)
