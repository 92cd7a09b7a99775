"""A Spark cluster of the tests' own: a master and two workers on loopback, small, and gone with the tests."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.servers.kept import Kept, keeping
from tests.servers.wanted import NotInstalledError
from tests.waiting import LONGEST_WAIT_S

CHOICE: Final = "FIRMPATH_TEST_SPARK"
"""Only where this variable is `yes` are tests run on a cluster, and then everything has to be there."""

WORKERS: Final = 2
MEMORY: Final = "512m"
"""Of each worker's executor, and of the program that drives them."""

_LISTENS: Final = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:[0-9]+)")
_REGISTERED: Final = "Successfully registered with master"
# Short programs never earn back what the second compiler and a parallel collector cost.
_QUICK_START: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


class SparkCluster(NamedTuple):
    """A running cluster: the address of its master, and the variables that a program on it has to have.

    `hidden` is a folder of this machine of which the workers see another, which is empty; none where this system
    lets nobody hide a folder.
    """

    master: str
    environment: dict[str, str]
    kept: tuple[Kept, ...]
    hidden: Path | None


def find_spark() -> Path:
    """Find Spark's folder, and make sure that Java is there.

    :raises NotInstalledError: one of them is missing.
    """
    found = find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        raise NotInstalledError("Spark is not installed here: `make spark` installs it")
    if not shutil.which("java"):
        raise NotInstalledError("Java is not installed here. On Debian: apt-get install openjdk-17-jre-headless")
    return Path(found.submodule_search_locations[0])


@contextmanager
def running_spark(memory: str = MEMORY, java: str = _QUICK_START) -> Iterator[SparkCluster]:
    """Run a master and its workers until the `with` is left, or this process dies; `java` are options of Java.

    :raises NotInstalledError: Spark or Java is not on this machine.
    :raises ServerError: one of them does not start.
    """
    home = find_spark()
    with (
        tempfile.TemporaryDirectory(prefix="firmpath-spark-", ignore_cleanup_errors=True) as name,
        ExitStack() as on,
    ):
        folder = Path(name)
        environment = _environment(home, folder, memory, java)

        hidden = folder / "hidden"
        hidden.mkdir()
        unseen = _hiding(hidden)

        def start(role: str, *arguments: str, remove: Sequence[Path] = ()) -> Kept:
            command = [
                *(unseen if role == "Worker" else ()),
                str(home / "bin" / "spark-class"),
                f"org.apache.spark.deploy.{role.lower()}.{role}",
            ]
            command += ["--host", "127.0.0.1", "--webui-port", "0", *arguments]
            output = folder / f"{role}-{len(list(folder.iterdir()))}.txt"
            started = keeping(
                f"Spark's {role}",
                command,
                output,
                environment=environment,
                stop_signal=signal.SIGKILL,
                remove=remove,
            )
            return on.enter_context(started)

        master = start("Master", "--port", "0", remove=[folder])
        master.wait_until(lambda: bool(_LISTENS.search(master.printed)), LONGEST_WAIT_S)
        (address,) = _LISTENS.findall(master.printed)
        size = ("--cores", "1", "--memory", memory, "--work-dir", str(folder / "work"))
        workers = [start("Worker", *size, address) for _ in range(WORKERS)]
        for worker in workers:
            worker.wait_until(lambda worker=worker: _REGISTERED in worker.printed, LONGEST_WAIT_S)  # type: ignore[misc]
        yield SparkCluster(address, environment, (master, *workers), hidden if unseen else None)


def _hiding(folder: Path) -> list[str]:
    """Give the words before a command that let it see an empty folder in the place of one; none if that fails."""
    words = ["unshare", "--mount", "sh", "-c", f'mount -t tmpfs none {shlex.quote(str(folder))} && exec "$@"', "sh"]
    able = (
        shutil.which("unshare")
        and not subprocess.run([*words, "true"], capture_output=True, check=False).returncode
    )
    return words if able else []


def _environment(home: Path, folder: Path, memory: str, java: str) -> dict[str, str]:
    """Keep everything on loopback and in the folder, and let no setting of this machine's owner in."""
    conf = folder / "conf"
    conf.mkdir()
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": java,
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    lines = (f"{key} {value}\n" for key, value in settings.items())
    (conf / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    others = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return others | {
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_PUBLIC_DNS": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": _QUICK_START,
    }


@pytest.fixture(scope="session")
def spark_cluster() -> Iterator[SparkCluster]:
    """Give a Spark cluster of this process."""
    if os.environ.get(CHOICE) != "yes":
        pytest.skip(f"Tests on a Spark cluster are run by `make cluster`, or where {CHOICE} is yes")
    try:
        find_spark()
    except NotInstalledError as missing:
        pytest.fail(str(missing), pytrace=False)
    with running_spark() as started:
        yield started
