"""What to know before following a pathway, in words."""

from collections.abc import Iterable
from typing import Final

from firmpath.pathways.answers import Caution, CautionKind
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.bars import mark_in_words, notice_in_words
from firmpath.pathways.naming import full_name, listing, short_name
from firmpath.pathways.towards_any import Shut
from firmpath.pathways.upgrades import BarKind


def cautions_in_words(catalogue: Catalogue, cautions: Iterable[Caution]) -> list[str]:
    """Say all that a person should know, each thing once.

    Where nothing leads on from an entry, it is said besides that newer firmware is not reached.
    """
    cautions = tuple(cautions)
    ends = {each.cpl_entry_id for each in cautions if each.kind is CautionKind.NOTHING_LEADS_ON}
    said = (
        caution_in_words(catalogue, each)
        for each in cautions
        if each.kind is not CautionKind.NEWER_UNREACHED or each.cpl_entry_id not in ends
    )
    return list(dict.fromkeys(said))


def caution_in_words(catalogue: Catalogue, caution: Caution) -> str:
    """Say in one or two sentences what a person should know."""
    entry = catalogue[caution.cpl_entry_id]
    name = full_name(catalogue, caution.cpl_entry_id)
    others = listing(catalogue, caution.others)
    match caution.kind:
        case CautionKind.TWIN:
            own = f"that of {entry.cpl_entry_id} begins with {entry.manufacturer_image_hash[:8]}"
            told = entry.release_information.notes if entry.release_information else ""
            own += f". Its notes say: {told}" if told else "."
            return f"{name} has the same firmware version as {others}; only the hash tells them apart, and {own}"
        case CautionKind.PROBABLE_DOWNGRADE:
            return f"{name} was listed before {others}, from which this step leads to it: probably a downgrade."
        case CautionKind.OTHER_REVISION:
            why = (
                f": {entry.base_firmware_reason}" if entry.base_firmware_reason else ", and no reason is on record"
            )
            return f"{name} is for another hardware revision than {others}{why}."
        case CautionKind.NOTICE_ACCEPTED:
            notice = next(each for each in catalogue.notices if each.notice_id == caution.notice_id)
            step = f"the step {others} → {short_name(catalogue, caution.cpl_entry_id)}"
            return f"The risk on {step} is accepted. {notice_in_words(catalogue, notice)}"
        case CautionKind.INTO_DEAD_END:
            stuck = "Once there, a Device can be upgraded no more."
            return f"{name} is marked as a dead end: {mark_in_words(entry.dead_end)} {stuck}"
        case CautionKind.STAYS_WITHDRAWN | CautionKind.STAYS_UNCERTIFIED | CautionKind.STAYS_IN_DEAD_END:
            return _staying(catalogue, caution)
        case _:
            return _newer(catalogue, caution)


_ENDS: Final[dict[str, tuple[str, str]]] = {
    BarKind.EXCLUDED: ("What leads on from {} is excluded", "a Device stays at {} while it is"),
    Shut.BY_NOTICE: ("There is a notice on what leads on from {}", "a Device stays at {} while it is open"),
    Shut.BY_SILENCE: (
        "Nobody has said whether anything leads on from {}",
        "a Device stays at {} until somebody does",
    ),
    Shut.BY_A_BAR: (
        "What is declared to lead on from {} may not be used",
        "a Device stays at {} while that is so",
    ),
    Shut.FOR_GOOD: ("Nothing is declared to lead on from {}", "a Device comes no farther than {}"),
}
"""Why nothing leads on from an entry, and what becomes of a Device there."""


def end_in_words(catalogue: Catalogue, caution: Caution) -> str:
    """Say why nothing leads on from an entry, in two sentences, the second without its full stop."""
    why, then = _ENDS[caution.why]
    name, short = (name(catalogue, caution.cpl_entry_id) for name in (full_name, short_name))
    newer = f"There is newer firmware, {listing(catalogue, caution.others)}"
    return f"{why.format(name)}. {newer}, but {then.format(short)}"


def _newer(catalogue: Catalogue, caution: Caution) -> str:
    """Say that there is newer firmware, and why it is not chosen."""
    newer = f"There is newer firmware, {listing(catalogue, caution.others)}"
    if caution.kind is CautionKind.NOTHING_LEADS_ON:
        return f"{end_in_words(catalogue, caution)}; ask for the pathway from there, and the answer says more."
    if caution.kind is CautionKind.NEWER_IS_DEAD_END:
        return f"{newer}, but it is marked as a dead end, so it is not chosen."
    if caution.kind is CautionKind.NEWER_IS_CLOSED:
        excluded = ", or it is excluded" if catalogue.excluded & set(caution.others) else ""
        return f"{newer}, but it was withdrawn, or its CPA certificate has ended{excluded}."
    return f"{newer}, but no pathway to it is open; ask for that pathway, and the answer says why."


def _staying(catalogue: Catalogue, caution: Caution) -> str:
    """Say what is the matter with firmware that a Device runs already."""
    entry = catalogue[caution.cpl_entry_id]
    name = full_name(catalogue, caution.cpl_entry_id)
    if caution.kind is CautionKind.STAYS_WITHDRAWN:
        return f"{name} was withdrawn from the CPL on {day_in_words(entry.withdrawn_on)}."
    if caution.kind is CautionKind.STAYS_UNCERTIFIED:
        return f"The CPA certificate of {name} ended on {day_in_words(entry.cpa_valid_until)}."
    return f"{name} is marked as a dead end: {mark_in_words(entry.dead_end)}"
