"""R40 to R47: what can be seen only in several entries together."""

import pytest

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.rules import Severity
from tests.notation import catalogue
from tests.rules.findings import on_record, submitted

_TWINS = "1 version=0002012F ; 2 version=0002012F"


def test_r40_twins() -> None:
    text = (
        "Firmware version 0002012F of F001/00050203 is on the CPL 2 times, with 2 different hashes "
        "(CPL entries 1 and 2); refer to these by CPL Entry ID or hash"
    )
    assert on_record("R40", _TWINS) == [(Severity.NOTE, 1, text)]
    assert submitted("R40", 2, _TWINS) == [(Severity.NOTE, 2, text)]
    assert on_record("R40", "1 ; 2") == submitted("R40", 2, "1 ; 2") == []


def test_same_version_with_the_same_hash_is_told_apart_by_id_alone() -> None:
    (said,) = on_record("R40", f"{_TWINS} ; 2 hash=1")
    assert said.text.endswith("2 times, with the same hash (CPL entries 1 and 2); refer to these by CPL Entry ID")
    (said,) = on_record("R40", f"{_TWINS} ; 2 hash=1 ; 5 version=0002012F")
    assert said.text.endswith(
        "3 times, with 2 different hashes (CPL entries 1, 2 and 5); refer to these by CPL Entry ID"
    )


def test_r41_hash_shared() -> None:
    shared = "1 hash=AB12 ; 2 hash=AB12 type=PPMID"
    text = (
        "Manufacturer Image hash 00000000… is on the CPL 2 times: 1 (00000001) and 2 (00000002); "
        "refer to these by CPL Entry ID"
    )
    assert on_record("R41", shared) == [(Severity.NOTE, 1, text)]
    assert submitted("R41", 2, shared) == [(Severity.NOTE, 2, text)]
    assert on_record("R41", "1 ; 2 type=PPMID") == submitted("R41", 2, "1 ; 2 type=PPMID") == []


def test_hash_shared_by_very_many_names_a_few_and_counts_the_rest() -> None:
    (said,) = on_record("R41", " ; ".join(f"{cpl_entry_id} hash=1" for cpl_entry_id in range(1, 10)))
    assert "is on the CPL 9 times: 1 (00000001), 2 (00000002), " in said.text
    assert "5 (00000005) and 6 (00000006), and 3 more; refer" in said.text
    (said,) = on_record("R41", " ; ".join(f"{cpl_entry_id} hash=1" for cpl_entry_id in range(1, 7)))
    assert "5 (00000005) and 6 (00000006); refer" in said.text


def test_r42_cycles() -> None:
    circle = "1 <- 2 <- 1"
    text = "Upgrades lead round in a circle: 1 (00000001) → 2 (00000002) → 1 (00000001)"
    remedy = "; correct the base firmware of one of these entries, or say why"
    expected = [(Severity.NEEDS_REASON, 1, text + remedy)]
    assert on_record("R42", circle) == submitted("R42", 2, circle) == expected
    reasoned = f"{circle} ; 1 reason=goes back for a test bench"
    why = ". The reason given for 1 (00000001): goes back for a test bench"
    assert on_record("R42", reasoned) == submitted("R42", 2, reasoned) == [(Severity.NOTE, 1, text + why)]
    for kept in ("1 <- 2 <- 3 ; 1 <- 3", "1 <- 1"):  # the last is for R31
        assert on_record("R42", kept) == submitted("R42", 1, kept) == []


def test_cycle_of_three_is_printed_whole() -> None:
    (said,) = on_record("R42", "5 <- 7 <- 6 <- 5")
    assert "circle: 5 (00000005) → 7 (00000007) → 6 (00000006) → 5 (00000005);" in said.text


def test_two_cycles_are_two_findings() -> None:
    found = on_record("R42", "1 <- 2 <- 1 ; 2 <- 3 <- 4 <- 3 ; 8 <- 9 <- 8 ; 8 type=GSME ; 9 type=GSME")
    assert [said.cpl_entry_id for said in found] == [1, 3, 8]


