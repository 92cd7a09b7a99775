"""An argument that would be taken and not used is refused."""

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.functional.test_refusals import READING


@pytest.mark.parametrize("command", [*READING, ("diff", "2026-01-01", "2026-06-01")], ids=lambda each: each[0])
def test_table_does_not_say_when_it_was_recorded(
    command: tuple[str, ...], firmpath: Firmpath, register: Register
) -> None:
    register("3", "other.register")
    printed = firmpath(*command, "--cpl", EXAMPLE_CPL, "--known-at", "2026-01-31")
    assert (printed.code, printed.out, printed.err) == (
        ExitCode.REFUSED,
        "",
        "firmpath: Known at '2026-01-31' is given, but a table does not say when things were recorded; import it "
        "with --recorded-at first, or leave out --known-at\n",
    )


@pytest.mark.parametrize("command", [*READING, ("diff", "2026-01-01", "2026-06-01")], ids=lambda each: each[0])
def test_register_has_no_headings_to_map(
    command: tuple[str, ...], firmpath: Firmpath, register: Register, later: None
) -> None:
    register("3", "other.register")
    words = ("--mapping", "map.toml", "--ignore", "Notes", "--ignore", "Colour", "--sheet", "CPL")
    cpl = register("1 <- 2")
    for _ in range(2):
        printed = firmpath(*command, "--cpl", cpl, *words)
        assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
        assert printed.err.splitlines()[:3] == [
            "firmpath: --mapping 'map.toml' goes with a table, and this is a register file; leave out --mapping",
            "firmpath: --ignore 'Notes, Colour' goes with a table, and this is a register file; leave out --ignore",
            "firmpath: --sheet 'CPL' goes with a table, and this is a register file; leave out --sheet",
        ]
