"""What the page of an entry shows: its facts, its upgrades, and what there is to know about it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_entry
from firmpath.pathways.base_firmware import Bases, NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.explain.bars import bar_in_words, mark_in_words, notice_in_words
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import maker_of
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.notices import Notice
from firmpath.pathways.upgrades import Step
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.publication.public_fields import are_public
from firmpath.registry.web import wording
from firmpath.registry.web.templatetags.firmpath import code

Row = tuple[str, object]


class Upgrade(NamedTuple):
    """A declared upgrade into an entry or out of it: the entry at its other end, and what bars it, in words."""

    other: CPLEntry
    why_not: tuple[str, ...]


def page_of_entry(catalogue: Catalogue, cpl_entry_id: CPLEntryID, reads_fir: bool) -> dict[str, Any]:
    """Give the context of an entry's page: for the public the CPL, for others what the FIR adds as well."""
    entry = catalogue[cpl_entry_id]
    twins = [each for each in catalogue.twins_of(cpl_entry_id) if each != cpl_entry_id]
    page: dict[str, Any] = {
        "catalogue": catalogue,
        "entry": entry,
        "facts": list(_facts(entry)),
        "twins": [catalogue[each] for each in twins],
        "reads_fir": reads_fir,
    }
    if reads_fir:
        into, out = _upgrades(catalogue, cpl_entry_id)
        page |= {
            "fir": list(_fir_facts(catalogue, entry)),
            "into": into,
            "out": out,
            "notices": [notice_in_words(catalogue, each) for each in _notices(catalogue, cpl_entry_id)],
            "svg": _drawing(catalogue, cpl_entry_id) if into or out else "",
        }
    return page


def _facts(entry: CPLEntry) -> Iterator[Row]:
    """Give the public facts, each with the standard's term."""
    return (row for fields, row in _cpl_facts(entry) if are_public(fields))


def _cpl_facts(entry: CPLEntry) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Give the facts of the CPL, each with the fields that it is told by."""
    published, hardware = entry.published, entry.hardware_model
    versions = f"hardware version {hardware.hardware_version}, revision {hardware.hardware_revision}"
    model = f"{hardware.model} (model {hardware.model_id}, {versions})"
    image_hash = _copied(entry.manufacturer_image_hash, "Manufacturer Image hash")
    yield ("cpl_entry_id",), ("CPL Entry ID", entry.cpl_entry_id)
    yield ("firmware_version",), ("Firmware version", entry.firmware_version)
    yield ("firmware_name",), ("Firmware name", wording.or_not_known(published.firmware_name))
    yield ("device_type",), ("Device type", hardware.device_type.value)
    maker = f"{maker_of(entry)} ({hardware.manufacturer_id})"
    yield ("manufacturer_name", "manufacturer_id"), ("Manufacturer", maker)
    yield ("model_id", "hardware_version", "hardware_revision"), ("Model", model)
    yield ("smets_chts_version",), ("SMETS/CHTS version", wording.or_not_known(published.smets_chts_version))
    yield ("gbcs_version",), ("GBCS version", wording.or_not_known(published.gbcs_version))
    yield ("manufacturer_image_hash",), ("Manufacturer Image hash", image_hash)
    yield ("zigbee_band",), ("ZigBee band", _band(entry))
    yield from _certificates(entry)
    yield ("listed_on",), ("On the CPL since", wording.day(entry.listed_on))
    if entry.withdrawn_on:
        yield ("removed_on",), ("Withdrawn on", wording.day(entry.withdrawn_on))


def _certificates(entry: CPLEntry) -> Iterator[tuple[tuple[str, ...], Row]]:
    found = entry.certificates
    names = ("cpa_certificate", "cpa_valid_until", "zigbee_certificate")
    if not found:
        yield names, ("Certificates", wording.or_not_known(found))
        return
    yield names[:1], ("CPA certificate", wording.or_not_known(found.cpa_certificate))
    yield names[1:2], ("CPA certificate's last day", wording.day(found.cpa_valid_until))
    yield names[2:], ("ZigBee certificate", wording.or_not_known(found.zigbee_certificate))


def _fir_facts(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Row]:
    """Give what the FIR adds to them."""
    yield "Base firmware", _base_firmware(catalogue, entry)
    if entry.base_firmware_reason:
        yield "Reason for base firmware", entry.base_firmware_reason
    release = entry.release_information
    link = release.release_notes_url if release else release
    yield "Release notes", _linked(link) if link else wording.or_not_known(link)
    yield "Contact", wording.or_not_known(entry.contact)
    if release and release.notes:
        yield "Notes", release.notes
    for what, mark in (("stepping stone", entry.stepping_stone), ("dead end", entry.dead_end)):
        if mark:
            yield f"Marked as a {what}", mark_in_words(mark)
    if entry.withdrawal_reason:
        yield "Reason for withdrawal", entry.withdrawal_reason
    yield "Responsible Party", entry.responsible_party


def _band(entry: CPLEntry) -> object:
    band = entry.zigbee_band
    if isinstance(band, ZigBeeBand):
        return f"{band.value}: {band.description.lower()}"
    if isinstance(band, NotKnown):
        return wording.or_not_known(band)
    return f"{band.value} (an older value; what it means today has to be asked)"


def _base_firmware(catalogue: Catalogue, entry: CPLEntry) -> object:
    bases = entry.base_firmware
    if isinstance(bases, Bases):
        links = ((wording.entry_link(catalogue, each),) for each in bases.ids)
        return format_html_join(mark_safe("<br>"), "{}", links)
    if isinstance(bases, NotProvided):
        return "Nobody has said what it can be applied to"
    return "N/A: there is no previous version"


def _copied(value: str, name: str) -> SafeString:
    return SafeString(render_to_string("components/code.html", code(value, name)))


def _linked(address: str) -> SafeString:
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, address)


def _upgrades(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> tuple[list[Upgrade], list[Upgrade]]:
    """Give the declared upgrades into the entry, and those out of it."""
    upgrades = catalogue.upgrades(catalogue.family_of(cpl_entry_id))

    def upgrade(step: Step, other: CPLEntryID) -> Upgrade:
        bars = upgrades.bars.get(step, ())
        return Upgrade(catalogue[other], tuple(bar_in_words(catalogue, step, bar) for bar in bars))

    sources = [each for each, to_ids in upgrades.declared.items() if cpl_entry_id in to_ids]
    into = [upgrade((each, cpl_entry_id), each) for each in sources]
    return into, [upgrade((cpl_entry_id, each), each) for each in upgrades.declared[cpl_entry_id]]


def _notices(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> list[Notice]:
    """Give the open notices that name the entry, or are about any upgrade to it or from it."""
    found = catalogue.notices_about(catalogue.families[catalogue.family_of(cpl_entry_id)])
    return [notice for notice in found if any(_may_be(step, cpl_entry_id) for step in notice.steps)]


def _may_be(step: Any, cpl_entry_id: CPLEntryID) -> bool:
    return cpl_entry_id in step or all(not isinstance(end, int) for end in step)


def _drawing(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    try:
        return write_svg(map_of_entry(catalogue, cpl_entry_id, frozenset()))
    except FirmpathError:  # more than can be read on any sheet; the upgrades stand in the tables
        return ""
