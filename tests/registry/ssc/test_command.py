"""`firmpath ssc` against a register that is served, with a token that is made for it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
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
    assert (code, "1 added, 0 changed, 0 as it was." in said) == (ExitCode.YES, True)
    file.write_text("reference,stack,affected_to\n,OrrinZNet,7.3.0\nA-2,,7\n", encoding="utf-8")
    code, said = run("import", file)
    assert code == ExitCode.REFUSED
    assert "Reference is not given, in row 2" in said
    assert "Stack is not given, although versions are, in row 3" in said


def test_devices_are_counted_here_and_only_counts_are_sent(run: Run, tmp_path: Path) -> None:
    inventory, cpl = tmp_path / "inventory.csv", tmp_path / "cpl.register"
    rows = [f"00-DB-12-34-56-78-90-{at:02X},{at % 3 + 1}" for at in range(9)]
    inventory.write_text("\n".join(("device_id,cpl_entry_id", *rows, "00-DB-12-34-56-78-91-00,999")) + "\n")
    from firmpath.pathways.register_writer import write_register
    from tests.notation import statements

    cpl.write_text("".join(write_register(statements("1 <- 2 <- 3"))), encoding="utf-8")
    arguments = ("count", inventory, "--cpl", cpl, "--on", "2026-06-01", "--name", "Ours")
    code, said = run(*arguments)
    assert code == ExitCode.YES, said
    assert "Ours: 9 Devices by CPL entry." in said
    assert "1 more run firmware that is not on the CPL." in said
    assert json.loads(run(*arguments, "--json")[1])["not_listed"] == 1


def test_what_is_missing_or_not_used_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for argv, words in (
        (("exposure",), "ssc 'exposure' needs a NUMBER"),
        (("vulnerabilities", "7"), "ssc 'vulnerabilities' takes nothing more"),
        (("exposure", "x"), "Vulnerability 'x' is not a number"),
        (("exposure", "99"), "Register says: There is no such vulnerability"),
        (("fixes", "1", "--verdict", "affected"), "--verdict 'affected' is not used by ssc fixes"),
        (("exposure", "1", "--on", "soon"), "'soon'"),
    ):
        assert words in refused(run, *argv)
    monkeypatch.setenv("FIRMPATH_TOKEN", "")
    monkeypatch.setenv("FIRMPATH_REGISTER", "somewhere")
    said = refused(run, "vulnerabilities")
    assert "Register 'somewhere' is not an address of the web" in said
    assert "API token is not given; make one on the page 'API tokens'" in said
    said = refused(run, "vulnerabilities", "--register", "http://register.example")
    assert "Register 'http://register.example' would have the API token sent in clear" in said


def refused(run: Run, *argv: str) -> str:
    code, said = run(*argv)
    assert code == ExitCode.REFUSED
    return said


def test_a_token_of_another_scope_reads_nothing_of_it(
    run: Run, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("SSC", "SECAS", "SUPPLIER"):
        monkeypatch.setenv("FIRMPATH_TOKEN", served.tokens[role])
        assert "The role or the scope of this API token does not allow that." in refused(run, "vulnerabilities")
