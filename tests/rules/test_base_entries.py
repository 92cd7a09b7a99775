"""R30 to R37: whether the entries named as base firmware can be meant."""

import pytest

from firmpath.pathways.rules import Severity
from tests.rules.findings import on_record, submitted

_TO_SAY_WHY = "; say why, or correct the base firmware"
_WHY = ". The reason given: tested on 40 Devices"


def test_r30_base_entries_exist() -> None:
    text = (
        'CPL entry 2 (firmware 00000002, "v2") names CPL entry 7 as base, which is not on the CPL; '
        "correct the CPL Entry ID, or take it out"
    )
    expected = [(Severity.REFUSE, 2, text)]
    assert on_record("R30", "1, 7 <- 2", missing=7) == submitted("R30", 2, "1, 7 <- 2", missing=7) == expected
    for kept in ("1, 7 <- 2", "1, 7 <- 2 ; 7 withdrawn", "1 ; 2 ?", "1 ; 2 N/A"):
        assert on_record("R30", kept) == submitted("R30", 2, kept) == []


def test_base_that_is_listed_later_has_its_date_said() -> None:
    text = (
        'CPL entry 2 (firmware 00000002, "v2") names CPL entry 7 as base, '
        "which is not listed before 1 January 2027; correct the CPL Entry ID, or take it out"
    )
    assert on_record("R30", "1, 7 <- 2 ; 7 listed=2027-01-01") == [(Severity.REFUSE, 2, text)]


def test_reason_makes_no_refusal_good() -> None:
    (said,) = submitted("R30", 2, "7 <- 2 ; 2 reason=tested on 40 Devices", missing=7)
    assert said.severity is Severity.REFUSE


def test_r31_base_is_not_the_entry_itself() -> None:
    text = 'CPL entry 2 (firmware 00000002, "v2") names itself as base; take it out of the list'
    itself = "1, 2 <- 2"
    assert on_record("R31", itself) == submitted("R31", 2, itself) == [(Severity.REFUSE, 2, text)]
    assert on_record("R31", "1 <- 2") == submitted("R31", 2, "1 <- 2") == []


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("type=GSME", "GSME F001/00050203"),
        ("maker=F002", "ESME F002/00050203"),
        ("model=0007", "ESME F001/00070203"),
        ("hw=09", "ESME F001/00050903"),
    ],
)
def test_r32_bases_share_hardware(other: str, named: str) -> None:
    foreign = f"1 <- 2 ; 1 {other}"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") is for ESME F001/00050203, but its base '
        f'CPL entry 1 (firmware 00000001, "v1") is for {named}; correct the base firmware'
    )
    assert on_record("R32", foreign) == submitted("R32", 2, foreign) == [(Severity.REFUSE, 2, text)]
    for kept in ("1 <- 2", "1 <- 2 ; 1 rev=04"):
        assert on_record("R32", kept) == submitted("R32", 2, kept) == []


def test_r33_bases_share_hardware_revision() -> None:
    revised = "1 <- 2 ; 1 rev=04"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") is for hardware revision 03, but its base '
        'CPL entry 1 (firmware 00000001, "v1") is for revision 04'
    )
    expected = [(Severity.NEEDS_REASON, 2, text + _TO_SAY_WHY)]
    assert on_record("R33", revised) == submitted("R33", 2, revised) == expected
    reasoned = f"{revised} ; 2 reason=tested on 40 Devices"
    assert on_record("R33", reasoned) == submitted("R33", 2, reasoned) == [(Severity.NOTE, 2, text + _WHY)]
    for kept in ("1 <- 2", "1 <- 2 ; 1 rev=04 ; 2 rev=04", "1 <- 2 ; 1 rev=04 model=0007"):  # the last is for R32
        assert on_record("R33", kept) == submitted("R33", 2, kept) == []


def test_reason_given_for_another_entry_does_not_count() -> None:
    (said,) = submitted("R33", 2, "1 <- 2 ; 1 rev=04 ; 1 reason=tested on 40 Devices")
    assert said.severity is Severity.NEEDS_REASON


def test_r34_not_all_bases_withdrawn() -> None:
    gone = "1, 2 <- 3 ; 1 withdrawn ; 2 withdrawn"
    text = (
        'All base firmware of CPL entry 3 (firmware 00000003, "v3") has been withdrawn: '
        "1 (00000001) and 2 (00000002)"
    )
    expected = [(Severity.NEEDS_REASON, 3, text + _TO_SAY_WHY)]
    assert on_record("R34", gone) == submitted("R34", 3, gone) == expected
    reasoned = f"{gone} ; 3 reason=tested on 40 Devices"
    assert on_record("R34", reasoned) == submitted("R34", 3, reasoned) == [(Severity.NOTE, 3, text + _WHY)]
    for kept in (
        "1, 2 <- 3 ; 1 withdrawn",
        "1, 2 <- 3 ; 1 withdrawn ; 2 withdrawn=2027-01-01",
        "1 withdrawn ; 3 N/A",
    ):
        assert on_record("R34", kept) == submitted("R34", 3, kept) == []


