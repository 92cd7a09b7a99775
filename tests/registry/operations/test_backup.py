"""Backup and restore while the register is served and statements are being recorded."""

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.cli.exit_codes import ExitCode
from firmpath.registry.operations.programs import find_program
from tests.registry.ledger.staging import PROJECT
from tests.registry.ledger.staging import program as program_of_the_ledger
from tests.registry.operations.calling import ask
from tests.registry.operations.running import firmpath, program, settings_of
from tests.servers.register import SERVE, running_register

CANARY = "Canary Chipset Works"
EXAMPLE = 296
"""How many statements the example has."""

FRESH = Callable[[], dict[str, str]]


@contextmanager
def recording(environment: dict[str, str]) -> Iterator[Callable[[int], None]]:
    """Record statements one after another meanwhile; give what waits until one is after the one of a number."""
    command = [sys.executable, "-m", "tests.registry.operations.appending_on", CANARY]
    with subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        numbers = map(int, process.stdout)  # what was read ahead may tell of statements long on record
        try:
            yield lambda head: next(None for number in numbers if number > head)
        finally:
            process.kill()


def reckoned(folder: Path, databases: dict[str, str]) -> Any:
    done = subprocess.run(**program_of_the_ledger("reckoning", folder, databases), capture_output=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "backup.json").read_text())


def text_of_copy(file: Path) -> bytes:
    """Give all that is in a copy; PostgreSQL's are compressed."""
    if file.suffix == ".sqlite3":
        return file.read_bytes()
    return subprocess.run([find_program("pg_restore"), "--file=-", file], capture_output=True, check=True).stdout


def test_both_while_it_is_served_and_recorded_in(tmp_path: Path, fresh_databases: FRESH) -> None:
    data, databases = tmp_path / "data", fresh_databases()
    environment = settings_of(data, databases)
    folders = [tmp_path / "backups" / f"{number}" for number in range(3)]
    with running_register(data, environment=databases, command=[*SERVE, "--with-example"]) as register:
        with recording(environment) as wait_for_one_after:
            wait_for_one_after(EXAMPLE)
            for folder in folders:
                done = firmpath("backup", folder, "--json", environment=environment)
                assert done.returncode == 0, done.stderr
                wait_for_one_after(manifest_of(folder)["ledger"]["number"])
        final = reckoned(data, databases)
        assert final["faults"] == []
        chains = dict(final["chains"])

        heads = [manifest_of(folder)["ledger"] for folder in folders]
        assert [head["chain"] for head in heads] == [chains[head["number"]] for head in heads]
        assert EXAMPLE < heads[0]["number"] < heads[1]["number"] < heads[2]["number"] < max(chains)

        register_copies, ssc_copies = (
            [next(each.glob(f"{name}.*")) for each in folders] for name in ("register", "ssc")
        )
        assert [CANARY.encode() in text_of_copy(file) for file in register_copies] == [False] * 3
        assert [CANARY.encode() in text_of_copy(file) for file in ssc_copies] == [True] * 3
        modes = {stat.S_IMODE(file.stat().st_mode) for folder in folders for file in folder.iterdir()}
        assert (modes, stat.S_IMODE(folders[0].stat().st_mode)) == ({0o600}, 0o700)

        done = firmpath("restore", folders[1], "--yes", environment=environment)
        assert done.returncode == 0, done.stderr
        assert f"The ledger stands at statement {heads[1]['number']}.\n" in done.stdout
        served = ask(register.address, "/api/v1/entries/101")
        assert (served.status, served.headers["etag"][1:33]) == (200, heads[1]["chain"][:32])
        restored = reckoned(data, databases)
    assert restored["faults"] == []
    assert restored["chains"] == final["chains"][: heads[1]["number"]]


