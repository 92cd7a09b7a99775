"""`firmpath path --json`, field by field: scripts rely on this form, which changes with its version alone."""

from typing import Any

from tests.functional.conftest import Firmpath


def named(*ids: int) -> dict[str, Any]:
    return {
        str(number): {
            "cpl_entry_id": number,
            "firmware_version": f"{number:08X}",
            "firmware_name": f"v{number}",
            "manufacturer_image_hash": f"{number:064X}",
        }
        for number in ids
    }


def test_pathway(asked: Firmpath) -> None:
    written = asked("1 <- 2 <- 3; 3 cpa=2027-03-31", "path", "1", "3", "--json").json
    explanation = written.pop("explanation")
    assert written == {
        "version": 1,
        "answer": "pathway",
        "as_at": "2026-06-01",
        "reasons": [],
        "installed": 1,
        "target": 3,
        "steps": [1, 2, 3],
        "next_step": 2,
        "activations": 2,
        "stepping_stones": [2],
        "proofs": [{"stepping_stone": 2, "without": [1]}],
        "cautions": [],
        "valid_until": "2027-03-31",
        "entries": named(1, 2, 3),
    }
    assert list(explanation) == ["headline", "lines", "next_step"]


def test_fields_come_in_the_documented_order(asked: Firmpath) -> None:
    written = asked("1 <- 2", "path", "1", "2", "--json").json
    assert list(written)[:4] == ["version", "answer", "as_at", "reasons"]
    assert list(written)[-2:] == ["entries", "explanation"]


def test_what_is_not_known_is_left_out(asked: Firmpath) -> None:
    assert "valid_until" not in asked("1 <- 2", "path", "1", "2", "--json").json


def test_cautions(asked: Firmpath) -> None:
    notation = "1 <- 2; 3 version=00000002; notice N1: 1 -> 2"
    accept = ("--accept", "N1", "--because", "tried on ten Devices")
    written = asked(notation, "path", "1", "2", "--json", *accept).json
    assert sorted(written["cautions"], key=lambda caution: str(caution["kind"])) == [
        {
            "kind": "nothing_leads_on",
            "cpl_entry_id": 2,
            "others": [3],
            "why": "no_pathway_declared",
            "text": 'Nothing is declared to lead on from CPL entry 2 (firmware 00000002, "v2"). There is newer '
            "firmware, 3 (00000002), but a Device comes no farther than 2 (00000002); ask for the pathway from "
            "there, and the answer says more.",
        },
        {
            "kind": "notice_accepted",
            "cpl_entry_id": 2,
            "others": [1],
            "notice_id": "N1",
            "text": "The risk on the step 1 (00000001) → 2 (00000002) is accepted. Notice N1, 'Notice N1': "
            "do not do it yet.",
        },
        {
            "kind": "twin",
            "cpl_entry_id": 2,
            "others": [3],
            "text": 'CPL entry 2 (firmware 00000002, "v2") has the same firmware version as 3 (00000002); only the '
            "hash tells them apart, and that of 2 begins with 00000000.",
        },
    ]
    assert written["accepted"] == {"notices": ["N1"], "because": "tried on ten Devices"}


def test_pathway_that_is_closed(asked: Firmpath) -> None:
    written = asked("1 <- 2 <- 3; 3 withdrawn", "path", "1", "3", "--json").json
    del written["explanation"]
    assert written == {
        "version": 1,
        "answer": "pathway_closed",
        "as_at": "2026-06-01",
        "reasons": [
            {
                "kind": "withdrawn",
                "step": [2, 3],
                "cpl_entry_id": 3,
                "text": 'CPL entry 3 (firmware 00000003, "v3") was withdrawn on 1 January 2025 (superseded), so no '
                "Device may be taken to it.",
            }
        ],
        "installed": 1,
        "target": 3,
        "farthest": 2,
        "missing": [],
        "leads_to_target": [],
        "coming": [],
        "entries": named(1, 2, 3),
    }


