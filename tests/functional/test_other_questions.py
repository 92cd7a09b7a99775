"""`next`, `why-not`, `alternatives`, `stones`, `check-sequence` and `entry`."""

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.stepping_stones import SteppingStone
from tests.functional.conftest import Firmpath
from tests.functional.test_path_in_words import ONE, THREE, TWO

TWINS = "1, 2 <- 3; 1 version=000000AA; 2 version=000000AA"


def test_next_gives_one_step_and_its_hash(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3", "next", "1", "3")
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        f"Go to {TWO}.",
        f"Manufacturer Image hash {2:064X}",
        f"After it 1 more activation to {THREE}.",
    ]


def test_next_says_when_it_is_the_last(asked: Firmpath) -> None:
    assert asked("1 <- 2", "next", "1", "2").lines[-1] == "That is the target."


def test_next_keeps_the_cautions(asked: Firmpath) -> None:
    assert asked("1 <- 2; 3 version=00000002", "next", "1", "2").lines[-2:] == [
        f"{TWO} has the same firmware version as 3 (00000002); only the hash tells them apart, and that of 2 "
        "begins with 00000000.",
        f"Nothing is declared to lead on from {TWO}. There is newer firmware, 3 (00000002), but a Device comes no "
        "farther than 2 (00000002); ask for the pathway from there, and the answer says more.",
    ]


def test_next_gives_the_whole_answer_where_there_is_no_step(asked: Firmpath) -> None:
    printed = asked("1; 2 ?", "next", "1", "2")
    assert printed == asked("1; 2 ?", "path", "1", "2")


def test_why_not_says_yes_where_there_is_a_pathway(asked: Firmpath) -> None:
    assert asked("1 <- 2", "why-not", "1", "2") == asked("1 <- 2", "path", "1", "2")


def test_why_not_says_whom_to_ask_for_what(asked: Firmpath) -> None:
    printed = asked("1 <- 2; 3 ?", "why-not", "1", "3")
    assert printed.code == ExitCode.NO
    assert printed.lines[1:] == [
        f"{THREE} has no base firmware on record, so nobody has said what it can be applied to. If that were "
        f"{TWO}, it would open a way. Ask Brackenfell Metering.",
        f"The farthest that the Device can safely go today is {TWO}.",
        "Next: ask Brackenfell Metering, and do not upgrade before the answer.",
    ]


def test_why_not_explains_each_candidate(asked: Firmpath) -> None:
    notation = "1 <- 3; 1 version=000000AA; 2 version=000000AA; 3 withdrawn"
    lines = asked(notation, "why-not", "F001/00050203@000000AA", "3").lines
    headlines = [at for at, line in enumerate(lines) if line.startswith("If it runs")]
    assert len(headlines) == 2
    assert lines[headlines[0] + 1] == "The declared way is 1 (000000AA) → 3 (00000003)."
    assert lines[headlines[1] + 1].startswith("There is nowhere that the Device can safely go today")


def test_alternatives_come_best_first(asked: Firmpath) -> None:
    notation = "1 <- 2 <- 4; 1 <- 3 <- 4; 1 <- 4"
    printed = asked(notation, "alternatives", "1", "4")
    assert printed.lines == [
        "3 pathways, best first.",
        "1. 1 activation: 1 (00000001) → 4 (00000004)",
        "2. 2 activations: 1 (00000001) → 2 (00000002) → 4 (00000004)",
        "3. 2 activations: 1 (00000001) → 3 (00000003) → 4 (00000004)",
    ]
    written = asked(notation, "alternatives", "1", "4", "--json").json
    assert (written["alternatives"], written["more"]) == ([[1, 4], [1, 2, 4], [1, 3, 4]], False)


def test_alternatives_say_that_there_are_more(asked: Firmpath) -> None:
    notation = "1 <- 2 <- 4; 1 <- 3 <- 4; 1 <- 4"
    printed = asked(notation, "alternatives", "1", "4", "--most", "1")
    assert printed.lines[0] == "The best pathway."
    assert printed.lines[-1] == "There are more; --most 10 shows up to that many."
    assert asked(notation, "alternatives", "1", "4", "--most", "2", "--json").json["more"] is True


def test_only_pathway_is_called_so(asked: Firmpath) -> None:
    assert asked("1 <- 2", "alternatives", "1", "2").lines[0] == "The only pathway."


def test_alternatives_at_most_none_are_refused(asked: Firmpath) -> None:
    printed = asked("1 <- 2", "alternatives", "1", "2", "--most", "0")
    assert printed.code == ExitCode.REFUSED
    assert printed.err == "firmpath: Number of pathways '0' is less than one; give --most a number from 1\n"