class Kept(NamedTuple):
    """A register with the example, and a backup of it."""

    data: Path
    backup: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make a register and a backup of it, on SQLite."""
    folder = tmp_path_factory.mktemp("kept")
    data, backup = folder / "data", folder / "backup"
    table = PROJECT / "src" / "firmpath" / "examples" / "cpl.csv"
    assert firmpath("ledger", "load", table, environment=settings_of(data)).returncode == 0
    assert firmpath("backup", backup, environment=settings_of(data)).returncode == 0
    return Kept(data, backup)


def change_a_copy(folder: Path) -> None:
    with (folder / "ssc.sqlite3").open("ab") as file:
        file.write(b"\0")


def change_what_it_says(folder: Path, old: str, new: str) -> None:
    file = folder / "backup.json"
    file.write_text(file.read_text().replace(old, new))


SPOILT: Sequence[tuple[str, Callable[[Path], object], str]] = [
    ("changed", change_a_copy, "was changed since the backup was made; take another backup"),
    ("lost", lambda it: (it / "ssc.sqlite3").unlink(), "has no ssc.sqlite3, and this register keeps its data so"),
    (
        "of-another-kind",
        lambda it: change_what_it_says(it, "register.sqlite3", "register.pgdump"),
        "this register keeps its data so; restore it to the kind of database it came from",
    ),
    (
        "unreadable",
        lambda it: (it / "backup.json").write_text("{"),
        "is no backup: it has no backup.json that can be read",
    ),
    ("without", lambda it: (it / "backup.json").unlink(), "name a folder that `firmpath backup` made"),
    ("another", lambda it: (it / "backup.json").write_text('{"format": "x"}'), "is no backup"),
    (
        "newer",
        lambda it: change_what_it_says(it, '"version": 1', '"version": 2'),
        "is of version 2, and only version 1",
    ),
]


def test_a_backup_that_is_not_whole_is_refused_and_nothing_changes(kept: Kept, tmp_path: Path) -> None:
    for name, spoil, _ in SPOILT:
        shutil.copytree(kept.backup, tmp_path / name)
        spoil(tmp_path / name)
    folders = [tmp_path / name for name, *_ in SPOILT]
    done = program("restoring", *folders, environment=settings_of(kept.data))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [said in text for (_, _, said), text in zip(SPOILT, told["refusals"], strict=True)] == [True] * len(
        SPOILT
    )
    assert told["before"] == told["after"]


def test_to_take_the_place_of_a_ledger_has_to_be_meant(kept: Kept) -> None:
    done = firmpath("restore", kept.backup, environment=settings_of(kept.data))
    assert done.returncode == ExitCode.REFUSED
    assert "would take the place of a ledger with 296 statements; give --yes if that is meant" in done.stderr


SINCE = "--nothing-was-published-since"


def test_an_empty_register_is_restored_without_asking(kept: Kept, tmp_path: Path) -> None:
    done = firmpath("restore", kept.backup, SINCE, environment=settings_of(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert reckoned(tmp_path / "data", {})["chains"] == reckoned(kept.data, {})["chains"]


def test_what_cannot_be_written_is_refused_in_words_and_leaves_nothing(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "there").mkdir()

    def full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    for name, before, said in [
        ("there", None, "is there already; name a new folder"),
        ("file/backup", None, "cannot be written: file exists; name another folder, where you may write"),
        ("full", full_disk, "cannot be copied: "),
    ]:
        done = firmpath("backup", tmp_path / name, environment=settings_of(kept.data), before=before)
        assert done.returncode == ExitCode.REFUSED
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == ["file", "there"]
    assert os.listdir(tmp_path / "there") == []


def next_id(data: Path) -> int:
    done = subprocess.run(**program_of_the_ledger("next_id", data, {}), capture_output=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_an_empty_register_has_to_be_told_which_ids_were_issued(kept: Kept, tmp_path: Path) -> None:
    done = firmpath("restore", kept.backup, environment=settings_of(tmp_path / "data"))
    assert done.returncode == ExitCode.REFUSED
    assert (
        "give --last-cpl-entry-id ID, or --nothing-was-published-since, so that no id is issued twice"
        in done.stderr
    )


def test_no_id_that_was_issued_after_the_backup_is_issued_again(kept: Kept, tmp_path: Path) -> None:
    told, silent = settings_of(tmp_path / "told"), settings_of(tmp_path / "silent")
    for environment, how in ((told, ("--last-cpl-entry-id", "90210")), (silent, (SINCE,))):
        done = firmpath("restore", kept.backup, *how, environment=environment)
        assert done.returncode == 0, done.stderr
    in_backup = next_id(tmp_path / "silent")
    assert (next_id(tmp_path / "told"), in_backup) == (90211, next_id(kept.data))
    # A second restore of the same backup goes over a register that knows, and need not be told.
    done = firmpath("restore", kept.backup, "--yes", environment=told)
    assert done.returncode == 0, done.stderr
    assert next_id(tmp_path / "told") == 90211
