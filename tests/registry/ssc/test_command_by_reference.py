"""`firmpath ssc` names a vulnerability as people do: by its reference, or by a CVE id."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from firmpath.cli.committee.acts import ACTS
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import main
from tests.registry.ssc.test_command import Run, run, served

__all__ = ["run", "served"]

HEAD = "reference,cves,stack,affected_to"
ROWS = (
    "C-1,CVE-2031-1001 CVE-2031-1002,OrrinZNet,7.3.0",
    "C-2,CVE-2031-1002,OrrinZNet,7.3.0",
    "CVE-2031-1003,,OrrinZNet,7.3.0",
)


def test_a_reference_or_a_cve_id_that_only_one_has_names_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    assert run("import", file)[0] == ExitCode.YES
    first = run("exposure", "C-1")[1]
    assert "affected: " in first
    for name in ("c-1", "CVE-2031-1001", "cve-2031-1001"):
        assert run("exposure", name) == (ExitCode.YES, first), name
    assert run("exposure", "CVE-2031-1003")[0] == ExitCode.YES
    for act in ("fixes", "letters", "assessments", "openvex"):
        assert run(act, "CVE-2031-1001")[0] == ExitCode.YES, act
    code, said = run("exposure", "CVE-2031-1002")
    numbers = [line.split(".")[0] for line in run("vulnerabilities")[1].splitlines() if ". C-" in line]
    assert code == ExitCode.REFUSED
    told = f"is what 2 vulnerabilities have: {numbers[0]} (C-1), {numbers[1]} (C-2); give the number of one of them"
    assert f"Vulnerability 'CVE-2031-1002' {told}" in " ".join(said.split())
    assert "look it up with firmpath ssc vulnerabilities" in " ".join(run("exposure", "CVE-2031")[1].split())


def test_affected_entries_are_told_first(run: Run) -> None:
    _, said = run("exposure", 1)
    words = re.findall(r"^  \d+ \([0-9A-F]+\): (affected|unknown|not affected),", said, re.MULTILINE)
    assert list(dict.fromkeys(words)) == ["affected", "unknown", "not affected"]
    assert words == sorted(words, key=["affected", "unknown", "not affected"].index)


def test_the_day_on_which_it_was_recorded_is_told_in_words(run: Run) -> None:
    listed = json.loads(run("vulnerabilities", "--json")[1])["vulnerabilities"]
    day = next(each["vulnerability"] for each in listed if each["vulnerability"]["number"] == 1)["recorded_at"][:10]
    said = " ".join(run("exposure", 1, "--on", day)[1].split())
    assert "Known to be affected since the day asked about." in said
    following = date.fromisoformat(day) + timedelta(days=1)
    assert "Known to be affected for 1 day." in " ".join(run("exposure", 1, "--on", following)[1].split())


def test_help_says_what_each_act_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ssc", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for name, act in ACTS.items():
        assert f"{name}: {act.words}" in said
