"""What cannot be read or understood is refused in a line each, with exit code 3 or 2, never with a traceback."""

from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.notation import ON

READING = [
    ("path", "1", "2"),
    ("entry", "1"),
    ("lint",),
    ("export", "--out", "out.csv"),
    ("draw", "1", "--out", "out.svg"),
    ("rehearse", "other.register"),
]


def contents(name: str, whole: bytes) -> bytes:
    """Give what is in a file that cannot be read, made from a sound register."""
    return {
        "empty": b"",
        "binary": bytes(range(256)) * 20,
        "text": b"Dear colleague,\nplease find attached\n",
        "cut off": whole[:-20],
        "cut off in a letter": whole[:-20] + b"\xc3",
        "newer": whole.replace(b'{"firmpath_register":1}', b'{"firmpath_register":2}'),
        "newer kind": whole.replace(b'"base_firmware_declared"', b'"base_firmware_guessed"'),
        "line missing": b"".join(line for at, line in enumerate(whole.splitlines(True)) if at != 2),
        "no JSON": whole.replace(b'{"channel"', b'{channel"', 1),
        "Windows": whole.replace(b"\n", b"\r\n"),
        "a locked workbook": b"\xd0\xcf\x11\xe0" + bytes(500),
        "a broken workbook": b"PK\x03\x04" + bytes(500),
    }[name]


