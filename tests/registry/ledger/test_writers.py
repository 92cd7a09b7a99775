"""Forty who publish at once: nothing is lost, no CPL Entry ID is issued twice, and readers see no half."""

import json
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.registry.ledger.staging import program

EACH = 2
"""How many submissions each of the forty publishes."""


@pytest.mark.parametrize(("processes", "threads"), [(1, 40), (8, 5)])
def test_forty_publish_at_once(
    processes: int, threads: int, fresh_databases: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    databases = fresh_databases()
    started = program("publishers", tmp_path, databases, processes, threads, EACH)
    done = subprocess.run(**started, capture_output=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    told_after = subprocess.run(**program("reckoning", tmp_path, databases), capture_output=True)
    assert told_after.returncode == 0, told_after.stderr
    after = json.loads(told_after.stdout)

    published = [each for process in told for each in process["published"]]
    assert len(published) == processes * threads * EACH
    issued = sorted(cpl_entry_id for _, ids in published for cpl_entry_id in ids)
    assert issued == list(range(3, 3 + 2 * len(published)))
    assert dict(published) == after["submissions"]
    assert sorted(after["recorded"]) == [1, 2, *issued]
    assert after["faults"] == []

    chains = dict(after["chains"])
    heads = [process["seen"] for process in told]
    assert [head for seen in heads for head in seen if chains[head[0]] != head[1]] == []
    assert all(first[0] < second[0] for seen in heads for first, second in pairwise(seen))
    assert sum(map(len, heads)) > 2  # readers saw the ledger grow