def test_stones_come_with_a_proof(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3", "stones", "1", "3")
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        f"1 mandatory stop between {ONE} and {THREE}.",
        f"Every pathway stops at {TWO}: without it a Device comes no farther than 1 (00000001).",
        "Proof, checked: a Device that never runs 2 can come to 1 (00000001), and every open upgrade out of these "
        "leads to one of them or to 2.",
    ]


def test_where_every_stop_can_be_gone_around_stones_say_so(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3; 1 <- 3", "stones", "1", "3")
    assert printed.lines == [f"No mandatory stop lies between {ONE} and {THREE}: every stop can be gone around."]


def test_stones_of_no_pathway_are_its_answer(asked: Firmpath) -> None:
    assert asked("1; 2 ?", "stones", "1", "2") == asked("1; 2 ?", "path", "1", "2")


def test_safe_sequence(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3", "check-sequence", "1", "2", "3")
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        "Yes. Every step of this sequence is declared and open.",
        "1. 1 (00000001) → 2 (00000002): declared and open.",
        "2. 2 (00000002) → 3 (00000003): declared and open.",
        f"Next: go to {TWO}.",
    ]
    assert printed.out.endswith("\nAs at 1 June 2026. Ask again before each step: a list can change.\n")


def test_unsafe_sequence(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3; 3 withdrawn; 4 ?", "check-sequence", "1", "3", "4")
    assert printed.code == ExitCode.NO
    assert printed.lines[:3] == [
        "No. 2 steps of 2 may not be used.",
        "1. 1 (00000001) → 3 (00000003): not declared. The base firmware of 3 is given as 2 (00000002).",
        "2. 3 (00000003) → 4 (00000004): nobody has said what 4 can be applied to. Ask Brackenfell Metering.",
    ]
    assert printed.lines[-1].startswith("Next: do not follow this sequence. From its first entry to its last: ")


def test_sequence_as_json(asked: Firmpath) -> None:
    written = asked("1 <- 2; 1 <- 3; 3 withdrawn", "check-sequence", "1", "3", "--json").json
    assert written["answer"] == "not_safe"
    assert written["steps"] == [
        {
            "from": 1,
            "to": 3,
            "verdict": "barred",
            "reasons": [f"{THREE} was withdrawn on 1 January 2025 (superseded), so no Device may be taken to it."],
        }
    ]
    assert written["instead"]["answer"] == "pathway_closed"
    assert list(written["entries"]) == ["1", "3"]


def test_accepted_notice_is_named_beside_a_sequence(asked: Firmpath) -> None:
    accept = ("--accept", "N1", "--because", "tried on ten Devices")
    printed = asked("1 <- 2; notice N1: 1 -> 2", "check-sequence", "1", "2", *accept)
    assert printed.code == ExitCode.YES
    assert printed.lines[-1] == "Accepted: N1, because: tried on ten Devices"


def test_every_entry_of_a_sequence_is_looked_for(asked: Firmpath) -> None:
    printed = asked("1 <- 2", "check-sequence", "1", "8", "9")
    assert printed.code == ExitCode.REFUSED
    assert printed.err.splitlines() == [
        "firmpath: CPL entry 8 is not on this CPL as at 1 June 2026; check it, or ask for a newer CPL",
        "firmpath: CPL entry 9 is not on this CPL as at 1 June 2026; check it, or ask for a newer CPL",
        "firmpath: 2 faults; nothing was done",
    ]


def test_sequence_of_one_entry_is_refused(asked: Firmpath) -> None:
    printed = asked("1 <- 2", "check-sequence", "1")
    assert printed.code == ExitCode.REFUSED
    assert "has no step; give the installed entry and at least one more" in printed.err


def test_stone_that_cannot_be_proved_is_refused(asked: Firmpath, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "firmpath.pathways.one_answer.find_stepping_stones",
        lambda *_: (SteppingStone(CPLEntryID(2), (CPLEntryID(1), CPLEntryID(3))),),
    )
    for as_json in ((), ("--json",)):
        printed = asked("1 <- 2 <- 3", "stones", "1", "3", *as_json)
        assert printed.code == ExitCode.REFUSED
        assert "CPL entry 2 cannot be proved; do not rely on it" in printed.err + printed.out


def test_entry_shows_everything_on_record(asked: Firmpath) -> None:
    notation = "1 <- 2; 2 stone; 2 band=2.4 GHz Only; 2 cpa=2027-03-31; notice N1: 1 -> 2"
    printed = asked(notation, "entry", "2")
    assert printed.code == ExitCode.YES
    fields = dict(line.strip().split("  ", 1) for line in printed.out.split("\n\n")[0].splitlines()[1:])
    assert {name: value.strip() for name, value in fields.items()} == {
        "Firmware version": "00000002",
        "Firmware name": "v2",
        "Manufacturer Image hash": f"{2:064X}",
        "Device type": "ESME",
        "Manufacturer identifier": "F001",
        "Manufacturer name": "Brackenfell Metering",
        "Model identifier": "0005",
        "Hardware version": "02",
        "Hardware revision": "03",
        "Listing date": "2020-01-03",
        "Status": "listed",
        "ZigBee band": "2.4 GHz Only",
        "Base firmware": "1 (00000001)",
        "Responsible Party": "Brackenfell Metering",
        "CPA certificate": "CPA-1",
        "CPA certificate's last day": "2027-03-31",
        "Marked": "stepping stone: it says so",
    }
    assert printed.lines[0] == TWO
    assert (
        "Upgrade from 1 (00000001): not to be used. On the step 1 (00000001) → 2 (00000002) there is an open "
        "notice. Notice N1, 'Notice N1': do not do it yet."
    ) in printed.lines
    history = printed.lines[printed.lines.index("History") + 1 :]
    said = (
        f"{TWO} is on the CPL, for ESME F001/00050203 of Brackenfell Metering, with hash ",
        f"{TWO} has CPA certificate: CPA-1; CPA certificate's last day: 31 March 2027. ",
        f"{TWO} has ZigBee band ",
        f"{TWO} can be applied to 1 (00000001). ",
        f"{TWO} is marked as a stepping stone: it says so. ",
        "Notice N1, 'Notice N1', is open: do not do it yet. It is about 1 (00000001) → 2 (00000002). ",
    )
    assert [words in line for words, line in zip(said, history, strict=True)] == [True] * 6


@pytest.mark.parametrize(
    ("notation", "shown"),
    [("1 N/A", "N/A: there is no previous version"), ("1 ?", "not provided: nobody has said")],
)
def test_base_firmware_that_is_no_entry_is_in_words(notation: str, shown: str, asked: Firmpath) -> None:
    assert f"Base firmware               {shown}" in asked(notation, "entry", "1").lines


def test_entry_with_both_marks_shows_both(asked: Firmpath) -> None:
    assert (
        "Marked                      stepping stone: it says so; dead end: it says so"
        in asked("1 stone; 1 dead-end", "entry", "1").lines
    )


def test_withdrawn_entry_says_when_and_why(asked: Firmpath) -> None:
    lines = asked("1 withdrawn", "entry", "1").lines
    assert "Status                      removed" in lines
    assert "Removal date                2025-01-01" in lines
    assert "Reason for removal          superseded" in lines
    assert "No declared upgrade leads here or away from here." in lines


def test_base_of_other_hardware_is_named_with_its_version(asked: Firmpath) -> None:
    assert "Base firmware               1 (00000001)" in asked("1 <- 2; 1 model=0006", "entry", "2").lines


def test_name_of_several_entries_shows_each(asked: Firmpath) -> None:
    printed = asked(TWINS, "entry", "F001/00050203@000000AA")
    assert printed.lines[0] == "2 entries have this; only the CPL Entry ID says which is meant."
    assert [line for line in printed.lines if line.startswith("CPL entry")] == [
        'CPL entry 1 (firmware 000000AA, "v1")',
        'CPL entry 2 (firmware 000000AA, "v2")',
    ]


def test_entry_as_json_names_every_entry(asked: Firmpath) -> None:
    written = asked("1 <- 2 <- 3; 3 withdrawn", "entry", "2", "--json").json
    (found,) = written["found"]
    assert found["base_firmware"] == [1]
    assert [(each["from"], each["to"], each["open"]) for each in found["upgrades"]] == [(1, 2, True), (2, 3, False)]
    assert [(each["number"], each["corrected_by"]) for each in found["history"]] == [(3, None), (4, None)]
    assert list(written["entries"]) == ["1", "2", "3"]


def test_entry_that_is_not_on_the_cpl_is_refused(asked: Firmpath) -> None:
    printed = asked("1 <- 2", "entry", "9")
    assert printed.code == ExitCode.REFUSED
    assert printed.err == (
        "firmpath: CPL entry 9 is not on this CPL as at 1 June 2026; check it, or ask for a newer CPL\n"
    )
