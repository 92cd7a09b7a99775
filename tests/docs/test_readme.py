"""What the README shows is what the commands print, and what it links to is there."""

import re

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.main import COMMANDS, main
from tests.docs.committed import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```\n\$ firmpath (.+)\n((?:.*\n)*?)```$", README, re.MULTILINE)


@pytest.mark.parametrize(("command", "printed"), SHOWN, ids=[command for command, _ in SHOWN])
def test_shown_answer_is_what_is_printed(
    command: str, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIRMPATH_CPL", EXAMPLE_CPL)
    main(command.split())
    assert capsys.readouterr().out.split() == printed.split()


def test_something_is_shown() -> None:
    assert len(SHOWN) >= 2


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
