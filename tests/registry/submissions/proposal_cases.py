"""Changes that widen, for the tests of the two-person rule, and the words in which their cases are written."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeOpened,
    NoticeStep,
    Retracted,
)
from firmpath.pathways.identifiers import CPLEntryID
from tests.notation import ON

LATER = date(2026, 9, 1)
FROM_LATER = "From 1 September 2026: "
CHAIN = "1 <- 2 <- 3"
IN_FORCE = "1 <- 2 <- 3; 3 cpa=2026-08-31"
STONE = "1 <- 2 <- 3; 1 <- 3; 2 stone"


class Adding(NamedTuple):
    """A statement to add: a fact, from when, and the kind of fact about entry `of` that it corrects."""

    fact: Fact
    day: date = ON
    corrects: type[Fact] | None = None
    of: int = 0


class Case(NamedTuple):
    """What is on record, what is added, and why it widens, or what it takes away."""

    name: str
    on_record: str
    added: Adding
    why: tuple[str, ...] = ()


def entry(number: int) -> CPLEntryID:
    """Make an id."""
    return CPLEntryID(number)


def bases(of: int, *ids: int) -> BaseFirmwareDeclared:
    """Declare base firmware."""
    return BaseFirmwareDeclared(entry(of), Bases(tuple(map(entry, ids))))


def rebased(of: int, *ids: int) -> Adding:
    """Correct the base firmware that is declared."""
    return Adding(bases(of, *ids), corrects=BaseFirmwareDeclared, of=of)


def retracted(kind: type[Fact], of: int) -> Adding:
    """Retract what is stated about an entry."""
    return Adding(Retracted(), corrects=kind, of=of)


def opened(*steps: tuple[int, int]) -> NoticeOpened:
    """Open a notice."""
    return NoticeOpened("N1", "Name", "Text", tuple(NoticeStep(entry(a), entry(b)) for a, b in steps))


def certified(number: int, until: date) -> CertificatesRecorded:
    """Record the last day of a certificate."""
    return CertificatesRecorded(entry(number), cpa_valid_until=until)


def named(number: int) -> str:
    """Name an entry in full."""
    return f'CPL entry {number} (firmware {number:08X}, "v{number}")'


def step(from_id: int, to_id: int) -> str:
    """Name an upgrade."""
    return f"The upgrade from {from_id} ({from_id:08X}) to {to_id} ({to_id:08X})"


def opens(from_id: int, to_id: int) -> str:
    """Say that an upgrade opens."""
    return f"{step(from_id, to_id)} opens."


_DECLARED = "is declared, though it is not open."
_CLOSED = "The notice N1 is no longer open."
_NOTICED = "1 <- 2 <- 3; notice N1: 1 -> 2, 2 -> 3"

WIDENING = (
    Case("base added", CHAIN, Adding(bases(3, 1, 2)), (opens(1, 3),)),
    Case("base declared where nobody had said", "1; 2 ?", Adding(bases(2, 1)), (opens(1, 2),)),
    Case("base takes the place of another", CHAIN, rebased(3, 1), (opens(1, 3),)),
    Case("base takes the place of N/A", "1; 2 N/A", rebased(2, 1), (opens(1, 2),)),
    Case("base of two goes and a third comes", "1, 2 <- 4; 3", rebased(4, 2, 3), (opens(3, 4),)),
    Case(
        "base added whose upgrade a notice bars",
        "1 <- 2 <- 3; notice N1: 1 -> 3",
        Adding(bases(3, 1, 2)),
        (f"{step(1, 3)} {_DECLARED}",),
    ),
    Case(
        "base added to an entry that is withdrawn",
        "1 <- 2 <- 3; 3 withdrawn",
        Adding(bases(3, 1, 2)),
        (f"{step(1, 3)} {_DECLARED}",),
    ),
    Case(
        "base added that is not on the CPL yet",
        "1 <- 2; 3 listed=2026-09-01",
        Adding(bases(2, 1, 3)),
        (FROM_LATER + opens(3, 2),),
    ),
    Case(
        "base added whose upgrade closes when a certificate ends",
        IN_FORCE,
        Adding(bases(3, 1, 2)),
        (opens(1, 3),),
    ),
    Case("base added from a later day", CHAIN, Adding(bases(3, 1, 2), LATER), (FROM_LATER + opens(1, 3),)),
    Case(
        "entry reinstated",
        "1 <- 2 <- 3; 2 withdrawn",
        Adding(EntryReinstated(entry(2))),
        (opens(1, 2), f"{named(2)} comes back onto the CPL."),
    ),
    Case(
        "entry reinstated to which nothing leads",
        "1; 2 withdrawn",
        Adding(EntryReinstated(entry(2))),
        (f"{named(2)} comes back onto the CPL.",),
    ),
    Case(
        "withdrawal retracted",
        "1 <- 2; 2 withdrawn",
        retracted(EntryWithdrawn, 2),
        (opens(1, 2), f"{named(2)} comes back onto the CPL."),
    ),
    Case(
        "withdrawal retracted before it takes effect",
        "1 <- 2; 2 withdrawn=2026-09-01",
        retracted(EntryWithdrawn, 2),
        (FROM_LATER + opens(1, 2), f"{FROM_LATER}{named(2)} comes back onto the CPL."),
    ),
    Case("notice closed", "1 <- 2; notice N1: 1 -> 2", Adding(NoticeClosed("N1")), (opens(1, 2), _CLOSED)),
    Case("notice closed from a later day", "1 <- 2; notice N1: 1 -> 2", Adding(NoticeClosed("N1"), LATER),
         (FROM_LATER + opens(1, 2), FROM_LATER + _CLOSED)),
    Case("notice closed about an upgrade that nobody declared", "1; 2 ?; notice N1: 1 -> 2",
         Adding(NoticeClosed("N1")), (_CLOSED,)),
    Case("notice closed while another bars the same upgrade", "1 <- 2; notice N1: 1 -> 2; notice N2: 1 -> 2",
         Adding(NoticeClosed("N1")), (_CLOSED,)),
    Case("notice corrected to cover less", _NOTICED, Adding(opened((2, 3)), corrects=NoticeOpened),
         (opens(1, 2), "The notice N1 covers fewer upgrades.")),
    Case("certificate that has ended prolonged", "1 <- 2 <- 3; 3 cpa=2026-01-31",
         Adding(certified(3, date(2027, 1, 31))), (opens(2, 3),)),
    Case("certificate prolonged before it ends", IN_FORCE,
         Adding(certified(3, date(2027, 1, 31))), (FROM_LATER + opens(2, 3),)),
    Case("certificate that has ended retracted", "1 <- 2; 2 cpa=2026-01-31",
         retracted(CertificatesRecorded, 2), (opens(1, 2),)),
    Case("dead-end mark removed", "1 <- 2; 3 <- 2; 3 dead-end", Adding(MarkRemoved(entry(3))),
         (opens(3, 2), f"{named(3)} is no longer marked as a dead end.")),
    Case("dead-end mark retracted where nothing leads out", "1 <- 2; 2 dead-end", retracted(DeadEndMarked, 2),
         (f"{named(2)} is no longer marked as a dead end.",)),
    Case("dead-end mark corrected to hold from a later day", "1 <- 2; 2 dead-end",
         Adding(DeadEndMarked(entry(2), "from then"), LATER, DeadEndMarked, 2),
         (f"{named(2)} is no longer marked as a dead end.",)),
    Case("stepping-stone mark removed, which opens a way past it", STONE, Adding(MarkRemoved(entry(2))),
         (opens(1, 3), f"{named(2)} is no longer marked as a stepping stone.")),
    Case("stepping-stone mark removed though every way leads there", "1 <- 2 <- 3; 2 stone",
         Adding(MarkRemoved(entry(2)), LATER),
         (f"{FROM_LATER}{named(2)} is no longer marked as a stepping stone.",)),
)  # fmt: skip
