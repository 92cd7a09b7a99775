"""The report says what the plan says, in words, and who is stuck adds up to what the totals say."""

import csv
import re
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from firmpath.fleet.days import NO_LIMIT, Limits
from firmpath.fleet.days_off import DaysOff
from firmpath.fleet.excluding import find_excluded
from firmpath.fleet.planned import OfTheRow, Question
from firmpath.fleet.report.tables import table
from firmpath.pathways.identifiers import CPLEntryID
from tests.fleet.planning_here import HEADINGS, Made, device, make, rows_of, write_inventory
from tests.fleet.trap_inventory import write_traps
from tests.notation import catalogue

FIRST = date(2026, 6, 1)
CHAIN = catalogue("1 <- 2 <- 3")


def by_id(folder: Path, *ids: object) -> Path:
    rows = [(device(at), each) for at, each in enumerate(ids)]
    return write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id"), rows)


def words(made: Made) -> str:
    """Give the text of the report, without its script and style."""
    page = (made.folder / "report.html").read_text()
    body = re.sub(r"<(script|style)>.*?</\1>|<wbr>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def stuck(made: Made) -> list[dict[str, str]]:
    with (made.folder / "stuck.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_order_of_the_steps_and_how_many_are_at_their_targets(tmp_path: Path) -> None:
    told = words(make(catalogue("1 <- 2 <- 3"), by_id(tmp_path, 1, 1, 2, 3)))
    assert "Upgrade plan for 4 Devices" in told
    assert "3 can take a safe step now, 1 runs its target already, and 0 need somebody to look." in told
    assert "By the CPL as at 1 June 2026." in told
    assert "5 activations in all, if nothing changes." in told
    assert "In the end 4 of 4 Devices are at their targets. Round" in told
    assert "1 3 2 (00000002): 2 3 (00000003): 1 2 2 2 3 (00000003): 2 4" in told
    assert 'CPL entry 2 (firmware 00000002, "v2") ESME F001/00050203 11.1 + 11.3 2 1' in told
    assert "Nobody: every Device has a step, or is at its target." in told
    assert "Whom to ask" not in told


def test_who_is_stuck_has_a_reason_a_next_step_and_somebody_to_ask(tmp_path: Path) -> None:
    cpl = catalogue(
        "1 <- 2 ; 3 ? ; 2 listed=2021-01-01 ; 3 listed=2022-01-01 contact=a@b.example ; 4 dead-end model=0009"
    )
    rows = [
        *((device(at), 2) for at in range(5)),
        ("no id", 2),
        (device(7), 99),
        (device(8), 98),
        (device(9), 1),
        (device(9), 1),
        (device(10), ""),
    ]
    made = make(cpl, write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), rows))
    found = stuck(made)
    rows_of = Counter[str]()
    for each in found:
        rows_of[each["status"]] += int(each["rows"])
    assert rows_of == {status: n for status, n in made.plan.by_status().items() if status != "pathway"}
    silent = next(each for each in found if each["status"] == "nobody_has_said")
    assert (silent["rows"], silent["reason"]) == ("5", "undeclared 2 to 3")
    assert silent["ask"].endswith("(a@b.example)")
    assert silent["next_step"].startswith("Next: ask ")
    duplicate = next(each for each in found if each["status"] == "duplicate_device_id")
    assert (duplicate["rows"], duplicate["why"]) == ("2", "The Device ID stands in the inventory in 2 rows.")
    told = words(made)
    assert "The Device ID is not an EUI-64, which has 16 hex digits. Next: put the inventory right. 1" in told
    assert "Their firmware is not on this CPL, so nothing safe can be said." in told
    assert "(a@b.example) CPL entry 2 (00000002) 5" in told
    assert "cpl_entry_id is empty; give a CPL Entry ID" in told


