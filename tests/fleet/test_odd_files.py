"""Files that are odd: each is planned row by row, or refused in words with the place and what to do."""

import struct
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from firmpath.fleet import joining
from firmpath.fleet.days import Limits
from firmpath.fleet.inventory import find_inventory
from firmpath.fleet.pieces import inventory_pieces
from firmpath.fleet.unfinished import complete_or_nothing
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import as_parquet, device, make, write_inventory
from tests.notation import ON, catalogue

CPL = catalogue("1 <- 2 <- 3")
HEAD = "device_id,cpl_entry_id"


def csv_of(folder: Path, octets: str | bytes) -> Path:
    file = folder / "meters.csv"
    file.write_bytes(octets.encode() if isinstance(octets, str) else octets)
    return file


def parquet_of(file: Path, **columns: Any) -> Path:
    file.parent.mkdir(exist_ok=True)
    pq.write_table(pa.table(columns), file)
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f'{HEAD}\n{device(1)},1\n{device(2)},"1',
            "has a quotation mark that is not closed in line 3, its last; see that it is whole, and that every",
        ),
        (
            f'{HEAD}\n{device(1)},"1',
            "has a quotation mark that is not closed in line 2, its last; see that it is whole, and that every",
        ),
        (
            f'device_id,"cpl_entry_id\n{device(1)},1\n',
            "has a heading that goes over several lines, or whose quotation mark is not closed; write all headings",
        ),
        (
            f'device_id,"cpl_\nentry_id"\n{device(1)},1\n',
            "has a heading that goes over several lines, or whose quotation mark is not closed; write all headings",
        ),
        (
            f"{HEAD}\n{device(1)},1\n{device(2)},1\r{device(3)},1\n{device(4)},1\n",
            "has a line that ends as on old Macs, line 3, and rows may be lost in it; see that each line ends with",
        ),
        (f"\n{HEAD}\n{device(1)},1\n", "begins with an empty line; its first line has to name the columns"),
        ("\n\n", "is empty; its first line has to name the columns"),
        (
            f'{HEAD},Note\n{device(1)},1,Caf\xe9\n{device(2)},1,"x\n{device(3)},1,"x\n'.encode("latin-1"),
            "has a cell with a line break in line 3, and other rows may be lost in it; see that every quotation",
        ),
    ],
)
def test_csv_in_which_rows_may_be_lost_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(FirmpathError, match=f"meters.csv' {said}"):
        make(CPL, csv_of(tmp_path, text))


@pytest.mark.parametrize("note", ['5" pipe', "Caf\xe9", '"5"" pipe"', ""])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_what_stands_in_a_column_that_is_not_read_does_no_harm(tmp_path: Path, note: str, end: str) -> None:
    """Where it is in the last row too, in which an open quotation mark is looked for."""
    text = f"{HEAD},Note\n{device(1)},1,{note}\n{device(2)},2,{note}{end}"
    made = make(CPL, csv_of(tmp_path, text.encode("latin-1")))
    assert made.statuses == [("pathway", ""), ("pathway", "")]


NOTHING = {"device_id": pa.array([], pa.string()), "cpl_entry_id": pa.array([], pa.int64())}


def test_parquet_without_a_row_is_a_plan_without_one(tmp_path: Path) -> None:
    made = make(CPL, parquet_of(tmp_path / "meters.parquet", **NOTHING))
    assert (made.plan.rows, made.rows) == (0, [])
    folder = tmp_path / "meters"
    parquet_of(folder / "a.parquet", **NOTHING)
    parquet_of(folder / "b.parquet", device_id=[device(1)], cpl_entry_id=[1])
    parquet_of(folder / "c.parquet", **NOTHING)
    assert make(CPL, folder).statuses == [("pathway", "")]


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        (
            "cpl_entry_id",
            pa.array([timedelta(0, 1)]),
            r"values of the type duration\[us\] in the column cpl_entry_id",
        ),
        (
            "cpl_entry_id",
            pa.array([b"0" * 16], pa.uuid()),
            "values of the type extension<arrow.uuid> in the column",
        ),
        (
            "device_id",
            pa.array([b"0" * 16], pa.uuid()),
            "values of the type extension<arrow.uuid> in the column dev",
        ),
        (
            "cpl_entry_id",
            pa.array([2.0]).cast(pa.float16()),
            "values of the type halffloat in the column cpl_entry",
        ),
        ("cpl_entry_id", pa.array([[1]]), "lists or parts in the column cpl_entry_id; give each Device one plain"),
    ],
)
def test_a_column_of_what_is_neither_text_nor_a_number_is_refused_by_its_name(
    tmp_path: Path, column: str, values: pa.Array, said: str
) -> None:
    file = tmp_path / "meters.parquet"
    parquet_of(file, **{"device_id": [device(1)], "cpl_entry_id": [1], column: values})
    with pytest.raises(FirmpathError, match=f"meters.parquet' has {said}"):
        make(CPL, file)


