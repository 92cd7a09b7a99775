"""A process that is killed in the middle of a publication has published all of a submission, or nothing."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.registry.ledger.staging import program

KILLS = 100
SEED = 20261122


def test_all_or_nothing_however_often_it_is_killed(
    fresh_databases: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    databases = fresh_databases()
    started = program("killed_publishers", tmp_path, databases, KILLS, SEED)
    done = subprocess.run(**started, capture_output=True)
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["halves"] == []
    assert outcome["in_the_middle"] >= KILLS / 20, "on a busy machine most kills come before or after"
    assert outcome["then_published"] == 3

    told_after = subprocess.run(**program("reckoning", tmp_path, databases), capture_output=True)
    after = json.loads(told_after.stdout)
    assert after["faults"] == []
    issued = sorted(each for ids in after["submissions"].values() for each in ids)
    assert sorted(after["recorded"]) == [1, 2, *issued] == list(range(1, len(issued) + 3))
