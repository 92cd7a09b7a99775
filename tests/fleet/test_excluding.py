"""What a plan leaves out: no Device is taken to it or through it, and what that costs has a reason of its own."""

import csv
import re
from pathlib import Path

import pytest

from firmpath.fleet.excluding import find_excluded
from firmpath.fleet.planned import Question
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from tests.fleet.planning_here import Made, device, make, write_inventory
from tests.notation import catalogue

NO_NOTICES: frozenset[str] = frozenset()


def planned(folder: Path, cpl: str, *excluded: str) -> Made:
    """Plan for one Device on each of the entries 1 to 3."""
    listed = catalogue(cpl)
    found = find_excluded(listed, excluded, NO_NOTICES)
    rows = [(device(each), each) for each in (1, 2, 3)]
    inventory = write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id"), rows)
    return make(listed.excluding(found.entries), inventory, excluded_notices=found.notices)


def test_what_is_held_back_by_an_exclusion_says_so(tmp_path: Path) -> None:
    made = planned(tmp_path, "1 <- 2 <- 3", "2")
    assert made.statuses == [("pathway_closed", "excluded 2"), ("pathway", ""), ("already_there", "")]
    assert made.manifest["excluded_entries"] == [2]
    assert "Next: ask again without excluding 2 (00000002)" in (made.folder / "report.html").read_text()


def test_no_maker_is_asked_about_what_is_left_out(tmp_path: Path) -> None:
    """Somebody is silent about a newer entry, but the only way on that there is was closed by whoever asks."""
    silent = "1 <- 2 <- 3 ; 4 ? ; 4 contact=a@b.example"
    assert planned(tmp_path, silent).statuses[2] == ("nobody_has_said", "undeclared 3 to 4")
    made = planned(tmp_path, silent, "2", "3")
    assert made.statuses[:2] == [("pathway_closed", "excluded 2; excluded 3"), ("pathway_closed", "excluded 3")]
    with (made.folder / "stuck.csv").open(newline="", encoding="utf-8") as file:
        told = {row["runs"]: (row["why"], row["ask"]) for row in csv.DictReader(file)}
    assert told["CPL entry 1 (00000001)"] == (
        "Held back by what you left out: 2 (00000002) and 3 (00000003).",
        "",
    )
    assert told["CPL entry 2 (00000002)"] == ("Held back by what you left out: 3 (00000003).", "")
    assert told["CPL entry 3 (00000003)"][1].endswith("(a@b.example)")
    assert made.plan.held_back == 2
    left_out = "No Device is taken to CPL entries 2 (00000002) and 3 (00000003); this alone holds back 2 Devices"
    assert left_out in (made.folder / "report.html").read_text()


def test_no_maker_is_asked_where_a_notice_is_on_what_is_left_out(tmp_path: Path) -> None:
    """It is held back by the notice besides, so that to lift the exclusion would not be enough."""
    made = planned(tmp_path, "1 <- 2 <- 3 ; notice N1: 1 -> 2", "N1")
    assert made.statuses[0] == ("pathway_closed", "excluded 2; notice N1")
    with (made.folder / "stuck.csv").open(newline="", encoding="utf-8") as file:
        (told,) = csv.DictReader(file)
    assert (told["ask"], made.plan.held_back) == ("", 0)
    assert told["next_step"] == (
        "Next: ask again without excluding 2 (00000002) once the notice is closed or its risk accepted, or leave "
        "the Device as it is."
    )


def test_a_way_around_is_taken(tmp_path: Path) -> None:
    made = planned(tmp_path, "1 <- 2 <- 4 ; 1 <- 3 <- 4", "2")
    assert [(row["next_entry"], row["remaining_steps"]) for row in made.rows] == [(3, 2), (4, 1), (4, 1)]


def test_the_newest_is_the_newest_that_is_not_excluded(tmp_path: Path) -> None:
    assert [row["target"] for row in planned(tmp_path, "1 <- 2 <- 3", "3").rows] == [2, 2, 3]


