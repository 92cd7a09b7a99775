"""The row of an entry: 23 texts in the order of the columns, '' where nobody has said."""

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import CertificatesRecorded, ReleaseInformationGiven
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.tables.cell_values import Status

Row = tuple[str, ...]


def row_of(entry: CPLEntry) -> Row:
    """Return the row of an entry, from which an import gives the same facts."""
    published = entry.published
    hardware, firmware_version = published.device_model
    certificates = entry.certificates or CertificatesRecorded(published.cpl_entry_id)
    release = entry.release_information or ReleaseInformationGiven(published.cpl_entry_id)
    status = Status.LISTED if entry.withdrawn_on is NOT_KNOWN else Status.REMOVED
    cells = (
        published.cpl_entry_id,
        hardware.device_type,
        hardware.manufacturer_id,
        published.manufacturer_name,
        hardware.model_id,
        hardware.hardware_version,
        hardware.hardware_revision,
        firmware_version,
        published.firmware_name,
        published.smets_chts_version,
        published.gbcs_version,
        published.manufacturer_image_hash,
        certificates.cpa_certificate,
        certificates.cpa_valid_until,
        certificates.zigbee_certificate,
        entry.zigbee_band,
        entry.base_firmware,
        status,
        entry.listed_on,
        entry.withdrawn_on,
        release.release_notes_url,
        release.contact,
        release.notes,
    )
    return tuple("" if cell is NOT_KNOWN else str(cell) for cell in cells)