def test_cycles_that_hang_together_are_one_finding_with_the_shortest() -> None:
    (said,) = on_record("R42", "1 <- 2 <- 3 <- 1 ; 3 <- 4 <- 1")
    assert "circle: 1 (00000001) → 2 (00000002) → 3 (00000003) → 1 (00000001);" in said.text


def test_reason_with_any_upgrade_of_a_cycle_counts() -> None:
    (said,) = on_record("R42", "1 <- 3 <- 2 <- 1 ; 2 reason=theirs ; 3 reason=ours")
    assert said.severity is Severity.NOTE
    assert said.text.endswith(" → 1 (00000001). The reason given for 3 (00000003): ours; for 2 (00000002): theirs")


def test_r43_stranded() -> None:
    alone = "1 <- 3 ; 2 N/A"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") has no pathway to the newest, 3 (00000003); '
        "ask for the pathway to 3, and the answer says what is missing"
    )
    assert on_record("R43", alone) == submitted("R43", 3, alone) == [(Severity.NOTE, 2, text)]
    assert on_record("R43", "1, 2 <- 3") == submitted("R43", 3, "1, 2 <- 3") == []


@pytest.mark.parametrize(
    ("text", "stranded"),
    [
        ("1 <- 2 <- 3 ; 2 withdrawn", [1]),  # no way into a withdrawn entry, but a way out of it
        ("1 <- 2 <- 3 ; 3 withdrawn", [3]),  # 2 is the newest that Devices may be taken to
        ("1 <- 2 <- 3 ; 3 cpa=2024-12-31", [3]),
        ("1 <- 2 <- 3 ; 3 dead-end", [3]),  # nor is a dead end what Devices should be brought to
        ("1 <- 2 ; 1 withdrawn ; 2 withdrawn", []),  # there is no newest
        ("1 <- 2 <- 3 ; notice N1: 2 -> 3", [1, 2]),
        ("1 <- 2 <- 3 ; 4 rev=04", []),  # each HardwareModel has a newest of its own
        ("1 <- 2 ; 1 <- 3 ; 2 listed=2024-05-01 ; 3 listed=2024-05-01", []),  # either of two newest will do
    ],
)
def test_stranded_entries_in(text: str, stranded: list[int]) -> None:
    assert [said.cpl_entry_id for said in on_record("R43", text)] == stranded


def test_r44_several_newest() -> None:
    two = "1 <- 2 ; 1 <- 3 ; 2 listed=2024-05-01 ; 3 listed=2024-05-01"
    text = (
        "F001/00050203 has 2 newest entries, listed on one day: 2 (00000002) and 3 (00000003); "
        "name the entry that is wanted, not 'newest'"
    )
    assert on_record("R44", two) == submitted("R44", 3, two) == [(Severity.NOTE, 2, text)]
    for kept in ("1 <- 2 <- 3", f"{two} ; 3 withdrawn", f"{two} ; 3 rev=04", f"{two} ; 3 type=GSME"):
        assert on_record("R44", kept) == submitted("R44", 2, kept) == []


def test_several_newest_are_said_for_each_hardware_revision() -> None:
    same_day = [f"{cpl_entry_id} listed=2024-05-01" for cpl_entry_id in range(1, 6)]
    found = on_record("R44", " ; ".join([*same_day, "4 rev=04", "5 rev=04"]))
    assert [said.text.partition(",")[0] for said in found] == [
        "F001/00050203 has 3 newest entries",
        "F001/00050204 has 2 newest entries",
    ]


def test_r45_stepping_stones_hold() -> None:
    past = "1 <- 2 <- 3 ; 1 <- 3 ; 2 stone"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") is marked as a stepping stone, but declared upgrades lead around '
        "it: 1 (00000001) → 3 (00000003); correct the mark, or the base firmware of 3 (00000003)"
    )
    assert on_record("R45", past) == submitted("R45", 3, past) == [(Severity.REFUSE, 2, text)]
    for kept in ("1 <- 2 <- 3 ; 2 stone", "1 <- 2 <- 3 ; 1 <- 3", "1 <- 2 ; 1 <- 3 ; 2 stone", "1 <- 3 ; 2 stone"):
        assert on_record("R45", kept) == submitted("R45", 3, kept) == []


