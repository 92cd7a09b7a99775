"""What the README shows is what the commands print, and what it links to is there."""

import re
import shlex
from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import COMMANDS, main
from tests.docs.committed import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```\n\$ firmpath (.+)\n((?:.*\n)*?)```$", README, re.MULTILINE)

_WHOLE = README.replace("\\\n", " ")
THAT_WRITE = re.findall(r"^ {4}(firmpath .+)$|`(firmpath [^`]+ --out [^`]+)`", _WHOLE, re.MULTILINE)


@pytest.mark.parametrize(("command", "printed"), SHOWN, ids=[command for command, _ in SHOWN])
def test_shown_answer_is_what_is_printed(
    command: str, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIRMPATH_CPL", EXAMPLE_CPL)
    main(command.split())
    assert capsys.readouterr().out.split() == printed.split()


def test_something_is_shown() -> None:
    assert len(SHOWN) >= 2


def test_what_it_has_typed_works_after_the_demo_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["demo"])
    monkeypatch.setenv("FIRMPATH_CPL", "firmpath-demo/cpl.register")
    commands = [block or inline for block, inline in THAT_WRITE]
    assert len(commands) >= 12
    for command in commands:
        argv = shlex.split(command.replace("100000", "2000"), comments=True)[1:]
        assert main(argv) is not ExitCode.REFUSED, f"{command}: {capsys.readouterr().err}"


def test_named_commands_exist() -> None:
    named = set(re.findall(r"firmpath ([a-z]+(?:-[a-z]+)?) ", README)) - {"path"}
    assert named <= set(COMMANDS)
    assert set(COMMANDS) - named <= {"path", "demo", "lint"}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^):]+)\)", README))))
def test_links_lead_somewhere(link: str) -> None:
    assert (PROJECT / link).exists()


def test_the_two_commands_are_targets_of_make() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert {"demo", "test"} <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
