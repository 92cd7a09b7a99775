"""`firmpath path` in words: every answer of FEATURES F24, its headline and what to do next, and its exit code."""

from typing import NamedTuple

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.answers import AnswerKind
from tests.functional.conftest import Firmpath, Register

ONE, TWO, THREE = (f'CPL entry {number} (firmware 0000000{number}, "v{number}")' for number in (1, 2, 3))
ASK = "Next: ask Brackenfell Metering, and do not upgrade before the answer."


class Asked(NamedTuple):
    """A question about a catalogue, and the answer that is expected of it."""

    catalogue: str
    installed: str
    target: str
    kind: AnswerKind
    headline: str
    next_step: str
    code: ExitCode = ExitCode.NO


ASKED_OF_MODEL = "Whom to ask about it, by other firmware of this model: Brackenfell Metering."

ANSWERS = [
    Asked(
        "1 <- 2 <- 3",
        "1",
        "3",
        AnswerKind.PATHWAY,
        f"Yes. 2 activations take a Device from {ONE} to {THREE}.",
        f"Next: go to {TWO}. Ask Brackenfell Metering for its release notes.",
        ExitCode.YES,
    ),
    Asked(
        "1 <- 2",
        "2",
        "2",
        AnswerKind.ALREADY_THERE,
        f"Nothing to do. The Device already runs {TWO}.",
        "",
        ExitCode.YES,
    ),
    Asked(
        "1 <- 2",
        "9",
        "2",
        AnswerKind.UNKNOWN_DEVICE,
        "Not known. CPL entry 9 is not on this CPL as at 1 June 2026, "
        "so nothing safe can be said about the Device.",
        "Next: check what was typed, and that this CPL is the newest. Do not upgrade the Device yet.",
    ),
    Asked(
        "1 <- 2",
        "1",
        "9",
        AnswerKind.UNKNOWN_TARGET,
        "Not known. The target, CPL entry 9, is not on this CPL as at 1 June 2026.",
        "Next: check what was typed, and that this CPL is the newest.",
    ),
    Asked(
        "1 <- 2; 3 listed=2027-01-01",
        "1",
        "3",
        AnswerKind.UNKNOWN_TARGET,
        "Not yet. CPL entry 3 is listed from 1 January 2027, after 1 June 2026.",
        "Next: ask again on 1 January 2027, and do not upgrade the Device yet.",
    ),
    Asked(
        "1 <- 2; 1 <- 3; 2 listed=2025-01-01; 3 listed=2025-01-01",
        "1",
        "newest",
        AnswerKind.SEVERAL_TARGETS,
        "Which one? The newest firmware is not one entry: it can be 2 (00000002) and 3 (00000003).",
        "Next: ask again with the CPL Entry ID of the one that is wanted.",
    ),
    Asked(
        "1 <- 2; 3 model=0006",
        "1",
        "3",
        AnswerKind.OTHER_HARDWARE,
        f"No. {ONE} is for ESME F001/00050203, {THREE} for ESME F001/00060203: firmware for other hardware must "
        "never be put on a Device.",
        "Next: check both entries; one of them is not for this Device.",
    ),
    Asked(
        "1 <- 2; notice N1: 1 -> 2",
        "1",
        "2",
        AnswerKind.BLOCKED_BY_NOTICE,
        f"Not now. The pathway from {ONE} to {TWO} is blocked by a notice.",
        "Next: wait until the notice is closed. Whoever may accept the risk accepts N1, with a reason.",
    ),
    Asked(
        "1 <- 2; 2 withdrawn",
        "1",
        "2",
        AnswerKind.PATHWAY_CLOSED,
        f"No. A pathway from {ONE} to {TWO} is declared, but it may not be used.",
        ASK,
    ),
    Asked(
        "1 dead-end; 2 N/A",
        "1",
        "2",
        AnswerKind.DEAD_END,
        f"No. {ONE} is a dead end: no upgrade leads out of it. It is marked so: it says so.",
        "Next: ask Brackenfell Metering what is to become of the Device.",
    ),
    Asked(
        "1; 2 ?",
        "1",
        "2",
        AnswerKind.NOBODY_HAS_SAID,
        f"Not known. No pathway from {ONE} to {TWO} is declared, but not everybody has said.",
        ASK,
    ),
    Asked(
        "1 <- 2; 3 N/A",
        "1",
        "3",
        AnswerKind.NO_PATHWAY_DECLARED,
        f"No. No pathway from {ONE} to {THREE} is declared.",
        ASK,
    ),
    Asked(
        "1 <- 3; 1 version=000000AA; 2 version=000000AA",
        "F001/00050203@000000AA",
        "3",
        AnswerKind.CANDIDATES_DISAGREE,
        "Not safe to say. Firmware version 000000AA of F001/00050203 is on the CPL as 1 (000000AA) and "
        "2 (000000AA), and what is right for one is not right for another.",
        "Next: find out which image the Device runs. Its inventory does not say; your record of the last "
        "activation (service request 11.3) names the hash, and the manufacturer may know. Then ask again with the "
        "hash or the id.",
    ),
]


