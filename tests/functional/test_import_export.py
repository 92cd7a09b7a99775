"""`firmpath import` and `firmpath export`: tables to registers and back, all of it or nothing."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.notation import ON

EXAMPLE = Path(EXAMPLE_CPL)
SHOWN_ON = ("--on", "2026-01-15")


@pytest.fixture
def imported(firmpath: Firmpath, tmp_path: Path) -> Path:
    """Return the register of the example CPL."""
    path = tmp_path / "example.register"
    assert firmpath("import", EXAMPLE, "--out", path).code == ExitCode.YES
    return path


def test_import_says_what_it_did_and_what_to_do_next(firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / "cpl.register"
    printed = firmpath("import", EXAMPLE, "--out", out)
    assert (printed.code, printed.err) == (ExitCode.YES, "")
    assert printed.lines == [
        f"Imported 60 entries in 296 statements into {out}.",
        f"Next: firmpath lint --cpl {out}",
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_table_and_register_turn_into_each_other_byte_for_byte(
    ending: str, imported: Path, firmpath: Firmpath, tmp_path: Path
) -> None:
    table, again = tmp_path / f"cpl.{ending}", tmp_path / "again.register"
    printed = firmpath("export", "--cpl", imported, *SHOWN_ON, "--out", table)
    assert (printed.out, printed.err) == (f"Exported 60 entries as at 15 January 2026 to {table}.\n", "")
    firmpath("import", table, "--out", again)
    assert again.read_bytes() == imported.read_bytes()


def test_exported_table_is_the_one_that_was_imported(imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    table = tmp_path / "cpl.csv"
    firmpath("export", "--cpl", imported, *SHOWN_ON, "--out", table)
    assert table.read_bytes() == EXAMPLE.read_bytes()


def test_same_table_is_the_same_bytes_twice(imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    tables = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for table in tables:
        firmpath("export", "--cpl", imported, *SHOWN_ON, "--out", table)
    assert tables[0].read_bytes() == tables[1].read_bytes()


def test_register_is_exported_as_it_is(imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / "copy.register"
    printed = firmpath("export", "--cpl", imported, "--out", out)
    assert printed.out == f"Exported 296 statements to {out}.\n"
    assert out.read_bytes() == imported.read_bytes()


def test_register_has_no_day(imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    printed = firmpath("export", "--cpl", imported, "--on", "2026-01-15", "--out", tmp_path / "copy.register")
    assert printed.code == ExitCode.REFUSED
    assert "a register file holds every day; leave out --on, or export a table" in printed.err


def test_register_as_it_was_known_is_its_first_part(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    out = tmp_path / "copy.register"
    firmpath("export", "--cpl", register("1 <- 2"), "--known-at", "2025-12-31", "--out", out)
    assert out.read_text(encoding="utf-8") == '{"firmpath_register":1}\n'


def test_export_says_what_a_table_cannot_hold(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    cpl = register("1 <- 2; 2 stone; 2 reason=tested; notice N1: 1 -> 2")
    out = tmp_path / "cpl.csv"
    printed = firmpath("export", "--cpl", cpl, "--on", ON, "--out", out)
    assert printed.out == f"Exported 2 entries as at 1 June 2026 to {out}.\n"
    assert printed.err.splitlines() == [
        f"firmpath: a table cannot hold {each}; a register file can"
        for each in (
            "marks of stepping stones and dead ends (1)",
            "notices (1)",
            "reasons (2)",
            "responsible Parties other than an import's (4)",
            "instants of recording other than an import's (4)",
        )
    ]


def test_export_as_json_says_what_a_table_cannot_hold(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    out = tmp_path / "cpl.csv"
    printed = firmpath("export", "--cpl", register("1 stone"), "--on", ON, "--out", out, "--json")
    assert printed.err == ""
    assert printed.json == {
        "version": 1,
        "answer": "done",
        "file": str(out),
        "as_at": "2026-06-01",
        "entries": 1,
        "left_out": [
            "marks of stepping stones and dead ends (1)",
            "responsible Parties other than an import's (2)",
            "instants of recording other than an import's (2)",
        ],
    }


def test_party_and_instant_of_recording_can_be_said(firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / "cpl.register"
    said = ("--party", "Copperbeck Supply", "--recorded-at", "2026-01-31T09:30:00Z")
    firmpath("import", EXAMPLE, "--out", out, *said)
    lines = out.read_text(encoding="utf-8").splitlines()[1:]
    assert all('"party":"Copperbeck Supply","recorded_at":"2026-01-31T09:30:00Z"' in line for line in lines)


def test_mapping_and_ignored_columns_are_understood(firmpath: Firmpath, tmp_path: Path) -> None:
    heading, *rows = EXAMPLE.read_text(encoding="utf-8").splitlines()
    heading = heading.replace("firmware_version", "Image number").replace(",notes", ",Colour")
    table, mapping = tmp_path / "other.csv", tmp_path / "mapping.toml"
    table.write_text("\n".join((heading, *rows, "")), encoding="utf-8")
    mapping.write_text('[columns]\n"Image number" = "firmware_version"\n', encoding="utf-8")
    argv = ("import", table, "--out", tmp_path / "cpl.register")
    refused = firmpath(*argv)
    assert refused.code == ExitCode.REFUSED
    assert "Heading 'Colour' is not known" in refused.err
    assert firmpath(*argv, "--mapping", mapping, "--ignore", "Colour").code == ExitCode.YES


def test_every_fault_of_every_row_is_said_and_nothing_is_written(firmpath: Firmpath, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    table, out = tmp_path / "bad.csv", tmp_path / "cpl.register"
    table.write_text(text.replace(",ESME,", ",Esne,", 1).replace(",listed,", ",liste,", 1), encoding="utf-8")
    printed = firmpath("import", table, "--out", out)
    assert printed.code == ExitCode.REFUSED
    assert printed.out == ""
    *faults, last = printed.err.splitlines()
    assert [fault.split(" is not ")[0] for fault in faults] == [
        "firmpath: Status 'liste'",
        "firmpath: Device type 'Esne'",
    ]
    assert "in row 2, column 'status'" in faults[0]
    assert last == "firmpath: 2 faults; nothing was done"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv"]


def test_faults_leave_an_older_file_as_it_was(firmpath: Firmpath, tmp_path: Path) -> None:
    table, out = tmp_path / "bad.csv", tmp_path / "cpl.register"
    table.write_text("nothing\n", encoding="utf-8")
    out.write_text("older", encoding="utf-8")
    assert firmpath("import", table, "--out", out, "--replace").code == ExitCode.REFUSED
    assert out.read_text(encoding="utf-8") == "older"


def test_file_is_not_written_over_unasked(firmpath: Firmpath, tmp_path: Path) -> None:
    out = Path("cpl.register")
    out.write_text("older", encoding="utf-8")
    printed = firmpath("import", EXAMPLE, "--out", out)
    assert printed.code == ExitCode.REFUSED
    assert printed.err == f"firmpath: File '{out}' is there already; name another, or add --replace\n"
    assert out.read_text(encoding="utf-8") == "older"
    assert firmpath("import", EXAMPLE, "--out", out, "--replace").code == ExitCode.YES


def test_export_does_not_replace_the_file_it_reads(imported: Path, firmpath: Firmpath) -> None:
    before = imported.read_bytes()
    assert firmpath("export", "--cpl", imported, "--out", imported, "--replace").code == ExitCode.REFUSED
    assert imported.read_bytes() == before


def test_register_is_no_table(imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    printed = firmpath("import", imported.name, "--out", "again.register")
    assert (
        printed.err == f"firmpath: File '{imported.name}' is a register file already; use it as it is, with --cpl\n"
    )


def test_table_without_an_entry_is_refused(firmpath: Firmpath, tmp_path: Path) -> None:
    table = Path("empty.csv")
    table.write_text(EXAMPLE.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    printed = firmpath("import", table, "--out", "cpl.register")
    assert printed.err == f"firmpath: Table '{table}' has no entry; is it the right file?\n"


def test_arguments_of_import_are_refused_together(firmpath: Firmpath, tmp_path: Path) -> None:
    said = ("--party", "", "--recorded-at", "yesterday")
    printed = firmpath("import", EXAMPLE, "--out", tmp_path / "cpl.register", *said)
    assert printed.err.splitlines() == [
        "firmpath: Responsible Party '' is empty; leave it out, or write it without",
        "firmpath: Recorded at 'yesterday' is not a date; write it as 2026-01-31",
        "firmpath: 2 faults; nothing was done",
    ]


@pytest.mark.parametrize("name", ["cpl", "csv", "cpl.ods", "cpl.csv.gz"])
def test_ending_says_what_to_export(name: str, imported: Path, firmpath: Firmpath, tmp_path: Path) -> None:
    printed = firmpath("export", "--cpl", imported, "--out", name)
    assert printed.code == ExitCode.REFUSED
    assert printed.err == (
        f"firmpath: File '{name}' does not say what it is to be; end the name in .csv, .xlsx or .register\n"
    )


def test_of_a_long_name_the_end_is_shown(firmpath: Firmpath) -> None:
    printed = firmpath("path", "1", "2", "--cpl", "folder/" * 20 + "cpl.csv")
    assert "/folder/cpl.csv' cannot be read: there is no such file" in printed.err
    assert "File '…" in printed.err


@pytest.mark.parametrize("name", ["no/such/folder.csv", "."])
def test_file_that_cannot_be_written_is_refused(
    name: str, imported: Path, firmpath: Firmpath, tmp_path: Path
) -> None:
    out = f"{tmp_path}/{name}" if name != "." else f"{tmp_path}/folder.csv"
    (tmp_path / "folder.csv").mkdir()
    printed = firmpath("export", "--cpl", imported, "--out", out, "--replace")
    assert printed.code == ExitCode.REFUSED
    assert printed.err.startswith("firmpath: File '")
    assert len(printed.err.splitlines()) == 1


def test_questions_read_a_table_as_well(firmpath: Firmpath, imported: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "cpl.xlsx"
    firmpath("export", "--cpl", imported, *SHOWN_ON, "--out", workbook)
    answers = {firmpath("path", "110", "140", "--cpl", cpl, *SHOWN_ON) for cpl in (EXAMPLE, workbook, imported)}
    assert len(answers) == 1
    assert next(iter(answers)).code == ExitCode.YES


def test_environment_names_the_cpl(firmpath: Firmpath, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = firmpath("path", "110", "140", *SHOWN_ON)
    assert refused.err == "firmpath: CPL is not given; add --cpl FILE, or set FIRMPATH_CPL\n"
    monkeypatch.setenv("FIRMPATH_CPL", str(EXAMPLE))
    assert firmpath("path", "110", "140", *SHOWN_ON).code == ExitCode.YES
    assert firmpath("path", "110", "140", *SHOWN_ON, "--cpl", "").code == ExitCode.REFUSED
