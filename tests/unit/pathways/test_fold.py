"""What a Catalogue holds on a day, and what it held as it was known then."""

from datetime import UTC, date, datetime, timedelta

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED, Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
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
)
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Statement
from tests.notation import ON, RECORDED_AT, catalogue, statements

ONE, TWO, THREE = map(CPLEntryID, (1, 2, 3))


class Growing:
    """A record that grows: three silent entries, then one statement a day, each recorded a day after the last."""

    def __init__(self) -> None:
        self.said = statements("1 ? ; 2 ? ; 3 ?")

    def say(self, fact: Fact, effective_from: str, corrects: int = 0, reason: str = "so") -> int:
        recorded_at = self.said[-1].recorded_at + timedelta(days=1)
        number = len(self.said) + 1
        day = date.fromisoformat(effective_from)
        last = self.said[-1]._replace(number=number, recorded_at=recorded_at, effective_from=day)
        self.said.append(last._replace(fact=fact, reason=reason, corrects=corrects or NOT_KNOWN))
        return number

    def on(self, day: str, known: int = 0) -> Catalogue:
        known_at = self.said[known - 1].recorded_at if known else NOT_KNOWN
        return fold(self.said, date.fromisoformat(day), known_at)


def bases(*ids: CPLEntryID) -> BaseFirmwareDeclared:
    return BaseFirmwareDeclared(THREE, Bases(ids))


def opened(*steps: tuple[CPLEntryID, CPLEntryID]) -> NoticeOpened:
    return NoticeOpened("N1", "Meters stop", "do not", tuple(NoticeStep(*step) for step in steps))


def test_an_entry_is_listed_from_its_day_on() -> None:
    record = statements("1 listed=2026-06-01")
    before = fold(record, date(2026, 5, 31))
    assert len(before) == 0
    assert before.not_yet_listed[ONE].listed_on == date(2026, 6, 1)
    on_the_day = fold(record, date(2026, 6, 1))
    assert list(on_the_day.entries) == [1]
    assert on_the_day.not_yet_listed == {}


def test_the_statement_in_effect_later_wins_though_recorded_earlier() -> None:
    record = Growing()
    record.say(bases(ONE), "2026-03-01")
    record.say(bases(TWO), "2026-02-01")
    assert record.on("2026-02-15")[THREE].base_firmware == Bases((TWO,))
    assert record.on("2026-03-01")[THREE].base_firmware == Bases((ONE,))


def test_of_two_in_effect_on_one_day_the_one_recorded_later_wins() -> None:
    record = Growing()
    record.say(bases(ONE), "2026-03-01", reason="first")
    record.say(BaseFirmwareDeclared(THREE, NO_PREVIOUS_VERSION), "2026-03-01", reason="second")
    entry = record.on("2026-03-01")[THREE]
    assert entry.base_firmware is NO_PREVIOUS_VERSION
    assert entry.base_firmware_reason == "second"


def test_a_correction_counts_from_when_it_is_recorded_whatever_the_day_asked_about() -> None:
    record = Growing()
    first = record.say(bases(ONE), "2026-02-01")
    correction = record.say(bases(TWO), "2026-02-01", corrects=first)
    assert record.on("2026-02-01", known=first)[THREE].base_firmware == Bases((ONE,))
    assert record.on("2026-02-01", known=correction)[THREE].base_firmware == Bases((TWO,))
    assert record.on("2026-02-01")[THREE].base_firmware == Bases((TWO,))


def test_a_correction_in_effect_later_leaves_nothing_in_between() -> None:
    record = Growing()
    first = record.say(bases(ONE), "2026-02-01")
    record.say(bases(TWO), "2026-04-01", corrects=first)
    assert record.on("2026-03-01")[THREE].base_firmware is NOT_PROVIDED
    assert record.on("2026-04-01")[THREE].base_firmware == Bases((TWO,))


def test_a_retraction_brings_back_what_stood_before() -> None:
    record = Growing()
    record.say(bases(ONE), "2026-02-01")
    second = record.say(bases(TWO), "2026-03-01")
    record.say(Retracted(), "2026-03-01", corrects=second)
    assert record.on("2026-04-01")[THREE].base_firmware == Bases((ONE,))
    assert record.on("2026-04-01", known=second)[THREE].base_firmware == Bases((TWO,))


def test_withdrawn_and_reinstated() -> None:
    record = Growing()
    record.say(EntryWithdrawn(ONE), "2026-02-01", reason="unsafe")
    record.say(EntryReinstated(ONE), "2026-03-01")
    record.say(EntryWithdrawn(ONE), "2026-04-01", reason="unsafe again")
    assert record.on("2026-01-31")[ONE].withdrawn_on is NOT_KNOWN
    assert record.on("2026-02-28")[ONE].withdrawn_on == date(2026, 2, 1)
    assert record.on("2026-02-28")[ONE].withdrawal_reason == "unsafe"
    assert record.on("2026-03-01")[ONE].withdrawn_on is NOT_KNOWN
    assert record.on("2026-03-01")[ONE].withdrawal_reason is NOT_KNOWN
    assert record.on("2026-04-01")[ONE].withdrawal_reason == "unsafe again"


