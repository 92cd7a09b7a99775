"""The plan as it is written: in parts, each by one thread, which alone keeps the rows in their order."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import refusal, text
from firmpath.fleet.inventory import Inventory
from firmpath.fleet.joining import plan_query
from firmpath.fleet.looking import Looked
from firmpath.fleet.waves import Told

_OPTIONS: Final = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1000"
"""How a part is written. Device IDs are all different, so a dictionary of them would only cost."""
_WRITERS: Final = 2


def write_parts(
    connection: DuckDBPyConnection, inventory: Inventory, looked: Looked, folder: Path, told: Told
) -> tuple[Path, ...]:
    """Write the plan into a folder, in files whose names are in the order of the inventory; give these.

    A join of several threads may write rows in another order than it read them. So each slice of the inventory has
    one thread, and two slices are written at a time.

    :raises FirmpathError: the inventory cannot be read, or there is no room.
    """
    folder.mkdir()
    slices = inventory.slices(connection)
    connection.execute("SET threads = 1")
    parts = tuple(folder / f"part-{at:05}.parquet" for at in range(1, len(slices) + 1))
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_WRITERS) as pool:
        for at, (slice_, part) in enumerate(zip(slices, parts, strict=True)):
            query = plan_query(inventory, looked, slice_)
            waiting.append(pool.submit(_write, connection.cursor(), inventory, query, part))
            if len(waiting) > _WRITERS:
                waiting.popleft().result()
                told("Writing the plan", (at - _WRITERS) / len(slices))
        while waiting:
            waiting.popleft().result()
    connection.execute("RESET threads")
    told("Writing the plan", 1.0)
    return parts


def _write(cursor: DuckDBPyConnection, inventory: Inventory, query: str, part: Path) -> None:
    with cursor:
        try:
            cursor.execute(f"COPY ({query}) TO {text(str(part))} ({_OPTIONS})")
        except EngineError as error:
            raise refusal("Inventory", inventory.named, error) from None
