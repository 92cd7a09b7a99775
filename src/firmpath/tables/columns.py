"""The columns of a CPL table: their names, the standard's terms, and the headings that mean them."""

from typing import Final, NamedTuple


class Column(NamedTuple):
    """A column: our name for it, the standard's term for what it holds, and other headings people use.

    `hex_digits` is how many hex digits every cell has, or 0 where cells are not hex.
    """

    name: str
    term: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    hex_digits: int = 0


COLUMNS: Final = (
    Column("cpl_entry_id", "CPL Entry ID", ("CPL ID", "Entry ID", "CPL Entry", "CPL Entry Identifier"), True),
    Column("device_type", "Device type", ("Type", "Type of Device"), True),
    Column(
        "manufacturer_id",
        "Manufacturer identifier",
        ("Manufacturer Code", "Manufacturer (hex)", "Device Manufacturer ID"),
        True,
        hex_digits=4,
    ),
    Column("manufacturer_name", "Manufacturer name", ("Manufacturer", "Device Manufacturer")),
    Column("model_id", "Model identifier", ("Model", "Device Model ID"), True, hex_digits=4),
    Column("hardware_version", "Hardware version", ("HW version", "Hardware Ver"), True, hex_digits=2),
    Column("hardware_revision", "Hardware revision", ("HW revision", "Hardware Rev", "HW Rev"), True, hex_digits=2),
    Column("firmware_version", "Firmware version", ("FW version", "Firmware Ver"), True, hex_digits=8),
    Column("firmware_name", "Firmware name", ("FW name", "Release name")),
    Column("smets_chts_version", "SMETS/CHTS version", ("SMETS version", "CHTS version", "SMETS or CHTS version")),
    Column("gbcs_version", "GBCS version", ("GBCS",)),
    Column(
        "manufacturer_image_hash",
        "Manufacturer Image hash",
        ("Manufacturer Hash", "Image Hash", "Hash", "Firmware Hash", "Hash of the Manufacturer Image"),
        True,
        hex_digits=64,
    ),
    Column("cpa_certificate", "CPA certificate", ("CPA certificate reference", "CPA certificate ID", "CPA")),
    Column(
        "cpa_valid_until", "CPA certificate's last day", ("CPA expiry", "CPA expiry date", "CPA certificate expiry")
    ),
    Column("zigbee_certificate", "ZigBee certificate", ("ZigBee certificate reference", "ZigBee certificate ID")),
    Column("zigbee_band", "ZigBee band", ("Band", "Frequency band", "Join option")),
    Column("base_cpl_entry_ids", "Base firmware", ("Base CPL Entry ID", "Base entries", "Base CPL Entries")),
    Column("status", "Status", ("CPL status", "Entry status"), True),
    Column("listed_on", "Listing date", ("Date listed", "Listed", "Date added", "Date added to CPL"), True),
    Column("removed_on", "Removal date", ("Date removed", "Removed", "Date removed from CPL")),
    Column("release_notes_url", "Release notes", ("Release notes link", "Release notes address")),
    Column("contact", "Contact", ("Contact details", "Manufacturer contact")),
    Column("notes", "Notes", ("Note", "Comments", "Free text")),
)
"""All columns, in the order in which they are written."""

COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)
REQUIRED_NAMES: Final = tuple(column.name for column in COLUMNS if column.required)
DATE_COLUMNS: Final = frozenset({"cpa_valid_until", "listed_on", "removed_on"})
COLUMN_BY_NAME: Final = {column.name: column for column in COLUMNS}


def fold_heading(heading: str) -> str:
    """Return what two headings share when they differ in case, spacing, underscores or punctuation alone."""
    return "".join(character for character in heading.casefold() if character.isalnum())


NAME_BY_HEADING: Final = {
    fold_heading(heading): column.name
    for column in COLUMNS
    for heading in (column.name, column.term, *column.synonyms)
}
"""Column names by the folded headings that mean them without any mapping."""
