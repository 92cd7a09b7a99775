"""`firmpath plan --engine spark` as it is run, in a process of its own, and what it says where that cannot be."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.fleet.elsewhere import spark_session
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import rows_of
from tests.functional.running import STARTS, surroundings
from tests.servers.spark import SparkCluster

ON = "2026-06-01"


def plan(cluster: SparkCluster, inventory: Path, out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*STARTS, "plan", str(inventory), "--out", str(out), "--cpl", EXAMPLE_CPL, "--on", ON, *words]
    environment = surroundings() | cluster.environment
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Invent a fleet, in a folder whose name has what stands for other characters elsewhere."""
    folder = tmp_path / "a [b] {c,d} *"
    folder.mkdir()
    file = folder / "fleet.parquet"
    made = [*STARTS, "generate", "--fleet", "5000", "--cpl", EXAMPLE_CPL, "--on", ON, "--out", str(file)]
    subprocess.run(made, env=surroundings(), check=True, capture_output=True)
    return file


def contents(folder: Path) -> dict[str, bytes]:
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


def test_a_plan_from_a_cluster_is_that_of_this_machine(spark_cluster: SparkCluster, fleet: Path) -> None:
    there, here = fleet.parent / "there", fleet.parent / "here"
    spark = ("--engine", "spark", "--master", spark_cluster.master)
    done = plan(spark_cluster, fleet, there, *spark)
    assert done.returncode == 1
    assert all(line.startswith("firmpath: ") for line in done.stderr.splitlines())  # how far it is, now and then
    assert done.stdout.splitlines()[0] == "Planned. Rows of the inventory: 5,000. Rows of the plan: 5,000."
    local = plan(spark_cluster, fleet, here)
    only_here = " --only-commissioned leaves them out."
    assert only_here in local.stdout
    assert local.stdout.replace(only_here, "").replace(str(here), str(there)) == done.stdout
    theirs, ours = contents(there), contents(here)
    assert {each for each in theirs if "parquet" not in each} == {each for each in ours if "parquet" not in each}
    assert [each for each in theirs if "parquet" not in each and theirs[each] != ours[each]] == []
    plans = [rows_of(f"FROM read_parquet('{_quoted(each)}')") for each in (there, here)]
    assert sorted(plans[0], key=str) == sorted(plans[1], key=str)


def _quoted(folder: Path) -> str:
    """Name the parts of a plan so that DuckDB takes no character of the folder for another."""
    characters = (f"[{each}]" if each in "[]{}*?" else each for each in str(folder))
    return "".join(characters) + "/plan.parquet/*.parquet"


def test_a_folder_that_the_workers_do_not_see_is_named(spark_cluster: SparkCluster, fleet: Path) -> None:
    if spark_cluster.hidden is None:
        pytest.skip("this system lets nobody hide a folder from a process")
    out = spark_cluster.hidden / "plan"
    refused = plan(spark_cluster, fleet, out, "--engine", "spark", "--master", spark_cluster.master)
    assert refused.returncode == 3, refused
    told = " ".join(refused.stderr.split())
    assert f"Folder '{out}' is not seen by every worker of the cluster, or not open to it" in told
    assert "give an inventory and an --out in a folder that this machine and every worker see" in told
    assert list(spark_cluster.hidden.iterdir()) == []


def test_a_cluster_without_room_is_not_waited_for_without_end(
    spark_cluster: SparkCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in spark_cluster.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(spark_session._SETTINGS, "spark.executor.memory", "64g")
    monkeypatch.setattr(spark_session, "_WORKERS_WITHIN_S", 1.0)
    opened: Any = spark_session.session(spark_cluster.master, tmp_path / "spark.log")
    with pytest.raises(
        FirmpathError, match=r"has no worker that took up the work within 1 seconds; see that it has"
    ):
        opened.__enter__()


def test_nothing_of_the_cluster_listens_beyond_loopback(spark_cluster: SparkCluster) -> None:
    addresses = {address for each in spark_cluster.kept for address in _listening(each.process.pid)}
    assert addresses
    assert {address for address in addresses if not address.endswith("0100007F")} == set()


def _listening(keeper: int) -> set[str]:
    """Give the addresses on which a kept process listens, as the system writes them."""
    (child,) = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
    sockets = {each.readlink().name for each in Path(f"/proc/{child}/fd").iterdir() if each.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{child}/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and f"socket:[{words[9]}]" in sockets:
                found.add(words[1].split(":")[0])
    return found