def test_way_of_several_steps_around_a_stone_is_printed_whole() -> None:
    around = "1 <- 5 <- 9 ; 1 <- 2 <- 3 <- 9 ; 5 stone"
    (said,) = on_record("R45", around)
    ways = said.text.partition("around it: ")[2]
    assert ways == "1 (00000001) → 2 (00000002) → 3 (00000003) → 9 (00000009); " + (
        "correct the mark, or the base firmware of 9 (00000009)"
    )
    whole = catalogue(around)
    barred = whole.upgrades(whole.family_of(CPLEntryID(9))).bars
    assert list(barred) == [(3, 9)]  # the step that leads past it, as the rule says


def test_three_ways_around_a_stone_are_printed_and_the_others_counted() -> None:
    (said,) = on_record("R45", "1, 2, 3, 4 <- 5 <- 8, 9 ; 1, 2, 3, 4 <- 9 ; 3 <- 8 ; 5 stone")
    ways = said.text.partition("around it: ")[2]
    assert ways == (
        "1 (00000001) → 9 (00000009), 2 (00000002) → 9 (00000009), 3 (00000003) → 8 (00000008) and 2 more; "
        "correct the mark, or the base firmware of 8 (00000008) and 9 (00000009)"
    )


def test_ways_around_a_stone_are_in_order_of_the_ids() -> None:
    (said,) = on_record("R45", "7, 8 <- 12 <- 15, 16 ; 7, 8 <- 15 ; 8 <- 16 ; 12 stone")
    assert said.text.endswith(
        "7 (00000007) → 15 (0000000F), 8 (00000008) → 15 (0000000F), 8 (00000008) → 16 (00000010); "
        "correct the mark, or the base firmware of 15 (0000000F) and 16 (00000010)"
    )


def test_shortest_way_around_a_stone_is_printed() -> None:
    (said,) = on_record("R45", "1 <- 5 <- 9 ; 1 <- 2 <- 3 <- 9 ; 1 <- 3 ; 3 <- 2 ; 5 stone")
    assert "lead around it: 1 (00000001) → 3 (00000003) → 9 (00000009); " in said.text


def test_stone_on_a_cycle_comes_after_what_was_listed_before_it() -> None:
    assert on_record("R45", "1 <- 2 <- 1 ; 3 <- 1 ; 2 stone") == []
    (said,) = on_record("R45", "1 <- 2 <- 3 ; 1 <- 3 ; 3 <- 1 ; 2 stone")
    assert "1 (00000001) → 3 (00000003)" in said.text


def test_mark_of_a_withdrawn_stone_still_has_to_agree() -> None:
    (said,) = on_record("R45", "1 <- 2 <- 3 ; 1 <- 3 ; 2 stone withdrawn")
    assert said.cpl_entry_id == 2


def test_r46_dead_ends_hold() -> None:
    out = "1 <- 2 <- 3, 4 ; 2 dead-end"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") is marked as a dead end, but is named as base by '
        "3 (00000003) and 4 (00000004); correct the mark, or the base firmware of 3 (00000003) and 4 (00000004)"
    )
    assert on_record("R46", out) == submitted("R46", 3, out) == [(Severity.REFUSE, 2, text)]
    for kept in ("1 <- 2 ; 2 dead-end", "1 <- 2 <- 3"):
        assert on_record("R46", kept) == submitted("R46", 2, kept) == []


def test_withdrawn_dead_end_still_has_to_agree() -> None:
    (said,) = on_record("R46", "1 <- 2 ; 1 dead-end withdrawn")
    assert said.text.startswith('CPL entry 1 (firmware 00000001, "v1") is marked as a dead end')


def test_r47_certificate_in_force() -> None:
    ended = "1 cpa=2026-05-31"
    text = (
        'The CPA certificate of CPL entry 1 (firmware 00000001, "v1") ended on 31 May 2026; '
        "record the new date if it was renewed, or withdraw the entry"
    )
    assert on_record("R47", ended) == submitted("R47", 1, ended) == [(Severity.NOTE, 1, text)]
    # On its last day, which is the day asked about, a certificate is in force.
    for kept in ("1 cpa=2026-06-01", "1", "1 cpa=2026-05-31 withdrawn"):
        assert on_record("R47", kept) == submitted("R47", 1, kept) == []