def no_text() -> pa.StringArray:
    """Give two texts of which the first is none, as a file can have them."""
    ends = pa.py_buffer(struct.pack("<3i", 0, 2, 3))
    return pa.Array.from_buffers(pa.string(), 2, [None, ends, pa.py_buffer(b"\xff\xfe1")])


def test_octets_that_are_no_text_are_no_device_and_no_reading(tmp_path: Path) -> None:
    made = make(CPL, parquet_of(tmp_path / "a.parquet", device_id=no_text(), cpl_entry_id=[1, 1]))
    assert made.statuses == [("malformed", "device_id")] * 2
    with pytest.raises(FirmpathError, match="has a column of octets that are no text in UTF-8; write it as text"):
        make(CPL, parquet_of(tmp_path / "b.parquet", device_id=[device(1), device(2)], cpl_entry_id=no_text()))


def test_a_column_that_can_be_none_of_regions_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_REGIONS", 3)
    rows = [(device(at), 1, f"R{at}") for at in range(4)]
    file = write_inventory(tmp_path / "a.csv", ("device_id", "cpl_entry_id", "Meter"), rows)
    limits = Limits(ON, in_a_region=5, region_column="Meter")
    with pytest.raises(FirmpathError, match="Column 'Meter' has more than 3 different values, too many for re"):
        make(CPL, file, limits=limits)


def test_what_cannot_be_seen_is_written_out_in_the_report_and_a_formula_is_not_run(tmp_path: Path) -> None:
    rows = [(device(1), "\u202eESME", ""), (device(2), "=1+1", ""), (device(3), "", "\x1b[31mNorth" + "h" * 90)]
    rows.append((device(4), "", "\x1b[31mNorth" + "h" * 90))
    headings = ("device_id", "device_type", "Area", "manufacturer_id", "model", "firmware_version")
    running = ("F001", "00050203", "00000001")
    file = write_inventory(tmp_path / "a.csv", headings, [(*row, *running) for row in rows])
    made = make(CPL, file, limits=Limits(ON, in_a_region=1, region_column="Area"))
    report = (made.folder / "report.html").read_text()
    assert "\\u202eESME F001/" in report
    assert f"the limit of Area \\u001b[31mNorth{'h' * 50}…: 2 Devices at 1 a day." in report
    assert {"\u202e", "\x1b"}.isdisjoint(report)
    assert ",'=1+1 F001/00050203@00000001," in (made.folder / "stuck.csv").read_text()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_file_that_is_gone_by_the_time_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_inventory(Path("meters.csv"), ("device_id", "cpl_entry_id"), [(device(1), 1)])
    file = as_parquet(file) if form == "parquet" else file
    inventory = find_inventory(str(file), {})
    file.unlink()
    with pytest.raises(FirmpathError, match=f"Inventory '{file}' cannot be read: .*; see that it is whole"):
        list(inventory_pieces(inventory))


def test_what_is_gone_is_not_the_folder_that_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    gone = Path("gone.csv")
    with (
        pytest.raises(FirmpathError, match=f"File '{gone}' cannot be read: there is no such file or folder"),
        complete_or_nothing(Path("plan")),
    ):
        gone.read_bytes()
    with (
        pytest.raises(FirmpathError, match="Plan 'plan' cannot be written: no such file or directory"),
        complete_or_nothing(Path("plan")) as unfinished,
    ):
        (unfinished / "part").read_bytes()
    assert list(tmp_path.iterdir()) == []
    Path("file").touch()
    right = "it is to be in what is a file and no folder; name another folder"
    for below in ("file/plan", "file/of/plan"):
        with pytest.raises(FirmpathError, match=f"Plan '{below}' cannot be written: .*; {right}"):
            complete_or_nothing(Path(below)).__enter__()
