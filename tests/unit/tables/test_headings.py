"""Which headings are understood, and what is said of those that are not."""

from pathlib import Path

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.tables.columns import COLUMNS, NAME_BY_HEADING, fold_heading
from firmpath.tables.headings import name_of_position
from firmpath.tables.mapping import Mapping, ignoring, read_mapping
from tests.unit.tables.invented_tables import BARE_ROW, csv_of, read, refusal


def renamed(**headings: str) -> str:
    return csv_of({headings.get(name, name): cell for name, cell in BARE_ROW.items()})


def test_no_heading_means_two_columns() -> None:
    for column in COLUMNS:
        for heading in (column.name, column.term, *column.synonyms):
            assert NAME_BY_HEADING[fold_heading(heading)] == column.name, heading


@pytest.mark.parametrize("heading", ["CPL ID", "cpl-entry id", " CPL_Entry_ID ", "Entry.ID"])
def test_case_spacing_and_punctuation_are_forgiven(tmp_path: Path, heading: str) -> None:
    assert len(read(tmp_path, renamed(cpl_entry_id=heading))) == 1


def test_an_unknown_heading_is_refused_by_name(tmp_path: Path) -> None:
    content = csv_of(BARE_ROW | {"Colour": "red", "Notess": "x"})
    assert refusal(tmp_path, content).splitlines() == [
        "Heading 'Colour' is not known, in row 1;"
        " map it to a column of ours with --mapping, or leave it out with --ignore",
        "Heading 'Notess' is not known, in row 1;"
        " did you mean 'notes'? If not, map it to a column of ours with --mapping, or leave it out with --ignore",
    ]
    mapping = Mapping((("notess", "notes"),), ("COLOUR",))
    assert len(read(tmp_path, content, mapping)) == 2


def test_two_headings_for_one_column_are_refused(tmp_path: Path) -> None:
    content = csv_of(BARE_ROW | {"HW version": "02"})
    said = (
        "Heading 'HW version' means the column hardware_version, and so does 'hardware_version', in row 1;"
        " ignore one of them"
    )
    assert refusal(tmp_path, content) == said
    assert len(read(tmp_path, content, Mapping((), ("HW version",)))) == 1


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    row = {name: cell for name, cell in BARE_ROW.items() if name not in ("status", "listed_on")}
    right = "every table has it; where it goes by another heading, map that"
    assert refusal(tmp_path, csv_of(row)).splitlines() == [
        f"Column 'status' is missing, in row 1; {right}",
        f"Column 'listed_on' is missing, in row 1; {right}",
    ]


def test_a_mapping_that_does_not_fit_the_file_is_refused(tmp_path: Path) -> None:
    mapping = Mapping((("Nots", "notes"),), ("Colour",))
    assert refusal(tmp_path, csv_of(BARE_ROW), mapping).splitlines() == [
        "Heading 'Nots' of the mapping is not in the table, in row 1",
        "Heading 'Colour' of the mapping is not in the table, in row 1",
    ]


def test_a_table_without_any_heading_of_ours_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, "a,b\n1,2\n")
    assert said.startswith(
        "File '…/table' has no heading row: none of its first 20 rows names a column of the CPL;"
        " the columns a table needs are cpl_entry_id, device_type,"
    )
    assert refusal(tmp_path, "") == said


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    written = 'ignore = ["Colour"]\n[columns]\n"Their id" = "cpl_entry_id"\n'
    for encoding in ("utf-8-sig", "utf-8"):
        path.write_text(written, encoding=encoding)
        assert read_mapping(path) == Mapping((("Their id", "cpl_entry_id"),), ("Colour",))
    assert ignoring(read_mapping(path), ["Size"]).ignore == ("Colour", "Size")
    with pytest.raises(FirmpathError, match="Heading 'their ID' is both mapped and ignored; take it out of one"):
        ignoring(read_mapping(path), ["their ID"])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "[columns]\nA = 'note'",
            "Column 'note' in the mapping of heading 'A' does not exist; did you mean 'notes'?",
        ),
        (
            "[columns]\nA = 'zzz'",
            "Column 'zzz' in the mapping of heading 'A' does not exist; the columns are cpl_entry_id,",
        ),
        ("[columns]\nA = 'notes'\na = 'contact'", "Heading 'a' is in the mapping already, as 'A'; case, spacing"),
        ("[columns]\nA = 1", 'has [columns] that are not text; write them as "Their heading" = "our_column"'),
        ("ignore = 'A'", 'has an ignore that is not a list of headings; write it as ["Heading"]'),
        ("ignored = []", "Setting 'ignored' in mapping '"),
        ("[columns", "is not a mapping in TOML ("),
        (
            "a = \xff",
            "is not a mapping: from octet 5 on it is not text in UTF-8; name a TOML file, which is text in",
        ),
    ],
)
def test_a_mapping_file_that_is_not_understood_is_refused(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_bytes(written.encode("latin-1"))
    with pytest.raises(FirmpathError) as refused:
        read_mapping(path)
    assert said in str(refused.value)


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [name_of_position(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
