"""The fields of an entry that can be corrected: what each asks, what it is now, and what an answer states."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from firmpath.pathways.base_firmware import (
    NO_PREVIOUS_VERSION,
    BaseFirmware,
    Bases,
    NoPreviousVersion,
    NotProvided,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.explain.facts import TERMS, value_in_words
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryFact,
    ReleaseInformationGiven,
    ZigBeeBandDeclared,
)
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import listing, name_of
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.web.deciding.texts import Answers, day_or_not_known, one, text_or_not_known
from firmpath.registry.web.questions import Choice, Question, asked
from firmpath.tables.free_text import parse_address, parse_free_name

BASE: Final = "base_firmware"
BAND: Final = "zigbee_band"
CERTIFICATES: Final = ("cpa_certificate", "cpa_valid_until", "zigbee_certificate")
RELEASE: Final = ("release_notes_url", "contact", "notes")
FIELDS: Final = (BASE, BAND, *CERTIFICATES, *RELEASE)
"""The names of all fields that a request for a correction can ask to change."""

_TOGETHER: Final = ((BASE,), (BAND,), CERTIFICATES, RELEASE)
_HINTS: Final = {
    "release_notes_url": "The address of a page, beginning with https://",
    "contact": "Whom a Supplier can ask about this firmware",
}


def base_question(catalogue: Catalogue, entry: CPLEntry) -> Question:
    """Ask what the firmware can be put on top of, by version, hash and id, of the entries of its family."""
    family = [each for each in catalogue.families[entry.hardware_model.family] if each != entry.cpl_entry_id]
    family.sort(key=lambda each: (catalogue[each].hardware_model != entry.hardware_model, -each))
    choices = (Choice("N/A", "N/A", "There is no previous version"), *(_choice(catalogue, each) for each in family))
    hint = "Every entry that this firmware can be applied to, or N/A alone"
    return Question(BASE, "Base firmware", hint, "checkboxes", choices)


def band_question(entry: CPLEntry) -> Question:
    """Ask for one of the join options that the Device can have."""
    is_hub = entry.hardware_model.device_type is DeviceType.COMMUNICATIONS_HUB
    bands = [each for each in ZigBeeBand if is_hub or each is not ZigBeeBand.DUAL_BAND]
    choices = tuple(Choice(each.value, each.value, each.description) for each in bands)
    return Question(BAND, "ZigBee band", "", "radios", choices)


def questions_about(catalogue: Catalogue, entry: CPLEntry, names: Collection[str]) -> tuple[Question, ...]:
    """Ask for some of the fields, in their order, and for those that are stated together with them."""
    made = {BASE: lambda: base_question(catalogue, entry), BAND: lambda: band_question(entry)}
    together = {name for group in _TOGETHER if not set(group).isdisjoint(names) for name in group}
    return tuple(made[name]() if name in made else _text_question(name) for name in FIELDS if name in together)


def present_answers(entry: CPLEntry) -> dict[str, list[str]]:
    """Give what the register says now, as the answers to the questions."""
    base, band = entry.base_firmware, entry.zigbee_band
    ids = base.ids if isinstance(base, Bases) else ()
    facts: tuple[object, ...] = (entry.certificates, entry.release_information)
    texts = {name: getattr(fact, name) for fact in facts if fact for name in fact._fields[1:]}  # type: ignore[attr-defined]
    return {
        BASE: ["N/A"] if base is NO_PREVIOUS_VERSION else [str(each) for each in ids],
        BAND: [band.value] if isinstance(band, ZigBeeBand) else [],
        **{name: [str(value)] if value else [] for name, value in texts.items()},
    }


def present_in_words(catalogue: Catalogue, entry: CPLEntry) -> dict[str, str]:
    """Say what the register has for every field now."""
    facts = {**_fields_of(entry.certificates), **_fields_of(entry.release_information)}
    return {
        "Base firmware": base_in_words(catalogue, entry.base_firmware),
        "ZigBee band": str(entry.zigbee_band),
        **{term: value_in_words(facts.get(name, NOT_KNOWN)) for name, term in TERMS.items()},
    }


def base_in_words(catalogue: Catalogue, base: BaseFirmware) -> str:
    """Say what base firmware is declared, each entry with its version."""
    if isinstance(base, NotProvided):
        return "nobody has said"
    return listing(catalogue, base.ids, 50) if isinstance(base, Bases) else "N/A, there is no previous version"


def read_facts(answers: Answers, entry: CPLEntry, questions: Sequence[Question]) -> tuple[EntryFact, ...]:
    """Give the facts that the answers to the questions state.

    :raises FirmpathError: every answer that cannot be one, at once.
    """
    names = {question.name: question for question in questions}
    cpl_entry_id = entry.cpl_entry_id
    readers: dict[str, Callable[[], EntryFact]] = {
        BASE: lambda: BaseFirmwareDeclared(cpl_entry_id, _base(answers, names[BASE])),
        BAND: lambda: ZigBeeBandDeclared(cpl_entry_id, _band(answers, names[BAND])),
        CERTIFICATES[0]: lambda: _certificates(answers, cpl_entry_id),
        RELEASE[0]: lambda: _release(answers, cpl_entry_id),
    }
    return all_parsed(*(read for name, read in readers.items() if name in names))


def _base(answers: Answers, question: Question) -> Bases | NoPreviousVersion:
    written = [value for each in asked([question], answers) for value in each.values]
    chosen = {choice.value for choice in question.choices}
    right = "choose entries of the same Device type, manufacturer, model and hardware version, or N/A alone"
    if not written:
        raise FirmpathError(Fault(question.term, "", "is not given", right, quoted=False))
    if not chosen.issuperset(written) or ("N/A" in written and len(written) > 1):
        raise FirmpathError(Fault(question.term, "; ".join(written), "cannot be chosen together", right))
    if written == ["N/A"]:
        return NO_PREVIOUS_VERSION
    return Bases(tuple(sorted(CPLEntryID(int(each)) for each in written)))


def _band(answers: Answers, question: Question) -> ZigBeeBand:
    written = one(answers, BAND)
    found = next((choice.value for choice in question.choices if choice.value == written), None)
    if found is None:
        wrong = "is not given" if not written else "is not a join option of this Device"
        raise FirmpathError(Fault(question.term, written, wrong, "choose one of the options", quoted=bool(written)))
    return ZigBeeBand(found)


def _certificates(answers: Answers, cpl_entry_id: CPLEntryID) -> CertificatesRecorded:
    cpa, until, zigbee = CERTIFICATES
    return CertificatesRecorded(
        cpl_entry_id,
        *all_parsed(
            lambda: text_or_not_known(answers, cpa, TERMS[cpa], parse_free_name),
            lambda: day_or_not_known(answers, _text_question(until)),
            lambda: text_or_not_known(answers, zigbee, TERMS[zigbee], parse_free_name),
        ),
    )


def _release(answers: Answers, cpl_entry_id: CPLEntryID) -> ReleaseInformationGiven:
    url, contact, notes = RELEASE
    return ReleaseInformationGiven(
        cpl_entry_id,
        *all_parsed(
            lambda: text_or_not_known(answers, url, TERMS[url], parse_address),
            lambda: text_or_not_known(answers, contact, TERMS[contact], parse_free_name),
            lambda: text_or_not_known(answers, notes, TERMS[notes]),
        ),
    )


def _choice(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> Choice:
    entry = catalogue[cpl_entry_id]
    withdrawn = ", withdrawn" if entry.withdrawn_on else ""
    revision = f", hardware revision {entry.hardware_model.hardware_revision}"
    return Choice(
        str(cpl_entry_id), name_of(entry), f"Hash {entry.manufacturer_image_hash[:16]}…{revision}{withdrawn}"
    )


def _text_question(name: str) -> Question:
    kind = "date" if name == "cpa_valid_until" else "textarea" if name == "notes" else "text"
    return Question(name, TERMS[name], _HINTS.get(name, ""), kind, optional=True)  # type: ignore[arg-type]


def _fields_of(fact: object) -> Mapping[str, object]:
    return {} if isinstance(fact, NotKnown) else fact._asdict()  # type: ignore[attr-defined]
