"""`firmpath rehearse`: what a submission would change, before it is accepted."""

from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.register_writer import write_register
from tests.functional.conftest import Firmpath, Register
from tests.functional.running import Printed
from tests.notation import ON, statements

BAND = "2.4 GHz Only"
ON_RECORD = "1 <- 2"


@pytest.fixture
def rehearsed(firmpath: Firmpath, register: Register, tmp_path: Path) -> Firmpath:
    """Return what rehearses the last entries of a catalogue, submitted as a table, on top of another catalogue."""

    def rehearse(record: str, whole: str, *argv: object, rows: int = 1) -> Printed:
        table = Path("submission.csv")
        firmpath("export", "--cpl", register(whole, "whole.register"), "--on", ON, "--out", table, "--replace")
        heading, *others = table.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join((heading, *others[len(others) - rows :], "")), encoding="utf-8")
        return firmpath("rehearse", table, "--cpl", register(record), "--on", ON, *argv)

    return rehearse


def test_submission_that_opens_a_way(rehearsed: Firmpath) -> None:
    printed = rehearsed(ON_RECORD, f"1 <- 2 <- 3; 3 band={BAND}")
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        "This submission of 1 new entry: 3 (00000003), can be accepted, as at 1 June 2026.",
        "2 pathways gained.",
        "1 entry listed: 3 (00000003).",
        'CPL entry 2 (firmware 00000002, "v2") has a way out again, or for the first time.',
        'CPL entry 3 (firmware 00000003, "v3") can now be reached from 1 (00000001) and 2 (00000002).',
    ]


def test_submission_as_json(rehearsed: Firmpath) -> None:
    written = rehearsed(ON_RECORD, f"1 <- 2 <- 3; 3 band={BAND}", "--json").json
    assert list(written)[:3] == ["version", "answer", "new_entries"]
    assert (written["answer"], written["new_entries"], written["findings"]) == ("acceptable", [3], [])
    assert written["gained"] == [
        {"from": 1, "to": 3, "before": None, "after": 2},
        {"from": 2, "to": 3, "before": None, "after": 1},
    ]
    assert list(written["entries"]) == ["1", "2", "3"]


def test_missing_band_and_base_firmware_are_refused_together(rehearsed: Firmpath) -> None:
    printed = rehearsed(ON_RECORD, "1 <- 2; 3 ?")
    assert printed.code == ExitCode.NO
    assert printed.lines[0] == (
        "This submission of 1 new entry: 3 (00000003), would be refused as it stands, as at 1 June 2026."
    )
    headings = [line for line in printed.lines if line.startswith("R")]
    assert headings[:2] == [
        "R20 (refuse). Base firmware is stated. 1 finding:",
        "R21 (refuse). The ZigBee band is stated. 1 finding:",
    ]


def test_base_that_is_not_on_the_cpl_is_refused(rehearsed: Firmpath) -> None:
    printed = rehearsed("1", f"2 <- 3; 3 band={BAND}", "--json")
    assert (printed.code, printed.json["answer"]) == (ExitCode.NO, "refused")
    refused = [each for each in printed.json["findings"] if each["severity"] == "refuse"]
    assert [(each["rule"], each["cpl_entry_id"]) for each in refused] == [("R30", 3)]
    assert "3" in printed.json["entries"]


def test_what_needs_a_reason_says_so(rehearsed: Firmpath) -> None:
    printed = rehearsed(ON_RECORD, f"1 <- 2; 3 N/A; 3 band={BAND}")
    assert printed.code == ExitCode.NO
    assert printed.lines[0] == (
        "This submission of 1 new entry: 3 (00000003), can be accepted once a reason is given, as at 1 June 2026."
    )


def test_id_that_is_on_the_cpl_already_is_refused(rehearsed: Firmpath) -> None:
    printed = rehearsed(ON_RECORD, f"1 <- 2; 2 band={BAND}")
    assert printed.code == ExitCode.REFUSED
    assert printed.err == (
        "firmpath: CPL Entry ID 2 is on the CPL already, and an id is never used twice; "
        "give the new entry an id of its own, or take it out of the submission\n"
    )


def test_submission_that_takes_a_way_is_a_no(firmpath: Firmpath, register: Register) -> None:
    record = register("1 <- 2")
    going_on = register("1 <- 2; 2 withdrawn", "going-on.register")
    header, *lines = going_on.read_text(encoding="utf-8").splitlines()
    count = len(record.read_text(encoding="utf-8").splitlines()) - 1
    going_on.write_text("\n".join((header, *lines[count:], "")), encoding="utf-8")
    printed = firmpath("rehearse", going_on, "--cpl", record, "--on", ON)
    assert printed.code == ExitCode.NO
    assert printed.lines[0] == "This submission can be accepted, as at 1 June 2026."
    assert "1 pathway lost." in printed.lines
    assert 'CPL entry 1 (firmware 00000001, "v1") lost its only way out.' in printed.lines


def test_register_that_does_not_go_on_is_refused(firmpath: Firmpath, register: Register) -> None:
    record, again = register("1 <- 2"), register("3", "again.register")
    printed = firmpath("rehearse", again, "--cpl", record, "--on", ON)
    assert printed.code == ExitCode.REFUSED
    assert printed.err == (
        f"firmpath: Statement 1 stands where statement 5 should, in line 2 of {again}; a register has every "
        "statement, in order\n"
    )


def test_submission_that_states_nothing_is_refused(rehearsed: Firmpath, tmp_path: Path) -> None:
    printed = rehearsed("1", "", rows=0)
    assert printed.code == ExitCode.REFUSED
    assert printed.err == ("firmpath: Submission 'submission.csv' states nothing; is it the right file?\n")


def test_faults_say_in_which_of_the_two_files_they_are(firmpath: Firmpath, tmp_path: Path) -> None:
    record, submission = tmp_path / "record.register", tmp_path / "submission.register"
    lines = list(write_register(statements("1")))
    record.write_text("".join(lines).replace("ESME", "Esme"), encoding="utf-8")
    submission.write_text("".join(lines), encoding="utf-8")
    assert f"in line 2 of {record}" in firmpath("rehearse", submission, "--cpl", record).err
    assert f"in line 2 of {record}" in firmpath("rehearse", record, "--cpl", submission).err


def test_record_can_be_that_of_an_earlier_instant(rehearsed: Firmpath) -> None:
    whole = f"1 <- 2 <- 3; 3 band={BAND}"
    printed = rehearsed(ON_RECORD, whole, "--known-at", "2025-12-31", "--json")
    assert {each["rule"] for each in printed.json["findings"]} >= {"R30"}
