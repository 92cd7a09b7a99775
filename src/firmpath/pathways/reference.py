"""How a person names an entry: by its id, by its hash, or by manufacturer, model and firmware version.

Only the id is sure to name one entry. The other two give every candidate. Source: FEATURES F25; DOMAIN section 4.
"""

import re
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import (
    CPLEntryID,
    FirmwareVersion,
    ManufacturerID,
    ManufacturerImageHash,
    parse_cpl_entry_id,
    parse_firmware_version,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    parse_model,
)
from firmpath.pathways.plain_text import unseen_in_words


class ByID(NamedTuple):
    """One entry, by its CPL Entry ID."""

    cpl_entry_id: CPLEntryID

    def __str__(self) -> str:
        return f"CPL entry {self.cpl_entry_id}"


class ByHash(NamedTuple):
    """Every entry with this Manufacturer Image hash: one hash can be on the CPL for two Device types."""

    manufacturer_image_hash: ManufacturerImageHash

    def __str__(self) -> str:
        return f"Manufacturer Image hash {self.manufacturer_image_hash[:8]}…"


class ByModelAndVersion(NamedTuple):
    """Every entry with this firmware version of this model: one version can have two hashes."""

    manufacturer_id: ManufacturerID
    model: str
    firmware_version: FirmwareVersion

    def __str__(self) -> str:
        return f"firmware version {self.firmware_version} of {self.manufacturer_id}/{self.model}"


class Newest(NamedTuple):
    """The newest entry that can be reached, by the date of its listing."""

    def __str__(self) -> str:
        return "the newest firmware"


Reference = ByID | ByHash | ByModelAndVersion
Target = Reference | Newest

_PART = r"\s*([^/@,;\s]+)\s*"
_MODEL_AND_VERSION = (
    re.compile(rf"{_PART}/{_PART}@{_PART}"),
    re.compile(rf"{_PART}[,;]{_PART}[,;]{_PART}"),  # copied from an inventory, which has them in this order
    re.compile(r"\s*([0-9A-Fa-f]{4})\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})\s*"),  # or from its cells
)
# Eight digits that do not begin with a zero may be either, and are taken for a CPL Entry ID.
_VERSION = re.compile(r"(?=0|.*[A-Fa-f])[0-9A-Fa-f]{8}")
_DIGITS_OF_A_VERSION = 8
# An EUI-64; one of sixteen digits without dashes may be a CPL Entry ID, and is taken for that.
_DEVICE_ID = re.compile(r"[0-9A-Fa-f]{2}(?:[-:][0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16}")


def parse_reference(text: str) -> Reference:
    """Read `311`, 64 hex digits, `1063/00050203@38040404`, or the same in an inventory's order, after commas.

    :raises FirmpathError: none of these; every fault of it.
    """
    stripped = text.strip()
    if _VERSION.fullmatch(stripped):
        right = f"give manufacturer and model as well, as in 1063/00050203@{stripped.upper()}"
        raise FirmpathError(Fault("Firmware version", stripped, "does not name an entry by itself", right))
    if stripped.isdigit() and len(stripped) <= 16:
        return ByID(parse_cpl_entry_id(stripped))
    if _DEVICE_ID.fullmatch(stripped):
        right = "read its inventory (service request 8.2), and give that answer, or what that says it runs"
        raise FirmpathError(Fault("Device ID", stripped, "says which Device it is, not what it runs", right))
    for named in filter(None, (form.fullmatch(text) for form in _MODEL_AND_VERSION)):
        return _by_model_and_version(*named.groups())
    if len(stripped) >= 32 and all(c in "0123456789abcdefABCDEF" for c in stripped):
        return ByHash(parse_manufacturer_image_hash(stripped))
    right = (
        "give a CPL Entry ID (311), a Manufacturer Image hash (64 hex digits), "
        "or manufacturer/model@version (1063/00050203@38040404)"
    )
    if unseen := unseen_in_words(text):
        raise FirmpathError(Fault("Entry", text, unseen, "take it out"))
    raise FirmpathError(Fault("Entry", text, "is not a way to name one", right))


