"""`firmpath plan --replace`: a plan takes the place of another one, if somebody says so, and of nothing else."""

from pathlib import Path

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from firmpath.fleet.replacing import require_plan
from firmpath.fleet.unfinished import complete_or_nothing
from firmpath.pathways.faults import FirmpathError
from tests.functional.conftest import Firmpath
from tests.functional.running import run_on_terminal
from tests.notation import ON

COMMON = ("--cpl", EXAMPLE_CPL, "--on", ON)


def write_inventory(folder: Path, entry: int) -> Path:
    file = folder / "fleet.csv"
    file.write_text(f"device_id,cpl_entry_id\n02-00-00-00-00-00-00-01,{entry}\n")
    return file


@pytest.fixture
def old(firmpath: Firmpath, tmp_path: Path) -> Path:
    """Give a plan for a Device with a next step; the inventory is then of one that is not on the CPL."""
    command = ("plan", write_inventory(tmp_path, 101), *COMMON, "--out", tmp_path / "plan", "--replace")
    assert firmpath(*command).code == ExitCode.YES, "where there is none, it is made"
    write_inventory(tmp_path, 999)
    return tmp_path / "plan"


def lines_of(plan: Path) -> int:
    """Count those who are stuck: nobody in the old plan, one in the new one."""
    return len((plan / "stuck.csv").read_text().splitlines()) - 1


def test_a_plan_is_replaced_if_that_is_said(firmpath: Firmpath, old: Path) -> None:
    command = ("plan", old.parent / "fleet.csv", *COMMON, "--out", old)
    refused = firmpath(*command)
    assert (refused.code, refused.err) == (
        ExitCode.REFUSED,
        f"firmpath: Plan '{old}' is there already; name a new folder, or add --replace\n",
    )
    assert firmpath(*command, "--replace", "--column", "device_id=nowhere").code == ExitCode.REFUSED
    assert lines_of(old) == 0, "the old one stays until the new one is complete"
    for form in ("csv", "parquet"):
        assert firmpath(*command, "--replace", "--form", form).code == ExitCode.NO
        assert {each.name for each in old.iterdir()} == {f"plan.{form}", "report.html", "stuck.csv", "waves"}
        assert lines_of(old) == 1
    assert sorted(each.name for each in old.parent.iterdir()) == ["fleet.csv", "plan"]


@pytest.mark.parametrize(("typed", "code", "left"), [("y\n", ExitCode.NO, 1), ("\n", ExitCode.REFUSED, 0)])
def test_a_person_is_asked(old: Path, typed: str, code: ExitCode, left: int) -> None:
    printed = run_on_terminal("plan", "fleet.csv", *COMMON, "--out", "plan", typed=typed, cwd=old.parent)
    assert "plan is there already. Replace this plan? [y/N]" in printed.out
    assert (printed.code, lines_of(old)) == (code, left)


def test_a_plan_that_is_read_stays(firmpath: Firmpath, old: Path) -> None:
    inventory = old / "plan.parquet"
    itself = firmpath("plan", inventory, *COMMON, "--out", old, "--replace", "--column", "cpl_entry_id=installed")
    assert f"Plan '{old}' is not replaced, because {inventory} is read from it; name a new folder" in itself.err


@pytest.mark.parametrize(
    "added", ["notes.txt", "waves/notes.txt", "plan.parquet/notes.txt", "waves/day-0001/", "link"]
)
def test_a_plan_with_anything_else_in_it_stays(firmpath: Firmpath, old: Path, added: str) -> None:
    if added.endswith("/"):
        (old / added).mkdir()
    elif added == "link":
        (old / added).symlink_to(old / "waves")
    else:
        (old / added).touch()
    for more in ((), ("--replace",)):
        refused = firmpath("plan", old.parent / "fleet.csv", *COMMON, "--out", old, *more)
        wrong = f"and has {added.rstrip('/')}, which is no part of a plan; name a new folder, or remove it"
        assert (refused.code, wrong in refused.err) == (ExitCode.REFUSED, True)
    assert (lines_of(old), (old / added).exists()) == (0, True)


@pytest.mark.parametrize("kind", ["folder", "file", "link", "link to nowhere", "no manifest", "other manifest"])
def test_what_is_no_plan_stays(firmpath: Firmpath, old: Path, kind: str) -> None:
    out = old.parent / "out"
    wrong = "is no folder that a plan has made"
    match kind:
        case "folder":
            out.mkdir()
            wrong = "is no plan: it has no report.html"
        case "file":
            out.touch()
        case "link":
            out.symlink_to(old)
        case "link to nowhere":
            out.symlink_to(old / "nowhere")
        case "no manifest":
            old.rename(out)
            (out / "waves" / "manifest.json").unlink()
            wrong = "is no plan: it has no waves/manifest.json"
        case _:
            old.rename(out)
            (out / "waves" / "manifest.json").write_text("{}")
            wrong = "its manifest is not understood: File"
    before = out.lstat().st_ino
    for more in ((), ("--replace",)):
        refused = firmpath("plan", out.parent / "fleet.csv", *COMMON, "--out", out, *more)
        assert refused.code == ExitCode.REFUSED
        assert f"Plan '{out}' is there already, and {wrong}" in refused.err
    assert out.lstat().st_ino == before


def test_what_comes_into_the_folder_meanwhile_is_kept(old: Path) -> None:
    with (
        pytest.raises(FirmpathError, match=r"and has notes\.txt, which"),
        complete_or_nothing(old, "Plan", require_plan),
    ):
        (old / "notes.txt").touch()
    assert (old / "notes.txt").exists()
    assert not (old.parent / ".plan.unfinished").exists()


def test_a_run_that_was_killed_between_the_two_leaves_the_old_one(firmpath: Firmpath, old: Path) -> None:
    old.rename(old.with_name(".plan.replaced"))
    assert "is there already" in firmpath("plan", old.parent / "fleet.csv", *COMMON, "--out", old).err
    assert lines_of(old) == 0
