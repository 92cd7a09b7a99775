"""Records as they grow: statements of every kind, corrections and retractions, in effect sooner or later."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.device_model import DeviceModel, DeviceType, HardwareModel
from firmpath.pathways.facts import (
    ANY_ENTRY,
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
    slot_of,
)
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerID, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand

START = datetime(2024, 1, 1, 9, 30, tzinfo=UTC)
DAYS = [date(2024, 1, 1) + timedelta(days=each) for each in range(12)]
TEXTS = ("plain", 'with "marks" and \\ back', "Zählerwerk – ☃ 𝄞", "two\nlines", "0", "N/A", "{}", "a, b: c")
MANY = settings(max_examples=max(150, settings().max_examples))

# Each entry and each notice has its own choice of slots, so corrections find something to correct.
_ENTRIES = tuple(map(CPLEntryID, range(1, 6)))


@st.composite
def records(draw: st.DrawFn, most: int = 40) -> list[Statement]:
    """Draw a sound record: up to five entries, and up to `most` further statements about them."""
    random = Random(draw(st.integers(0, 2**32)))
    facts: list[Fact] = [published(random, each) for each in _ENTRIES[: random.randint(1, 5)]]
    statements: list[Statement] = []
    for fact in facts:
        statements.append(_next(random, statements, fact))
    for _ in range(draw(st.integers(0, most))):
        corrected = _correctable(random, statements) if random.random() < 0.25 else None
        if corrected is None:
            statements.append(_next(random, statements, _about(random, statements)))
        else:
            fact = _in_place_of(random, statements, corrected.fact)
            statements.append(_next(random, statements, fact)._replace(corrects=corrected.number))
    return statements


def published(random: Random, entry: CPLEntryID) -> EntryPublished:
    hardware = HardwareModel(
        DeviceType.ESME, ManufacturerID("F001"), "0005", "02", random.choice(("03", "03", "04"))
    )
    model = DeviceModel(hardware, FirmwareVersion(f"{random.choice((entry, 1)):08X}"))
    image_hash = ManufacturerImageHash(f"{entry:064X}")
    return EntryPublished(entry, model, image_hash, *(_text(random) for _ in range(4)))


def _next(random: Random, statements: list[Statement], fact: Fact) -> Statement:
    before = statements[-1].recorded_at if statements else START
    return Statement(
        len(statements) + 1,
        before + timedelta(seconds=random.choice((0, 0, 1, 86_400))),
        random.choice(DAYS),
        random.choice(TEXTS),
        random.choice(tuple(Channel)),
        fact,
        _text(random),
        _text(random),
    )


def _text(random: Random) -> str | NotKnown:
    choices: tuple[str | NotKnown, ...] = (NOT_KNOWN, *TEXTS)
    return random.choice(choices)


def _day(random: Random) -> date | NotKnown:
    choices: tuple[date | NotKnown, ...] = (NOT_KNOWN, *DAYS)
    return random.choice(choices)


def _about(random: Random, statements: list[Statement]) -> Fact:
    entry = random.choice([each.fact.cpl_entry_id for each in statements if isinstance(each.fact, EntryPublished)])
    if random.random() < 0.25:
        return _about_notice(random, _open_notices(statements), _ids(statements))
    return _about_entry(random, entry)


def _about_entry(random: Random, entry: CPLEntryID) -> Fact:
    ids = tuple(sorted(random.sample(_ENTRIES, random.randint(1, 3))))
    choices: tuple[Fact, ...] = (
        BaseFirmwareDeclared(entry, random.choice((Bases(ids), Bases(ids), NO_PREVIOUS_VERSION))),
        ZigBeeBandDeclared(entry, random.choice((*ZigBeeBand, *LegacyZigBeeBand))),
        CertificatesRecorded(entry, _text(random), _day(random), _text(random)),
        ReleaseInformationGiven(entry, random.choice((NOT_KNOWN, "https://example.org/a?b=c")), _text(random)),
        SteppingStoneMarked(entry, random.choice(TEXTS)),
        DeadEndMarked(entry, random.choice(TEXTS), random.choice((NOT_KNOWN, "https://example.org/x"))),
        MarkRemoved(entry),
        EntryWithdrawn(entry),
        EntryReinstated(entry),
    )
    return random.choice(choices)


def _ids(statements: list[Statement]) -> tuple[CPLEntryID, ...]:
    return tuple(sorted({each.fact.cpl_entry_id for each in statements if isinstance(each.fact, EntryPublished)}))


def _open_notices(statements: list[Statement]) -> set[str]:
    """The notices that are not closed by what has been said; one is open again once its closure is retracted."""
    found: set[str] = set()
    for each in statements:
        corrected = statements[each.corrects - 1].fact if each.corrects else None
        if isinstance(each.fact, Retracted) and isinstance(corrected, NoticeClosed):
            found.add(corrected.notice_id)
        elif isinstance(each.fact, NoticeOpened) and not corrected:
            found.add(each.fact.notice_id)
        elif isinstance(each.fact, NoticeClosed) and not corrected:
            found.discard(each.fact.notice_id)
    return found


def _about_notice(random: Random, is_open: set[str], ids: tuple[CPLEntryID, ...]) -> Fact:
    """Open a notice that is not open; extend or close one that is."""
    notice_id = random.choice(("N1", "N2"))
    if notice_id not in is_open:
        return _open(random, notice_id, ids)
    return random.choice((NoticeExtended(notice_id, _steps(random, ids)), NoticeClosed(notice_id)))


def _open(random: Random, notice_id: str, ids: tuple[CPLEntryID, ...]) -> NoticeOpened:
    fixed: tuple[CPLEntryID | NotKnown, ...] = (NOT_KNOWN, *ids)
    fixed_in = random.choice(fixed)
    steps = _steps(random, ids)
    return NoticeOpened(notice_id, random.choice(TEXTS), random.choice(TEXTS), steps, NOT_KNOWN, fixed_in)


def _steps(random: Random, ids: tuple[CPLEntryID, ...]) -> tuple[NoticeStep, ...]:
    ends: tuple[CPLEntryID | AnyEntry, ...] = (ANY_ENTRY, *ids)
    return tuple(NoticeStep(random.choice(ends), random.choice(ends)) for _ in range(random.randint(1, 2)))


def _correctable(random: Random, statements: list[Statement]) -> Statement | None:
    corrected = {each.corrects for each in statements}
    left = [each for each in statements if each.number not in corrected and not isinstance(each.fact, Retracted)]
    return random.choice(left) if left else None


def _in_place_of(random: Random, statements: list[Statement], fact: Fact) -> Fact:
    """A fact about the same thing, or none at all."""
    if isinstance(fact, EntryPublished):
        return published(random, fact.cpl_entry_id)
    if isinstance(fact, NoticeOpened):
        return _open(random, fact.notice_id, _ids(statements))
    if isinstance(fact, NoticeExtended):
        steps = _steps(random, _ids(statements))
        return random.choice((Retracted(), NoticeExtended(fact.notice_id, steps)))
    if isinstance(fact, NoticeClosed):
        return NoticeClosed(fact.notice_id)
    if isinstance(fact, Retracted) or random.random() < 0.3:
        return Retracted()
    while True:
        other = _about_entry(random, fact.cpl_entry_id)
        if not isinstance(other, Retracted) and slot_of(other) == slot_of(fact):
            return other
