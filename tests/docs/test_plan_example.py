"""The worked example of docs/plan.md is what the command makes and prints."""

import re
from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.main import main
from tests.docs.plan_example import EXAMPLE

FILES = re.findall(r"`(\S+)`:\n\n```\n((?:.*\n)*?)```$", EXAMPLE, re.MULTILINE)
((COMMAND, PRINTED),) = re.findall(r"^```\n\$ firmpath (.+)\n((?:.*\n)*?)```$", EXAMPLE, re.MULTILINE)
(PYTHON,) = re.findall(r"^```python\n((?:.*\n)*?)```$", EXAMPLE, re.MULTILINE)


def test_the_example_is_what_is_made_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRMPATH_CPL", EXAMPLE_CPL)
    assert [name for name, _ in FILES] == ["meters.csv", "meters.toml", "targets.csv"]
    for name, text in FILES:
        Path(name).write_text(text, encoding="utf-8")
    main(COMMAND.split())
    assert capsys.readouterr().out.split() == PRINTED.split()
    assert "WHERE status = 'dead_end' AND reason IS NULL AND installed = 133" in PYTHON
    assert "status = 'dead_end' AND reason IS NULL AND installed = 133" in Path("plan/stuck.csv").read_text()
    exec(PYTHON)
    assert Path("ask.csv").read_text() == "device_id\n02-00-00-00-00-00-00-04\n"
