"""The file of targets: an entry for each hardware, named in any way of naming one, and every fault at once."""

from pathlib import Path

import pytest

from firmpath.fleet.targets import read_targets
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from tests.notation import catalogue

CPL = catalogue(
    "1 <- 2 <- 3 ; 7 type=GSME N/A ; 8 type=GSME withdrawn ; 9 type=GSME ; "
    "4 model=0009 version=0000000A ; 5 model=0009 version=0000000A ; 6 model=0008 cpa=2025-01-01"
)


def read(folder: Path, text: str, cpl: Catalogue = CPL) -> set[int]:
    file = folder / "targets.csv"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return set(read_targets(str(file), cpl).values())


def test_an_entry_is_named_by_its_id_its_version_or_its_hash(tmp_path: Path) -> None:
    entry, other = CPL[CPLEntryID(2)], CPL[CPLEntryID(4)]
    named = f"{entry.hardware_model.manufacturer_id}/{entry.hardware_model.model}@{entry.firmware_version}"
    assert read(tmp_path, f"\ufefftarget\r\n7\r\n\r\n{named}\r\n{other.manufacturer_image_hash}\r\n") == {7, 2, 4}
    assert read(tmp_path, "Target\n2\n2\n") == {2}, "said twice, but one target"


def test_every_fault_of_every_row_is_told(tmp_path: Path) -> None:
    entry = CPL[CPLEntryID(4)]
    twin = f"{entry.hardware_model.manufacturer_id}/{entry.hardware_model.model}@0000000A"
    with pytest.raises(FirmpathError) as refused:
        read(tmp_path, f"target\n2\nabc\n99\n3\n8\n6\n{twin}\n2,3\n")
    where = tmp_path / "targets.csv"
    told = [str(fault) for fault in refused.value.faults]
    assert [
        each.partition(f", in row {at} of {where}")[0] for at, each in zip((3, 4, 5, 6, 7, 8, 9), told, strict=True)
    ] == [
        "Entry 'abc' is not a way to name one",
        "CPL entry 99 is not on this CPL as at 1 June 2026",
        "CPL entry 3 is for the same hardware as 2 in row 2, F001/00050203",
        "CPL entry 8 is withdrawn, so no Device may be taken to it",
        "CPL entry 6 has no CPA certificate any more, so no Device may be taken to it",
        f"Firmware version 0000000A of {twin.partition('@')[0]} is on the CPL twice, with different hashes (CPL "
        "entries 4 and 5)",
        "Entry '2,3' is not a way to name one",
    ]


def test_an_excluded_entry_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(FirmpathError, match="CPL entry 2 is excluded, so no Device may be taken to it, in row 2"):
        read(tmp_path, "target\n2\n", CPL.excluding([CPLEntryID(2)]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not begin with the heading target, alone"),
        ("target,device_id\n2,x\n", "does not begin with the heading target, alone"),
        ("target\n\n", "names no entry; give one in each row, or --target newest"),
        ('target\n"2\n', "cannot be split into cells"),
        ("target\n\udcff\n", "is not UTF-8 text"),
    ],
)
def test_what_is_no_list_of_targets_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FirmpathError, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (
            b"PK\x03\x04",
            "Targets '{file}' is a workbook (XLSX), or another kind of zip archive, from which targets",
        ),
        (b"PAR1\x15\x00", "Targets '{file}' is a Parquet file, from which targets are not read; {right}"),
        (b"\x1f\x8b\x08", "Targets '{file}' is a gzip file, from which targets are not read; {right}"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Targets '{file}' is a workbook of an old kind (XLS), from which"),
        (b"target\n\xff\n", "File '{file}' is not UTF-8 text (octet 0xFF), in line 2; {right}"),
        (b"target\n\0\n", "File '{file}' holds a NUL, so it is not text, in line 2; {right}"),
    ],
)
def test_a_file_that_is_no_text_is_told_by_what_it_is_with_what_is_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, octets: bytes, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("targets.csv")
    file.write_bytes(octets)
    with pytest.raises(FirmpathError) as refused:
        read_targets(str(file), CPL)
    right = "name a CSV file in UTF-8 that has the one column target, with an entry in each row"
    assert str(refused.value).startswith(said.format(file=file, right=right))
    assert str(refused.value).endswith(f"; {right}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FirmpathError, match=r"targets\.csv' cannot be read: there is no such file"):
        read_targets(str(tmp_path / "targets.csv"), CPL)
