"""What each page of a submission asks, and how its answers are read from a form and shown again."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import parse_manufacturer_id
from firmpath.pathways.zigbee_band import ZigBeeBand, parse_zigbee_band
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import PARTS, term_of
from firmpath.registry.web.questions import Choice, Question, written_day
from firmpath.tables.columns import DATE_COLUMNS, REQUIRED_NAMES


class Page(NamedTuple):
    """A page of the form: its name in addresses, its heading, what it is for, and its tick on the task list."""

    part: str
    title: str
    lead: str
    needed: tuple[str, ...] = ()


PAGES: Final = {
    page.part: page
    for page in (
        Page(
            "device",
            "Device and firmware",
            "Which Device it is for, and which image it is. These facts are published once and do not change.",
            tuple(each for each in REQUIRED_NAMES if each in PARTS["device"]),
        ),
        Page(
            "base-firmware",
            "Base firmware",
            "The entries that Devices can be running when this firmware is put on them.",
            ("base_cpl_entry_ids",),
        ),
        Page(
            "zigbee-band",
            "ZigBee band",
            "How the Device joins the Home Area Network. Everybody can see this on the CPL.",
            ("zigbee_band",),
        ),
        Page(
            "release",
            "Certificates and release information",
            "What Suppliers read before they upgrade, and whom they can ask.",
        ),
    )
}
"""The pages in order; the ZigBee chipset vendor and stack version have a page of the SSC's own."""

_HEX: Final = "hexadecimal digits"
_QUESTIONS: Final[Mapping[str, Question]] = {
    each.name: each
    for each in (
        Question(
            "device_type",
            term_of("device_type"),
            kind="radios",
            choices=tuple(Choice(kind.value, kind.value) for kind in DeviceType),
        ),
        Question("manufacturer_id", term_of("manufacturer_id"), f"4 {_HEX}, for example F001", width=4),
        Question("manufacturer_name", term_of("manufacturer_name"), optional=True),
        Question("model_id", term_of("model_id"), f"4 {_HEX}: the first four of 00050203", width=4),
        Question("hardware_version", term_of("hardware_version"), f"2 {_HEX}: the next two of 00050203", width=2),
        Question("hardware_revision", term_of("hardware_revision"), f"2 {_HEX}: the last two of 00050203", width=2),
        Question("firmware_version", term_of("firmware_version"), f"8 {_HEX}, for example 38040404", width=8),
        Question(
            "firmware_name",
            term_of("firmware_name"),
            "The name by which people know this version, for example Aster 4.4",
            optional=True,
        ),
        Question(
            "manufacturer_image_hash",
            term_of("manufacturer_image_hash"),
            f"64 {_HEX}: SHA-256 over the Manufacturer Image, without the OTA header",
            width=64,
        ),
        Question("smets_chts_version", term_of("smets_chts_version"), "For example V4.2", optional=True, width=20),
        Question("gbcs_version", term_of("gbcs_version"), "For example 3.2", optional=True, width=20),
        Question(
            "zigbee_band",
            term_of("zigbee_band"),
            kind="radios",
            choices=tuple(Choice(band.value, band.value, band.description) for band in ZigBeeBand),
        ),
        Question("cpa_certificate", term_of("cpa_certificate"), "Its reference", optional=True, width=30),
        Question(
            "cpa_valid_until",
            term_of("cpa_valid_until"),
            "The day on which it expires or has to be renewed, for example 31 3 2031. No pathway leads to the "
            "entry after it.",
            kind="date",
            optional=True,
        ),
        Question("zigbee_certificate", term_of("zigbee_certificate"), "Its reference", optional=True, width=30),
        Question(
            "release_notes_url",
            term_of("release_notes_url"),
            "A web address that begins with https://",
            optional=True,
        ),
        Question(
            "contact",
            term_of("contact"),
            "Whom Suppliers can ask about this firmware, for example an e-mail address",
            optional=True,
        ),
        Question("notes", term_of("notes"), kind="textarea", optional=True),
        Question(
            "listed_on",
            term_of("listed_on"),
            "Today or later. Leave it empty to have it listed on the day it is published.",
            kind="date",
            optional=True,
            label="Listed on the CPL from",
        ),
    )
}


def questions_of(part: str, who: Who) -> tuple[Question, ...]:
    """Give the questions of a page; a manufacturer chooses among its own identifiers."""
    return tuple(_for(_QUESTIONS[name], who) for name in PARTS[part] if name in _QUESTIONS)


def _for(question: Question, who: Who) -> Question:
    if question.name != "manufacturer_id" or who.role is not Role.MANUFACTURER or not who.manufacturer_ids:
        return question
    choices = tuple(Choice(each, each) for each in sorted(who.manufacturer_ids))
    return question._replace(kind="radios", choices=choices, hint=f"One of {who.party_name}'s own")


def read_page(part: str, sent: Mapping[str, object]) -> dict[str, str]:
    """Read the answers to a page as they were typed."""
    return {name: _read(name, sent) for name in PARTS[part] if name in _QUESTIONS}


def _read(name: str, sent: Mapping[str, object]) -> str:
    return written_day(sent, name) if name in DATE_COLUMNS else str(sent.get(name, ""))


_CHOSEN: Final[Mapping[str, Callable[[str], object]]] = {
    "device_type": parse_device_type,
    "manufacturer_id": parse_manufacturer_id,
    "zigbee_band": parse_zigbee_band,
}


def shown_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Give answers as forms show them: what stands for a choice, however it was spelt, is shown as that choice."""
    return {name: _shown(name, text) for name, text in answers.items()}


def _shown(name: str, text: str) -> str:
    try:
        return str(_CHOSEN[name](text)) if name in _CHOSEN else text
    except FirmpathError:
        return text
