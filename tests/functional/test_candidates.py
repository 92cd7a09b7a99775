"""What a Device runs can be any of several entries: an answer holds for each of them, or says for which."""

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath

TWIN = "F001/00050203@000000AA"
TWINS = "1, 2 <- 3; 1 version=000000AA; 2 version=000000AA"


def test_next_names_every_candidate(asked: Firmpath) -> None:
    printed = asked(TWINS, "next", "F001/00050203@000000AA", "3")
    assert printed.lines[-1] == "The Device can run 1 (000000AA) and 2 (000000AA); this is right whichever it is."


def test_sequence_that_is_safe_for_every_candidate(asked: Firmpath) -> None:
    printed = asked(TWINS, "check-sequence", TWIN, "3")
    assert (printed.code, printed.lines[0]) == (
        ExitCode.YES,
        "Yes. Every step of this sequence is declared and open.",
    )
    assert "The Device can run 1 (000000AA) and 2 (000000AA); this is right whichever it is." in printed.lines
    written = asked(TWINS, "check-sequence", TWIN, "3", "--json").json
    assert (written["answer"], written["candidates"]) == ("safe", [1, 2])


def test_sequence_that_is_not_safe_for_one_candidate(asked: Firmpath) -> None:
    notation = "1 <- 3; 1 version=000000AA; 2 version=000000AA"
    printed = asked(notation, "check-sequence", TWIN, "3")
    assert (printed.code, printed.lines[0]) == (ExitCode.NO, "No. 1 step of 1 may not be used.")
    assert (
        "The Device can run 1 (000000AA) and 2 (000000AA); this is how it is if it runs CPL entry 2 (firmware "
        '000000AA, "v2").'
    ) in printed.lines
    written = asked(notation, "check-sequence", TWIN, "3", "--json").json
    assert (written["answer"], written["steps"][0]["from"]) == ("not_safe", 2)


def test_sequence_needs_one_entry_for_each_further_name(asked: Firmpath) -> None:
    printed = asked(TWINS, "check-sequence", "3", TWIN)
    assert printed.err == (
        "firmpath: Firmware version 000000AA of F001/00050203 is on the CPL twice, with different hashes (CPL "
        "entries 1 and 2); give the CPL Entry ID or the hash\n"
    )


def test_alternatives_of_candidates_are_open_to_each(asked: Firmpath) -> None:
    notation = "1 <- 3; 2 <- 3; 1 <- 4 <- 3; 1 <- 5 <- 3; 2 <- 5; 1 version=000000AA; 2 version=000000AA"
    printed = asked(notation, "alternatives", TWIN, "3")
    assert printed.lines == [
        "2 pathways, best first.",
        "1. 1 activation: 1 (000000AA) → 3 (00000003)",
        "2. 2 activations: 1 (000000AA) → 5 (00000005) → 3 (00000003)",
        "The Device can run 1 (000000AA) and 2 (000000AA); this is right whichever it is.",
    ]
    written = asked(notation, "alternatives", TWIN, "3", "--json").json
    assert (written["alternatives"], written["candidates"]) == ([[1, 3], [1, 5, 3]], [1, 2])


def test_stones_of_candidates(asked: Firmpath) -> None:
    printed = asked("1, 2 <- 3 <- 4; 1 version=000000AA; 2 version=000000AA", "stones", TWIN, "4")
    assert printed.lines[0].startswith("1 mandatory stop between ")
    assert printed.lines[2].startswith("Proof, checked: a Device that never runs 3 can come to 1 (000000AA), ")
    assert printed.lines[-1].endswith("; this is right whichever it is.")


def test_stones_that_depend_on_the_candidate(asked: Firmpath) -> None:
    notation = "1, 2 <- 3 <- 4; 1 <- 5 <- 4; 1 version=000000AA; 2 version=000000AA"
    lines = asked(notation, "stones", TWIN, "4").lines
    assert lines[0] == "It depends on what the Device runs; the next step is the same."
    one, two = (line for line in lines if line.startswith("If it runs"))
    assert "No mandatory stop lies between" in one
    assert "1 mandatory stop between" in two


def test_picture_of_candidates_that_agree(asked: Firmpath) -> None:
    written = asked(TWINS, "draw", TWIN, "3", "--out", "twins.svg", "--json").json
    assert written["title"] == 'From CPL entry 1 (firmware 000000AA, "v1") to CPL entry 3 (firmware 00000003, "v3")'


@pytest.mark.parametrize("argv", [(), ("3",)])
def test_picture_of_candidates_that_do_not_agree_is_refused(argv: tuple[str, ...], asked: Firmpath) -> None:
    printed = asked("1 <- 3; 1 version=000000AA; 2 version=000000AA", "draw", TWIN, *argv, "--out", "twins.svg")
    assert printed.code == ExitCode.REFUSED
    assert "is on the CPL twice" in printed.err
