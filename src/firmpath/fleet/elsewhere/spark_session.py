"""A session on a Spark cluster: begun only where everything it needs is there, and ended with all that it started.

What the cluster's keeper has set, in the folder that SPARK_CONF_DIR names, holds here as in every other program.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from firmpath.pathways.faults import Fault, FirmpathError

_MASTER: Final = re.compile(r"spark://[^\s:,/]+:[0-9]{1,5}(,[^\s:,/]+:[0-9]{1,5})*")
_ANSWERS_WITHIN_S: Final = 5.0
_WORKERS_WITHIN_S: Final = 60.0
_ENDS_WITHIN_S: Final = 20.0
_GLANCE_S: Final = 0.2

_SETTINGS: Final = {
    "spark.app.name": "firmpath plan",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # A file that cannot be read is an error: its Devices must not be missing from the plan.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    # A column that no plan reads may have a type that Spark refuses.
    "spark.sql.legacy.parquet.nanosAsLong": "true",
}

Session = Any
"""A `pyspark.sql.SparkSession`; the package is large, and loaded only where it is used."""


@contextmanager
def session(master: str, log: Path) -> Iterator[Session]:
    """Open a session on the cluster of a master, and end it; what Spark prints goes into a file.

    Cost: about ten seconds, most of them Java's.

    :raises FirmpathError: Spark or Java is not installed, or the master or its workers do not answer in time.
    """
    _require_master(master)
    _require_installed()
    with log.open("ab") as printed:
        conf = _conf(master)
        gateway = _start_java(conf, printed)
        try:
            with _context(master, conf, gateway) as context:
                _require_workers(master, context)
                yield _new_session(context)
        finally:
            _end_java(gateway)


def _require_master(master: str) -> None:
    if not _MASTER.fullmatch(master):
        right = "write it as spark://HOST:PORT"
        raise FirmpathError(Fault("Master", master, "is not the address of a Spark master", right))
    failures = []
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), _ANSWERS_WITHIN_S).close()
        except (OSError, OverflowError) as error:
            failures.append(f"{getattr(error, 'strerror', None) or error}".lower())
        else:
            return
    right = "see that the cluster runs, and that this machine reaches it"
    raise FirmpathError(Fault("Master", master, f"cannot be reached: {failures[0]}", right))


def _require_installed() -> None:
    faults = []
    try:
        import pyspark  # noqa: F401
    except ImportError:
        right = "install firmpath with its extra 'cluster', with the release of pyspark that the cluster runs"
        faults.append(Fault("Spark", "", "is not installed here", right, quoted=False))
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=os.path.join(home, "bin") if home else None):
        where = f"is not in the folder of JAVA_HOME, {home}" if home else "is not installed here"
        right = "install it (on Debian: apt-get install openjdk-17-jre-headless)"
        faults.append(Fault("Java", "", where, right, quoted=False))
    if faults:
        raise FirmpathError(*faults)


def _conf(master: str) -> Any:
    from pyspark import SparkConf

    return SparkConf(loadDefaults=False).setMaster(master).setAll(_SETTINGS.items())


def _start_java(conf: Any, printed: Any) -> Any:
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    try:
        return launch_gateway(conf, {"stdout": printed, "stderr": printed})
    except PySparkException:
        lines = Path(printed.name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        wrong = f"does not start: {lines[-1] if lines else 'it says nothing'}"
        raise FirmpathError(Fault("Spark", "", wrong, "it needs Java 17 or newer", quoted=False)) from None


@contextmanager
def _context(master: str, conf: Any, gateway: Any) -> Iterator[Any]:
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    try:
        context = SparkContext(gateway=gateway, conf=conf)
    except Py4JError:
        right = "see that it is a Spark master, of the release of pyspark that is installed here"
        raise FirmpathError(Fault("Master", master, "does not take up the work", right)) from None
    try:
        yield context
    finally:
        with suppress(Py4JError, OSError):
            context.stop()


def _require_workers(master: str, context: Any) -> None:
    """Wait until a worker has taken up the work; the driver counts as one that takes part."""
    ends_at = time.monotonic() + _WORKERS_WITHIN_S
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > ends_at:
            wrong = f"has no worker that took up the work within {_WORKERS_WITHIN_S:g} seconds"
            right = "see that it has workers with a free core and the memory that spark.executor.memory asks for"
            raise FirmpathError(Fault("Master", master, wrong, right))
        time.sleep(_GLANCE_S)


def _new_session(context: Any) -> Session:
    from pyspark.sql import SparkSession

    return SparkSession(context)


def _end_java(gateway: Any) -> None:
    """End Java, which pyspark would leave running till the end of this process."""
    from pyspark import SparkContext

    gateway.shutdown()
    process: subprocess.Popen[bytes] = gateway.proc
    assert process.stdin
    process.stdin.close()
    try:
        process.wait(_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    SparkContext._gateway = SparkContext._jvm = None