def test_missing_declaration(asked: Firmpath) -> None:
    written = asked("1 <- 2; 3 ?; 3 contact=firmware@brackenfell.example", "path", "1", "3", "--json").json
    assert written["answer"] == "nobody_has_said"
    assert written["missing"] == [[2, 3]]
    assert written["reasons"] == [
        {
            "kind": "missing_declaration",
            "step": [2, 3],
            "cpl_entry_id": 3,
            "ask": "Brackenfell Metering (firmware@brackenfell.example)",
            "text": 'CPL entry 3 (firmware 00000003, "v3") has no base firmware on record, so nobody has said what '
            'it can be applied to. If that were CPL entry 2 (firmware 00000002, "v2"), it would open a way. Ask '
            "Brackenfell Metering (firmware@brackenfell.example).",
        }
    ]


def test_blocked_by_a_notice(asked: Firmpath) -> None:
    written = asked("1 <- 2; notice N1: any -> 2", "path", "1", "2", "--json").json
    (reason,) = written["reasons"]
    assert (reason["kind"], reason["step"], reason["notice_id"]) == ("notice", [1, 2], "N1")


def test_answer_without_a_step_has_its_word_as_reason(asked: Firmpath) -> None:
    (reason,) = asked("1 <- 2; 3 model=0006", "path", "1", "3", "--json").json["reasons"]
    assert reason["kind"] == "other_hardware"
    assert "for other hardware must never be put on a Device" in reason["text"]


def test_not_on_the_cpl(asked: Firmpath) -> None:
    written = asked("1 <- 2; 3 listed=2027-01-01", "path", "1", "3", "--json").json
    assert (written["asked_for"], written["listed_from"]) == ("CPL entry 3", "2027-01-01")
    assert (written["reasons"], written["entries"]) == ([], {})


def test_several_targets(asked: Firmpath) -> None:
    notation = "1 <- 2; 1 <- 3; 2 listed=2025-01-01; 3 listed=2025-01-01"
    written = asked(notation, "path", "1", "newest", "--json").json
    assert (written["targets"], written["entries"]) == ([2, 3], named(2, 3))


def test_candidates_that_agree_have_the_fields_of_one_answer_too(asked: Firmpath) -> None:
    notation = "1, 2 <- 3; 1 version=000000AA; 2 version=000000AA"
    written = asked(notation, "path", "F001/00050203@000000AA", "3", "--json").json
    assert (written["answer"], written["candidates"], written["next_step"]) == ("pathway", [1, 2], 3)
    assert [each["steps"] for each in written["answers"]] == [[1, 3], [2, 3]]
    assert "installed" not in written


def test_candidates_that_disagree_have_an_answer_each(asked: Firmpath) -> None:
    notation = "1 <- 3; 1 version=000000AA; 2 version=000000AA"
    written = asked(notation, "path", "F001/00050203@000000AA", "3", "--json").json
    assert (written["answer"], written["candidates"]) == ("candidates_disagree", [1, 2])
    assert [(each["answer"], each["installed"]) for each in written["answers"]] == [
        ("pathway", 1),
        ("dead_end", 2),
    ]
    assert "steps" not in written


def test_what_is_refused_is_json_too(asked: Firmpath) -> None:
    printed = asked("1 <- 2", "path", "one", "2", "--json")
    assert (printed.code, printed.err) == (3, "")
    assert printed.json == {
        "version": 1,
        "answer": "refused",
        "faults": [
            {
                "term": "Entry",
                "value": "one",
                "where": "",
                "rule": "",
                "remedy": "give a CPL Entry ID (311), a Manufacturer Image hash (64 hex digits), or "
                "manufacturer/model@version (1063/00050203@38040404)",
                "text": "Entry 'one' is not a way to name one; give a CPL Entry ID (311), a Manufacturer Image "
                "hash (64 hex digits), or manufacturer/model@version (1063/00050203@38040404)",
            }
        ],
    }
