"""Invented inventories of any size, from a seed: what a plan is tried on, with every trap of a real one.

No Device is real: their IDs begin with `02`, which marks an address that nobody was given.
"""

from datetime import date
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import Told, connect, refusal, telling, text
from firmpath.pathways.catalogue import Catalogue

SHARE_OF_FLAWS: Final = 2000
"""One row in so many has a flaw of each kind: an ID that is none, or that of another row; a reading of no firmware;
a Device that is Suspended, or only Pending; a row that was read long ago."""

_MULTIPLIER: Final = 2_654_435_769
"""Odd; with a number of 32 bits the product has less than 64."""
MOST_DEVICES: Final = 2**32 - 1
_OPTIONS: Final = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 100000",
    "csv": "FORMAT csv, HEADER true",
    "csv.gz": "FORMAT csv, HEADER true, COMPRESSION gzip",
    "csv.zst": "FORMAT csv, HEADER true, COMPRESSION zstd",
}
FORMS: Final = tuple(_OPTIONS)


def invent_fleet(
    catalogue: Catalogue, devices: int, seed: int, file: Path, form: str, flaws: bool, told: Told
) -> None:
    """Write an inventory of so many Devices of a CPL; the same seed gives the same rows.

    Older entries have more Devices than newer ones, as in homes; rows were read within four weeks.

    Cost: linear in the Devices, in bounded memory.
    :raises OSError: there is no room for it.
    """
    with connect(file.parent / f".{file.name}.temporary") as connection:
        _keep_entries(connection, catalogue)
        query = _rows(len(catalogue), devices, seed, flaws, catalogue.as_at)
        try:
            with telling(connection, told):
                connection.execute(f"COPY ({query}) TO {text(str(file))} ({_OPTIONS[form]})")
        except EngineError as error:
            raise refusal("Fleet", str(devices), error) from None


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


def _rows(entries: int, devices: int, seed: int, flaws: bool, as_at: date) -> str:
    """Give the rows: an odd multiplier turns each number into another of 32 bits, so no ID comes twice."""
    drawn = f"hash(number, {seed})"
    number = "number" if not flaws else f"CASE WHEN {drawn} % {SHARE_OF_FLAWS} = 0 THEN number // 2 ELSE number END"
    octets = f"(({number})::UBIGINT * {_MULTIPLIER} % 4294967296 * 16777216 + hash({number}, {seed}) % 16777216)"
    digits = f"lpad(to_hex({octets}), 14, '0')"
    pairs, dashed = "([0-9A-F]{2})" * 7, "-".join(f"\\{at}" for at in range(1, 8))
    device_id = f"'02-' || regexp_replace({digits}, '{pairs}', '{dashed}')"
    version, status, read_on = "firmware_version", "'Commissioned'", f"DATE '{as_at}' - ({drawn} % 28)::INTEGER"
    if flaws:
        device_id = f"CASE WHEN {drawn} % {SHARE_OF_FLAWS} = 1 THEN 'not an ID' ELSE {device_id} END"
        version = f"CASE WHEN {drawn} % {SHARE_OF_FLAWS} = 2 THEN 'unknown' ELSE firmware_version END"
        suspended, pending, stale = (f"{drawn} % {SHARE_OF_FLAWS} = {each}" for each in (3, 4, 5))
        status = f"CASE WHEN {suspended} THEN 'Suspended' WHEN {pending} THEN 'Pending' ELSE {status} END"
        read_on = f"CASE WHEN {stale} THEN DATE '{as_at}' - 90 ELSE {read_on} END"
    place = f"floor({entries} * pow(({drawn} >> 11)::DOUBLE / 9007199254740992, 2))::BIGINT"
    read = f"{version} AS firmware_version, {status} AS device_status, {read_on} AS read_on"
    return (
        f"SELECT {device_id} AS device_id, cpl_entry_id, device_type, manufacturer_id, model, "
        f"{read} FROM (SELECT range AS number, {place} AS place FROM range({devices})) "
        "LEFT JOIN entries USING (place)"
    )
