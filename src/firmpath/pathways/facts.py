"""What a statement can state: one value for each kind of fact.

The name of each kind is also its `kind` in a register file, written with underscores. What is not on
record is `NOT_KNOWN`, and is left out of the file. Source: DESIGN decision 1.
"""

from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import Bases, NoPreviousVersion
from firmpath.pathways.device_model import DeviceModel
from firmpath.pathways.identifiers import CPLEntryID, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand

Text = str | NotKnown


class AnyEntry:
    """In the scope of a notice: every entry. The one value is `ANY_ENTRY`."""

    __slots__ = ()

    def __str__(self) -> str:
        return "any"

    def __repr__(self) -> str:
        return "ANY_ENTRY"

    def __reduce__(self) -> str:
        return "ANY_ENTRY"


ANY_ENTRY: Final = AnyEntry()


class EntryPublished(NamedTuple):
    """An entry came onto the CPL: the facts of its image, written once. In effect from its listing date."""

    cpl_entry_id: CPLEntryID
    device_model: DeviceModel
    manufacturer_image_hash: ManufacturerImageHash
    manufacturer_name: Text = NOT_KNOWN
    firmware_name: Text = NOT_KNOWN
    smets_chts_version: Text = NOT_KNOWN
    gbcs_version: Text = NOT_KNOWN


class BaseFirmwareDeclared(NamedTuple):
    """Somebody said what the firmware can be put on top of."""

    cpl_entry_id: CPLEntryID
    base_firmware: Bases | NoPreviousVersion


class ZigBeeBandDeclared(NamedTuple):
    """Somebody said how the Device joins the Home Area Network."""

    cpl_entry_id: CPLEntryID
    zigbee_band: ZigBeeBand | LegacyZigBeeBand


class CertificatesRecorded(NamedTuple):
    """The certificates of the Device Model; `cpa_valid_until` is the last day of its CPA certificate.

    A field that is left out keeps what was stated before.
    """

    cpl_entry_id: CPLEntryID
    cpa_certificate: Text = NOT_KNOWN
    cpa_valid_until: date | NotKnown = NOT_KNOWN
    zigbee_certificate: Text = NOT_KNOWN


class ReleaseInformationGiven(NamedTuple):
    """Where to read about the firmware, and whom to ask; a field left out keeps what was stated before."""

    cpl_entry_id: CPLEntryID
    release_notes_url: Text = NOT_KNOWN
    contact: Text = NOT_KNOWN
    notes: Text = NOT_KNOWN


class SteppingStoneMarked(NamedTuple):
    """Somebody said that every Device on the way past this entry has to stop at it."""

    cpl_entry_id: CPLEntryID
    reason: str
    link: Text = NOT_KNOWN


class DeadEndMarked(NamedTuple):
    """Somebody said that no upgrade leads out of this entry. It may be marked as a stepping stone as well."""

    cpl_entry_id: CPLEntryID
    reason: str
    link: Text = NOT_KNOWN


class MarkRemoved(NamedTuple):
    """The entry is no longer marked, neither as a stepping stone nor as a dead end."""

    cpl_entry_id: CPLEntryID


class EntryWithdrawn(NamedTuple):
    """The entry left the CPL: a place to start from, no longer one to go to."""

    cpl_entry_id: CPLEntryID


class EntryReinstated(NamedTuple):
    """A withdrawn entry came back onto the CPL."""

    cpl_entry_id: CPLEntryID


class NoticeStep(NamedTuple):
    """The upgrades a notice is about: from one entry or any, to one entry or any."""

    from_id: CPLEntryID | AnyEntry
    to_id: CPLEntryID | AnyEntry

    @property
    def found_by(self) -> CPLEntryID | AnyEntry:
        """An entry that the step names, by which it is found; `ANY_ENTRY` where it names none."""
        return self.to_id if isinstance(self.from_id, AnyEntry) else self.from_id

    def covers(self, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
        """Say whether the notice is about the upgrade from `from_id` to `to_id`."""
        return self.from_id in (from_id, ANY_ENTRY) and self.to_id in (to_id, ANY_ENTRY)


class NoticeOpened(NamedTuple):
    """A warning about upgrades came into force; `fixed_in` is the entry that puts it right."""

    notice_id: str
    name: str
    text: str
    steps: tuple[NoticeStep, ...]
    link: Text = NOT_KNOWN
    fixed_in: CPLEntryID | NotKnown = NOT_KNOWN


class NoticeExtended(NamedTuple):
    """A notice came to cover further upgrades."""

    notice_id: str
    steps: tuple[NoticeStep, ...]


class NoticeClosed(NamedTuple):
    """A notice is no longer in force."""

    notice_id: str


class Retracted(NamedTuple):
    """An earlier statement should never have been made, and nothing takes its place."""


EntryFact = (
    EntryPublished
    | BaseFirmwareDeclared
    | ZigBeeBandDeclared
    | CertificatesRecorded
    | ReleaseInformationGiven
    | SteppingStoneMarked
    | DeadEndMarked
    | MarkRemoved
    | EntryWithdrawn
    | EntryReinstated
)
NoticeFact = NoticeOpened | NoticeExtended | NoticeClosed
Fact = EntryFact | NoticeFact | Retracted

_SLOTS: Final[dict[type[Fact], str]] = {
    EntryPublished: "image",
    BaseFirmwareDeclared: "base firmware",
    ZigBeeBandDeclared: "ZigBee band",
    CertificatesRecorded: "certificates",
    ReleaseInformationGiven: "release information",
    SteppingStoneMarked: "stepping stone",
    DeadEndMarked: "dead end",
    MarkRemoved: "mark removed",
    EntryWithdrawn: "standing",
    EntryReinstated: "standing",
    NoticeOpened: "notice opened",
    NoticeExtended: "notice extended",
    NoticeClosed: "notice closed",
}


def slot_of(fact: EntryFact | NoticeFact) -> tuple[str, CPLEntryID | str]:
    """Say what the fact is about: facts in one slot take one another's place, the later that of the earlier."""
    return _SLOTS[type(fact)], fact[0]


def entries_of(fact: Fact) -> tuple[CPLEntryID, ...]:
    """Give the entries that a fact names: the one that it is about, or those on the steps of a notice."""
    match fact:
        case NoticeOpened() | NoticeExtended():
            return tuple(end for step in fact.steps for end in step if not isinstance(end, AnyEntry))
        case NoticeClosed() | Retracted():
            return ()
        case _:
            return (fact.cpl_entry_id,)