REFUSED = {
    "empty": "has no heading row: none of its first 20 rows names a column of the CPL",
    "binary": "is not UTF-8 text",
    "text": "has no heading row",
    "cut off": "ends within a line; restore it from where it came",
    "cut off in a letter": "is not UTF-8 (octet ",
    "newer": "a newer register needs a newer Firmpath",
    "newer kind": "Kind of fact 'base_firmware_guessed' is not known, in line 3",
    "line missing": "Statement 3 stands where statement 2 should, in line 3",
    "no JSON": "is not JSON, in line 2",
    "Windows": "is not the first line of a register file that this version reads, in line 1",
    "a locked workbook": "is an older Excel workbook, or one locked with a password",
    "a broken workbook": "is not a whole XLSX workbook",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_file_that_cannot_be_read(
    name: str,
    command: tuple[str, ...],
    firmpath: Firmpath,
    register: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = register("1 <- 2", "other.register").read_bytes()
    (tmp_path / "cpl").write_bytes(contents(name, whole))
    printed = firmpath(*command, "--cpl", "cpl")
    assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
    faults = [line for line in printed.err.splitlines() if not line.endswith(" faults; nothing was done")]
    assert all(line.startswith("firmpath: ") for line in faults)
    assert any(REFUSED[name] in line for line in faults), printed.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cpl", "other.register"]


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("missing.csv", "cannot be read: there is no such file; check the name"),
        ("folder", "cannot be read: it is a folder; give the name of a file"),
        ("file/within", "cannot be read: not a directory; check the name"),
        ("/dev/null", "is not a file on disk; save it as one first"),
        ("nul\0", "is not a name that a file can have; check it"),
        ("a" * 300, "cannot be read: file name too long; check the name"),
    ],
)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_name_that_is_not_of_a_file(
    name: str,
    refused: str,
    command: tuple[str, ...],
    firmpath: Firmpath,
    register: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    register("3", "other.register")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    printed = firmpath(*command, "--cpl", name)
    assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
    (line,) = printed.err.splitlines()
    assert line.endswith(refused)


def test_every_fault_of_a_register_has_its_line(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 2")
    cpl.write_text(
        cpl.read_text(encoding="utf-8").replace("00000002", "0000000g").replace('"N/A"', '"n/a"'), encoding="utf-8"
    )
    printed = firmpath("path", "1", "2", "--cpl", cpl)
    assert printed.code == ExitCode.REFUSED
    assert [line.rsplit(", ", 1)[1] for line in printed.err.splitlines()[:-1] if "in line" in line][
        -1
    ] == "in line 4"
    assert printed.err.endswith(" faults; nothing was done\n")


def test_statements_that_contradict_one_another_are_refused(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 2")
    cpl.write_text(
        cpl.read_text(encoding="utf-8").replace('"cpl_entry_id":2', '"cpl_entry_id":1'), encoding="utf-8"
    )
    printed = firmpath("path", "1", "2", "--cpl", cpl)
    assert printed.err == (
        "firmpath: Statement 3 publishes CPL entry 1 again, after statement 1; a CPL Entry ID is never used twice; "
        "correct the first instead\n"
    )


def test_all_arguments_are_refused_together(firmpath: Firmpath) -> None:
    printed = firmpath("path", "one", "two", "--on", "31/01/2026", "--known-at", "now", "--accept", "N1")
    assert printed.code == ExitCode.REFUSED
    assert [line.split(" is ")[0] for line in printed.err.splitlines()] == [
        "firmpath: Entry 'one'",
        "firmpath: Entry 'two'",
        "firmpath: Notice 'N1'",
        "firmpath: CPL",
        "firmpath: Day '31/01/2026'",
        "firmpath: Known at 'now'",
        "firmpath: 6 faults; nothing was done",
    ]


@pytest.mark.parametrize(
    "command", [("path", "1", "2"), ("check-sequence", "1", "2"), ("draw", "1", "--out", "a.svg")]
)
@pytest.mark.parametrize(
    ("accept", "refused"),
    [
        (("--accept", "N1"), "Notice 'N1' is accepted without a reason; add --because and the reason"),
        (("--accept", "N1", "--because", " "), "Notice 'N1' is accepted without a reason"),
        (("--because", "tried"), "Reason 'tried' is given, but no notice is accepted; add --accept NOTICE"),
        (("--accept", "N1", "--because", "\x1b[2J"), "has the character U+001B, which cannot be shown"),
        (("--accept", "N2", "--because", "tried"), "Notice 'N2' is not open on 1 June 2026; check its id"),
    ],
)
def test_risk_is_accepted_by_name_and_with_a_reason(
    accept: tuple[str, ...], refused: str, command: tuple[str, ...], asked: Firmpath, tmp_path: Path
) -> None:
    printed = asked("1 <- 2; notice N1: 1 -> 2", *command, *accept)
    assert printed.code == ExitCode.REFUSED
    assert refused in printed.err


@pytest.mark.parametrize("option", ["--on", "--known-at", "--cpl"])
def test_empty_value_is_not_taken_for_none(option: str, firmpath: Firmpath, register: Register) -> None:
    argv = {"--cpl": register("1 <- 2"), "--on": ON, option: ""}
    printed = firmpath("path", "1", "2", *(word for pair in argv.items() for word in pair))
    assert printed.code == ExitCode.REFUSED


HOSTILE = [
    "",
    " ",
    "-1",
    "0",
    "9" * 5000,
    "A" * 100_000,
    "\x1b]0;owned\x07",
    "1\n2",
    "\u202e1",
    "\udcff",
    "\u0661",
    "\u00b2",
    "F001/00050203@",
    "@" * 3000,
    "/" * 3000,
    " " * 50_000 + "x",
    "[red]1[/red]",
    "%s%n{0}",
    "0x1",
    "1e3",
    "NaN",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["words", "json"])
def test_hostile_argument_is_refused(
    text: str, as_json: tuple[str, ...], firmpath: Firmpath, register: Register
) -> None:
    cpl = register("1 <- 2")
    for argv in (
        ("path", text, "2"),
        ("path", "1", text),
        ("check-sequence", "1", text),
        ("entry", text),
        ("draw", text, "--out", "never.svg"),
        ("lint", "--rule", text),
        ("path", "1", "2", "--on", text),
        ("path", "1", "2", "--known-at", text),
        ("path", "1", "2", "--accept", text, "--because", text),
        ("alternatives", "1", "2", "--most", f"{text}x"),
    ):
        printed = firmpath(argv[0], "--cpl", cpl, *argv[1:], *as_json)
        assert printed.code in (ExitCode.USAGE, ExitCode.REFUSED), argv
        shown = printed.err + ("" if as_json else printed.out)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert len(shown) < 5000


@pytest.mark.parametrize("text", ["nonsense", "--nonsense", "-x", "\x1b[2J", "--jso", "pat"])
def test_command_line_that_is_not_understood(text: str, firmpath: Firmpath) -> None:
    for argv in ((text,), ("path", "1", "2", "--cpl", "x", text), ("path", text, "2", "3")):
        printed = firmpath(*argv)
        assert (printed.code, printed.out) == (ExitCode.USAGE, "")
        assert printed.err.startswith("usage: firmpath")
        assert "\x1b" not in printed.err
