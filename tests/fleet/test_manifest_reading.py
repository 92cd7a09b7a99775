"""What is written of waves is read back as it was, and every other manifest is refused, with the place."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from firmpath.fleet.days import Limits
from firmpath.fleet.days_off import NO_DAYS_OFF, DaysOff
from firmpath.fleet.deadline import Deadline
from firmpath.fleet.manifest_reading import read_device_ids, read_manifest
from firmpath.fleet.plan import ReadAs
from firmpath.fleet.planned import Question
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from tests.fleet.planning_here import Made, device, make, write_inventory
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3 ; 4 type=PPMID ; 5 type=PPMID ; 4 <- 5 ; 9 ; notice N1: 1 -> 2")

FIRST = date(2026, 6, 1)


def planned(folder: Path, limits: Limits | None = None, **more: Any) -> Made:
    rows = [(device(at), (1, 2, 4)[at % 3]) for at in range(20)]
    inventory = write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id"), rows)
    question = Question(None, frozenset({"N1"}))
    listed = CPL.excluding([CPLEntryID(9)])
    asked = {"because": "tried", "wave_size": 4, "limits": limits, "excluded_notices": ("N2",), **more}
    return make(listed, inventory, question, **asked)


@pytest.mark.parametrize(
    "limits",
    [None, Limits(FIRST, 6), Limits(FIRST, 6, not_on=DaysOff((5, 6), (date(2026, 6, 2), date(2026, 6, 4))))],
    ids=["no limits", "every day", "not on all days"],
)
def test_what_is_written_is_read(tmp_path: Path, limits: Limits | None) -> None:
    made = planned(tmp_path, limits)
    read = read_manifest(made.folder / "waves" / "manifest.json")
    assert read_manifest(made.folder) == read == read_manifest(made.folder / "waves")
    assert (read.accepted_notices, read.because) == (("N1",), "tried")
    assert (read.excluded_entries, read.excluded_notices) == ((9,), ("N2",))
    assert {(wave.cpl_entry_id, wave.service_request) for wave in read.waves} == {
        (2, "11.1 + 11.3"),
        (3, "11.1 + 11.3"),
        (5, "11.4"),
    }
    for wave, written in zip(read.waves, made.manifest["waves"], strict=True):
        assert wave.manufacturer_image_hash == written["manufacturer_image_hash"]
        assert (str(wave.firmware_version), wave.firmware_name) == (
            written["firmware_version"],
            written["firmware_name"],
        )
        assert [file.name for file in wave.files] == [file["name"] for file in written["files"]]
    ids = [each for wave in read.waves for file in wave.files for each in read_device_ids(made.folder, file)]
    assert sorted(ids) == sorted(row["device_id"] for row in made.rows)
    assert read.devices == len(ids) == 20
    assert (read.known_at, read.targets, read.status_column) == (NOT_KNOWN, (), NOT_KNOWN)
    assert read.columns == {"device_id": "device_id", "cpl_entry_id": "cpl_entry_id"}
    if limits:
        last = max(file.on for wave in read.waves for file in wave.files if file.on)
        assert (read.limits and read.limits.days, read.waves[0].files[0].on) == (4, FIRST)
        assert last == (date(2026, 6, 8) if limits.not_on != NO_DAYS_OFF else date(2026, 6, 4))
    else:
        assert (read.limits, read.waves[0].files[0].day) == (NOT_KNOWN, 0)


def test_whatever_shapes_a_plan_is_recorded(tmp_path: Path) -> None:
    rows = [
        (device(at), each, state) for at, (each, state) in enumerate(((1, "Commissioned"), (1, "Pending"), (4, "")))
    ]
    inventory = write_inventory(tmp_path / "inventory.csv", ("GUID", "CPL ID", "Status"), rows)
    targets = {CPL[CPLEntryID(each)].hardware_model: CPLEntryID(each) for each in (3, 5)}
    known_at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    question = Question(targets, frozenset({"N1"}))
    made = make(CPL, inventory, question, because="tried", only_commissioned=True, known_at=known_at)
    read = read_manifest(made.folder)
    assert (read.known_at, read.targets, read.status_column) == (known_at, (3, 5), "Status")
    assert read.columns == {"device_id": "GUID", "cpl_entry_id": "CPL ID"}
    assert "Only what was on record by 1 May 2026, 12:00 UTC" in (made.folder / "report.html").read_text()


def test_how_the_cpl_and_the_inventory_were_read_is_recorded(tmp_path: Path) -> None:
    inventory = write_inventory(tmp_path / "inventory.csv", ("GUID", "CPL ID"), [(device(1), 1)])
    read_as = ReadAs(
        {"Maker <1>": "manufacturer_id", "FW": "firmware_version"}, ("Colour",), "Meters", {"GUID": "device_id"}
    )
    made = make(CPL, inventory, read_as=read_as)
    read = read_manifest(made.folder)
    assert (read.cpl_mapping, read.cpl_ignored, read.cpl_sheet, read.inventory_mapping) == read_as
    report = (made.folder / "report.html").read_text()
    assert (
        "Maker &lt;1&gt; means manufacturer_id; FW means firmware_version; left out: Colour; sheet: Meters"
        in report
    )
    assert "<dt>Inventory read as</dt><dd>GUID means device_id</dd>" in report
    plain = make(CPL, inventory)
    assert read_manifest(plain.folder)[5:9] == ({}, (), "", {})
    assert "read as" not in (plain.folder / "report.html").read_text()


def change(where: str, value: Any) -> Callable[[Any], None]:
    """Put a value somewhere into a manifest; `...` takes it out."""

    def changed(manifest: Any) -> None:
        *way, last = [int(each) if each.isdecimal() else each for each in where.split(".")]
        for each in way:
            manifest = manifest[each]
        if value is ...:
            del manifest[last]
        else:
            manifest[last] = value

    return changed


FAULTS = {
    "format": ("x", "is not a manifest of waves"),
    "version": (2, "Version '2' is not 1, the version that is understood here, in version of"),
    "as_at": ("1 June", "Date '1 June' is not a date, in as_at of"),
    "devices": (21, "Devices 21 are 20 by what is listed below it, in devices of"),
    "devices_in_a_file_at_most": (
        3,
        "Devices 4 are more than the 3 that a file may have, in waves[0].files[0].devices",
    ),
    "because": (..., "Notices are accepted if and only if because says why, in accepted_notices"),
    "known_at": ("May", "Known at 'May' is not an instant"),
    "columns": ([], "Value '[]' is not an object, in columns"),
    "targets": (["x"], """Value '"x"' is not a whole number from 1 on, in targets"""),
    "status_column": (1, "Value '1' is not text, in status_column"),
    "cpl_mapping": ({"FW": 1}, "Value '1' is not text, in cpl_mapping"),
    "cpl_ignored": ("FW", "Value '\"FW\"' is not a list, in cpl_ignored"),
    "cpl_sheet": ([], "Value '[]' is not text, in cpl_sheet"),
    "inventory_mapping": ([], "Value '[]' is not an object, in inventory_mapping"),
    "excluded_entries": ([0], "Value '0' is not a whole number from 1 on, in excluded_entries"),
    "more": (1, "Field 'more' is not known, in "),
    "waves": ({}, "Value '{}' is not a list, in waves"),
    "waves.0": (7, "Value '7' is not an object, in waves[0]"),
    "waves.0.model": ("5", "Model '5' is not 8 hex digits (it has 1 character), in waves[0].model"),
    "waves.1.cpl_entry_id": (2, "Value '2' is there already, in waves[0].cpl_entry_id, in waves[1].cpl_entry_id"),
    "waves.0.devices": (1.5, "Value '1.5' is not a whole number from 1 on, in waves[0].devices"),
    "waves.0.service_request": ("11.4", "Service request '11.4' does not fit, in waves[0].service_request"),
    "waves.0.manufacturer_image_hash": (..., "Field 'manufacturer_image_hash' is missing, in waves[0]"),
    "waves.0.files.1.name": ("../../etc/passwd", "is not the name of a file of a wave, in waves[0].files[1].name"),
    "waves.0.files.0.name": ("to-3-0001.txt", "is not named for its entry and its day, in waves[0].files[0].name"),
    "waves.0.files.0.sha256": (
        "AB",
        "SHA-256 'AB' is not 64 hex digits in lower case, in waves[0].files[0].sha256",
    ),
    "waves.0.files.0.devices": (True, "Value 'true' is not a whole number from 1 on, in waves[0].files[0].devices"),
    "waves.0.files.0.day": (1, "has a day and a date if and only if the manifest has limits, in waves[0].files[0]"),
}


@pytest.mark.parametrize("where", FAULTS)
def test_every_other_manifest_is_refused_with_the_place(tmp_path: Path, where: str) -> None:
    value, said = FAULTS[where]
    made = planned(tmp_path)
    rewrite(made, change(where, value))
    with pytest.raises(FirmpathError) as refused:
        read_manifest(made.folder)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("limits.days", 3, "Days 3 are 4 by the files that are listed"),
        ("limits.devices_a_day", 5, "Day 1 has 6 Devices, and 5 are allowed"),
        ("limits.not_on", ["sun"], "Day 'sun' is neither a day of the week nor a date"),
        ("limits.not_on", ["monday"], "Date 2026-06-01 is not day 1 from 2026-06-01, in waves[0].files[0].on"),
        ("limits.first_day", "9999-12-31", "Date 2026-06-01 is not day 1 from 9999-12-31"),
        ("limits.first_day", "2026-06-02", "Date 2026-06-01 is not day 1 from 2026-06-02, in waves[0].files[0].on"),
        ("waves.0.files.0.on", ..., "has a day and a date if and only if the manifest has limits"),
    ],
)
def test_days_have_to_keep_the_limits(tmp_path: Path, where: str, value: Any, said: str) -> None:
    made = planned(tmp_path, Limits(FIRST, 6))
    rewrite(made, change(where, value))
    with pytest.raises(FirmpathError) as refused:
        read_manifest(made.folder)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("limits", "needed"),
    [(None, (NOT_KNOWN, 9, NOT_KNOWN)), (Limits(FIRST, 6, 5, "cpl_entry_id"), (5, 9, 5))],
    ids=["no limits", "limits"],
)
def test_a_deadline_is_read(tmp_path: Path, limits: Limits | None, needed: tuple[object, ...]) -> None:
    deadline = Deadline(date(2026, 6, 4), FIRST, DaysOff((), (date(2026, 6, 3),)))
    read = read_manifest(planned(tmp_path, limits, deadline=deadline).folder).deadline
    assert read
    assert (read.finish_by, read.first_day, read.not_on) == deadline
    assert (read.days_needed, read.devices_a_day_needed, read.devices_a_day_in_a_region_needed) == needed
    assert (read.days, read.devices, read.steps, read.devices_stuck) == (3, 20, 27, 0)
    assert (read.can_be_done, read.devices_not_done > 0) == (limits is None, limits is not None)
    assert (read.devices_not_certain, read.first_not_certain_after) == (0, NOT_KNOWN)


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("deadline.can_be_done", 1, "Value '1' is neither true nor false, in deadline.can_be_done of"),
        ("deadline.days", 0, "Value '0' is not a whole number from 1 on, in deadline.days of"),
        ("deadline.steps", ..., "Field 'steps' is missing, in deadline of"),
        ("deadline.hope", True, "Field 'hope' is not known, in deadline of"),
        ("deadline", [], "Value '[]' is not an object, in deadline of"),
    ],
)
def test_a_deadline_that_is_not_understood_is_refused(tmp_path: Path, where: str, value: Any, said: str) -> None:
    made = planned(tmp_path, deadline=Deadline(date(2026, 6, 4), FIRST))
    rewrite(made, change(where, value))
    with pytest.raises(FirmpathError) as refused:
        read_manifest(made.folder)
    assert said in str(refused.value)


def rewrite(made: Made, changed: Callable[[Any], None]) -> None:
    manifest = made.manifest
    changed(manifest)
    (made.folder / "waves" / "manifest.json").write_text(json.dumps(manifest))


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    made = planned(tmp_path)
    rewrite(made, change("waves.0.model", ""))
    rewrite(made, change("waves.1.files.0.sha256", None))
    with pytest.raises(FirmpathError) as refused:
        read_manifest(made.folder)
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"version": 1, "version": 1}', "a name stands twice in one object"),
        ('{"version": NaN}', "NaN is no JSON"),
        ("[]", "is not a manifest of waves"),
        ("\udcff", "is not JSON"),
    ],
)
def test_what_is_no_manifest_at_all_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FirmpathError, match=said):
        read_manifest(file)


def test_a_file_that_is_not_what_the_manifest_says_is_refused(tmp_path: Path) -> None:
    made = planned(tmp_path)
    listed = read_manifest(made.folder).waves[0].files[0]
    name = made.folder / "waves" / listed.name
    octets = name.read_bytes()
    for changed, said in (
        (octets[:-24], "its SHA-256 differs"),
        (octets.replace(b"0", b"1"), "its SHA-256 differs"),
    ):
        name.write_bytes(changed)
        with pytest.raises(FirmpathError, match=said):
            read_device_ids(made.folder, listed)
    name.write_bytes(octets)
    with pytest.raises(FirmpathError, match="is not 3 Device IDs, one on each line"):
        read_device_ids(made.folder, listed._replace(devices=3))
    name.unlink()
    with pytest.raises(FirmpathError, match="there is no such file"):
        read_device_ids(made.folder, listed)


def test_to_read_a_manifest_loads_no_engine() -> None:
    found = "import sys, firmpath.fleet.manifest_reading; print('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", found], capture_output=True, check=True).stdout == b"False\n"
