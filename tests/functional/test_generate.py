"""`firmpath generate`, `firmpath draw` and `firmpath demo`: files made from nothing but a seed, and pictures."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.notation import ON

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "register"])
def test_same_seed_is_the_same_bytes(ending: str, firmpath: Firmpath, tmp_path: Path) -> None:
    files = {seed: tmp_path / f"{seed}.{ending}" for seed in ("3", "3 again", "4")}
    for seed, out in files.items():
        printed = firmpath("generate", "--entries", 40, "--seed", seed[0], "--out", out)
        assert (printed.code, printed.out) == (ExitCode.YES, f"Invented 40 entries in {out}.\n")
    assert files["3"].read_bytes() == files["3 again"].read_bytes() != files["4"].read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "register"])
def test_what_is_invented_can_be_read(ending: str, firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / f"invented.{ending}"
    firmpath("generate", "--entries", 40, "--out", out)
    assert firmpath("lint", "--cpl", out, "--on", ON, "--json").json["judged"] == 40


def test_example_is_one_of_these(firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / "example.csv"
    firmpath("generate", "--entries", 60, "--seed", 24, "--out", out)
    assert out.read_bytes() == Path(EXAMPLE_CPL).read_bytes()


@pytest.mark.parametrize("entry", ["118", "132"])
def test_an_image_of_the_example_is_that_of_its_entry(firmpath: Firmpath, tmp_path: Path, entry: str) -> None:
    asked = ("generate", "--image", entry, "--cpl", EXAMPLE_CPL, "--out", tmp_path / "a.ota")
    made = firmpath(*asked, "--seed", 24)
    assert made.out.startswith(f"Invented an OTA file for CPL entry {entry} (firmware ")
    found = firmpath("image", tmp_path / "a.ota", "--cpl", EXAMPLE_CPL, "--json")
    (match,) = found.json["images"][0]["matches"]
    assert (found.code, str(match["cpl_entry_id"]), match["contradictions"]) == (ExitCode.YES, entry, [])
    refused = firmpath(*asked, "--replace")
    assert (refused.code, refused.err) == (
        ExitCode.REFUSED,
        f"firmpath: CPL entry {entry} has no image that was invented from the seed 1; give the seed that the list "
        "was made from; that of the example is 24\n",
    )


def test_one_entry_is_counted_as_one(firmpath: Firmpath, tmp_path: Path) -> None:
    out = tmp_path / "one.csv"
    assert firmpath("generate", "--entries", 1, "--out", out).out == f"Invented 1 entry in {out}.\n"


@pytest.mark.parametrize(
    ("argv", "refused"),
    [
        (
            ("--entries", "0", "--out", "a.csv"),
            "Number of entries 0 is not from 1 to 1,000,000; choose one that is",
        ),
        (("--entries", "1000001", "--out", "a.csv"), "Number of entries 1000001 is not from 1 to 1,000,000"),
        (("--entries", "5", "--seed", "-1", "--out", "a.csv"), "Seed -1 is"),
        (("--entries", "5", "--out", "a.txt"), "end the name in .csv, .xlsx or .register"),
        (("--entries", "5", "--out", "csv"), "end the name in .csv, .xlsx or .register"),
    ],
)
def test_what_cannot_be_invented_is_refused(
    argv: tuple[str, ...], refused: str, firmpath: Firmpath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = firmpath("generate", *argv)
    assert printed.code == ExitCode.REFUSED
    assert refused in printed.err
    assert len(printed.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_number_that_is_none_is_not_understood(firmpath: Firmpath) -> None:
    printed = firmpath("generate", "--entries", "many", "--out", "a.csv")
    assert printed.code == ExitCode.USAGE
    assert printed.err.endswith("error: argument --entries: invalid int value: 'many'\n")


def test_picture_is_svg_with_a_title(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    out = tmp_path / "pathway.svg"
    printed = firmpath("draw", "1", "3", "--cpl", register("1 <- 2 <- 3"), "--on", ON, "--out", out)
    assert printed.code == ExitCode.YES
    title = 'From CPL entry 1 (firmware 00000001, "v1") to CPL entry 3 (firmware 00000003, "v3")'
    assert printed.lines[0] == f"{title}: drawn in {out}."
    assert printed.lines[1].startswith("Yes. 2 activations take a Device from CPL entry 1")
    picture = ElementTree.fromstring(out.read_bytes())
    assert picture.tag == f"{SVG}svg"
    assert picture.findtext(f"{SVG}title") == title
    assert str(picture.findtext(f"{SVG}desc")).startswith(printed.lines[1].split(" from ")[0])
    assert all(version in "".join(picture.itertext()) for version in ("00000001", "00000002", "00000003"))


@pytest.mark.parametrize(
    ("argv", "title", "code"),
    [
        (("2",), "Upgrades around CPL entry 2 (00000002)", ExitCode.YES),
        (
            ("1", "2"),
            'From CPL entry 1 (firmware 00000001, "v1") to CPL entry 2 (firmware 00000002, "v2")',
            ExitCode.YES,
        ),
        (
            ("2", "3"),
            'From CPL entry 2 (firmware 00000002, "v2") to CPL entry 3 (firmware 00000003, "v3")',
            ExitCode.NO,
        ),
    ],
)
def test_what_can_be_drawn(
    argv: tuple[str, ...], title: str, code: ExitCode, firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    out = tmp_path / "picture.svg"
    printed = firmpath("draw", *argv, "--cpl", register("1 <- 2; 3 ?"), "--on", ON, "--out", out, "--json")
    assert (printed.code, printed.json["title"]) == (code, title)
    assert ElementTree.fromstring(out.read_bytes()).findtext(f"{SVG}title") == title


def test_accepted_notice_is_named_beside_the_picture(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    accept = ("--accept", "N1", "--because", "tried on ten Devices", "--out", tmp_path / "a.svg")
    cpl = register("1 <- 2; notice N1: 1 -> 2")
    printed = firmpath("draw", "1", "2", "--cpl", cpl, "--on", ON, *accept)
    assert printed.lines[-1] == "Accepted: N1, because: tried on ten Devices"


def test_picture_of_what_is_not_one_entry_is_refused(
    firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    twins = register("1 <- 3; 1 version=000000AA; 2 version=000000AA")
    out = tmp_path / "picture.svg"
    printed = firmpath("draw", "F001/00050203@000000AA", "--cpl", twins, "--on", ON, "--out", out)
    assert printed.code == ExitCode.REFUSED
    assert "give the CPL Entry ID or the hash" in printed.err
    assert not out.exists()


@pytest.mark.parametrize("name", ["picture.png", "picture"])
def test_a_picture_is_not_written_as_what_it_is_not(
    name: str, firmpath: Firmpath, register: Register, tmp_path: Path
) -> None:
    printed = firmpath("draw", "1", "--cpl", register("1 <- 2"), "--on", ON, "--out", tmp_path / name)
    assert printed.code == ExitCode.REFUSED
    assert printed.err.endswith("does not say what it is to be; end the name in .svg\n")
    assert not (tmp_path / name).exists()


def test_demo_shows_what_can_be_typed(firmpath: Firmpath, tmp_path: Path) -> None:
    printed = firmpath("demo", "--out", tmp_path / "demo")
    assert (printed.code, printed.err) == (ExitCode.YES, "")
    commands = [line.removeprefix("$ firmpath ") for line in printed.lines if line.startswith("$ ")]
    assert [command.split()[0] for command in commands] == [
        "import",
        "path",
        "stones",
        "why-not",
        "check-sequence",
        "draw",
    ]
    again = firmpath(*commands[1].split())
    assert again.out in printed.out
    assert again.lines[0].startswith("Yes. 4 activations take a Device from CPL entry 110")
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [
        ".firmpath-demo",
        "cpl.register",
        "pathway.svg",
    ]


def test_demo_can_be_run_twice(firmpath: Firmpath, tmp_path: Path) -> None:
    first = firmpath("demo", "--out", tmp_path)
    assert firmpath("demo", "--out", tmp_path) == first


def test_demo_where_there_is_no_room_is_refused(firmpath: Firmpath, tmp_path: Path) -> None:
    taken = Path("taken")
    taken.write_text("", encoding="utf-8")
    printed = firmpath("demo", "--out", taken)
    assert printed.code == ExitCode.REFUSED
    assert printed.err == f"firmpath: Folder '{taken}' cannot be made: file exists; give another --out\n"