def test_what_was_asked_is_recorded(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 <- 3 ; 4 ; 5 model=0009 ; notice N1: 1 -> 2 ; notice N2: any -> 4")
    excluded = find_excluded(cpl, ["N2", "5"], frozenset())
    made = make(
        cpl.excluding(excluded.entries),
        by_id(tmp_path, 1),
        Question({cpl[CPLEntryID(2)].hardware_model: CPLEntryID(3)}, frozenset({"N1"})),
        because="tried in the laboratory",
        limits=Limits(FIRST, 1, not_on=DaysOff((5, 6))),
        excluded_notices=excluded.notices,
    )
    told = words(made)
    assert "Inventory inventory.csv" in told
    assert "Target For its hardware CPL entry 3 (00000003)" in told
    assert "Risk accepted Notice N1, " in told
    assert "The reason given: tried in the laboratory" in told
    assert (
        "Left out No Device is taken to CPL entry 5 (00000005); nor to CPL entry 4 (00000004), because of notice N2"
        in told
    )
    assert "Limits At most 1 Device a day, from 1 June 2026; not on Saturdays or Sundays" in told


def test_what_is_the_newest_where_something_is_left_out_is_said(tmp_path: Path) -> None:
    target = "Target The newest firmware of each Device's own hardware that it can safely come to"
    assert f"{target} What to send next" in words(make(CHAIN, by_id(tmp_path, 1)))
    told = words(make(CHAIN.excluding(frozenset({CPLEntryID(3)})), by_id(tmp_path, 1)))
    assert f"{target}, of what is not left out Left out No Device is taken to CPL entry 3 (00000003) What" in told


def test_of_several_newest_entries_the_others_can_be_left_out(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 ; 1 <- 3 ; 2 listed=2021-01-01 ; 3 listed=2021-01-01")
    ((why, next_step),) = [(each["why"], each["next_step"]) for each in stuck(make(cpl, by_id(tmp_path, 1)))]
    assert why.startswith("Which one? The newest firmware is not one entry")
    assert next_step == "Next: plan again, and exclude each of them but the one that is wanted."
    assert make(cpl.excluding(frozenset({CPLEntryID(3)})), by_id(tmp_path, 1)).statuses == [("pathway", "")]


def test_who_runs_firmware_that_was_listed_after_the_target_is_told_so(tmp_path: Path) -> None:
    targets = {CHAIN[CPLEntryID(1)].hardware_model: CPLEntryID(1)}
    (told,) = stuck(make(CHAIN, by_id(tmp_path, 2), Question(targets)))
    assert " is declared. The entry that the Device runs came onto the CPL on 3 January 2020, after" in told["why"]


def test_several_targets_are_called_entries(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 ; 5 model=0009")
    targets = {cpl[CPLEntryID(each)].hardware_model: CPLEntryID(each) for each in (2, 5)}
    told = words(make(cpl, by_id(tmp_path, 1), Question(targets)))
    assert "Targets For each hardware the one of CPL entries 2 (00000002) and 5 (00000005)" in told


def test_the_picture_says_how_to_read_it(tmp_path: Path) -> None:
    told = words(make(CHAIN, by_id(tmp_path, 1)))
    assert "each entry by its CPL Entry ID, and its firmware version in brackets. The more Devices, the" in told


def test_days_and_the_earliest_end_are_told(tmp_path: Path) -> None:
    made = make(catalogue("1 <- 2 <- 3"), by_id(tmp_path, *[1] * 10), limits=Limits(FIRST, 4))
    told = words(made)
    assert "These steps take 3 days, from 1 June 2026 to 3 June 2026." in told
    assert "All steps, those that follow included, can be done on 5 June 2026 at the earliest." in told
    assert "That is for 10 Devices with a step. " in told
    assert "What decides that is the limit in all: 10 Devices at 4 a day. All steps" in told
    assert "3 June 2026 3 2 1" in told
    assert "comes after" not in told


@pytest.mark.parametrize(
    ("in_all", "in_a_region", "said"),
    [
        (4, NO_LIMIT, "the limit in all: 10 Devices at 4 a day. All"),
        (
            NO_LIMIT,
            2,
            "the limit of Region B: 6 Devices at 2 a day. After that comes the limit of Region A, at 2 days.",
        ),
        (9, 3, "the limit in all: 10 Devices at 9 a day. 2 other limits would make it as long."),
        (7, 1, "the limit of Region B: 6 Devices at 1 a day. After that comes the limit of Region A, at 4 days."),
        (3, 5, "the limit in all: 10 Devices at 3 a day. After that comes the limit of Region B, at 2 days."),
        (9, 1000, "the limit in all: 10 Devices at 9 a day. After that comes the limit of Region B, at 1 day."),
    ],
)
def test_what_decides_how_many_days_it_takes(tmp_path: Path, in_all: int, in_a_region: int, said: str) -> None:
    rows = [(device(at), 1, "B" if at < 6 else "A") for at in range(10)]
    file = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id", "Region"), rows)
    region = "Region" if in_a_region < NO_LIMIT else ""
    told = words(make(catalogue("1 <- 2"), file, limits=Limits(FIRST, in_all, in_a_region, region)))
    assert f"What decides that is {said}" in told


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0004, "< 0.1 %"), (0.0005, "0.1 %"), (0.5, "50.0 %"), (0.9996, "> 99.9 %"), (1.0, "100.0 %")],
)
def test_a_share_is_not_rounded_to_nothing_or_to_all(share: float, written: str) -> None:
    cell = table("x", ("Share",), [(share,)])
    assert f"</span>{written}</div>" in unescape(cell).replace("\xa0", " ")
    assert f'<i style="width:{100 * share:.2f}%">' in cell


ENDING = (
    "1 <- 2 <- 3 ; 4 ; 5 model=0009 ; 6 model=0009 ; 7 ? model=0009 ; 5 <- 6 ; 8 model=000A ; 9 model=000A ; 8 <- 9"
)
"""From 3 nothing leads on to 4, and from 6 perhaps to 7; from 9 there is nothing to lead to."""


