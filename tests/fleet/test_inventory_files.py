"""The files of an inventory: none is passed over without a word, and what changes while it is read is refused."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.fleet.inventory_files import find_files, unchanged
from firmpath.fleet.plan import Order
from firmpath.fleet.planned import Question
from firmpath.fleet.planning import PHASES, plan_fleet
from firmpath.images.inventory_rows import read_known_devices
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import as_parquet, device, make, write_inventory
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3")
RIGHT = "see that nobody changes the inventory meanwhile, and give the same command again"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def meters(name: str, first: int = 1, rows: int = 3) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    return write_inventory(file, ("device_id", "cpl_entry_id"), [(device(first + at), 1) for at in range(rows)])


def append(file: Path) -> None:
    with file.open("a") as more:
        more.write(f"{device(99)},1\n")


def replace(file: Path) -> None:
    """Put another file of the same size and time in its place."""
    was = file.stat()
    file.rename(file.with_name(".old"))
    shutil.copy(file.with_name(".old"), file)
    os.utime(file, ns=(was.st_mtime_ns, was.st_mtime_ns))


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "appended to": (append, "'all/b.csv' was changed while it was read"),
    "cut": (lambda file: os.truncate(file, 40), "'all/b.csv' was changed while it was read"),
    "emptied": (lambda file: file.write_bytes(b""), "'all/b.csv' was changed while it was read"),
    "replaced": (replace, "'all/b.csv' was changed while it was read"),
    "removed": (lambda file: file.unlink(), "'all/b.csv' was removed while it was read"),
    "added to": (lambda file: meters("all/c.csv", 9), "'all/c.csv' was added while the others were read"),
}


def plan_while(phase: str, change: Callable[[], object]) -> None:
    """Plan the folder `all`, and change something once in a phase."""
    done: list[object] = []

    def told(what: str, part: float) -> None:
        if what == phase and not done:
            done.append(change())

    plan_fleet(CPL, Order("all", {}, Question()), Path("plan"), told)
    assert done


@pytest.mark.parametrize("phase", list(PHASES)[:4])
@pytest.mark.parametrize("change", list(CHANGES))
def test_an_inventory_that_changes_in_any_phase_is_refused_and_the_same_command_again_finishes(
    change: str, phase: str
) -> None:
    meters("all/a.csv"), meters("all/b.csv", 3)  # one Device ID stands twice, so every phase has work
    Path("all/z.csv.gz").write_bytes(gzip.compress(meters("b.csv", 6).read_bytes()))
    make_it, said = CHANGES[change]
    with pytest.raises(FirmpathError) as refused:
        plan_while(phase, lambda: make_it(Path("all/b.csv")))
    assert str(refused.value) == f"Inventory {said}; {RIGHT}"
    assert not Path("plan").exists()
    shutil.rmtree("all")
    meters("all/a.csv"), meters("all/b.csv", 3)
    plan = plan_fleet(CPL, Order("all", {}, Question()), Path("plan"), lambda what, part: None)
    assert (plan.rows, {each.name for each in Path().iterdir()}) == (6, {"all", "b.csv", "plan"})


def test_a_change_after_the_inventory_was_read_does_no_harm() -> None:
    meters("all/a.csv")
    plan_while("Writing waves", lambda: append(Path("all/a.csv")))
    assert Path("plan").exists()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_single_file_is_watched_too(form: str) -> None:
    file = as_parquet(meters("meters.csv")) if form == "parquet" else meters("meters.csv")

    def cut(what: str, part: float) -> None:
        os.truncate(file, file.stat().st_size // 2)

    with pytest.raises(FirmpathError, match=f"^Inventory '{file}' was changed while it was read; {RIGHT}$"):
        plan_fleet(CPL, Order(str(file), {}, Question()), Path("plan"), cut)


class ChangesWhenAsked(dict[str, str]):
    """Headings that are asked for when the files were looked at, and not yet read; then a file changes."""

    def items(self):  # type: ignore[no-untyped-def]
        append(Path("meters.csv"))
        return super().items()


def test_a_file_that_is_added_between_finding_the_others_and_reading_them_is_refused() -> None:
    meters("all/b.csv")
    found = find_files("all")  # a session of Spark takes its time to begin
    meters("all/c.csv", 9)
    with pytest.raises(FirmpathError) as refused, unchanged("all", found):
        pass
    assert str(refused.value) == f"Inventory 'all/c.csv' was added while the others were read; {RIGHT}"


def test_a_preflight_watches_its_inventory() -> None:
    meters("meters.csv")
    with pytest.raises(FirmpathError, match=r"'meters\.csv' was changed while it was read"):
        read_known_devices("meters.csv", ChangesWhenAsked(), [device(1)])


def test_a_folder_that_cannot_be_looked_into_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    meters("all/a.csv"), meters("all/north/b.csv", 5)
    Path("all/north").chmod(0)
    if os.access("all/north", os.R_OK):  # root may look into every folder
        listed = os.scandir

        def scandir(place: str) -> object:
            if str(place).endswith("north"):
                raise PermissionError(13, "Permission denied", str(place))
            return listed(place)

        monkeypatch.setattr(os, "scandir", scandir)
    said = "File 'all/north' cannot be looked into: permission denied; ask whoever owns it, or copy it elsewhere"
    with pytest.raises(FirmpathError) as refused:
        find_files("all")
    Path("all/north").chmod(0o755)
    assert str(refused.value) == said


def test_links_are_followed_to_files_and_refused_where_they_lead_to_a_folder_or_nowhere() -> None:
    meters("else/b.csv", 5), meters("all/a.csv")
    Path("all/b.csv").symlink_to("../else/b.csv")
    assert len(make(CPL, Path("all")).rows) == 6
    Path("all/more").symlink_to("../else")
    with pytest.raises(FirmpathError) as refused:
        find_files("all")
    assert str(refused.value) == (
        "File 'all/more' is a link to a folder, and links are not followed: its files would be missing; "
        "put the folder itself in its place, or remove the link"
    )
    Path("all/more").unlink()
    Path("all/c.csv").symlink_to("nowhere.csv")
    with pytest.raises(FirmpathError) as refused:
        find_files("all")
    said = "File 'all/c.csv' is a link that leads nowhere; put right what it points at, or remove it"
    assert str(refused.value) == said


def test_what_is_hidden_in_a_folder_is_none_of_the_inventory() -> None:
    meters("all/a.csv"), meters("all/.snapshot/a.csv"), meters("all/_temporary/0/a.csv"), meters("all/_a.csv")
    Path("all/.of-another").symlink_to("../elsewhere")
    assert find_files("all") == ("all/a.csv",)
    meters("_all/a.csv")
    assert find_files("_all") == ("_all/a.csv",)
