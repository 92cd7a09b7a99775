"""A plan that is killed, or finds no room, or cannot read its inventory: no half of it has its name, ever."""

import os
import resource
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

import duckdb
import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.functional.running import STARTS, run_apart, run_on_terminal, surroundings, ticks_of
from tests.notation import ON

COMMON = ("--cpl", EXAMPLE_CPL, "--on", ON)
KILLS = 10
LIMITS = ("--per-day-by", "manufacturer_id=5000")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("fleet") / "fleet.parquet"
    run_apart("generate", "--fleet", 200_000, *COMMON, "--out", file)
    return file


def contents(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file of a folder."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): sha256(each.read_bytes()).hexdigest() for each in files}


def killed_after(ticks: float, *argv: object) -> bool:
    """Start a command, kill it once it has been at work for so long, and say whether it still was.

    What it does itself is counted, and not how long other programs kept it waiting meanwhile.
    """
    with subprocess.Popen(
        [*STARTS, *map(str, argv)], env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and ticks_of(process.pid) < ticks:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        is_at_work = process.poll() is None
        process.send_signal(signal.SIGKILL)
    return is_at_work


def ticks_of_all() -> float:
    """Give the hundredths of a second that all processes were at work that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 100 * (used.ru_utime + used.ru_stime)


def test_killed_at_any_moment_it_leaves_nothing_under_its_name_and_the_same_command_finishes(
    fleet: Path, tmp_path: Path
) -> None:
    command = ("plan", fleet, *COMMON, *LIMITS, "--out")
    before = ticks_of_all()
    run_apart(*command, tmp_path / "whole")
    taken = ticks_of_all() - before
    whole, random = contents(tmp_path / "whole"), Random(6)
    at_work, out = 0, tmp_path / "plans" / "plan"
    for _ in range(KILLS):
        at_work += killed_after(random.uniform(0, taken), *command, out)
        if out.exists():  # it was quicker this time, or had just got its name
            assert contents(out) == whole
            shutil.rmtree(out)
    assert at_work
    run_apart(*command, out)
    assert contents(out) == whole
    assert [each.name for each in out.parent.iterdir()] == ["plan"]


@pytest.mark.parametrize("ending", ["parquet", "csv.gz"])
def test_a_fleet_that_is_killed_while_it_is_invented_has_no_name(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"fleet.{ending}"
    command = ("generate", "--fleet", 3_000_000, *COMMON, "--out", out)
    with subprocess.Popen([*STARTS, *map(str, command)], env=surroundings(), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(tmp_path.iterdir()):
            pass
        process.send_signal(signal.SIGKILL)
    assert not out.exists()
    assert run_apart("generate", "--fleet", 3000, *COMMON, "--out", out).code == ExitCode.YES
    assert duckdb.execute(f"SELECT count(*) FROM '{out}'").fetchall() == [(3000,)]
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize("most_octets", [2_000, 600_000])
def test_where_there_is_no_room_that_is_said_and_nothing_is_left(
    fleet: Path, tmp_path: Path, form: str, most_octets: int
) -> None:
    command = ("plan", fleet, *COMMON, "--form", form, "--out", tmp_path / "plan")
    full = starved(most_octets, *command)
    assert full.returncode == ExitCode.REFUSED
    said = (
        f"firmpath: Plan '{tmp_path}/plan' cannot be written: file too large; raise the limit on the size of files "
        "(ulimit -f), or name a folder where files may be so large"
    )
    assert " ".join(full.stderr.decode().split()) == said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["parquet", "csv", "csv.zst"])
def test_a_fleet_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, ending: str) -> None:
    full = starved(100_000, "generate", "--fleet", 100_000, *COMMON, "--out", tmp_path / f"fleet.{ending}")
    assert full.returncode == ExitCode.REFUSED
    assert b"cannot be written: file too large; name a file where there is room" in full.stderr
    assert list(tmp_path.iterdir()) == []


def starved(most_octets: int, *argv: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command that may write no file of more than so many octets, as on a disk that is full."""
    return subprocess.run(
        [*STARTS, *map(str, argv)],
        env=surroundings(),
        capture_output=True,
        check=False,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most_octets, most_octets)),
    )