def test_who_ends_where_nothing_leads_on_is_told_and_has_reached_no_target(tmp_path: Path) -> None:
    made = make(catalogue(ENDING), by_id(tmp_path, 1, 2, 2, 3, 4, 5, 8, 99), limits=Limits(FIRST, 9))
    told = words(made)
    assert (
        "4 Devices would end at an entry out of which nothing leads to newer firmware: 3 at CPL entry 3 "
        "(00000003), since nothing is declared to lead on; 1 at CPL entry 6 (00000006), since nobody has said "
        "whether anything leads on."
    ) in told
    assert "That is for 5 Devices with a step, and not for those who are stuck, of whom there are 2." in told
    accounted = "In the end 2 of 8 Devices are at their targets, 4 where nothing leads on, and 2 are stuck from the"
    assert accounted in told
    first = "1 5 3 (00000003): 2 2 (00000002): 1 6 (00000006): 1 1 other entry: 1 2"
    assert f"At their targets after it {first} 2 1 3 (00000003): 1 2 Who is stuck" in told


def test_who_is_sent_by_name_to_where_nothing_leads_on_has_reached_its_target(tmp_path: Path) -> None:
    cpl = catalogue(f"{ENDING} ; 9 dead-end")
    targets = {cpl[CPLEntryID(each)].hardware_model: CPLEntryID(each) for each in (3, 9)}
    told = words(make(cpl, by_id(tmp_path, 2, 3, 8), Question(targets)))
    assert (
        "2 Devices would end at an entry out of which nothing leads to newer firmware: 1 at CPL entry 3 "
        "(00000003), since nothing is declared to lead on; 1 at CPL entry 9 (00000009), since it is marked "
        "as a dead end."
    ) in told
    assert "In the end 3 of 3 Devices are at their targets. Round" in told


def test_nothing_is_drawn_where_nothing_moves(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2")
    empty = words(make(cpl, by_id(tmp_path)))
    assert "The inventory has no row, so there is nothing to plan." in empty
    all_stuck = make(cpl, by_id(tmp_path, 7, 8, 9))
    told = words(all_stuck)
    assert "No Device can take a step today." in told
    assert "No manufacturer has to be asked." in told
    assert "<svg" not in (all_stuck.folder / "report.html").read_text()


def test_readings_are_counted_apart_or_where_that_is_not_known_together(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2")
    maker, model = cpl[CPLEntryID(1)].hardware_model.manufacturer_id, cpl[CPLEntryID(1)].hardware_model.model
    rows = [(device(at), "", "", maker, model, f"0000{at:04d}", "") for at in range(10, 14)]
    apart = stuck(make(cpl, write_inventory(tmp_path / "inventory.csv", HEADINGS, rows)))
    named = [f"{maker}/{model}@0000{at:04d}" for at in range(10, 14)]
    assert [(each["rows"], each["runs"]) for each in apart] == [("1", each) for each in named]
    rows[0] = ("no id", *rows[0][1:])
    together = stuck(make(cpl, write_inventory(tmp_path / "inventory.csv", HEADINGS, rows)))
    assert [(each["rows"], each["status"]) for each in together] == [("3", "unknown_device"), ("1", "malformed")]
    assert together[0]["runs"] == f"{named[0]}, {named[1]} or 2 others"


def test_rows_that_need_the_same_are_one_line_and_its_filter_finds_them(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 <- 3 ; 4 dead-end ; 5 ? ; 6 model=0009 ; 7 model=0009 listed=2021-01-01")
    traps = write_traps(cpl, tmp_path / "traps.parquet", "all", 300)
    fine = [(device(10 + at), each, "Wick's" if at else "") for at, each in enumerate((1, 1, 2, 4, 5, 99))]
    twice = [(device(at), entry, "") for at in (1, 2) for entry in (1, 2, 4)]
    regions = write_inventory(tmp_path / "regions.csv", ("device_id", "cpl_entry_id", "Ward's"), [*fine, *twice])
    limits = Limits(FIRST, in_a_region=10, region_column="Ward's")
    assert_lines_are_found(make(cpl, traps))
    made = make(cpl, regions, limits=limits)
    assert_lines_are_found(made)
    assert ("6", "duplicate_device_id", "in 3 rows", "") in [tuple(each.values())[:4] for each in stuck(made)]
    filters = [each["filter"] for each in stuck(made)]
    assert "status = 'no_region' AND reason = 'nothing in Ward''s'" in filters
    assert "status = 'dead_end' AND reason IS NULL AND installed = 4" in filters


def assert_lines_are_found(made: Made) -> None:
    """Fail if filters do not find as many rows as their lines count, or two lines say the same of a row."""
    lines, found = stuck(made), Counter[str]()
    for each in lines:
        found[each["filter"]] += int(each["rows"])
    plan = f"read_parquet('{made.folder}/plan.parquet/*.parquet')"
    assert found == {each: rows_of(f"SELECT count(*) FROM {plan} WHERE {each}")[0][0] for each in found}
    said = [(each["why"], each["next_step"]) for each in lines if each["status"] in list(OfTheRow)]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>'])
def test_what_an_inventory_says_is_text_and_nothing_else(tmp_path: Path, hostile: str) -> None:
    cpl = catalogue("1 <- 2")
    inventory = write_inventory(tmp_path / "a&b.csv", ("device_id", "cpl_entry_id"), [(device(1), hostile)])
    page = (make(cpl, inventory).folder / "report.html").read_text()
    assert hostile not in page
    assert page.count("<script>") == 1
    assert "a&amp;b.csv" in page
