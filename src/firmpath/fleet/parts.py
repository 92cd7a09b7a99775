"""The plan as it is written: in parts, each by one thread from a piece of the inventory, so rows keep their order.

A part is written before it is known which Device IDs stand twice. Those that turn out to have one are written anew,
and the Devices of theirs that have a step are laid aside anew. Source: ADR 0020.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.answering import Answers
from firmpath.fleet.device_ids import read_device_ids
from firmpath.fleet.device_statuses import mark_not_commissioned
from firmpath.fleet.duplicates import Duplicates, Sightings
from firmpath.fleet.inventory import REGION
from firmpath.fleet.joining import TOO_WIDE, mark_malformed, mark_without_region, plan_table, without_step
from firmpath.fleet.kinds import NUMBERS, TEXTS, Kinds, added
from firmpath.fleet.planned import NO_ENTRY, OfTheRow, Planned
from firmpath.fleet.rows import Codes, Piece, Regions, Values, as_codes, as_one, find_different, find_regions
from firmpath.fleet.sorting import Counts
from firmpath.fleet.takers import Takers
from firmpath.fleet.telling import WORKERS, Counted, Told

_ROWS_AT_ONCE: Final = 1 << 17
"""Rows that are encoded at once, as long as their octets fit a page: each turn has its own price."""


_NOTHING: Final = {name: NO_ENTRY if name in NUMBERS else "" for name in Planned._fields}


class Written(NamedTuple):
    """What was written: the parts in their order; in how many rows is each reading and each kind, by numbers."""

    parts: list[Path]
    readings: Codes
    kinds: Codes

    @property
    def rows(self) -> int:
        """All rows."""
        return int(self.kinds.sum())


class Aside(NamedTuple):
    """What is laid aside of each part: its Device IDs, and those of them that have a step, if waves are wanted."""

    sightings: Sightings
    takers: Takers | None


def write_parts(
    pieces: Iterable[Piece], answers: Answers, aside: Aside, folder: Path, told: Told, counted: Counted
) -> Written:
    """Write a part for each piece of an inventory into a folder, their names in the order of the pieces.

    `counted` hears how many rows there are in all, by what is known of it so far.

    Cost: one read of the inventory; memory for a few pieces.
    :raises FirmpathError: a piece cannot be read.
    """
    folder.mkdir()
    nothing = np.empty(0, np.int64)
    written = Written([], nothing, nothing)
    waiting: deque[tuple[float, Future[Written]]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for at, piece in enumerate(_first_answered(pieces, answers)):
            waiting.append((piece.done, pool.submit(_write_part, answers, aside, folder, at, piece)))
            if len(waiting) > WORKERS:
                written = _with_first(written, waiting, told, counted)
        while waiting:
            written = _with_first(written, waiting, told, counted)
    if not written.parts:
        written.parts.append(_part(folder, 0))
        _save(_no_rows(answers), written.parts[0])
    return written


def _first_answered(pieces: Iterable[Piece], answers: Answers) -> Iterator[Piece]:
    """Have the first piece's readings answered before anything else is done; it mostly has nearly all there are.

    The core's answers are Python alone: what other threads do meanwhile takes longer, and so do the answers.
    """
    rest = iter(pieces)
    yield from map(partial(_answered, answers), islice(rest, 1))
    yield from rest


def _answered(answers: Answers, piece: Piece) -> Piece:
    """Read a piece, and have its readings answered."""
    rows = piece.read()
    answers.numbers(find_different(rows.readings).readings)
    return piece._replace(read=lambda: rows)


def _with_first(
    written: Written, waiting: deque[tuple[float, Future[Written]]], told: Told, counted: Counted
) -> Written:
    """Wait for the first of those parts that are worked on, and add it."""
    done, future = waiting.popleft()
    part = future.result()
    written.parts.extend(part.parts)
    together = Written(written.parts, added(written.readings, part.readings), added(written.kinds, part.kinds))
    if done:  # a file may have no rows
        counted(round(together.rows / done))
    told("Writing the plan", done)
    return together


def _write_part(answers: Answers, aside: Aside, folder: Path, at: int, piece: Piece) -> Written:
    rows = piece.read()
    ids = read_device_ids(rows.device_ids)
    aside.sightings.add(at, ids.numbers if ids.fit.all() else ids.numbers[ids.fit])
    different = find_different(rows.readings)
    readings, kinds = answers.numbers(different.readings)
    planned = different.numbered(kinds)
    mark_malformed(planned, answers.kinds, ids.fit, rows.too_wide)
    if answers.status_heading:
        mark_not_commissioned(planned, answers.kinds, rows.others[0], answers.status_heading)
    if rows.regions:
        mark_without_region(planned, answers.kinds, rows.regions, answers.region_heading)
    if aside.takers:
        aside.takers.add(at, ids.numbers, planned, answers.kinds, rows.regions)
    counted = np.bincount(planned)
    _save(plan_table(ids.written, planned, counted, answers.kinds, rows.regions), _part(folder, at))
    return Written([_part(folder, at)], different.counted(readings), counted)


def _no_rows(answers: Answers) -> pa.Table:
    nothing = np.empty(0, np.int64)
    regions = Regions([], nothing) if answers.region_heading else None
    return plan_table(pa.array([], pa.string()), nothing, nothing, answers.kinds, regions)


def _part(folder: Path, at: int) -> Path:
    return folder / f"part-{at + 1:05}.parquet"


def _save(table: pa.Table, file: Path) -> None:
    """Write a part: Device IDs as they are, what else there is packed by what is known of it. Source: ADR 0042."""
    encodings = {"device_id": "PLAIN", **dict.fromkeys(NUMBERS, "DELTA_BINARY_PACKED")}
    pq.write_table(
        table,
        file,
        compression="none",
        use_dictionary=TEXTS,
        column_encoding=encodings,
        write_statistics=False,  # rows are in the order of the inventory, so the least and the most tell nothing
        store_schema=False,
        write_batch_size=_ROWS_AT_ONCE,
        max_rows_per_page=_ROWS_AT_ONCE,
    )


def mark_duplicates(
    written: Written, duplicates: Duplicates, kinds: Kinds, takers: Takers | None, told: Told
) -> Written:
    """Write the parts anew that have a Device ID that stands twice; give what was written in the end.

    Cost: one read and one write of these parts.
    """
    counted = written.kinds
    mark = partial(_mark, duplicates, kinds, takers, written.parts)
    with ThreadPoolExecutor(WORKERS) as pool:
        of_parts = pool.map(mark, duplicates.parts)
        for at, (before, after) in enumerate(of_parts, 1):
            counted = added(added(counted, -before), after)
            told("Marking Device IDs that stand twice", at / len(duplicates.parts))
    return written._replace(kinds=counted)


def _mark(
    duplicates: Duplicates, kinds: Kinds, takers: Takers | None, parts: Sequence[Path], at: int
) -> tuple[Codes, Codes]:
    """Mark the duplicates of a part; give how many rows of each kind it had before, and has now."""
    part = parts[at]
    texts = [name for name in TEXTS if name in pq.read_schema(part).names]
    with pq.ParquetFile(part, read_dictionary=texts) as file:
        table = file.read(use_threads=False).unify_dictionaries().combine_chunks()
    ids = read_device_ids(table["device_id"].chunk(0))
    different = find_different([as_codes(table[name].chunk(0)) for name in Planned._fields])
    planned = different.numbered(kinds.numbers([_planned(Planned._fields, each) for each in different.readings]))
    before = np.bincount(planned)
    _mark_rows(planned, kinds, np.where(ids.fit, duplicates.times_of(ids.numbers), 0))
    regions = _regions(table)
    if takers:
        takers.add(at, ids.numbers, planned, kinds, regions)
    after = np.bincount(planned)
    _save(plan_table(ids.written, planned, after, kinds, regions), part)
    return before, after


def lay_aside(parts: Sequence[Path], takers: Takers, last_days: Mapping[Planned, date], told: Told) -> None:
    """Lay those aside who have a step in a plan that another engine wrote, which has no regions.

    `last_days` has the last day on which each pathway can be used; without limits it may be empty.

    Cost: one read of two columns of the plan, of all where there are last days.
    """
    kinds = Kinds(last_days)
    columns = Planned._fields if last_days else ("next_entry",)
    lay_part = partial(_lay_part_aside, takers, kinds, columns)
    with ThreadPoolExecutor(WORKERS) as pool:
        for at, _ in enumerate(pool.map(lay_part, range(len(parts)), parts), 1):
            told("Laying Devices aside", at / len(parts))


def _lay_part_aside(takers: Takers, kinds: Kinds, columns: Sequence[str], at: int, part: Path) -> None:
    table = pq.read_table(part, columns=["device_id", *columns], use_threads=False)
    ids = read_device_ids(as_one(table["device_id"]))
    different = find_different([as_codes(as_one(table[each])) for each in columns])
    numbers = kinds.numbers([_planned(columns, each) for each in different.readings])
    takers.add(at, ids.numbers, different.numbered(numbers), kinds)


def _regions(table: pa.Table) -> Regions | None:
    return find_regions(table[REGION].chunk(0)) if REGION in table.column_names else None


def _planned(columns: Sequence[str], values: Values) -> Planned:
    """Give what is planned for a row as it was written; of columns that are not read, as if nothing were there."""
    read = zip(columns, values, strict=True)
    given = {name: int(value or NO_ENTRY) if name in NUMBERS else value for name, value in read}
    return Planned(**{**_NOTHING, **given})  # type: ignore[arg-type]  # by their names


def _mark_rows(planned: Codes, kinds: Kinds, times: Counts) -> None:
    """Give rows whose Device IDs stand in several other kinds, which say so; a row that is too wide says that."""
    rows, most = np.flatnonzero(times), int(times.max()) + 1
    found, places = np.unique(planned[rows] * most + times[rows], return_inverse=True)
    marked = [_as_duplicate(kinds[each // most], each % most) for each in found.tolist()]
    planned[rows] = kinds.numbers(marked)[places]


def _as_duplicate(planned: Planned, several: int) -> Planned:
    if planned.reason == TOO_WIDE:
        return planned
    return without_step(planned, OfTheRow.DUPLICATE_DEVICE_ID, f"in {several} rows")
