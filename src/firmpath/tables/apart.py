"""Read a table that a stranger sent in a process of its own, which may use so much memory and time and no more.

A workbook of a few kilobytes can ask for more memory than a server has; what a reading library does about it is not
ours to know. Here it ends that process and nothing else.
"""

import pickle
import subprocess
import sys
from typing import Any, Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import file_fault
from firmpath.tables.headings import KindOfTable
from firmpath.tables.rows import TableRows

MOST_OCTETS_OF_MEMORY: Final = 768 * 2**20
MOST_SECONDS: Final = 20
"""Of processor time; by the clock it may be three times as long, where others want the processor too."""

_PROGRAM: Final = "from firmpath.tables.apart import read_here; read_here()"


def read_apart(octets: bytes, path: str, kind: KindOfTable, most_cells: int) -> TableRows:
    """Do what `read_octets_as_table` does, within limits of memory and time.

    Cost: the start of a Python, about a fifth of a second, beside the reading.

    :raises FirmpathError: as `read_octets_as_table`, or the limits were not enough.
    """
    asked = pickle.dumps((octets, path, kind, most_cells))
    too_much = file_fault(path, "needs too much memory or time to read", "send the table alone, saved as CSV")
    try:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=asked,
            capture_output=True,
            timeout=3 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FirmpathError(too_much) from None
    if done.returncode:
        raise FirmpathError(too_much)
    found: TableRows | tuple[Fault, ...] = pickle.loads(done.stdout)
    if isinstance(found, TableRows):
        return found
    raise FirmpathError(*found)


def read_here() -> None:
    """Limit this process, read the table that comes in, and give its rows, or the faults of it."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_OCTETS_OF_MEMORY, MOST_OCTETS_OF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    octets, path, kind, most_cells = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(_rows_or_faults(octets, path, kind, most_cells)))


def _rows_or_faults(octets: bytes, path: str, kind: KindOfTable, most_cells: int) -> Any:
    from firmpath.tables.headings import Headings
    from firmpath.tables.mapping import NO_MAPPING
    from firmpath.tables.reading import read_octets_as_table

    try:
        return read_octets_as_table(octets, path, Headings(NO_MAPPING, kind), most_cells=most_cells)
    except FirmpathError as error:
        return error.faults
