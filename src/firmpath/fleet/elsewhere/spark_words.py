"""What Spark says when it fails, in our words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

_CAUSE: Final = re.compile(r"^(?:Caused by: )?[\w.$]+(?:Exception|Error): (.+)$", re.MULTILINE)
_NOT_THERE: Final = (
    "FileNotFoundException",
    "PATH_NOT_FOUND",
    "FILE_NOT_EXIST",
    "No such file",
    "Permission denied",
)
_OTHER_RELEASE: Final = ("local class incompatible", "InvalidClassException")
_LONGEST: Final = 300


@contextmanager
def in_our_words(folder: str) -> Iterator[None]:
    """Refuse in words where Spark fails in what is run inside, which reads and writes below a folder.

    :raises FirmpathError: it failed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise FirmpathError(_fault(folder, str(error))) from None


def not_seen(folder: str, said: str) -> Fault:
    """Say that the workers do not see a folder."""
    right = "give an inventory and an --out in a folder that this machine and every worker see under the same name"
    return Fault("Folder", folder, f"is not seen by every worker of the cluster, or not open to it: {said}", right)


def _fault(folder: str, told: str) -> Fault:
    causes = _CAUSE.findall(told) or [line for line in told.splitlines() if line.strip()] or ["it says nothing"]
    said = causes[-1].strip()[:_LONGEST]
    if any(each in told for each in _NOT_THERE):
        return not_seen(folder, said)
    if any(each in told for each in _OTHER_RELEASE):
        right = "install the release of pyspark that the cluster runs"
        return Fault("Spark", "", f"is of another release than the cluster: {said}", right, quoted=False)
    right = "see that the inventory is whole, and that the workers have room"
    return Fault("Spark", "", f"stopped: {said}", right, quoted=False)
