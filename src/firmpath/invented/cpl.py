"""The table of an invented Central Products List, row by row."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Final, NamedTuple

from firmpath.invented.histories import LAST_DAY, History, history_of
from firmpath.invented.images import invented_image
from firmpath.invented.numbering import Numbering, number_entries
from firmpath.invented.releases import ITSELF, Release
from firmpath.invented.standards import cpa_valid_until, gbcs_version, has_cpa_certificate, smets_chts_version
from firmpath.pathways.device_model import DeviceType

_RELEASES_OF_A_CERTIFICATE: Final = 6
_REMOVED_AFTER_DAYS: Final = 120


class Row(NamedTuple):
    """The cells of one CPL entry; the names are the column headings, and all of them are text."""

    cpl_entry_id: str
    device_type: str
    manufacturer_id: str
    manufacturer_name: str
    model_id: str
    hardware_version: str
    hardware_revision: str
    firmware_version: str
    firmware_name: str
    smets_chts_version: str
    gbcs_version: str
    manufacturer_image_hash: str
    cpa_certificate: str
    cpa_valid_until: str
    zigbee_certificate: str
    zigbee_band: str
    base_cpl_entry_ids: str
    status: str
    listed_on: str
    removed_on: str
    release_notes_url: str
    contact: str
    notes: str


def invented_rows(entries: int, seed: int) -> Iterator[Row]:
    """Give `entries` rows in ascending order of CPL Entry ID; the same seed gives the same rows everywhere.

    Every history is made twice, once to settle the ids and once for its rows, so that only those with
    rows still to come are held.
    Cost: linear; about twenty-five microseconds and fifty octets an entry, and the histories that are open.
    :raises FirmpathError: `entries` is not from 1 to 1,000,000, or the seed is below 0.
    """
    return _rows(number_entries(entries, seed), seed)


def _rows(numbering: Numbering, seed: int) -> Iterator[Row]:
    open_histories: dict[int, tuple[History, Sequence[int]]] = {}
    for slot in numbering.slots:
        number, position = numbering.place_of(slot)
        if position == 0:
            history = history_of(seed, number, len(numbering.slots) - slot)
            open_histories[number] = history, numbering.ids[slot : slot + len(history.releases)]
        history, ids = open_histories[number]
        yield _row(history, position, ids, seed)
        if position == len(ids) - 1:
            del open_histories[number]


def _row(history: History, position: int, ids: Sequence[int], seed: int) -> Row:
    release = history.releases[position]
    maker, device_type = history.maker, history.device_types[release.device]
    luck = _octets(seed, history.number, position, "luck")
    listed_on = date.fromordinal(release.listed_on)
    version = firmware_version(history, position)
    certificate, valid_until = _cpa(history, position, device_type)
    has_notes = not release.bare and luck[0] < (180 if listed_on.year < 2019 else 240)
    return Row(
        str(ids[position]),
        device_type.value,
        maker.manufacturer_id,
        maker.name,
        history.model_id,
        history.hardware_version,
        f"{history.first_revision + release.revision:02X}",
        version,
        "" if release.bare or luck[1] < 25 else _firmware_name(history, position),
        smets_chts_version(device_type, listed_on.year),
        gbcs_version(listed_on.year),
        _image_hash(history, position, seed),
        certificate,
        valid_until,
        "" if release.bare or luck[2] < 12 else f"ZB-{maker.manufacturer_id}-{history.number:05d}",
        release.band,
        _bases(release, ids),
        "removed" if release.removed else "listed",
        listed_on.isoformat(),
        _removed_on(release, luck[3]),
        release_notes_url(history, position) if has_notes else "",
        "" if release.bare or luck[4] < 25 else maker.contact,
        release.notes,
    )


def firmware_version(history: History, position: int) -> str:
    """Give the 8 hex digits of a release's firmware version, which are those of its twin where it has one."""
    counted = _version_at(history, position)
    return history.version_style(counted, history.releases[counted].listed_on)


def release_notes_url(history: History, position: int) -> str:
    """Give the address of a release's notes."""
    hardware = f"{history.model_id}{history.hardware_version}"
    return f"https://{history.maker.domain}/firmware/{hardware}/{firmware_version(history, position)}"


def _version_at(history: History, position: int) -> int:
    """Give the position whose version a release has: its own, or that of its twin."""
    version_of = history.releases[position].version_of
    return position if version_of == ITSELF else version_of


def _firmware_name(history: History, position: int) -> str:
    counted = _version_at(history, position)
    return f"{history.firmware_family} {2 + counted // 4}.{1 + counted % 4}"


def _image_hash(history: History, position: int, seed: int) -> str:
    image_of = history.releases[position].image_of
    image = position if image_of == ITSELF else image_of
    return sha256(invented_image(seed, history.number, image)).hexdigest().upper()


def _bases(release: Release, ids: Sequence[int]) -> str:
    if not isinstance(release.bases, tuple):
        return str(release.bases)
    return "; ".join(map(str, (ids[position] for position in release.bases)))


def _cpa(history: History, position: int, device_type: DeviceType) -> tuple[str, str]:
    """Give the reference and the last day of the certificate; one covers a few releases."""
    certificate = position // _RELEASES_OF_A_CERTIFICATE
    certified_on = history.releases[certificate * _RELEASES_OF_A_CERTIFICATE].listed_on
    if not has_cpa_certificate(device_type, history.number):
        return "", ""
    reference = f"CPA-{history.maker.manufacturer_id}-{history.number:05d}-{1 + certificate}"
    return reference, cpa_valid_until(history.number, certified_on).isoformat()


def _removed_on(release: Release, luck: int) -> str:
    if not release.removed:
        return ""
    return date.fromordinal(min(release.listed_on + _REMOVED_AFTER_DAYS + 2 * luck, LAST_DAY)).isoformat()


def _octets(seed: int, number: int, position: int, purpose: str) -> bytes:
    """Give 32 octets that depend on nothing but what is named."""
    return sha256(f"{seed}/{number}/{position}/{purpose}".encode()).digest()
