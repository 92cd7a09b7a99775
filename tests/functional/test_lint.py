"""`firmpath lint`: findings under their rules, the gravest first."""

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath

BAND = "1 band=2.4 GHz Only"


def test_nothing_found(asked: Firmpath) -> None:
    printed = asked(BAND, "lint")
    assert (printed.code, printed.out) == (ExitCode.YES, "1 entry judged, and nothing found.\n")


def test_findings_stand_under_their_rules(asked: Firmpath) -> None:
    printed = asked("1 <- 2 <- 1; 3 ?; 1 band=Dual Band; 2 band=Dual Band; 3 band=Dual Band; 2 rev=04", "lint")
    assert printed.code == ExitCode.NO
    headings = [line for line in printed.out.splitlines() if line.startswith("R")]
    assert headings == [
        "R33 (needs a reason). Base entries share the hardware revision. 2 findings:",
        "R35 (needs a reason). Base entries were not listed later than the entry. 1 finding:",
        "R42 (needs a reason). Upgrades do not lead round in a circle. 1 finding:",
        "R20 (note). Base firmware is stated. 1 finding:",
        "R22 (note). Only a Communications Hub is Dual Band. 3 findings:",
        "R43 (note). Every entry has a pathway to the newest of its hardware model. 1 finding:",
    ]
    assert (
        'Nobody has said what CPL entry 3 (firmware 00000003, "v3") can be applied to; give CPL Entry IDs or N/A; '
        "Brackenfell Metering can say."
    ) in printed.lines


def test_notes_alone_are_a_yes(asked: Firmpath) -> None:
    printed = asked("1 ?", "lint")
    assert printed.code == ExitCode.YES
    assert printed.lines[0] == "1 entry judged: 0 refused, 0 in need of a reason, 2 notes."


def test_what_cannot_be_is_a_no(asked: Firmpath) -> None:
    printed = asked("9 <- 1; 9 model=0006", "lint", "--json")
    assert (printed.code, printed.json["answer"]) == (ExitCode.NO, "findings")
    assert {each["rule"] for each in printed.json["findings"] if each["severity"] == "refuse"} == {"R32"}


def test_few_of_many_are_shown_unless_all_are_asked_for(asked: Firmpath) -> None:
    notation = "; ".join(f"{number} ?" for number in range(1, 9))
    few = asked(notation, "lint", "--rule", "R20")
    assert len(few.lines) == 8
    assert few.lines[-1] == "… and 3 more: --rule R20 --all shows them"
    assert len(asked(notation, "lint", "--rule", "R20", "--all").lines) == 10


def test_rules_can_be_chosen(asked: Firmpath) -> None:
    written = asked("1 ?", "lint", "--rule", "r20", "--json").json
    assert [each["rule"] for each in written["findings"]] == ["R20"]
    assert written["counts"] == {"refuse": 0, "needs a reason": 0, "note": 1}


def test_finding_as_json(asked: Firmpath) -> None:
    written = asked("1 ?", "lint", "--rule", "R20", "--json").json
    assert (written["answer"], written["judged"], written["as_at"]) == ("sound", 1, "2026-06-01")
    assert written["findings"] == [
        {
            "rule": "R20",
            "title": "Base firmware is stated.",
            "severity": "note",
            "cpl_entry_id": 1,
            "text": 'Nobody has said what CPL entry 1 (firmware 00000001, "v1") can be applied to',
            "remedy": "give CPL Entry IDs or N/A; Brackenfell Metering can say",
        }
    ]
    assert list(written["entries"]) == ["1"]


def test_unknown_rules_are_refused_together(asked: Firmpath) -> None:
    printed = asked("1", "lint", "--rule", "R99", "--rule", "twenty")
    assert printed.code == ExitCode.REFUSED
    first, second, last = printed.err.splitlines()
    assert first.startswith("firmpath: Rule 'R99' is not a rule; the rules are R01, R02")
    assert second.startswith("firmpath: Rule 'twenty' is not a rule")
    assert last == "firmpath: 2 faults; nothing was done"


@pytest.mark.parametrize("rules", [(), ("--rule", "R20")])
def test_day_decides(rules: tuple[str, ...], asked: Firmpath) -> None:
    printed = asked("1 ?", "lint", *rules, on="2019-01-01")
    assert printed == (
        ExitCode.NO,
        "No entry is on this CPL as at 1 January 2019, so nothing was judged.\n",
        "",
    )
    written = asked("1 ?", "lint", *rules, "--json", on="2019-01-01").json
    assert (written["answer"], written["judged"]) == ("nothing_judged", 0)