def test_who_is_at_the_newest_of_the_rest_is_told_apart(tmp_path: Path) -> None:
    """There is nothing to do for it, and yet it is not where it would be without the exclusion."""
    made = planned(tmp_path, "1 <- 2 <- 3", "3")
    assert made.statuses == [("pathway", ""), ("already_there", "excluded 3"), ("already_there", "")]
    assert (made.plan.at_newest_of_rest, made.plan.stuck) == (1, 0)
    report = (made.folder / "report.html").read_text()
    assert (
        "2</strong> run their target already (of whom <strong>1</strong> would have a step to what is left"
        in report
    )
    assert "runs the newest firmware that is not left out, and would have a step to what is<br>" in report
    assert (
        "No Device is taken to CPL entry 3 (00000003); 1 Device at the newest of the rest would have a step"
        in report
    )
    assert "are at their targets (the newest of what is not left out)." in report


@pytest.mark.parametrize(
    ("cpl", "excluded", "reason"),
    [
        ("1 <- 2 ; 3 ? ", "3", ""),
        ("1 <- 2 <- 3 ; notice N1: 2 -> 3", "3", ""),
        ("1 <- 2 <- 3 ; 2 <- 4 ; 3 listed=2025-01-01 ; 4 listed=2025-01-01", "34", "excluded 3; excluded 4"),
    ],
)
def test_it_is_what_the_exclusion_keeps_it_from_that_is_named(
    tmp_path: Path, cpl: str, excluded: str, reason: str
) -> None:
    """Where nobody has said, or a notice is in the way, there would be no step either."""
    assert planned(tmp_path, cpl, *excluded).statuses[1] == ("already_there", reason)


def test_who_has_a_target_by_name_is_at_it(tmp_path: Path) -> None:
    listed = catalogue("1 <- 2 <- 3").excluding([CPLEntryID(3)])
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), [(device(2), 2)])
    question = Question({listed[CPLEntryID(2)].hardware_model: CPLEntryID(2)})
    assert make(listed, inventory, question).statuses == [("already_there", "")]


def test_a_notice_stands_for_the_entries_that_it_warns_of(tmp_path: Path) -> None:
    """A notice by itself bars a step; excluded, it keeps Devices away from where the step leads, by any way."""
    warned = "1 <- 2 <- 3 ; 1 <- 3 ; notice N1: 1 -> 3"
    assert planned(tmp_path, warned).statuses[1] == ("pathway", "")
    made = planned(tmp_path, warned, "N1")
    assert [row["target"] for row in made.rows] == [2, 2, 3]
    assert (made.manifest["excluded_entries"], made.manifest["excluded_notices"]) == ([3], ["N1"])


@pytest.mark.parametrize(
    ("step", "entries"), [("1 -> 2", {2}), ("any -> 2", {2}), ("2 -> any", {2}), ("1 -> 2, 3 -> any", {2, 3})]
)
def test_it_is_the_entry_gone_to_or_the_one_that_nothing_may_leave(step: str, entries: set[int]) -> None:
    listed = catalogue(f"1 <- 2 <- 3 ; notice N1: {step}")
    assert find_excluded(listed, ["N1"], NO_NOTICES).entries == entries


def test_twins_are_excluded_together(tmp_path: Path) -> None:
    listed = catalogue("1 version=0000000A ; 2 version=0000000A ; 3")
    entry = listed[CPLEntryID(1)]
    named = f"{entry.hardware_model.manufacturer_id}/{entry.hardware_model.model}@0000000A"
    assert find_excluded(listed, [named], NO_NOTICES).entries == {1, 2}


def test_every_name_of_nothing_is_told() -> None:
    listed = catalogue("1 <- 2 ; notice N1: any -> any ; notice N2: 1 -> 2")
    with pytest.raises(FirmpathError) as refused:
        find_excluded(listed, ["9", "N9", "N1", "N2"], frozenset({"N2"}))
    assert [re.sub(r" open on .*", "", str(fault)) for fault in refused.value.faults] == [
        "Entry or notice '9' is to be excluded, and is neither on this CPL nor a notice",
        "Entry or notice 'N9' is to be excluded, and is neither on this CPL nor a notice",
        "Notice 'N1' is about no entry of this CPL by name, so there is none to exclude; name the entries to "
        "exclude",
        "Notice 'N2' is accepted and excluded; do one or the other",
    ]
