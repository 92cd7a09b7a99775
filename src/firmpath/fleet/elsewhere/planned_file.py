"""The core's answers as a file of Parquet, which Spark joins to the inventory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from firmpath.fleet.elsewhere.expression import Source, planned_columns
from firmpath.fleet.elsewhere.judging import JudgedReadings, planned_rows
from firmpath.fleet.engine import text


def write_planned(judged: JudgedReadings, source: Source, file: Path) -> None:
    """Write a row for each reading: its columns as the source has them, then what is planned for it."""
    types = planned_columns(source)
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE planned ({', '.join(map(' '.join, types.items()))})")
        rows = list(_typed_rows(judged, source))
        if rows:
            unnested = ", ".join(f"unnest(${at})" for at in range(1, len(types) + 1))
            engine.execute(f"INSERT INTO planned SELECT {unnested}", list(map(list, zip(*rows, strict=True))))
        engine.execute(f"COPY planned TO {text(str(file))} (FORMAT parquet)")


def _typed_rows(judged: JudgedReadings, source: Source) -> Iterator[tuple[Any, ...]]:
    """Give the rows of the small table, with CPL Entry IDs as numbers where the inventory has them so."""
    columns = source.reading_columns
    for row in planned_rows(judged, columns):
        keys = (_key(value, each in source.numbers) for each, value in zip(columns, row, strict=False))
        yield (*keys, *row[len(columns) :])


def _key(value: str | int, is_number: bool) -> str | int | None:
    return (int(value) if value else None) if is_number else value