@pytest.mark.parametrize("question", ANSWERS, ids=lambda question: f"{question.kind}, {question.target}")
def test_answer_is_in_words(question: Asked, asked: Firmpath) -> None:
    printed = asked(question.catalogue, "path", question.installed, question.target)
    assert printed.lines[0] == question.headline
    assert printed.lines[-1] == (question.next_step or question.headline)
    assert (printed.code, printed.err) == (question.code, "")


@pytest.mark.parametrize("question", ANSWERS, ids=lambda question: f"{question.kind}, {question.target}")
def test_answer_has_the_same_words_in_json(question: Asked, asked: Firmpath) -> None:
    argv = ("path", question.installed, question.target)
    in_words, as_json = asked(question.catalogue, *argv), asked(question.catalogue, *argv, "--json")
    written = as_json.json
    assert written["answer"] == question.kind
    explanation = written["explanation"]
    shown = [explanation["headline"], *explanation["lines"], explanation["next_step"]]
    assert [line for line in shown if line] == in_words.lines
    assert (as_json.code, as_json.err) == (question.code, "")


def test_every_answer_is_asked_for() -> None:
    assert {question.kind for question in ANSWERS} == set(AnswerKind)


def test_pathway_is_shown_step_by_step(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 3; 3 cpa=2027-03-31", "path", "1", "3")
    assert printed.out == (
        f"Yes. 2 activations take a Device from {ONE} to {THREE}.\n"
        "\n"
        f"  1. Go to {TWO}, hash 00000000…\n"
        f"  2. Go to {THREE}, hash 00000000…\n"
        f"  Every pathway stops at {TWO}: without it a Device comes no farther than 1 (00000001).\n"
        "  By what is on record today, this holds until 31 March 2027.\n"
        "\n"
        f"Next: go to {TWO}. Ask Brackenfell Metering for its release notes.\n"
        "As at 1 June 2026. Ask again before each step: a list can change.\n"
    )


def test_what_bars_the_way_is_shown(asked: Firmpath) -> None:
    assert asked("1 <- 2; 2 withdrawn", "path", "1", "2").lines[1:-1] == [
        "The declared way is 1 (00000001) → 2 (00000002).",
        f"{TWO} was withdrawn on 1 January 2025 (superseded), so no Device may be taken to it.",
        "There is nowhere that the Device can safely go today; leave it as it is until this is settled.",
    ]


def test_candidates_that_agree_are_answered_together(asked: Firmpath) -> None:
    notation = "1, 2 <- 3; 1 version=000000AA; 2 version=000000AA"
    printed = asked(notation, "path", "f001/00050203@000000aa", "3")
    assert printed.code == ExitCode.YES
    assert printed.lines[1] == (
        "Firmware version 000000AA of F001/00050203 is on the CPL as 1 (000000AA) and 2 (000000AA). "
        "This is right whichever it is."
    )


def test_entry_is_found_by_its_hash(asked: Firmpath) -> None:
    assert asked("1 <- 2; 1 hash=AB12", "path", "ab12".rjust(64, "0"), "2").code == ExitCode.YES


def test_accepted_notice_opens_the_way_and_is_named(asked: Firmpath) -> None:
    because = ("--accept", "N1", "--because", "tried on ten Devices")
    printed = asked("1 <- 2; notice N1: 1 -> 2", "path", "1", "2", *because)
    assert printed.code == ExitCode.YES
    assert printed.lines[2] == (
        "The risk on the step 1 (00000001) → 2 (00000002) is accepted. Notice N1, 'Notice N1': do not do it yet."
    )
    assert printed.lines[-1] == "Accepted: N1, because: tried on ten Devices"


def test_day_asked_about_decides(asked: Firmpath) -> None:
    notation = "1 <- 2; 2 withdrawn=2025-03-01"
    assert asked(notation, "path", "1", "2", on="2025-02-28").code == ExitCode.YES
    assert asked(notation, "path", "1", "2", on="2025-03-01").code == ExitCode.NO


@pytest.mark.parametrize(
    ("known_at", "kind"),
    [
        ("2026-01-01", AnswerKind.PATHWAY),
        ("2026-01-01T00:00:00Z", AnswerKind.PATHWAY),
        ("2025-12-31T23:59:59Z", AnswerKind.UNKNOWN_DEVICE),
        ("2025-12-31", AnswerKind.UNKNOWN_DEVICE),
    ],
)
def test_only_what_was_on_record_counts(known_at: str, kind: AnswerKind, asked: Firmpath) -> None:
    printed = asked("1 <- 2", "path", "1", "2", "--known-at", known_at, "--json")
    assert printed.json["answer"] == kind


def test_known_at_a_day_means_the_end_of_it(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 2")
    cpl.write_text(cpl.read_text(encoding="utf-8").replace("T00:00:00Z", "T23:59:59Z"), encoding="utf-8")
    assert firmpath("path", "1", "2", "--cpl", cpl, "--known-at", "2026-01-01").code == ExitCode.YES


@pytest.mark.parametrize("argv", [("38040404", "1"), ("1", "38040404")])
def test_eight_digits_can_be_a_firmware_version(argv: tuple[str, str], asked: Firmpath) -> None:
    printed = asked("1 <- 2", "path", *argv)
    assert "CPL entry 38040404" in printed.lines[0]
    assert printed.lines[1].strip() == (
        "If it is a firmware version, give manufacturer and model as well, as in 1063/00050203@38040404."
    )


@pytest.mark.parametrize(
    ("installed", "target"), [("F001/00050203@FFFFFFFF", "2"), ("1", "F001/00050203@FFFFFFFF")]
)
def test_of_firmware_that_is_not_on_the_cpl_its_maker_is_named(
    firmpath: Firmpath, register: Register, installed: str, target: str
) -> None:
    for _ in range(2):  # once read whole, and once by its index
        printed = firmpath("path", installed, target, "--cpl", register("1 <- 2"), "--on", "2026-06-01")
        assert printed.code == ExitCode.NO
        assert printed.lines[1] == ASKED_OF_MODEL
        assert "that this CPL is the newest" in printed.lines[2]
        told = firmpath("path", installed, target, "--cpl", register("1 <- 2"), "--on", "2026-06-01", "--json").json
        assert told["explanation"]["lines"] == [ASKED_OF_MODEL]


def test_of_twins_their_maker_is_named(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 2 <- 4 ; 1 <- 3 ; 3 version=00000002 ; 3 dead-end")
    for command in ("path", "why-not"):
        printed = firmpath(command, "F001/00050203@00000002", "4", "--cpl", cpl, "--on", "2026-06-01")
        assert printed.lines.count("Whom to ask about it: Brackenfell Metering.") == 1
