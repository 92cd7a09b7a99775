"""`firmpath ssc` against a register that is served, with a token that is made for it."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from firmpath.client.calling import Caller
from firmpath.tables.files import LARGEST_SENT_OCTETS
from tests.docs.cli_committee import COMMITTEE_FORMS
from tests.docs.cli_json import Form
from tests.functional.json_paths import fields_of, paths_of
from tests.registry.api.test_client import Served, served

__all__ = ["served"]

Run = Callable[..., tuple[ExitCode, str]]


@pytest.fixture
def run(served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("FIRMPATH_REGISTER", served.address)
    monkeypatch.setenv("FIRMPATH_TOKEN", served.tokens["SSC_DATA"])

    def run(*argv: object) -> tuple[ExitCode, str]:
        capsys.readouterr()
        code = main(["ssc", *map(str, argv)])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_vulnerabilities_exposure_and_fixes_are_read(run: Run) -> None:
    code, said = run("vulnerabilities")
    assert code == ExitCode.YES
    assert "1. OS-2026-7 Frames can stop the radio" in said
    assert "affected: 1 entry" in said
    _, said = run("exposure", 1, "--verdict", "affected")
    assert "1 (00000001): affected, the version is in an affected range. Way out: 1 → 2 → 3." in said
    _, said = run("exposure", 1, "--inventory", 1, "--json")
    told = json.loads(said)
    assert told["verdicts"]["affected"] == {"entries": 1, "devices": 7}
    assert told["verdicts"]["unknown"]["devices"] == 5
    _, said = run("fixes", 1)
    assert said == "No further upgrade would rescue an entry.\n"
    _, said = run("openvex", 1)
    assert json.loads(said)["statements"]


def test_a_file_is_taken_in_and_every_fault_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "advisories.csv"
    file.write_text("reference,stack,affected_to\nA-1,OrrinZNet,7.3.0\n", encoding="utf-8")
    code, said = run("import", file)
    assert (code, "1 added, 0 changed, 0 as they were." in said) == (ExitCode.YES, True)
    file.write_text("reference,stack,affected_to\n,OrrinZNet,7.3.0\nA-2,,7\n", encoding="utf-8")
    code, said = run("import", file)
    assert code == ExitCode.REFUSED
    assert "Reference is not given, in row 2" in said
    assert "Reference Reference" not in " ".join(said.split())  # what the register says has its term already
    assert "Stack is not given, although versions are, in row 3" in said


def test_a_file_that_is_too_large_is_not_sent(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"[".ljust(LARGEST_SENT_OCTETS + 1))
    code, said = run("import", file)
    assert (code, "is larger than 5 MiB; send it in parts" in " ".join(said.split())) == (ExitCode.REFUSED, True)


def test_devices_are_counted_here_and_only_counts_are_sent(run: Run, tmp_path: Path) -> None:
    inventory, cpl = tmp_path / "inventory.csv", tmp_path / "cpl.register"
    rows = [f"00-DB-12-34-56-78-90-{at:02X},{at % 3 + 1}" for at in range(9)]
    inventory.write_text("\n".join(("device_id,cpl_entry_id", *rows, "00-DB-12-34-56-78-91-00,999")) + "\n")
    from firmpath.pathways.register_writer import write_register
    from tests.notation import statements

    cpl.write_text("".join(write_register(statements("1 <- 2 <- 3"))), encoding="utf-8")
    arguments = ("count", inventory, "--cpl", cpl, "--on", "2026-06-01", "--name", "Ours")
    assert "Day of the inventory is not given; give it with --counted-on" in refused(run, *arguments)
    assert "Day of the inventory 'May' is not a date" in refused(run, *arguments, "--counted-on", "May")
    of_a_day = (*arguments, "--counted-on", "2026-05-04")
    code, said = run(*of_a_day)
    assert code == ExitCode.YES, said
    assert "Ours: 9 Devices by CPL entry." in said
    assert "1 more run firmware that is not on the CPL." in said
    told = json.loads(run(*of_a_day, "--json")[1])
    assert (told["not_listed"], told["inventory"]["counted_on"]) == (1, "2026-05-04")


def test_what_is_missing_or_not_used_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for argv, words in (
        (("exposure",), "ssc 'exposure' needs a VULNERABILITY"),
        (("vulnerabilities", "7"), "ssc 'vulnerabilities' takes nothing more"),
        (("exposure", "x"), "Vulnerability 'x' is not a number, and no vulnerability on record has it"),
        (("exposure", "99"), "Register says: There is no such vulnerability"),
        (("fixes", "1", "--verdict", "affected"), "--verdict 'affected' is not used by ssc fixes"),
        (("exposure", "1", "--on", "soon"), "'soon'"),
        (("assess", "1", "--entry", "3"), "Verdict is not given; give it with --verdict"),
        (("assess", "1", "--entry", "3"), "Reason is not given; give it with --because"),
        (("assess", "x", *ASSESSED, "--entry", "y"), "Vulnerability 'x' is not a number, and no"),
        (("assess", "x", *ASSESSED, "--entry", "y"), "CPL Entry ID 'y'"),
        (("assess", "1", *ASSESSED, "--entry", "3"), "Why it is not affected has not been chosen"),
        (
            ("assess", "1", *BACK, "--entry", "110"),
            "CPL entries name 110, of which nothing is said that could be taken back",
        ),
        (("fixes", "1", "--because", "so"), "--because 'so' is not used by ssc fixes"),
        (("fixes", "1", "--most", "0"), "--most '0' is not used by ssc fixes"),
        (("looks", "--most", "0"), "Number of looks 0 is less than 1; give --most a number from 1"),
    ):
        assert words in refused(run, *argv)
    monkeypatch.setenv("FIRMPATH_TOKEN", "")
    monkeypatch.setenv("FIRMPATH_REGISTER", "somewhere")
    said = refused(run, "vulnerabilities")
    assert "Register 'somewhere' is not an address of the web" in said
    assert "API token is not given; make one on the page 'API tokens'" in said
    said = refused(run, "vulnerabilities", "--register", "http://register.example")
    assert "Register 'http://register.example' would have the API token sent in clear" in said


BACK = ("--verdict", "taken back", "--because", "They told us.")
ASSESSED = ("--verdict", "not affected", "--because", "They told us.")


def refused(run: Run, *argv: object) -> str:
    code, said = run(*argv)
    assert code == ExitCode.REFUSED
    return said


def test_a_token_of_another_scope_reads_nothing_of_it(
    run: Run, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("SSC", "SECAS", "SUPPLIER"):
        monkeypatch.setenv("FIRMPATH_TOKEN", served.tokens[role])
        assert "The role or the scope of this API token does not allow that." in refused(run, "vulnerabilities")


RANGES = "reference,cves,title,stack_vendor,stack,chipset_vendor,affected_from,affected_to,affected_below,status"
ROWS = (
    "B-1,CVE-2026-1001,One,Orrin Silicon,OrrinZNet,Orrin,7.0,7.2,,affected,Price cluster,up to 7,{cvss},seen,here",
    "B-1,,,,Orin ZNet,,,,9,unknown,,,,,",
    "B-1,,,,OrrinZNet,,,seven,,unaffected,,,,,",
)
VECTOR = "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
CAUTION = re.compile("cautions|cleaner_way_out")
"""What is said of a way out only where another vulnerability affects its end; `test_onto_others` has such ways."""

OSV = {
    "id": "B-2",
    "withdrawn": "2026-01-01T00:00:00Z",
    "affected": [{"package": {"name": "OrrinZNet"}, "versions": ["1.0"]}],
}
SHARED = {**OSV, "id": "B-3", "aliases": ["CVE-2026-1001"]}
del SHARED["withdrawn"]
REJECTED = {
    "dataType": "CVE_RECORD",
    "cveMetadata": {"cveId": "CVE-2026-1001", "state": "REJECTED", "dateRejected": "2026-02-01T10:00:00Z"},
    "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "A duplicate."}]}},
}


def fill(run: Run, served: Served, folder: Path) -> int:
    """Give the register something of everything that the lists can show; give the number of a vulnerability."""
    (folder / "b.csv").write_text(
        "\n".join((f"{RANGES},condition,as_printed,cvss,note,source", *ROWS)).format(cvss=VECTOR)
    )
    (folder / "b.json").write_text(json.dumps([OSV, SHARED]))
    (folder / "r.json").write_text(json.dumps(REJECTED))
    said = [run("import", folder / name) for name in ("b.csv", "b.json", "r.json")]
    assert [code for code, _ in said] == [ExitCode.YES] * 3
    assert "CVE-2026-1001 was rejected on 2026-02-01: A duplicate." in " ".join(said[-1][1].split())
    listed = json.loads(run("vulnerabilities", "--json")[1])["vulnerabilities"]
    number = next(each["vulnerability"]["number"] for each in listed if each["vulnerability"]["reference"] == "B-1")
    caller = Caller(served.address, served.tokens["SSC_DATA"], 60, lambda _: None)
    newest = max(each["cpl_entry_id"] for each in json.loads(run("stacks", "--json")[1])["stacks"])
    because = ("--because", "They told us.")
    assert run("assess", number, "--entry", 4, "--entry", 4, "--verdict", "affected", *because)[1] == (
        "The assessment of 1 entry is kept.\n"
    )
    why = ("--verdict", "not affected", "--justification", "component_not_present")
    told = json.loads(run("assess", number, "--entry", newest, *why, *because, "--json")[1])
    assert told["assessments"][0]["cpl_entry_id"] == newest
    counts = [{"cpl_entry_ids": [4], "devices": 11}, {"cpl_entry_ids": [999], "devices": 3}]
    caller.call("POST", "/ssc/inventories", body={"name": "B", "counted_on": "2026-05-31", "counts": counts})
    return int(number)


def test_every_field_that_is_printed_is_documented_and_the_other_way_round(
    run: Run, served: Served, tmp_path: Path
) -> None:
    number = fill(run, served, tmp_path)
    inventory = max(each["number"] for each in json.loads(run("inventories", "--json")[1])["inventories"])
    day = ("--known-at", "2030-01-01")
    seen: dict[str, set[str]] = {}
    for argv in (
        ("vulnerabilities", "--inventory", inventory, *day),
        *((act, number, "--inventory", inventory, *day) for act in ("exposure", "fixes")),
        ("letters", number, *day),
        ("assessments", number),
        *((each,) for each in ("stacks", "names", "inventories")),
        ("looks", "--most", 3),
    ):
        code, said = run(*argv, "--json")
        assert (code, argv) == (ExitCode.YES, argv), said
        told = json.loads(said)
        assert list(told.items())[:2] == [("version", 1), ("answer", "done")]
        seen[str(argv[0])] = set(paths_of(told, NAMED_BY_DATA))
    for argv in (("vulnerabilities",), ("exposure", number)):
        assert "  Only where this holds as well, which no version tells: Price cluster.\n" in run(*argv)[1]
    elsewhere = "  3 Devices of the inventory run what is not on this CPL.\n"
    assert elsewhere in run("exposure", number, "--inventory", inventory)[1]
    assert elsewhere not in run("exposure", number)[1]
    run("exposure", number, "--out", tmp_path / "exposure.csv")
    entries = list(csv.DictReader((tmp_path / "exposure.csv").read_text().splitlines()))
    assert {each["condition"] for each in entries if each["assessed_by"]} == {""}
    assert {each["condition"] for each in entries if each["verdict"] == "unknown"} == {"Price cluster"}
    run("looks")
    looks = json.loads(run("looks", "--json", "--most", 1000)[1])
    assert not looks["more"]
    for act, paths in seen.items():
        documented = fields_of(form_of(act)) - {"looks[].searched"}  # which only pages do
        never_seen = {each for each in documented - paths if not CAUTION.search(each)}
        assert (act, paths - documented, never_seen) == (act, set(), set())


NAMED_BY_DATA = re.compile(r"(.*\.)?(verdicts|without_a_way_out|shares)")


def form_of(act: str) -> Form:
    return next(form for form in COMMITTEE_FORMS if f"`ssc {act}`" in form.commands)


def test_lists_are_told_in_words_and_written_as_tables(run: Run, tmp_path: Path) -> None:
    for argv, words in (
        (("stacks",), "1 (00000001): Orrin Silicon; OrrinZNet 7.1.0"),
        (("stacks",), "2 (00000002): nobody has said"),
        (("names",), "  2. OrrinZNet (also Orrin ZNet PRO), of Orrin Silicon: dotted numbers"),
        (("inventories",), "1. All Suppliers, "),
        (("assessments", 1), "Nothing was assessed."),
        (("letters", 1), " - CPL entry 2 (firmware 00000002, "),
        (("looks", "--most", 1), "There are more; --most 10 shows up to that many."),
        (("looks",), ": letters of vulnerability 1, by token "),
    ):
        code, said = run(*argv)
        assert (code, words in said, argv) == (ExitCode.YES, True, argv), said
    out = tmp_path / "exposure.csv"
    assert "Wrote 6 rows to " in run("exposure", 1, "--inventory", 1, "--out", out)[1]
    first, *_ = csv.DictReader(out.read_text().splitlines())
    assert (first["way_out"], first["activations_of_exposure"], first["devices"]) == ("1 > 2 > 3", "2", "7")
    assert "is there already" in refused(run, "exposure", "1", "--out", str(out))
    for act in ("vulnerabilities", "stacks", "names", "inventories", "looks"):
        table = tmp_path / f"{act}.xlsx"
        told: dict[str, Any] = json.loads(run(act, "--out", table, "--json")[1])
        assert (told["file"], told["rows"] > 0) == (str(table), True)
        assert table.read_bytes().startswith(b"PK")
    assert "end the name in .csv or .xlsx" in refused(run, "looks", "--out", str(tmp_path / "looks.pdf"))
    assert "--out" in refused(run, "openvex", "1", "--out", "x.csv")
