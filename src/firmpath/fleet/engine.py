"""The engine that is embedded: DuckDB, limited in its memory, and kept from fetching anything. Source: ADR 0017."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from firmpath.pathways.faults import Fault, FirmpathError

MEMORY_MIB: Final = 700
"""What the engine may use; what is larger goes to the folder for temporary files."""

_SETTINGS: Final = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET preserve_insertion_order = true",
    "SET enable_progress_bar = false",
    # The engine takes an inventory of unknown size for a small one, and would then hold all of it in memory.
    "SET disabled_optimizers = 'build_side_probe_side,join_order'",
)
_KIND_OF_ERROR: Final = re.compile(r"^[A-Z][A-Za-z/ ]* Error: ")
_NOT_OURS: Final = ("Original Line", "LINE ")
"""How lines begin that quote our own SQL, or the inventory at length."""

_NOT_WRITTEN: Final = re.compile(r'Could not (?:write|sync)[^"]*\\?"[^"]*\\?": ([A-Z][A-Za-z ]+)')


def connect(temporary: Path) -> DuckDBPyConnection:
    """Open an engine of our own, in memory, whose temporary files are in a folder."""
    connection = duckdb.connect()
    for setting in _SETTINGS:
        connection.execute(setting)
    connection.execute(f"SET memory_limit = '{MEMORY_MIB}MiB'")
    connection.execute(f"SET temp_directory = {text(str(temporary))}")
    return connection


def run(connection: DuckDBPyConnection, statement: str) -> None:
    """Run a statement that takes a while, so that an interrupt from the keyboard ends it at once, and as one.

    The engine looks for an interrupt seldom, while it calls functions of ours not at all, and calls it an error.
    """
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(connection.execute, statement)
        try:
            running.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


def name(column: str) -> str:
    """Write the name of a column in SQL."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def literal(file: str) -> str:
    """Write the name of a file so that the engine takes no sign in it for a pattern."""
    return re.sub(r"[*?\[]", r"[\g<0>]", file)


def refusal(term: str, value: str, error: duckdb.Error) -> FirmpathError | OSError:
    """Put what the engine says in our words; where it could not write, as the system says it."""
    not_written = _NOT_WRITTEN.search(str(error))
    if not_written:
        return OSError(0, not_written[1])
    lines = [line for line in str(error).splitlines() if line.strip(" ^") and not line.startswith(_NOT_OURS)]
    said = _KIND_OF_ERROR.sub("", ": ".join(line.strip().rstrip(".:") for line in lines[:2]))
    if isinstance(error, duckdb.OutOfMemoryException):
        return FirmpathError(Fault(term, value, f"does not fit: {said}", "make room in memory or on the disk"))
    return FirmpathError(Fault(term, value, f"cannot be read: {said}", "see that it is whole"))
