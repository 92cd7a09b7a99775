"""Plans: every row comes out, with what the core says of it, and everything that cannot be planned has a reason."""

from pathlib import Path

import duckdb
import pytest

from firmpath.fleet.plan import Order
from firmpath.fleet.planned import STATUSES, Question
from firmpath.fleet.planning import plan_fleet
from firmpath.fleet.words import STATUS_WORDS
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from tests.fleet.planning_here import HEADINGS, as_parquet, device, make, write_inventory
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3 ; 4 dead ; 5 N/A ; 4 <- 6 ; 7 type=GSME N/A")
BY_ID = ("device_id", "cpl_entry_id")


def by_id(folder: Path, *ids: object) -> Path:
    rows = [(device(at), cpl_entry_id) for at, cpl_entry_id in enumerate(ids)]
    return write_inventory(folder / "inventory.csv", BY_ID, rows)


def test_every_row_has_its_next_step_in_the_order_of_the_inventory(tmp_path: Path) -> None:
    made = make(catalogue("1 <- 2 <- 3"), by_id(tmp_path, 3, 1, 2, 1))
    told = [(row["device_id"], row["installed"], row["next_entry"], row["remaining_steps"]) for row in made.rows]
    assert told == [
        (device(0), 3, None, 0),
        (device(1), 1, 2, 2),
        (device(2), 2, 3, 1),
        (device(3), 1, 2, 2),
    ]
    assert {row["target"] for row in made.rows} == {3}
    assert [row["status"] for row in made.rows] == ["already_there", "pathway", "pathway", "pathway"]


def test_what_cannot_be_planned_is_a_row_with_a_reason(tmp_path: Path) -> None:
    rows = [
        (device(1), "1"),
        ("00-11", "1"),
        ("", "1"),
        (device(2), "01"),
        (device(3), ""),
        (device(4), "99"),
        (device(5), "1"),
        (device(5).replace("-", "").lower(), "2"),
    ]
    inventory = write_inventory(tmp_path / "inventory.csv", BY_ID, rows)
    for each in (inventory, as_parquet(inventory)):
        made = make(catalogue("1 <- 2"), each)
        assert made.statuses == [
            ("pathway", ""),
            ("malformed", "device_id"),
            ("malformed", "device_id"),
            ("malformed", "cpl_entry_id"),
            ("malformed", "cpl_entry_id"),
            ("unknown_device", "not on the CPL"),
            ("duplicate_device_id", "in 2 rows"),
            ("duplicate_device_id", "in 2 rows"),
        ]
        assert [row["next_entry"] for row in made.rows] == [2, *[None] * 7]
        assert made.rows[7]["device_id"] == device(5)
        assert made.rows[1]["device_id"] == "00-11"


def test_what_only_looks_like_a_device_id_is_no_other_of_it(tmp_path: Path) -> None:
    rows = [(each, 1) for at in (5, 6) for each in [device(at)] * (7 - at) + [device(at).replace("-", ".", 1)]]
    made = make(catalogue("1 <- 2"), write_inventory(tmp_path / "inventory.csv", BY_ID, rows))
    assert made.statuses == [
        *[("duplicate_device_id", "in 2 rows")] * 2,
        ("malformed", "device_id"),
        ("pathway", ""),
        ("malformed", "device_id"),
    ]


def test_ids_are_taken_in_each_way_of_writing_them(tmp_path: Path) -> None:
    dashed = device(0xABCDEF)
    written = [dashed, device(1).replace("-", ""), device(2).lower(), device(3).replace("-", ":"), f" {device(4)} "]
    inventory = write_inventory(tmp_path / "inventory.csv", BY_ID, [(each, 1) for each in written])
    made = make(catalogue("1 <- 2"), inventory)
    assert [row["device_id"] for row in made.rows] == [dashed, *map(device, range(1, 5))]
    assert {row["status"] for row in made.rows} == {"pathway"}