def test_an_entry_can_bear_both_marks_and_both_are_removed() -> None:
    record = Growing()
    stone, dead_end = SteppingStoneMarked(ONE, "it says so"), DeadEndMarked(ONE, "nothing after")
    record.say(stone, "2026-02-01")
    record.say(dead_end, "2026-03-01")
    record.say(MarkRemoved(ONE), "2026-04-01")
    record.say(dead_end, "2026-05-01")
    marks = {
        day: (record.on(day)[ONE].stepping_stone, record.on(day)[ONE].dead_end)
        for day in ("2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01")
    }
    assert marks == {
        "2026-02-01": (stone, NOT_KNOWN),
        "2026-03-01": (stone, dead_end),
        "2026-04-01": (NOT_KNOWN, NOT_KNOWN),
        "2026-05-01": (NOT_KNOWN, dead_end),
    }


def test_what_a_later_statement_leaves_out_stays_as_it_was_stated() -> None:
    record = Growing()
    ends = date(2026, 12, 31)
    record.say(CertificatesRecorded(ONE, "CPA-1", ends), "2026-02-01")
    record.say(CertificatesRecorded(ONE, zigbee_certificate="ZIG-1"), "2026-03-01")
    record.say(CertificatesRecorded(ONE, "CPA-0", date(2025, 1, 1), "ZIG-0"), "2026-01-01")
    record.say(ReleaseInformationGiven(ONE, "https://example.org/notes", "a@b.example"), "2026-02-01")
    record.say(ReleaseInformationGiven(ONE, contact="c@d.example"), "2026-02-01")
    assert record.on("2026-01-31")[ONE].certificates == CertificatesRecorded(
        ONE, "CPA-0", date(2025, 1, 1), "ZIG-0"
    )
    assert record.on("2026-02-01")[ONE].certificates == CertificatesRecorded(ONE, "CPA-1", ends, "ZIG-0")
    entry = record.on("2026-03-01")[ONE]
    assert entry.certificates == CertificatesRecorded(ONE, "CPA-1", ends, "ZIG-1")
    assert entry.release_information == ReleaseInformationGiven(ONE, "https://example.org/notes", "c@d.example")


def test_a_field_of_a_retracted_statement_is_as_it_was_before() -> None:
    record = Growing()
    record.say(CertificatesRecorded(ONE, "CPA-1", date(2026, 12, 31)), "2026-02-01")
    wrong = record.say(CertificatesRecorded(ONE, cpa_valid_until=date(2027, 12, 31)), "2026-02-02")
    record.say(Retracted(), "2026-02-02", corrects=wrong)
    assert record.on("2026-03-01")[ONE].cpa_valid_until == date(2026, 12, 31)


def test_a_notice_is_opened_extended_closed_and_opened_again() -> None:
    record = Growing()
    record.say(opened((ONE, TWO)), "2026-02-01")
    record.say(NoticeExtended("N1", (NoticeStep(TWO, ANY_ENTRY),)), "2026-03-01")
    record.say(NoticeClosed("N1"), "2026-04-01")
    record.say(opened((ONE, THREE)), "2026-05-01")
    assert record.on("2026-01-31").notices == ()
    (notice,) = record.on("2026-02-01").notices
    assert (notice.notice_id, notice.opened_on) == ("N1", date(2026, 2, 1))
    assert (notice.covers(ONE, TWO), notice.covers(TWO, THREE)) == (True, False)
    (extended,) = record.on("2026-03-01").notices
    assert (extended.covers(ONE, TWO), extended.covers(TWO, THREE)) == (True, True)
    assert record.on("2026-04-01").notices == ()
    (again,) = record.on("2026-05-01").notices
    assert (again.covers(ONE, THREE), again.covers(ONE, TWO)) == (True, False)


def test_an_extension_in_effect_before_its_notice_is_not_lost_without_a_word() -> None:
    """Dated a day too early, it counts as soon as the notice is open: else an upgrade would be offered."""
    record = Growing()
    record.say(opened((ONE, TWO)), "2026-02-02")
    record.say(NoticeExtended("N1", (NoticeStep(ONE, THREE),)), "2026-02-01")
    (notice,) = record.on("2026-03-01").notices
    assert notice.covers(ONE, THREE)


def test_statements_are_known_from_the_very_second_of_their_recording() -> None:
    record = statements("1")
    assert len(fold(record, ON, RECORDED_AT)) == 1
    assert len(fold(record, ON, RECORDED_AT - timedelta(seconds=1))) == 0


def test_no_statement_gives_an_empty_catalogue() -> None:
    assert fold([], ON) == catalogue("")
    assert fold(iter(()), ON, datetime(2026, 1, 1, tzinfo=UTC)).notices == ()


def test_a_catalogue_knows_who_is_responsible() -> None:
    entry = catalogue("1")[ONE]
    assert entry.responsible_party == "Brackenfell Metering"
    assert isinstance(statements("1")[0], Statement)
