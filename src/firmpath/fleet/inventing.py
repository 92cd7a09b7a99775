"""Invented inventories of any size, from a seed: what a plan is tried on, with every trap of a real one.

No Device is real: their IDs begin with `02`, which marks an address that nobody was given.
"""

import threading
from collections.abc import Callable
from datetime import date
from itertools import accumulate, count
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import connect, refusal, run, text
from firmpath.fleet.telling import ToldPart
from firmpath.pathways.catalogue import Catalogue
from firmpath.tables.files import beside

SHARE_OF_FLAWS: Final = 2000
"""One row in so many has each flaw: the ID of another row, an ID that is none, a firmware version that is none, one
that is well-formed and not on the CPL, no region, a Device that is Suspended, one that is only Pending, and a row
that is stale."""

REGIONS: Final = {"North": 20, "Central": 35, "South": 45}
"""The regions of an invented fleet, with how many Devices in a hundred each has: unequal, so one takes longest."""

_MULTIPLIER: Final = 2_654_435_769
"""Odd; with a number of 32 bits the product has less than 64."""
MOST_DEVICES: Final = 2**32 - 1
TOLD_EVERY: Final = 1 << 16
"""Devices from one number to the next that tells how far it is: so many take less than half a second."""

_OPTIONS: Final = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 100000",
    "csv": "FORMAT csv, HEADER true",
    "csv.gz": "FORMAT csv, HEADER true, COMPRESSION gzip",
    "csv.zst": "FORMAT csv, HEADER true, COMPRESSION zstd",
}
FORMS: Final = tuple(_OPTIONS)


def invent_fleet(
    catalogue: Catalogue, devices: int, seed: int, file: Path, form: str, flaws: bool, told: ToldPart
) -> None:
    """Write an inventory of so many Devices of a CPL; the same seed gives the same rows.

    Older entries have more Devices than newer ones, as in homes; rows were read within four weeks. For firmware
    that is not on the CPL the inventory has no CPL Entry ID either.

    `told` hears how far it is from the threads that write, one at a time.

    Cost: linear in the Devices, in bounded memory.
    :raises OSError: there is no room for it.
    """
    with connect(beside(file, "temporary")) as connection:
        _keep_entries(connection, catalogue)
        unlisted = _unlisted_version(catalogue) if flaws else ""
        reached = _telling(devices, told)
        connection.create_function("reached", reached, ["BIGINT"], "BIGINT", side_effects=True)
        query = _rows(len(catalogue), devices, seed, unlisted, catalogue.as_at)
        file.touch()  # where that cannot be, the system says why in better words
        try:
            run(connection, f"COPY ({query}) TO {text(str(file))} ({_OPTIONS[form]})")
        except EngineError as error:
            raise refusal("Fleet", str(devices), error) from None
    told(1.0)


def _telling(devices: int, told: ToldPart) -> Callable[[int], int]:
    """Give what the engine hands some of the numbers to: it gives each back, and tells how far that is.

    The engine itself says of numbers in a row that it is at their beginning until it is at their end.
    """
    one_by_one = threading.Lock()

    def reached(number: int) -> int:
        with one_by_one:
            told(number / devices)
        return number

    return reached


def _keep_entries(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    ordered = sorted(catalogue.entries.values(), key=lambda entry: (entry.listed_on, entry.cpl_entry_id))
    columns: list[list[object]] = [
        list(range(len(ordered))),
        [int(each.cpl_entry_id) for each in ordered],
        [each.hardware_model.device_type.value for each in ordered],
        [str(each.hardware_model.manufacturer_id) for each in ordered],
        [each.hardware_model.model for each in ordered],
        [str(each.firmware_version) for each in ordered],
    ]
    connection.execute(
        "CREATE TEMP TABLE entries (place BIGINT, cpl_entry_id BIGINT, device_type VARCHAR, "
        "manufacturer_id VARCHAR, model VARCHAR, firmware_version VARCHAR)"
    )
    unnested = ", ".join(f"unnest(${at})" for at in range(1, 7))
    connection.execute(f"INSERT INTO entries SELECT {unnested}", columns)


def _unlisted_version(catalogue: Catalogue) -> str:
    """Give a firmware version that no entry of the CPL has."""
    listed = {str(each.firmware_version) for each in catalogue.entries.values()}
    return next(version for at in count(0xF0000000) if (version := f"{at:08X}") not in listed)


def _rows(entries: int, devices: int, seed: int, unlisted: str, as_at: date) -> str:
    """Give the rows: an odd multiplier turns each number into another of 32 bits, so no ID comes twice.

    `unlisted` is a firmware version that is not on the CPL, for fleets with flaws; '' for those without.
    """
    drawn = f"hash(number, {seed})"

    def unless(flaw: int, odd: str, plain: str) -> str:
        return f"CASE WHEN {drawn} % {SHARE_OF_FLAWS} = {flaw} THEN {odd} ELSE {plain} END" if unlisted else plain

    number = unless(0, "number // 2", "number")
    octets = f"(({number})::UBIGINT * {_MULTIPLIER} % 4294967296 * 16777216 + hash({number}, {seed}) % 16777216)"
    digits = f"lpad(to_hex({octets}), 14, '0')"
    pairs, dashed = "([0-9A-F]{2})" * 7, "-".join(f"\\{at}" for at in range(1, 8))
    device_id = unless(1, "'not an ID'", f"'02-' || regexp_replace({digits}, '{pairs}', '{dashed}')")
    version = unless(2, "'unknown'", unless(3, f"'{unlisted}'", "firmware_version"))
    entry, region = unless(3, "NULL", "cpl_entry_id"), unless(4, "NULL", _region(seed))
    status = unless(5, "'Suspended'", unless(6, "'Pending'", "'Commissioned'"))
    read_on = unless(7, f"DATE '{as_at}' - 90", f"DATE '{as_at}' - ({drawn} % 28)::INTEGER")
    place = f"floor({entries} * pow(({drawn} >> 11)::DOUBLE / 9007199254740992, 2))::BIGINT"
    return (
        f"SELECT {device_id} AS device_id, {entry} AS cpl_entry_id, device_type, manufacturer_id, model, {version} "
        f"AS firmware_version, {region} AS region, {status} AS device_status, {read_on} AS read_on "
        f"FROM (SELECT number, {place} AS place FROM ({_numbers(devices)})) LEFT JOIN entries USING (place)"
    )


def _numbers(devices: int) -> str:
    """Give the numbers of Devices, of which some tell how far it is as they pass; they stay in their order."""
    number = f"CASE WHEN range % {TOLD_EVERY} = 0 THEN reached(range) ELSE range END"
    return f"SELECT {number} AS number FROM range({devices})"


def _region(seed: int) -> str:
    """Draw a region, whatever the Device runs."""
    drawn, ends = f"hash(number, {seed}, 'region') % 100", accumulate(REGIONS.values())
    choices = (f"WHEN {drawn} < {end} THEN '{name}'" for name, end in zip(REGIONS, ends, strict=True))
    return f"CASE {' '.join(choices)} END"