def test_entry_that_names_itself_is_no_base_that_is_still_listed() -> None:
    (said,) = on_record("R34", "1, 2 <- 2 ; 1 withdrawn")
    assert "has been withdrawn: 1 (00000001);" in said.text


def test_r35_bases_listed_earlier() -> None:
    backwards = "3 <- 2"
    text = (
        'CPL entry 2 (firmware 00000002, "v2") was listed on 3 January 2020, before its base '
        'CPL entry 3 (firmware 00000003, "v3"), listed on 4 January 2020: probably a downgrade'
    )
    expected = [(Severity.NEEDS_REASON, 2, text + _TO_SAY_WHY)]
    assert on_record("R35", backwards) == submitted("R35", 2, backwards) == expected
    reasoned = "3 <- 2 ; 2 reason=tested on 40 Devices"
    assert on_record("R35", reasoned) == submitted("R35", 2, reasoned) == [(Severity.NOTE, 2, text + _WHY)]
    # Neither the same day nor a lower version is a downgrade: a version has no order.
    for kept in ("2 <- 3", "3 <- 2 ; 3 listed=2020-01-03", "1 <- 2 ; 1 version=FFFFFFFF"):
        assert on_record("R35", kept) == submitted("R35", 2, kept) == []


def test_r36_no_previous_version_is_true() -> None:
    later = "1 <- 2 ; 3 N/A"
    text = (
        'CPL entry 3 (firmware 00000003, "v3") has N/A as base firmware, but F001/00050203 has earlier entries: '
        "1 (00000001) and 2 (00000002)"
    )
    remedy = "; name those that it can be applied to, or say why there are none"
    expected = [(Severity.NEEDS_REASON, 3, text + remedy)]
    assert on_record("R36", later) == submitted("R36", 3, later) == expected
    reasoned = f"{later} ; 3 reason=tested on 40 Devices"
    assert on_record("R36", reasoned) == submitted("R36", 3, reasoned) == [(Severity.NOTE, 3, text + _WHY)]
    for kept in (
        "1 <- 2 <- 3",
        "1 <- 2 ; 3 ?",
        "3 N/A",
        "1 <- 2 ; 3 N/A ; 3 rev=04",
        "1 <- 2 ; 3 N/A ; 3 type=PPMID",
    ):
        assert on_record("R36", kept) == submitted("R36", 3, kept) == []


def test_na_on_entries_of_one_day_is_believed() -> None:
    assert on_record("R36", "1 listed=2024-05-01 ; 2 listed=2024-05-01") == []


def test_na_beside_an_earlier_withdrawn_entry_needs_a_reason() -> None:
    (said,) = on_record("R36", "1 withdrawn ; 2 N/A")
    assert "has earlier entries: 1 (00000001);" in said.text


def test_r37_base_list_names_all_twins() -> None:
    one_of_two = "1 <- 3 ; 1 version=0002012F ; 2 version=0002012F"
    text = (
        'CPL entry 3 (firmware 00000003, "v3") names 1 (0002012F) as base, but not 2 (0002012F), '
        "which has the same firmware version"
    )
    expected = [(Severity.NEEDS_REASON, 3, text + _TO_SAY_WHY)]
    assert on_record("R37", one_of_two) == submitted("R37", 3, one_of_two) == expected
    reasoned = f"{one_of_two} ; 3 reason=tested on 40 Devices"
    assert on_record("R37", reasoned) == submitted("R37", 3, reasoned) == [(Severity.NOTE, 3, text + _WHY)]
    twins = "1 version=0002012F ; 2 version=0002012F"
    for kept in (f"1, 2 <- 3 ; {twins}", f"3 N/A ; {twins}", "1 <- 3 ; 2"):
        assert on_record("R37", kept) == submitted("R37", 3, kept) == []


@pytest.mark.parametrize("other", ["type=PPMID", "maker=F002", "model=0007", "hw=09", "rev=04"])
def test_same_version_of_other_hardware_is_no_twin(other: str) -> None:
    alike = f"1 <- 3 ; 1 version=0002012F ; 2 version=0002012F {other}"
    assert on_record("R37", alike) == on_record("R40", alike) == []


def test_entry_need_not_name_itself_as_the_twin_of_its_base() -> None:
    assert on_record("R37", "1 <- 2 ; 1 version=0002012F ; 2 version=0002012F") == []


def test_every_twin_that_is_not_named_is_listed() -> None:
    same = "version=0002012F"
    (said,) = on_record("R37", f"1 <- 9 ; 1 {same} ; 2 {same} withdrawn ; 3 {same}")
    assert "but not 2 (0002012F) and 3 (0002012F), which have the same firmware version;" in said.text
