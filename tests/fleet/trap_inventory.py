"""An inventory with every trap: an invented fleet with its flaws, and rows that are wrong in every known way."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from firmpath.fleet.inventing import invent_fleet
from firmpath.pathways.catalogue import Catalogue
from tests.fleet.planning_here import device

HEADINGS: Final = (
    *("device_id", "cpl_entry_id", "device_type", "manufacturer_id", "model", "firmware_version"),
    "manufacturer_image_hash",
)
BY: Final = {
    "id": ("device_id", "cpl_entry_id"),
    "model": ("device_id", "device_type", "manufacturer_id", "model", "firmware_version"),
    "all": HEADINGS,
}
"""The columns of an inventory that says what a Device runs by its entry, by its model and version, or by both."""

_SPACES: Final = ("", " ", "\u00a0", "\u3000", "\t", "\n", "\u200b", "\u1680\u2009")
_FIRST: Final = 0x10_0000


def write_traps(catalogue: Catalogue, file: Path, by: str, devices: int = 3_000) -> Path:
    """Write an inventory as Parquet, all of it text but the CPL Entry IDs of the one that has nothing else."""
    whole = file.with_name(f"whole-{file.name}")
    invent_fleet(catalogue, devices, 7, whole, "parquet", True, lambda part: None)
    number = "" if by == "id" else "::VARCHAR"
    with duckdb.connect() as engine:
        names = ", ".join(f"{each} VARCHAR" for each in HEADINGS)
        engine.execute(f"CREATE TABLE traps ({names})")
        engine.execute(
            f"INSERT INTO traps BY NAME SELECT * EXCLUDE (region, device_status, read_on) FROM '{whole}'"
        )
        engine.executemany("INSERT INTO traps VALUES (?, ?, ?, ?, ?, ?, ?)", _odd_rows(catalogue, by == "id"))
        columns = ", ".join(
            f"try_cast(cpl_entry_id AS BIGINT) AS {each}" if each == "cpl_entry_id" and not number else each
            for each in BY[by]
        )
        engine.execute(f"COPY (SELECT {columns} FROM traps) TO '{file}'")
    whole.unlink()
    return file


def _odd_rows(catalogue: Catalogue, whole_numbers: bool) -> list[Sequence[str | None]]:
    """Give rows with odd Device IDs, each with a reading that is fine, and odd readings, each with a fine ID."""
    entries = list(catalogue.entries.values())
    some = entries[len(entries) // 2]
    fine = (
        str(int(some.cpl_entry_id)),
        some.hardware_model.device_type.value,
        str(some.hardware_model.manufacturer_id),
        some.hardware_model.model,
        str(some.firmware_version),
        str(some.manufacturer_image_hash),
    )
    rows: list[Sequence[str | None]] = [(each, *fine) for each in _odd_ids()]
    for at in range(len(fine)):
        for odd in _odd_values(fine[at], entries[0].firmware_version.text):
            rows.append((device(_FIRST + 0x100 + len(rows)), *fine[:at], odd, *fine[at + 1 :]))
    for odd in (None, "", " ", "\t"):
        rows.append((device(_FIRST + 0x100 + len(rows)), *[odd] * 6))
    if whole_numbers:
        rows += [(device(_FIRST + 0x9000 + at), each, *fine[1:]) for at, each in enumerate(("0", "-1", str(2**62)))]
    return rows


def _odd_ids() -> list[str | None]:
    dashed = [device(_FIRST + at) for at in range(40)]
    bare = dashed[0].replace("-", "")
    found: list[str | None] = [None, None, "", " ", "-", "not an ID", "00-11", dashed[1] + "-00", dashed[2][:-1]]
    found += [dashed[3].lower(), dashed[4].replace("-", ":"), dashed[5].replace("-", "").lower(), bare]
    found += [dashed[6].replace("-", ":", 3), dashed[7].replace("-", "", 1), dashed[8].replace("0", "O", 1)]
    found += [f"{space}{dashed[9 + at]}{space}" for at, space in enumerate(_SPACES)]
    found += [
        f"{dashed[20]}\n",
        f"\n{dashed[21]}",
        f"{dashed[22].replace('-', '')}\n",
        dashed[23].replace("-", "\u2010"),
    ]
    # The same Device in two and in three ways of writing it, and twice something that is no ID.
    found += [dashed[30], dashed[30].lower(), dashed[31], f" {dashed[31]}", dashed[31].replace("-", "")]
    return [
        *found,
        "no ID either",
        "no ID either",
        "\uff10" * 16,
        "'; DROP TABLE x; --",
        "back\\slash",
        "\ufb00" * 8,
    ]


def _odd_values(value: str, other: str) -> list[str | None]:
    spaced = [f"{space}{value}{space}" for space in _SPACES]
    return [
        None,
        "",
        *spaced,
        value.lower(),
        value[:-1],
        f"0{value}",
        other,
        "it's",
        'a "quoted, cell"',
        "back\\n",
        "é",
    ]
