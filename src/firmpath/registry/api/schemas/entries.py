"""Entries of the CPL as calls give them."""

from ninja import Field

from firmpath.registry.api.schemas.answers import Exact


class Mark(Exact):
    """Somebody marked the entry as a stepping stone or a dead end."""

    kind: str
    reason: str
    link: str = ""


class EntryFields(Exact):
    """An entry. What is not known is left out; without a token, what only SEC Parties may see is left out too."""

    cpl_entry_id: int
    firmware_version: str
    firmware_name: str = ""
    manufacturer_image_hash: str
    device_type: str
    manufacturer_id: str
    manufacturer_name: str = ""
    model_id: str
    hardware_version: str
    hardware_revision: str
    smets_chts_version: str = ""
    gbcs_version: str = ""
    listed_on: str
    status: str = Field(description="`listed` or `removed`")
    removed_on: str = ""
    removal_reason: str = ""
    zigbee_band: str = ""
    base_firmware: list[int] | str = Field("", description="CPL Entry IDs, `N/A`, or `not provided`")
    base_firmware_reason: str = ""
    responsible_party: str = ""
    cpa_certificate: str = ""
    cpa_valid_until: str = ""
    zigbee_certificate: str = ""
    release_notes_url: str = ""
    contact: str = ""
    notes: str = ""
    marks: list[Mark] = []


class EntryOut(Exact):
    """One entry as at a day."""

    version: int
    as_at: str
    entry: EntryFields


class EntryPage(Exact):
    """Some entries, in order of their CPL Entry IDs; `next_cursor` gives those that follow, if there are any."""

    version: int
    as_at: str
    entries: list[EntryFields]
    next_cursor: str = ""


class StatementOut(Exact):
    """A statement of the record; `sha256` is that of its canonical bytes."""

    number: int
    sha256: str
    text: str
    corrected_by: int = 0


class HistoryOut(Exact):
    """Every statement about an entry, in order of their numbers."""

    version: int
    cpl_entry_id: int
    statements: list[StatementOut]
