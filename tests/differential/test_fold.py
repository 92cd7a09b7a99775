"""What a Catalogue holds on a day, as known at an instant, is what going through the statements by hand gives."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED, Bases
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import (
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    ReleaseInformationGiven,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
)
from firmpath.pathways.fold import fold
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement
from tests.plain_engine import PlainEngine
from tests.plain_record import PlainRecord
from tests.properties.records import DAYS, MANY, records


@MANY
@given(records(), st.sampled_from(DAYS), st.data())
def test_every_entry_and_notice_is_the_plain_one(
    statements: list[Statement], day: date, data: st.DataObject
) -> None:
    instants: list[datetime | NotKnown] = [NOT_KNOWN, *(each.recorded_at for each in statements)]
    known_at = data.draw(st.sampled_from(instants))
    folded = fold(statements, day, known_at)
    plain = PlainRecord(statements, day, known_at)
    assert list(folded.entries) == plain.ids()
    for entry in folded.entries.values():
        check_entry(plain, entry)
    assert {notice.notice_id: set(notice.steps) for notice in folded.notices} == plain.notices()
    later = [
        each for each in plain.uncorrected if isinstance(each.fact, EntryPublished) and each.effective_from > day
    ]
    coming = {each: entry.listed_on for each, entry in folded.not_yet_listed.items()}
    assert coming == {
        each.fact.cpl_entry_id: each.effective_from for each in later if isinstance(each.fact, EntryPublished)
    }


def check_entry(plain: PlainRecord, entry: CPLEntry) -> None:
    at = entry.cpl_entry_id
    assert entry.listed_on == plain.listed_on(at)
    assert entry.hardware_model == plain.hardware(at)
    said = entry.base_firmware
    assert (said is NOT_PROVIDED) == plain.is_silent(at)
    assert (list(said.ids) if isinstance(said, Bases) else []) == plain.bases(at)
    assert (said is NO_PREVIOUS_VERSION) == (not plain.is_silent(at) and not plain.bases(at))
    assert bool(entry.stepping_stone) == plain.is_marked(at, SteppingStoneMarked)
    assert bool(entry.dead_end) == plain.is_marked(at, DeadEndMarked)
    standing = plain.latest(at, EntryWithdrawn, EntryReinstated)
    withdrawn = isinstance(standing, Statement) and isinstance(standing.fact, EntryWithdrawn)
    assert entry.withdrawn_on == (standing.effective_from if standing and withdrawn else NOT_KNOWN)
    assert entry.withdrawal_reason == (standing.reason if standing and withdrawn else NOT_KNOWN)
    band = plain.latest(at, ZigBeeBandDeclared)
    assert entry.zigbee_band == (band.fact[1] if isinstance(band, Statement) else NOT_KNOWN)  # type: ignore[misc]
    held: object
    kind: type[Fact]
    for held, kind in (
        (entry.certificates, CertificatesRecorded),
        (entry.release_information, ReleaseInformationGiven),
    ):
        fields = plain.stated(at, kind)
        assert held == (kind(**fields) if fields else NOT_KNOWN)  # type: ignore[arg-type]
    latest = plain.latest(at, EntryPublished)
    assert entry.published == (latest.fact if isinstance(latest, Statement) else NOT_KNOWN)


@MANY
@given(records(), st.sampled_from(DAYS), st.frozensets(st.sampled_from(["N1", "N2"])))
def test_open_and_barred_upgrades_are_the_plain_ones(
    statements: list[Statement], day: date, accepted: frozenset[str]
) -> None:
    folded, plain = fold(statements, day), PlainEngine(statements, day, accepted)
    declared, open_steps = set(), set()
    for family in folded.families:
        upgrades = folded.upgrades(family, accepted)
        declared |= {(from_id, to_id) for from_id, to_ids in upgrades.declared.items() for to_id in to_ids}
        open_steps |= {(from_id, to_id) for from_id, to_ids in upgrades.open.items() for to_id in to_ids}
        for step, bars in upgrades.bars.items():
            assert {tuple(map(str, bar)) for bar in bars} == {tuple(map(str, bar)) for bar in plain.bars(*step)}
    assert declared == plain.declared
    assert open_steps == plain.open