def test_a_row_with_more_cells_than_headings_is_malformed(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_text(f"device_id,cpl_entry_id\n{device(1)},1\n{device(2)},1,stray\n{device(3)}\n")
    made = make(catalogue("1 <- 2"), inventory)
    assert made.statuses == [
        ("pathway", ""),
        ("malformed", "more cells than headings"),
        ("malformed", "cpl_entry_id"),
    ]


def test_a_row_with_more_cells_than_headings_stays_malformed_though_its_id_stands_twice(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_text(f"device_id,cpl_entry_id\n{device(1)},1\n{device(1)},1,stray\n")
    assert make(catalogue("1 <- 2"), inventory).statuses == [
        ("duplicate_device_id", "in 2 rows"),
        ("malformed", "more cells than headings"),
    ]


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_what_was_laid_aside_is_no_part_of_a_plan(tmp_path: Path, form: str) -> None:
    folder = make(catalogue("1 <- 2"), by_id(tmp_path, 1, 1, 2), form=form).folder
    assert {each.name for each in folder.iterdir()} == {f"plan.{form}", "waves", "report.html", "stuck.csv"}


def test_an_inventory_that_grows_while_it_is_planned_is_refused(tmp_path: Path) -> None:
    inventory, grown = (
        as_parquet(write_inventory(tmp_path / f"{name}.csv", BY_ID, [(device(at), 1) for at in range(rows)]))
        for name, rows in (("inventory", 2), ("grown", 3))
    )

    def told(what: str, part: float) -> None:
        if what == "Comparing Device IDs":
            inventory.write_bytes(grown.read_bytes())

    with pytest.raises(FirmpathError, match=r"inventory\.parquet' was changed while it was read; see that nobody"):
        plan_fleet(catalogue("1 <- 2"), Order(str(inventory), {}, Question()), tmp_path / "plan", told)
    assert not (tmp_path / "plan").exists()


def test_a_model_and_version_is_looked_up_and_narrowed(tmp_path: Path) -> None:
    twins = catalogue("1 <- 3 ; 2 <- 4 ; 1 version=0000000A ; 2 version=0000000A")
    one, other = twins[CPLEntryID(1)], twins[CPLEntryID(2)]
    maker, model, version = one.hardware_model.manufacturer_id, one.hardware_model.model, one.firmware_version
    rows = [
        (device(1), "", "ESME", maker, model, version, ""),
        (device(2), "", "ESME", maker, model, version, one.manufacturer_image_hash),
        (device(3), "", "", str(maker).lower(), model, version, other.manufacturer_image_hash.lower()),
        (device(4), "", "GSME", maker, model, version, ""),
        (device(5), "", "", maker, model, "0000000B", ""),
        (device(6), "1", "", maker, model, "00000009", ""),
        (device(7), "", "Toaster", maker, model, version, ""),
        (device(8), "", "", "", "", "", one.manufacturer_image_hash),
    ]
    made = make(twins, write_inventory(tmp_path / "inventory.csv", HEADINGS, rows))
    assert made.statuses == [
        ("candidates_disagree", "settled by manufacturer_image_hash"),
        ("pathway", ""),
        ("pathway", ""),
        ("unknown_device", "contradicted by device_type"),
        ("unknown_device", "not on the CPL"),
        ("unknown_device", "contradicted by firmware_version"),
        ("malformed", "device_type"),
        ("pathway", ""),
    ]
    assert [(row["installed"], row["candidates"], row["next_entry"]) for row in made.rows[:3]] == [
        (None, "1; 2", None),
        (1, None, 3),
        (2, None, 4),
    ]


def test_twins_for_which_the_same_is_right_are_planned(tmp_path: Path) -> None:
    twins = catalogue("1,2 <- 3 ; 1 version=0000000A ; 2 version=0000000A")
    entry = twins[CPLEntryID(1)]
    row = (device(1), "", "", entry.hardware_model.manufacturer_id, entry.hardware_model.model, "0000000A", "")
    made = make(twins, write_inventory(tmp_path / "inventory.csv", HEADINGS, [row]))
    (planned,) = made.rows
    assert (planned["status"], planned["installed"], planned["candidates"], planned["next_entry"]) == (
        "pathway",
        None,
        "1; 2",
        3,
    )


def test_a_target_for_each_hardware(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 <- 3 ; 9 type=GSME N/A")
    targets = {cpl[CPLEntryID(2)].hardware_model: CPLEntryID(2)}
    made = make(cpl, by_id(tmp_path, 1, 2, 3, 9), Question(targets))
    assert [(row["status"], row["target"]) for row in made.rows] == [
        ("pathway", 2),
        ("already_there", 2),
        ("no_pathway_declared", 2),
        ("no_target", None),
    ]


def test_a_notice_holds_devices_back_unless_its_risk_is_accepted(tmp_path: Path) -> None:
    cpl = catalogue("1 <- 2 ; notice N1: 1 -> 2")
    inventory = by_id(tmp_path, 1)
    assert make(cpl, inventory).statuses == [("blocked_by_notice", "notice N1")]
    made = make(cpl, inventory, Question(None, frozenset({"N1"})), because="tried in the laboratory")
    assert made.statuses == [("pathway", "")]
    assert (made.manifest["accepted_notices"], made.manifest["because"]) == (["N1"], "tried in the laboratory")


def test_a_folder_of_files_is_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    folder.mkdir()
    for name, number in (("b.csv", 2), ("a.csv", 1)):
        write_inventory(folder / name, BY_ID, [(device(number), 1)])
    assert [row["device_id"] for row in make(catalogue("1 <- 2"), folder).rows] == [device(1), device(2)]
    write_inventory(folder / "c.csv", ("device_id", "firmware"), [])
    with pytest.raises(FirmpathError, match=r"has other columns than .*a\.csv"):
        make(catalogue("1 <- 2"), folder)


def test_headings_are_understood_or_asked_for(tmp_path: Path) -> None:
    inventory = write_inventory(tmp_path / "inventory.csv", ("GUID", "CPL Entry ID"), [(device(1), 1)])
    assert make(catalogue("1 <- 2"), inventory).statuses == [("pathway", "")]
    other = write_inventory(tmp_path / "other.csv", ("meter", "cpl_entry_id"), [(device(1), 1)])
    with pytest.raises(FirmpathError, match="has no column device_id; it has meter, cpl_entry_id; say which it is"):
        make(catalogue("1 <- 2"), other)
    bare = write_inventory(tmp_path / "bare.csv", ("device_id", "model"), [(device(1), 1)])
    with pytest.raises(FirmpathError, match="has neither cpl_entry_id nor manufacturer_id, model and firmware"):
        make(catalogue("1 <- 2"), bare)


def test_the_same_inventory_gives_the_same_bytes(tmp_path: Path) -> None:
    inventory = as_parquet(by_id(tmp_path, *[1, 2, 99] * 400))
    octets = [
        {
            file.relative_to(made.folder): file.read_bytes()
            for file in sorted(made.folder.rglob("*"))
            if file.is_file()
        }
        for made in (make(CPL, inventory), make(CPL, inventory))
    ]
    assert octets[0] == octets[1]


def test_every_status_has_words() -> None:
    assert set(STATUS_WORDS) == set(STATUSES)


def test_an_inventory_without_a_row_is_a_plan_without_a_row(tmp_path: Path) -> None:
    inventory = write_inventory(tmp_path / "inventory.csv", BY_ID, [])
    for each in (inventory, as_parquet(inventory)):
        for form in ("parquet", "csv"):
            made = make(catalogue("1 <- 2"), each, form=form)
            assert (made.plan.rows, made.rows) == (0, [])
            assert "No Device can take a step today." in (made.folder / "report.html").read_text()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("18446744073709551615::UBIGINT", "malformed"),
        ("-1", "malformed"),
        ("1.0::DOUBLE", "pathway"),
        ("DATE '2026-01-01'", "malformed"),
        ("NULL::BIGINT", "malformed"),
        ("1::UTINYINT", "pathway"),
        ("'1'::BLOB", "pathway"),
    ],
)
def test_a_parquet_file_may_have_its_ids_in_any_type(tmp_path: Path, value: str, status: str) -> None:
    file = tmp_path / "inventory.parquet"
    duckdb.execute(f"COPY (SELECT '{device(1)}' AS device_id, {value} AS cpl_entry_id) TO '{file}'")
    assert [each for each, _ in make(catalogue("1 <- 2"), file).statuses] == [status]
