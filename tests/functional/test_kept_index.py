"""What is kept between runs changes how long an answer takes, and nothing else."""

import json
import os
from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.kept import keep_marked
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.register_index import index_register
from firmpath.pathways.register_writer import HEADER, write_register
from tests.functional.conftest import Firmpath, Register
from tests.functional.running import Printed
from tests.notation import ON, statements

pytestmark = pytest.mark.usefixtures("later")

NOTATION = "1 <- 2 <- 3; 4 model=0006; 5 model=0006; 4 <- 5"


@pytest.fixture
def cache() -> Path:
    return Path(os.environ["FIRMPATH_CACHE"])


@pytest.fixture
def ask(firmpath: Firmpath, register: Register) -> Firmpath:
    """Return what asks for one and the same pathway of one and the same file."""
    cpl = register(NOTATION)
    return lambda: firmpath("path", "1", "3", "--cpl", cpl, "--on", ON)


def kept_files(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def spoil(path: Path, octets: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(octets)


def test_first_question_keeps_an_index_and_the_second_goes_by_it(ask: Firmpath, cache: Path) -> None:
    cold = ask()
    (index,) = kept_files(cache)
    assert index.name.startswith("firmpath-kept-")
    assert index.suffix == ".index"
    assert ask() == cold
    marks = index.name.removeprefix("firmpath-kept-").rsplit("-", 2)[0]
    keep_marked(marks, "index", index_register(HEADER.encode() + b"\n", ()).encode())
    assert ask().lines[0].startswith("Not known. CPL entry 1 is not on this CPL")  # so that is what is gone by


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda octets: b"",
        lambda octets: octets[: len(octets) // 2],
        lambda octets: octets[:-1] + b"\0",
        lambda octets: octets.replace(b",1,2,3,", b",8,2,9,", 1),
        lambda octets: octets.replace(b";", b" ", 1),
        lambda octets: b"\xff" * 500,
        lambda octets: b"[1,2,3,4]",
    ],
    ids=["empty", "cut off", "last octet", "a number", "a semicolon", "no text", "another shape"],
)
def test_spoilt_index_is_as_good_as_none(spoilt: object, ask: Firmpath, cache: Path) -> None:
    cold = ask()
    (index,) = kept_files(cache)
    octets = index.read_bytes()
    spoil(index, spoilt(octets))  # type: ignore[operator]
    assert index.read_bytes() != octets
    assert ask() == cold


@pytest.mark.parametrize(
    "value", [1, [], {}, [1, 2, 3, 4], [[], [], [], []][:3], [[[1]], [["x"]], [[0, 9]], [None]]]
)
def test_index_of_another_shape_is_as_good_as_none(value: object, ask: Firmpath, cache: Path) -> None:
    cold = ask()
    (index,) = kept_files(cache)
    marks = index.name.removeprefix("firmpath-kept-").rsplit("-", 2)[0]
    keep_marked(marks, "index", json.dumps(value).encode())
    assert ask() == cold


@pytest.mark.parametrize("folder", ["/dev/null/cache", "file", "missing/folder"])
def test_folder_that_cannot_be_used_is_no_fault(
    folder: str, ask: Firmpath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = ask()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FIRMPATH_CACHE", str(tmp_path / folder))
    assert ask() == cold
    assert ask() == cold


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything can write into any folder")
def test_read_only_folder_is_no_fault(ask: Firmpath, cache: Path) -> None:
    cold = ask()
    for path in kept_files(cache):
        path.unlink()
    cache.chmod(0o500)
    assert (ask(), ask()) == (cold, cold)
    assert kept_files(cache) == []


def test_folder_that_refuses_to_be_written_is_no_fault(ask: Firmpath, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    assert ask().code == ExitCode.YES


def test_changed_file_is_read_anew(firmpath: Firmpath, register: Register) -> None:
    def ask() -> Printed:
        return firmpath("path", "1", "3", "--cpl", cpl, "--on", ON)

    cpl = register(NOTATION)
    assert ask().code == ExitCode.YES
    register("1 <- 2; 3 ?")
    assert ask().lines[0].startswith("Not known. No pathway")


def test_file_changed_to_one_of_the_same_size_and_time_is_read_anew(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 3; 2")
    before = cpl.stat()
    assert firmpath("path", "1", "3", "--cpl", cpl, "--on", ON).code == ExitCode.YES
    register("2 <- 3; 1")
    os.utime(cpl, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cpl.stat().st_size == before.st_size
    assert firmpath("path", "1", "3", "--cpl", cpl, "--on", ON).code == ExitCode.NO
    assert firmpath("path", "2", "3", "--cpl", cpl, "--on", ON).code == ExitCode.YES


def test_correction_that_moves_an_entry_to_another_hardware_model(firmpath: Firmpath, tmp_path: Path) -> None:
    said = statements("1 <- 2; 3 model=0006")
    published = next(each for each in said if each.fact[0:1] == (2,) and isinstance(each.fact, EntryPublished))
    other = next(each.fact for each in said if isinstance(each.fact, EntryPublished) and each.fact[0] == 3)
    assert isinstance(published.fact, EntryPublished)
    moved = published.fact._replace(
        device_model=published.fact.device_model._replace(hardware_model=other.device_model.hardware_model)
    )
    said.append(published._replace(number=len(said) + 1, fact=moved, corrects=published.number))
    cpl = tmp_path / "cpl.register"
    cpl.write_text("".join(write_register(said)), encoding="utf-8")
    for _ in range(2):
        for installed, target in ((1, 2), (2, 1)):
            printed = firmpath("path", installed, target, "--cpl", cpl, "--on", ON, "--json")
            assert printed.json["answer"] == "other_hardware"
        assert firmpath("path", 3, 2, "--cpl", cpl, "--on", ON, "--json").json["installed"] == 3


def test_hash_of_two_families_finds_both(firmpath: Firmpath, register: Register) -> None:
    cpl = register("1 <- 3; 1 hash=AB; 2 hash=AB; 2 type=PPMID")
    for _ in range(2):
        printed = firmpath("path", "AB".rjust(64, "0"), "3", "--cpl", cpl, "--on", ON, "--json")
        assert (printed.json["answer"], printed.json["candidates"]) == ("candidates_disagree", [1, 2])


def test_table_is_kept_as_a_register(firmpath: Firmpath, cache: Path) -> None:
    def ask() -> Printed:
        return firmpath("path", "110", "140", "--cpl", EXAMPLE_CPL, "--on", "2026-01-15")

    cold = ask()
    assert cold.code == ExitCode.YES
    index, register = sorted(kept_files(cache), key=lambda path: path.suffix)
    assert (index.suffix, register.suffix) == (".index", ".register")
    before = (index.stat().st_mtime_ns, register.stat().st_mtime_ns)
    assert ask() == cold
    assert (index.stat().st_mtime_ns, register.stat().st_mtime_ns) == before  # so it was not imported again


@pytest.mark.parametrize("spoilt", [b"", b"{}", None])
def test_spoilt_register_of_a_table_is_imported_again(
    spoilt: bytes | None, firmpath: Firmpath, cache: Path
) -> None:
    asked = ("path", "110", "140", "--cpl", EXAMPLE_CPL, "--on", "2026-01-15")
    cold = firmpath(*asked)
    register = next(path for path in kept_files(cache) if path.suffix == ".register")
    told = register.read_bytes()
    spoil(register, told.replace(b"[118,124,125]", b"[110,124,125]") if spoilt is None else spoilt)
    assert firmpath(*asked) == cold
    assert register.read_bytes() == told


def test_another_mapping_is_another_import(firmpath: Firmpath, cache: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("", encoding="utf-8")
    asked = ("entry", "127", "--cpl", EXAMPLE_CPL)
    assert "New key store" in firmpath(*asked).out
    mapping.write_text('ignore = ["Notes"]\n', encoding="utf-8")
    assert "New key store" not in firmpath(*asked, "--mapping", mapping).out
    assert "New key store" not in firmpath(*asked, "--ignore", "notes").out


def test_nothing_of_anybody_else_is_let_go_of(ask: Firmpath, cache: Path) -> None:
    others = [cache / f"{number}.index" for number in range(80)]
    for other in others:
        other.write_text("mine", encoding="utf-8")
        os.utime(other, (0, 0))
    ask()
    assert all(other.exists() for other in others)


def test_at_most_sixty_are_kept(ask: Firmpath, cache: Path) -> None:
    for number in range(80):
        old = cache / f"firmpath-kept-{number}.index"
        old.write_text("old", encoding="utf-8")
        os.utime(old, (number, number))
    ask()
    assert len(kept_files(cache)) == 60
    assert not (cache / "firmpath-kept-0.index").exists()


def test_at_most_a_quarter_of_a_gibibyte_is_kept(ask: Firmpath, cache: Path) -> None:
    for number in range(4):
        old = cache / f"firmpath-kept-{number}.register"
        with old.open("wb") as file:
            file.truncate(80 * 2**20)  # without taking room on disk
        os.utime(old, (number, number))
    ask()
    assert [path.name for path in kept_files(cache)][:3] == [
        f"firmpath-kept-{number}.register" for number in (1, 2, 3)
    ]


def test_what_alone_is_larger_is_not_kept(ask: Firmpath, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firmpath.cli.kept._MOST_OCTETS", 10)
    assert ask().code == ExitCode.YES
    assert kept_files(cache) == []


def test_another_form_of_what_is_kept_is_made_anew(
    ask: Firmpath, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    monkeypatch.setattr("firmpath.cli.kept._FORMAT", 999)
    ask()
    assert len(kept_files(cache)) == 2
    assert any(path.name.endswith("-999.index") for path in kept_files(cache))


def test_file_that_may_still_be_changing_is_not_trusted(
    ask: Firmpath, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 0)
    assert ask().code == ExitCode.YES
    assert kept_files(cache) == []
