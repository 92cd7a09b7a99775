"""A catalogue in a test is one line: `catalogue("1 <- 2 <- 3 ; 4 ? ; 5 N/A")`.

Parts stand between semicolons:

    1 <- 2 <- 3         2 can be applied to 1, and 3 to 2
    1, 2 <- 3           3 can be applied to 1 and to 2
    4 ?                 nobody has said what 4 can be applied to
    5 N/A               5 has no previous version; so has every entry of which nothing else is said
    3 withdrawn         also `withdrawn=2024-05-01`; else on 2025-01-01
    3 stone / 3 dead-end            marked so, for the reason "it says so"
    3 listed=2020-01-01             else on day 1 January 2020 + id
    3 model=0007 / hw=02 / rev=04 / maker=F002 / type=GSME / version=0002012F / hash=AB…
    3 cpa=2024-12-31    the last day of its CPA certificate
    3 band=Dual Band    the ZigBee band, to the end of the part
    3 reason=tested     why its base firmware was declared so, to the end of the part
    3 contact=a@b.example           whom to ask
    3 notes=charge-first            what the manufacturer writes about it
    notice N1: 1 -> 3, any -> 4     an open notice on these steps
"""

import itertools
import re
from datetime import UTC, date, datetime, timedelta

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceModel, HardwareModel, parse_device_type
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    EntryWithdrawn,
    Fact,
    NoticeOpened,
    NoticeStep,
    ReleaseInformationGiven,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
)
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerID, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import parse_zigbee_band

ON: date = date(2026, 6, 1)
"""The day that tests ask about, unless they say otherwise."""

RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
_DEFAULTS = {"type": "ESME", "maker": "F001", "model": "0005", "hw": "02", "rev": "03"}
_LONG = ("band", "reason", "contact")


def catalogue(text: str, on: date = ON) -> Catalogue:
    """Give the Catalogue that the notation describes, as at a day."""
    return fold(statements(text), on)


def statements(text: str) -> list[Statement]:
    """Give the statements that the notation describes, recorded on 1 January 2026."""
    entries: dict[int, dict[str, str]] = {}
    bases: dict[int, set[int]] = {}
    notices: list[tuple[str, str]] = []
    for part in filter(None, map(str.strip, text.split(";"))):
        if part.startswith("notice "):
            name, _, steps = part.removeprefix("notice ").partition(":")
            notices.append((name.strip(), steps))
        elif "<-" in part:
            _read_chain(part, entries, bases)
        else:
            number, _, words = part.partition(" ")
            entries.setdefault(int(number), {}).update(_read_words(words))
    facts = [each for number in sorted(entries) for each in _facts(number, entries[number], bases.get(number))]
    facts += [(date(2025, 6, 1), _notice(name, steps), "") for name, steps in notices]
    return [
        Statement(at, RECORDED_AT, on, "Brackenfell Metering", Channel.IMPORT, fact, reason=reason or NOT_KNOWN)
        for at, (on, fact, reason) in enumerate(facts, 1)
    ]


def _read_chain(part: str, entries: dict[int, dict[str, str]], bases: dict[int, set[int]]) -> None:
    links = [[int(number) for number in link.split(",")] for link in part.split("<-")]
    for before, after in itertools.pairwise(links):
        for number in after:
            bases.setdefault(number, set()).update(before)
    for number in (number for link in links for number in link):
        entries.setdefault(number, {})


def _read_words(words: str) -> dict[str, str]:
    for word in _LONG:
        if words.startswith(f"{word}="):
            return {word: words.removeprefix(f"{word}=")}
    return dict(word.split("=", 1) if "=" in word else (word, "yes") for word in words.split())  # type: ignore[misc]


def _facts(number: int, words: dict[str, str], bases: set[int] | None) -> list[tuple[date, Fact, str]]:
    get = {**_DEFAULTS, **words}.get
    entry = CPLEntryID(number)
    listed_on = date.fromisoformat(get("listed") or str(date(2020, 1, 1) + timedelta(days=number)))
    hardware = HardwareModel(
        parse_device_type(get("type", "").replace("_", " ")),
        ManufacturerID(get("maker", "")),
        get("model", ""),
        get("hw", ""),
        get("rev", ""),
    )
    model = DeviceModel(hardware, FirmwareVersion(get("version") or f"{number:08X}"))
    image_hash = ManufacturerImageHash((get("hash") or f"{number:X}").rjust(64, "0"))
    facts: list[Fact] = [EntryPublished(entry, model, image_hash, "Brackenfell Metering", f"v{number}")]
    if cpa := get("cpa"):
        facts.append(CertificatesRecorded(entry, "CPA-1", date.fromisoformat(cpa)))
    if band := get("band"):
        facts.append(ZigBeeBandDeclared(entry, parse_zigbee_band(band)))
    if "?" not in words:
        declared = Bases(tuple(map(CPLEntryID, sorted(bases)))) if bases else NO_PREVIOUS_VERSION
        facts.append(BaseFirmwareDeclared(entry, declared))
    if get("contact") or get("notes"):
        told = {each: words.get(each, NOT_KNOWN) for each in ("contact", "notes")}
        facts.append(ReleaseInformationGiven(entry, **told))
    if "stone" in words:
        facts.append(SteppingStoneMarked(entry, "it says so"))
    if "dead-end" in words:
        facts.append(DeadEndMarked(entry, "it says so"))
    dated: list[tuple[date, Fact, str]] = [(listed_on, fact, get("reason") or "") for fact in facts]
    if withdrawn := get("withdrawn"):
        day = "2025-01-01" if withdrawn == "yes" else withdrawn
        dated.append((date.fromisoformat(day), EntryWithdrawn(entry), "superseded"))
    return dated


def _notice(name: str, steps: str) -> NoticeOpened:
    ends = [re.split(r"\s*->\s*", pair.strip()) for pair in steps.split(",")]
    covered = tuple(NoticeStep(_end(from_id), _end(to_id)) for from_id, to_id in ends)
    return NoticeOpened(name, f"Notice {name}", "do not do it yet", covered)


def _end(text: str) -> CPLEntryID:
    return ANY_ENTRY if text == "any" else CPLEntryID(int(text))  # type: ignore[return-value]
