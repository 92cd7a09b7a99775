"""The canary test goes on: a real backup of a register in which values are planted is read, octet by octet."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.registry.ledger.staging import PROJECT
from tests.registry.operations.running import firmpath, settings_of
from tests.registry.operations.test_backup import text_of_copy
from tests.registry.ssc.scene import MARK, NEEDLES, WAYS, value
from tests.registry.ssc.walking import contains


def test_a_backup_has_the_values_in_the_copy_of_the_ssc_s_database_alone(
    tmp_path: Path, fresh_databases: Callable[[], dict[str, str]]
) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup"
    environment = settings_of(data, {**fresh_databases(), "FIRMPATH_HOSTS": "testserver"})
    command = [sys.executable, "-m", "tests.registry.ssc.planted"]
    planted = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert planted.returncode == 0, planted.stderr
    done = firmpath("backup", backup, environment=environment)
    assert done.returncode == 0, done.stderr

    copies = {file.stem: file for file in backup.iterdir()}
    of_the_ssc, ours = text_of_copy(copies["ssc"]), text_of_copy(copies["register"])
    assert [way for way in WAYS if value(way, "vendor").encode() not in of_the_ssc] == []
    assert b"Aster Metering" in ours
    assert not contains(ours + copies["register"].read_bytes(), NEEDLES)
    assert not contains((backup / "backup.json").read_bytes(), NEEDLES)
    assert MARK not in f"{planted.stdout}{planted.stderr}{done.stdout}{done.stderr}".lower()
    besides = [each for each in data.rglob("*") if each.is_file() and not each.name.startswith("ssc.")]
    assert [each.name for each in besides if contains(each.read_bytes(), NEEDLES)] == []
    assert [each for each in besides if each.parent.name == "outbox"]
