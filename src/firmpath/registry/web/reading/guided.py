"""The guided way to an entry: Device type, manufacturer, model, firmware version, one question a page.

Every answer is chosen from what is on the CPL, so nothing has to be known or typed.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import urlencode

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.naming import maker_of
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByID, ByModelAndVersion, Reference
from firmpath.registry.web.questions import Asked, Choice, Question


class Step(NamedTuple):
    """One question of the guided way: its field, its words, and what each entry would answer."""

    name: str
    words: str
    hint: str
    value_of: Callable[[CPLEntry], str]
    label_of: Callable[[CPLEntry], str]


class Asking(NamedTuple):
    """Where somebody is on the guided way: the next question, or the entry they have come to."""

    asked: Asked | NotKnown
    answered: tuple[tuple[str, str, str], ...]
    kept: tuple[tuple[str, str], ...]
    reference: Reference | NotKnown = NOT_KNOWN


def _model_label(entry: CPLEntry) -> str:
    model = entry.hardware_model
    parts = f"model {model.model_id}, hardware version {model.hardware_version}, revision {model.hardware_revision}"
    return f"{model.model} ({parts})"


def _version_label(entry: CPLEntry) -> str:
    name = entry.published.firmware_name
    return f"{entry.firmware_version}{f' “{name}”' if name else ''}"


_WHERE: Final = "It stands in the Device's inventory (service request 8.2)"
STEPS: Final = (
    Step(
        "device_type",
        "What kind of Device is it?",
        "ESME is an electricity meter, GSME a gas meter.",
        lambda entry: entry.hardware_model.device_type.value,
        lambda entry: entry.hardware_model.device_type.value,
    ),
    Step(
        "manufacturer",
        "Who made it?",
        f"The name on the Device. {_WHERE} as 4 characters.",
        lambda entry: entry.hardware_model.manufacturer_id,
        lambda entry: f"{maker_of(entry)} ({entry.hardware_model.manufacturer_id})",
    ),
    Step(
        "model",
        "Which model is it?",
        f"{_WHERE} as 8 characters.",
        lambda entry: entry.hardware_model.model,
        _model_label,
    ),
    Step(
        "firmware_version",
        "Which firmware does it run?",
        f"{_WHERE} as 8 characters; many meters show it on their display.",
        lambda entry: str(entry.firmware_version),
        _version_label,
    ),
)


def find_question(catalogue: Catalogue, answers: Mapping[str, str]) -> Asking:
    """Give the first question without an answer that fits; after the last, the entry that is meant.

    Where an answer leaves no choice for the next question, that one is not asked.
    Cost: linear in the entries.
    """
    entries: list[CPLEntry] = list(catalogue.entries.values())
    answered: list[tuple[str, str, str]] = []
    kept: list[tuple[str, str]] = []
    for step in STEPS:
        values = {step.value_of(entry): step.label_of(entry) for entry in entries}
        given = next(iter(values)) if len(values) == 1 else answers.get(step.name, "")
        if given not in values:
            return Asking(_question(step, values), tuple(answered), tuple(kept))
        answered.append((step.words, values[given], f"?{urlencode(kept)}" if len(values) > 1 else ""))
        kept.append((step.name, given))
        entries = [entry for entry in entries if step.value_of(entry) == given]
    return Asking(NOT_KNOWN, tuple(answered), tuple(kept), _meant(entries))


def _question(step: Step, values: Mapping[str, str]) -> Asked:
    choices = tuple(Choice(value, label) for value, label in _in_order(values.items()))
    return Asked(Question(step.name, step.words, step.hint, kind="select", choices=choices))


def _in_order(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0]))


def _meant(entries: list[CPLEntry]) -> Reference:
    """Twins share all four answers: then the version is asked about, for all of them together."""
    if len(entries) == 1:
        return ByID(entries[0].cpl_entry_id)
    hardware, version = entries[0].published.device_model
    return ByModelAndVersion(hardware.manufacturer_id, hardware.model, version)
