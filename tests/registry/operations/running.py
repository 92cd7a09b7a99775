"""Running the command line, and programs beside this file, on a register of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.registry.ledger.staging import NOT_HANDED_ON, PROJECT
from tests.waiting import LONGEST_WAIT_S

Done = subprocess.CompletedProcess[str]


def settings_of(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of a register that keeps its data in a folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    own = {"FIRMPATH_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "firmpath.registry.settings"}
    return {**inherited, **own, **(more or {})}


def firmpath(
    *arguments: object, environment: Mapping[str, str], before: Callable[[], object] | None = None
) -> Done:
    """Run a command to its end; `before` is done in its process before it begins."""
    return _run([Path(sys.executable).with_name("firmpath"), *arguments], environment, before)


def program(name: str, *arguments: object, environment: Mapping[str, str]) -> Done:
    """Run one of the programs beside this file to its end."""
    return _run([sys.executable, "-m", f"tests.registry.operations.{name}", *arguments], environment)


def _run(
    command: Sequence[object], environment: Mapping[str, str], before: Callable[[], object] | None = None
) -> Done:
    return subprocess.run(
        list(map(str, command)),
        env=dict(environment),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT_S,
        check=False,
        preexec_fn=before,
    )
