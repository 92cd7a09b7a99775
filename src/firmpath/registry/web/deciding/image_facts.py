"""The facts of an image, which are published once: what a correction of them asks, and what the answers state."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceModel, DeviceType, HardwareModel
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.web.deciding.texts import Answers, one
from firmpath.registry.web.questions import Choice, Question, parse_day
from firmpath.tables.cell_values import parse_cell_by_cell
from firmpath.tables.columns import COLUMN_BY_NAME

_HARDWARE: Final = ("device_type", "manufacturer_id", "model_id", "hardware_version", "hardware_revision")
_TEXTS: Final = ("manufacturer_name", "firmware_name", "smets_chts_version", "gbcs_version")
_IN_ORDER: Final = (*_TEXTS, *_HARDWARE, "firmware_version", "manufacturer_image_hash")
_ANOTHER_IMAGE: Final = "Changing this makes the entry another image"
LISTED: Final = Question("listed_on", COLUMN_BY_NAME["listed_on"].term, "The first day on the CPL", "date")


def image_questions() -> tuple[Question, ...]:
    """Ask for every fact of the image and the listing date; those that say which image it is come last."""
    return (*(_question(name) for name in _IN_ORDER), LISTED)


def present_image(entry: CPLEntry) -> dict[str, object]:
    """Give what the register says now, as the answers to the questions."""
    return {**{name: str(value or "") for name, value in _facts(entry).items()}, LISTED.name: entry.listed_on}


def image_in_words(entry: CPLEntry) -> tuple[tuple[str, object], ...]:
    """Say what the register has for every fact of the image now."""
    facts = _facts(entry)
    return tuple((COLUMN_BY_NAME[name].term, str(facts[name])) for name in _IN_ORDER)


def read_image(answers: Answers, entry: CPLEntry) -> tuple[EntryPublished, date]:
    """Read the facts of the image, and the listing date.

    :raises FirmpathError: every answer that cannot be one, at once; or nothing is changed.
    """
    *values, listed_on = all_parsed(
        *(lambda name=name: _read(answers, name) for name in _IN_ORDER), lambda: parse_day(answers, LISTED)
    )
    read: dict[str, Any] = dict(zip(_IN_ORDER, values, strict=True))
    device_model = DeviceModel(HardwareModel(*(read[name] for name in _HARDWARE)), read["firmware_version"])
    texts = {name: read[name] for name in _TEXTS}
    fact = EntryPublished(entry.cpl_entry_id, device_model, read["manufacturer_image_hash"], **texts)
    if (fact, listed_on) == (entry.published, entry.listed_on):
        raise FirmpathError(
            Fault("The change", "", "is what is on record already", "change something, or go back", quoted=False)
        )
    return fact, listed_on


def _question(name: str) -> Question:
    column = COLUMN_BY_NAME[name]
    hint = "" if name in _TEXTS else _ANOTHER_IMAGE
    if name == "device_type":
        types = tuple(Choice(each.value, each.value) for each in DeviceType)
        return Question(name, column.term, hint, "select", types)
    return Question(name, column.term, hint, optional=not column.required)


def _facts(entry: CPLEntry) -> Mapping[str, object]:
    published = entry.published
    hardware, version = published.device_model
    texts = {name: getattr(published, name) for name in _TEXTS}
    image = {"firmware_version": version, "manufacturer_image_hash": published.manufacturer_image_hash}
    return {**hardware._asdict(), **texts, **image}


def _read(answers: Answers, name: str) -> Any:
    values, faults = parse_cell_by_cell(COLUMN_BY_NAME[name], [one(answers, name)])
    if faults:
        raise FirmpathError(*(fault for _, fault in faults))
    return values[0]