def parse_target(text: str) -> Target:
    """Read a reference, or `newest`.

    :raises FirmpathError: neither.
    """
    return Newest() if text.strip().lower() == "newest" else parse_reference(text)


def find_candidates(catalogue: Catalogue, reference: Reference) -> tuple[CPLEntryID, ...]:
    """Give the ids of every entry that the reference can mean, ascending; none where it is not on the CPL."""
    match reference:
        case ByID(cpl_entry_id):
            return (cpl_entry_id,) if cpl_entry_id in catalogue else ()
        case ByHash(manufacturer_image_hash):
            return catalogue.by_hash.get(manufacturer_image_hash, ())
        case ByModelAndVersion(manufacturer_id, model, version):
            return catalogue.by_model_and_version.get((manufacturer_id, model, version), ())


def if_it_is_a_version(reference: Reference) -> str:
    """Say what to give where a number that was taken for a CPL Entry ID can be a firmware version; '' elsewhere."""
    if not isinstance(reference, ByID) or len(str(reference.cpl_entry_id)) != _DIGITS_OF_A_VERSION:
        return ""
    written = f"1063/00050203@{reference.cpl_entry_id}"
    return f"if it is a firmware version, give manufacturer and model as well, as in {written}"


def require_one(catalogue: Catalogue, reference: Reference) -> CPLEntryID:
    """Give the one entry that the reference means.

    :raises FirmpathError: none is on the CPL, or more than one.
    """
    candidates = find_candidates(catalogue, reference)
    if not candidates:
        raise FirmpathError(_not_on_the_cpl(catalogue, reference))
    if len(candidates) > 1:
        raise FirmpathError(_several(catalogue, reference, candidates))
    return candidates[0]


def _by_model_and_version(manufacturer_id: str, model: str, version: str) -> ByModelAndVersion:
    faults: list[Fault] = []
    parsed: list[object] = []
    for parse, text in (
        (parse_manufacturer_id, manufacturer_id),
        (parse_model, model),
        (parse_firmware_version, version),
    ):
        try:
            parsed.append(parse(text))
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(faults)
    return ByModelAndVersion(*parsed)  # type: ignore[arg-type]  # as many as there are fields, in their order


def _not_on_the_cpl(catalogue: Catalogue, reference: Reference) -> Fault:
    later = catalogue.not_yet_listed.get(reference.cpl_entry_id) if isinstance(reference, ByID) else None
    term, value = _term_and_value(reference)
    as_at = day_in_words(catalogue.as_at)
    if later:
        return Fault(term, value, f"is listed from {day_in_words(later.listed_on)}, after {as_at}", quoted=False)
    wrong = f"is not on this CPL as at {as_at}"
    right = if_it_is_a_version(reference) or "check it, or ask for a newer CPL"
    return Fault(term, value, wrong, right, quoted=False)


def _several(catalogue: Catalogue, reference: Reference, candidates: tuple[CPLEntryID, ...]) -> Fault:
    count = "twice" if len(candidates) == 2 else f"{len(candidates)} times"
    ids = " and ".join((", ".join(map(str, candidates[:-1])), str(candidates[-1])))
    term, value = _term_and_value(reference)
    hashes = {catalogue[each].manufacturer_image_hash for each in candidates}
    if isinstance(reference, ByModelAndVersion) and len(hashes) == len(candidates):
        wrong = f"is on the CPL {count}, with different hashes (CPL entries {ids})"
        return Fault(term, value, wrong, "give the CPL Entry ID or the hash", quoted=False)
    return Fault(term, value, f"is on the CPL {count} (CPL entries {ids})", "give the CPL Entry ID", quoted=False)


def _term_and_value(reference: Reference) -> tuple[str, str]:
    match reference:
        case ByID(cpl_entry_id):
            return "CPL entry", str(cpl_entry_id)
        case ByHash(manufacturer_image_hash):
            return "Manufacturer Image hash", f"{manufacturer_image_hash[:8]}…"
        case ByModelAndVersion(manufacturer_id, model, version):
            return "Firmware version", f"{version} of {manufacturer_id}/{model}"