def test_a_parquet_file_that_is_cut_off_or_changed_is_refused_or_planned_whole(
    firmpath: Firmpath, fleet: Path, tmp_path: Path
) -> None:
    """What changes a value alone cannot be noticed, since Parquet has no checksum; no row is lost even then."""
    octets, random, refused = fleet.read_bytes(), Random(1), 0
    for at in range(16):
        broken = bytearray(octets)
        for _ in range(4):
            broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
        file = tmp_path / f"{at}.parquet"
        file.write_bytes(broken if at % 2 else octets[: random.randrange(len(octets))])
        done = firmpath("plan", file, *COMMON, "--out", tmp_path / f"plan-{at}")
        if done.code == ExitCode.REFUSED:
            refused += 1
            assert "cannot be read: " in done.err
            assert "see that it is whole" in done.err
            assert "LINE 1" not in done.err
            assert "^" not in done.err
        else:
            assert at % 2, "a file that is cut off"
            assert done.lines[0] == "Planned. Rows of the inventory: 200,000. Rows of the plan: 200,000."
        assert (tmp_path / f"plan-{at}").exists() == (done.code != ExitCode.REFUSED)
    assert refused >= 8
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def test_files_of_several_forms_are_not_mixed(firmpath: Firmpath, fleet: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "a.parquet").write_bytes(fleet.read_bytes())
    (folder / "b.csv").write_text("device_id,cpl_entry_id\n")
    mixed = firmpath("plan", folder, *COMMON, "--out", tmp_path / "plan")
    assert "has files of several forms: csv, parquet; put those of each form in a folder of its own" in mixed.err
    (folder / "notes.txt").write_text("")
    other = firmpath("plan", folder, *COMMON, "--out", tmp_path / "plan")
    assert "notes.txt' is of no form that is known; name a file that ends in .parquet, .csv" in other.err


def test_on_a_terminal_there_is_a_bar_elsewhere_none_and_quiet_is_quiet(fleet: Path, tmp_path: Path) -> None:
    seen = run_on_terminal("plan", fleet, *COMMON, "--out", tmp_path / "a", columns=120, cwd=tmp_path)
    assert "Writing the plan" in seen.out
    assert "Devices/s" in seen.out
    piped = run_apart("plan", fleet, *COMMON, "--out", tmp_path / "b")
    assert "Planned. " in piped.out
    assert all(
        line.startswith("firmpath: ") for line in piped.err.splitlines()
    )  # one each ten seconds, if it takes so long
    quiet = run_on_terminal("plan", fleet, *COMMON, "--quiet", "--out", tmp_path / "c", cwd=tmp_path)
    assert (quiet.code, quiet.out) == (ExitCode.NO, "")
    assert contents(tmp_path / "a") == contents(tmp_path / "b") == contents(tmp_path / "c")


def test_of_two_runs_at_the_same_folder_the_second_is_refused_and_the_first_goes_on(
    firmpath: Firmpath, fleet: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan"
    command = ("plan", fleet, *COMMON, "--out", out)
    with subprocess.Popen([*STARTS, *map(str, command)], env=surroundings(), stdout=subprocess.DEVNULL) as first:
        while first.poll() is None and not (tmp_path / ".plan.unfinished" / "temporary").exists():
            pass
        first.send_signal(signal.SIGSTOP)  # so that it is still at work, however fast it is
        second = firmpath(*command)
        first.send_signal(signal.SIGCONT)
    assert (second.code, first.returncode) == (ExitCode.REFUSED, ExitCode.NO)
    assert "plan' is being made by another run; wait for it, or name another folder" in second.err
    assert [each.name for each in tmp_path.iterdir()] == ["plan"]


def test_a_file_that_may_not_be_read_is_named(fleet: Path, tmp_path: Path) -> None:
    file = tmp_path / "fleet.parquet"
    file.write_bytes(fleet.read_bytes())
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("whoever runs this may read every file")
    refused = run_apart("plan", file, *COMMON, "--out", tmp_path / "plan")
    assert refused.code == ExitCode.REFUSED
    assert "cannot be read: permission denied; ask whoever owns it" in refused.err
