"""`firmpath plan` and `firmpath generate --fleet`, as they are run."""

import json
import signal
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.days import day_in_words
from tests.functional.conftest import Firmpath
from tests.functional.running import STARTS, surroundings
from tests.notation import ON

DEVICES = 5000
HEAD = "device_id,cpl_entry_id"
ADD = "add --per-day N, --per-day-by HEADING=N or --finish-by DATE"
DEVICE = "02-00-00-00-00-00-00-01"


@pytest.fixture
def fleet(firmpath: Firmpath, tmp_path: Path) -> Path:
    file = tmp_path / "fleet.parquet"
    made = firmpath("generate", "--fleet", DEVICES, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", file)
    assert (made.code, made.out) == (ExitCode.YES, f"Invented {DEVICES:,} Devices in {file}.\n")
    return file


def test_a_plan_says_what_came_of_every_row(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan"
    done = firmpath("plan", fleet, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", out)
    assert done.code == ExitCode.NO
    assert done.lines[0] == "Planned. Rows of the inventory: 5,000. Rows of the plan: 5,000."
    assert any(line.endswith("have a safe next step") for line in done.lines)
    assert "has plan.parquet, report.html, stuck.csv, and waves/ with" in done.out
    assert {each.name for each in out.iterdir()} == {"plan.parquet", "report.html", "stuck.csv", "waves"}
    report = (out / "report.html").read_text()
    assert "Every row of the inventory is in the plan: 5,000 in, 5,000 out." in report
    assert "<svg" in report
    assert "src=" not in report
    assert "href=" not in report


def test_the_same_as_json_and_as_csv(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    common = ("--cpl", EXAMPLE_CPL, "--on", ON)
    told = firmpath("plan", fleet, *common, "--out", tmp_path / "a", "--json").json
    assert (told["version"], told["rows_in"], told["rows_out"]) == (1, DEVICES, DEVICES)
    assert sum(told["statuses"].values()) == DEVICES
    firmpath("plan", fleet, *common, "--out", tmp_path / "b", "--form", "csv")
    parts = f"FROM read_parquet('{tmp_path}/a/plan.parquet/*.parquet')"
    lines = f"FROM read_csv('{tmp_path}/b/plan.csv', types = {{'reason': 'VARCHAR', 'candidates': 'VARCHAR'}})"
    assert duckdb.execute(parts).fetchall() == duckdb.execute(lines).fetchall()
    manifests = [json.loads((tmp_path / each / "waves" / "manifest.json").read_text()) for each in "ab"]
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("ending", ["parquet", "csv", "csv.gz", "csv.zst"])
def test_the_same_seed_is_the_same_fleet(firmpath: Firmpath, tmp_path: Path, ending: str) -> None:
    found: list[object] = []
    for seed in (1, 1, 2):
        file = tmp_path / f"{len(found)}.{ending}"
        firmpath("generate", "--fleet", 300, "--seed", seed, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", file)
        found.append(duckdb.execute(f"FROM '{file}'").fetchall())
    assert found[0] == found[1] != found[2]


def test_a_flawless_fleet_is_planned_without_a_complaint(firmpath: Firmpath, tmp_path: Path) -> None:
    file, out = tmp_path / "fleet.csv", tmp_path / "plan"
    firmpath("generate", "--fleet", 9000, "--flawless", "--cpl", EXAMPLE_CPL, "--on", ON, "--out", file)
    told = firmpath("plan", file, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", out, "--json").json
    assert not {"malformed", "duplicate_device_id"} & told["statuses"].keys()
    found = duckdb.execute(f"SELECT DISTINCT device_status, '{ON}' - read_on FROM '{file}'").fetchall()
    assert set(found) == {("Commissioned", days) for days in range(28)}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("fleet.txt", "device_id", "is of no form that is known; name a file that ends in .parquet, .csv"),
        ("fleet.csv", "", "is empty; its first line has to name the columns"),
        ("fleet.csv", "device_id,device_id,cpl_entry_id\n", "Heading 'device_id' is there twice"),
        ("fleet.parquet", "PAR1 and nothing", "cannot be read"),
        ("fleet.csv.gz", "not gzip", "is no whole gzip file: not a gzipped file"),
        (
            "fleet.csv",
            f'{HEAD}\n"02-00,101\n{DEVICE},101\n',
            "other rows may be lost in it; see that every quotation",
        ),
        (
            "fleet.csv",
            f'{HEAD},more\n{DEVICE},101,"a\n{DEVICE},101,b\n',
            "has a cell with a line break in line 2, and other rows may be lost in it",
        ),
        ("fleet.csv", f"{HEAD}\n\udcff,101\n", "cannot be read: line 2 is not in UTF-8; save it in UTF-8"),
    ],
)
def test_an_inventory_that_cannot_be_read_is_refused(
    firmpath: Firmpath, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, errors="surrogateescape")
    refused = firmpath("plan", tmp_path / name, "--cpl", EXAMPLE_CPL, "--out", tmp_path / "plan")
    assert refused.code == ExitCode.REFUSED
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert {each.name for each in tmp_path.iterdir()} == {name}


@pytest.mark.parametrize(
    ("devices", "out", "said"),
    [
        (
            2**32,
            "fleet.csv",
            "Fleet '4294967296' has more than 4,294,967,295 Devices; give fewer, so that each has an ID",
        ),
        (5, "nowhere/fleet.csv", "fleet.csv' cannot be written: its folder is not there; make the folder"),
    ],
)
def test_a_fleet_that_cannot_be_invented_is_refused(
    firmpath: Firmpath, tmp_path: Path, devices: int, out: str, said: str
) -> None:
    refused = firmpath("generate", "--fleet", devices, "--cpl", EXAMPLE_CPL, "--out", tmp_path / out)
    assert refused.code == ExitCode.REFUSED
    assert said in " ".join(refused.err.split())
    assert not list(tmp_path.iterdir())


def test_a_plan_in_a_folder_that_cannot_be_made_is_refused(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text(f"{HEAD}\n")
    common = (tmp_path / "fleet.csv", "--cpl", EXAMPLE_CPL, "--out")
    refused = firmpath("plan", *common, tmp_path / "fleet.csv" / "plan")
    assert "cannot be written: file exists; it is to be in what is a file and no folder; name" in refused.err
    assert refused.code == ExitCode.REFUSED


def test_an_inventory_without_rows_is_said_to_have_none(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text(f"{HEAD}\n")
    done = firmpath("plan", tmp_path / "fleet.csv", "--cpl", EXAMPLE_CPL, "--out", tmp_path / "plan")
    assert done.code == ExitCode.YES
    assert done.lines[1] == "The inventory has no row, so there is nothing to plan."


def test_a_plan_that_leaves_something_out_says_what_its_targets_are(
    firmpath: Firmpath, fleet: Path, tmp_path: Path
) -> None:
    common = (fleet, "--cpl", EXAMPLE_CPL, "--on", ON)
    words = "A target is the newest firmware of what is not left out."
    assert words in firmpath("plan", *common, "--exclude", 118, "--out", tmp_path / "a").lines
    assert words not in firmpath("plan", *common, "--out", tmp_path / "b").lines


def test_every_fault_of_the_targets_is_told(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    targets = tmp_path / "targets.csv"
    targets.write_text("target\n118\nabc\n99999\n")
    refused = firmpath("plan", fleet, "--cpl", EXAMPLE_CPL, "--target", targets, "--out", tmp_path / "plan")
    assert refused.code == ExitCode.REFUSED
    assert "Entry 'abc' is not a way to name one, in row 3" in refused.err
    assert "CPL entry 99999 is not on this CPL" in refused.err


def test_a_run_that_is_killed_leaves_nothing_and_the_next_one_finishes(firmpath: Firmpath, tmp_path: Path) -> None:
    file, out = tmp_path / "fleet.parquet", tmp_path / "plans" / "plan"
    firmpath("generate", "--fleet", 400_000, "--cpl", EXAMPLE_CPL, "--out", file)
    command = [*STARTS, "plan", str(file), "--cpl", EXAMPLE_CPL, "--out", str(out)]
    with subprocess.Popen(command, env=surroundings(), stdout=subprocess.DEVNULL) as process:
        unfinished = out.with_name(".plan.unfinished")
        while process.poll() is None and not unfinished.exists():
            pass
        process.send_signal(signal.SIGKILL)
    assert not out.exists()
    assert unfinished.exists()
    firmpath("plan", file, "--cpl", EXAMPLE_CPL, "--out", out)
    assert [each.name for each in out.parent.iterdir()] == ["plan"]


def test_limits_and_what_is_left_out_are_said_and_written_down(
    firmpath: Firmpath, fleet: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan"
    asked = ("--per-day", 900, "--per-day-by", "manufacturer_id=400", "--exclude", 118, "--first-day", "2046-09-30")
    done = firmpath("plan", fleet, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", out, *asked)
    manifest = json.loads((out / "waves" / "manifest.json").read_text())
    limits = manifest["limits"]
    days = limits["days"]
    last_day = day_in_words(date.fromisoformat(limits["last_day"]))
    assert f"Under the limits these steps take {days} days, from 30 September 2046 to {last_day}." in done.out
    assert (limits["devices_a_day"], limits["devices_a_day_in_a_region"]) == (900, 400)
    assert manifest["excluded_entries"] == [118]
    told = firmpath("plan", fleet, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", tmp_path / "b", *asked, "--json").json
    assert (told["days"], told["first_day"]) == (days, "2046-09-30")
    assert "Devices at 900 a day. 1 other limit would make it as long." in done.out
    late = f"For {told['devices_too_late']:,} Devices the day comes after the last on which the pathway can be used"
    assert told["devices_too_late"] > 9
    assert f"{late}, by what is on record today. report.html says which." in done.out
    assert told["held_back"] == told["statuses"]["pathway_closed"] > 0
    held_back = f"Held back by what you left out, and by nothing else: {told['held_back']} Devices."
    assert held_back in done.out
    nowhere = "Devices would end at an entry out of which nothing leads to newer firmware"
    assert f"{told['nothing_leads_on']} {nowhere}; the report says which." in done.out


def test_days_are_left_out(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    asked = ("--per-day", 300, "--first-day", "2026-12-19", *("--not-on", "Saturday"), *("--not-on", "sunday"))
    common = ("plan", fleet, "--cpl", EXAMPLE_CPL, "--on", ON, "--out", tmp_path / "plan")
    done = firmpath(*common, *asked, "--not-on", "2026-12-25", "--not-on", "2026-12-28")
    assert "from 21 December 2026 to" in done.out
    manifest = json.loads((tmp_path / "plan" / "waves" / "manifest.json").read_text())
    assert manifest["limits"]["not_on"] == ["saturday", "sunday", "2026-12-25", "2026-12-28"]
    dates = {file["day"]: file["on"] for wave in manifest["waves"] for file in wave["files"]}
    assert [dates[day] for day in (1, 4, 5, 6)] == ["2026-12-21", "2026-12-24", "2026-12-29", "2026-12-30"]
    lonely = firmpath(*common, "--replace", "--not-on", "saturday")
    assert (
        "Day 'saturday' is given, but no limit; add --per-day N, --per-day-by HEADING=N or --finish-by DATE"
        in lonely.err
    )


def test_every_fault_of_an_order_is_told(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\n"GUID" = "device"\n')
    wrong = ("--per-day", 0, "--per-day-by", "5000", "--first-day", "soon", "--wave-size", "many", "--column", "x")
    refused = firmpath("plan", fleet, "--cpl", EXAMPLE_CPL, "--out", tmp_path / "plan", *wrong)
    assert refused.code == ExitCode.REFUSED
    assert refused.err.splitlines()[:-1] == [
        "firmpath: Column 'x' does not say which heading means which column; write it as OURS=HEADING, OURS being "
        "one of device_id, cpl_entry_id, device_type, manufacturer_id, model, firmware_version, "
        "manufacturer_image_hash",
        "firmpath: Wave size 'many' is not a whole number from 1 to 10,000,000",
        "firmpath: Limit '0' is not a whole number from 1 to 10,000,000,000",
        "firmpath: Limit '5000' does not say how many of which column; write it as HEADING=N, such as Region=5000",
        "firmpath: First day 'soon' is not a date; write it as 2026-01-31",
    ]
    common = (fleet, "--cpl", EXAMPLE_CPL, "--out", tmp_path / "plan")
    lonely = firmpath("plan", *common, "--on", ON, "--first-day", "2026-09-30")
    assert (
        "First day '2026-09-30' is given, but no limit; add --per-day N, --per-day-by HEADING=N or --finish-by DATE"
        in lonely.err
    )
    far = firmpath("plan", *common, "--per-day", 1, "--on", ON, "--first-day", "9999-12-31")
    assert "First day '9999-12-31' is more than a hundred years ahead; check the year" in far.err
    mapped = firmpath("plan", *common, "--inventory-mapping", mapping)
    assert (
        "Column 'device' in the mapping of heading 'GUID' does not exist; did you mean 'device_id'?" in mapped.err
    )


def test_headings_are_named_one_by_one_or_in_a_mapping(firmpath: Firmpath, tmp_path: Path) -> None:
    inventory, mapping = tmp_path / "fleet.csv", tmp_path / "mapping.toml"
    inventory.write_text(f"Meter,Runs\n{DEVICE},101\n")
    mapping.write_text('[columns]\n"Meter" = "device_id"\n')
    common = (inventory, "--cpl", EXAMPLE_CPL, "--on", ON, "--inventory-mapping", mapping)
    done = firmpath("plan", *common, "--column", "cpl_entry_id=Runs", "--out", tmp_path / "a", "--json")
    assert (done.json["rows_in"], "malformed" in done.json["statuses"]) == (1, False)
    both = firmpath("plan", *common, "--column", "device_id=Runs", "--out", tmp_path / "b")
    assert "Column 'device_id' is given two headings, Meter and Runs; give it one" in both.err
    mapping.write_text('ignore = ["Colour"]')
    ignoring = firmpath("plan", *common, "--out", tmp_path / "b")
    assert "has an ignore, and columns that are not understood are left alone anyway; take it out" in ignoring.err
