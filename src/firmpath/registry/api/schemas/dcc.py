"""Extracts and loads as calls take and give them."""

from datetime import date
from typing import Annotated, Final, Literal

from ninja import Field
from pydantic import ConfigDict

from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import DAY, IDInBody, Taken

_MOST_LOADS: Final = 50_000


class ExtractIn(Taken):
    """Which extract to take."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "all"}]})

    kind: Literal["all", "changes"] = "all"


class ExtractSummary(Exact):
    """Of what an extract was taken; `since` is the extract of whose changes it is."""

    extract: int
    kind: Literal["all", "changes"]
    taken_at: str
    as_at: str
    ledger_number: int
    chain: str
    since: int = 0


class ExtractEntry(Exact):
    """An entry of an extract, as texts by column of the CPL as a table; what is not known is left out."""

    cpl_entry_id: int
    change: Literal["", "added", "changed", "removed"] = ""
    device_type: str = ""
    manufacturer_id: str = ""
    manufacturer_name: str = ""
    model_id: str = ""
    hardware_version: str = ""
    hardware_revision: str = ""
    firmware_version: str = ""
    firmware_name: str = ""
    manufacturer_image_hash: str = ""
    smets_chts_version: str = ""
    gbcs_version: str = ""
    listed_on: str = ""
    status: str = ""
    removed_on: str = ""
    zigbee_band: str = ""
    cpa_certificate: str = ""
    cpa_valid_until: str = ""
    zigbee_certificate: str = ""


class ExtractOut(ExtractSummary):
    """An extract with its entries, in order of their CPL Entry IDs."""

    version: int
    entries: list[ExtractEntry]


class Extracts(Exact):
    """Some extracts, the newest first; `next_cursor` gives those before them, if there are any."""

    version: int
    extracts: list[ExtractSummary]
    next_cursor: str = ""


class Loaded(Exact):
    """An entry that the DCC's systems have, and since when."""

    cpl_entry_id: int
    loaded_on: str


class NotLoaded(Exact):
    """A listed entry that the DCC's systems are not known to have."""

    cpl_entry_id: int
    listed_on: str


class Loads(Exact):
    """What the DCC's systems have loaded, and what waits."""

    version: int
    loaded: list[Loaded]
    not_loaded: list[NotLoaded]


class LoadsIn(Taken):
    """Entries that the DCC's systems have loaded, or have no more; `loaded_on` is today in Britain unless given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"cpl_entry_ids": [118], "loaded_on": "2026-05-29"}]})

    kind: Literal["loaded", "removed"] = "loaded"
    cpl_entry_ids: Annotated[list[IDInBody], Field(min_length=1, max_length=_MOST_LOADS)]
    loaded_on: Annotated[date, DAY] | None = None


class Recorded(Exact):
    """How many entries were recorded."""

    version: int
    recorded: int
