"""`--help` and `--version`, and that docs/cli.md has every command and exit code."""

import pytest

from firmpath import __version__
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import COMMANDS
from tests.docs.page_cli import PAGE
from tests.functional.conftest import Firmpath


def test_help_lists_every_command_with_its_words(firmpath: Firmpath) -> None:
    printed = firmpath("--help")
    assert printed.code == ExitCode.YES
    said = " ".join(printed.out.split())
    assert all(f" {name} {words} " in said for name, words in COMMANDS.items())
    assert "Start with `firmpath demo`." in said


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_explains_every_argument(command: str, firmpath: Firmpath) -> None:
    printed = firmpath(command, "--help")
    assert (printed.code, printed.err) == (ExitCode.YES, "")
    assert printed.out.startswith(f"usage: firmpath {command} [-h]")
    assert ("--json" in printed.out) == (command != "serve")
    assert max(map(len, printed.out.splitlines())) <= 100


def test_no_command_is_answered_with_help(firmpath: Firmpath) -> None:
    printed = firmpath()
    assert printed.code == ExitCode.USAGE
    assert printed.out == firmpath("--help").out


def test_version(firmpath: Firmpath) -> None:
    assert firmpath("--version") == (ExitCode.YES, f"firmpath {__version__}\n", "")


def test_reference_has_every_command_and_exit_code() -> None:
    page = PAGE.write()
    assert all(f"### {name}\n" in page for name in COMMANDS)
    assert all(f"| {code.value} | " in page for code in ExitCode)


def test_exit_codes_are_what_they_were() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "YES": 0,
        "NO": 1,
        "USAGE": 2,
        "REFUSED": 3,
        "FAILED": 70,
        "INTERRUPTED": 130,
        "PIPE_CLOSED": 141,
    }
    assert all(code.meaning for code in ExitCode)
