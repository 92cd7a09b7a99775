"""Why there is no pathway, in words: what is in the way, how far is safe, and whom to ask for what."""

from collections.abc import Iterator

from firmpath.pathways.answers import AnswerKind, NoPathway
from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.bars import bar_in_words, mark_in_words
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import MissingDeclaration, find_unlisted_bases
from firmpath.pathways.naming import chain, full_name, listing, whom_to_ask
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.upgrades import BarKind

_MOST_UNLISTED = 5
"""Of base entries that are not on the list a few show what is wrong."""


def explain_no_pathway(catalogue: Catalogue, answer: NoPathway) -> Explanation:
    """Say which of the different reasons it is, what could open a way, and what to do next."""
    lines = [bar_in_words(catalogue, step, bar) for step, bars in answer.bars for bar in bars]
    if answer.bars and answer.kind is not AnswerKind.DEAD_END:
        lines.insert(0, f"The declared way is {chain(catalogue, answer.way)}.")
    if answer.kind is AnswerKind.NO_PATHWAY_DECLARED:
        lines += _what_is_declared(catalogue, answer)
    lines += (missing_in_words(catalogue, answer, missing) for missing in answer.missing)
    if answer.kind is AnswerKind.NOBODY_HAS_SAID and not answer.missing:
        lines.append(_silence_in_words(catalogue, answer))
    coming = catalogue.not_yet_listed
    lines += (
        f"CPL entry {each} (firmware {coming[each].device_model.firmware_version}) is listed from "
        f"{day_in_words(coming[each].listed_on)}; ask again then."
        for each in answer.coming
    )
    lines.append(_farthest_in_words(catalogue, answer))
    return Explanation(_headline(catalogue, answer), tuple(lines), _next_step(catalogue, answer))


def _headline(catalogue: Catalogue, answer: NoPathway) -> str:
    installed, target = full_name(catalogue, answer.installed), full_name(catalogue, answer.target)
    match answer.kind:
        case AnswerKind.OTHER_HARDWARE:
            mine, other = catalogue[answer.installed].hardware_model, catalogue[answer.target].hardware_model
            different = f"{installed} is for {mine.device_type} {mine}, {target} for {other.device_type} {other}"
            return f"No. {different}: firmware for other hardware must never be put on a Device."
        case AnswerKind.BLOCKED_BY_NOTICE:
            return f"Not now. The pathway from {installed} to {target} is blocked by a notice."
        case AnswerKind.PATHWAY_CLOSED:
            return f"No. A pathway from {installed} to {target} is declared, but it may not be used."
        case AnswerKind.DEAD_END:
            marked = f" It is marked so: {mark_in_words(answer.mark)}" if answer.mark else ""
            return f"No. {installed} is a dead end: no upgrade leads out of it.{marked}"
        case AnswerKind.NOBODY_HAS_SAID:
            return f"Not known. No pathway from {installed} to {target} is declared, but not everybody has said."
        case _:
            later = _listed_later_in_words(catalogue, answer)
            return f"No. No pathway from {installed} to {target} is declared.{later}"


def _listed_later_in_words(catalogue: Catalogue, answer: NoPathway) -> str:
    """Say by the days of listing that the target may be older than what is installed; '' where they do not say so.

    Firmware versions have no order that could be read, so nothing is said of them.
    """
    installed, target = catalogue[answer.installed].listed_on, catalogue[answer.target].listed_on
    if installed <= target:
        return ""
    return (
        f" The entry that the Device runs came onto the CPL on {day_in_words(installed)}, after the target "
        f"({day_in_words(target)}): the target may be older firmware."
    )


def missing_in_words(catalogue: Catalogue, answer: NoPathway, missing: MissingDeclaration) -> str:
    """Say which declaration is missing, and whom to ask for it."""
    name = full_name(catalogue, missing.to_id)
    who = whom_to_ask(catalogue[missing.to_id])
    from_name = full_name(catalogue, missing.from_id)
    if answer.kind is AnswerKind.NO_PATHWAY_DECLARED:
        return f"One more declaration would open a way. Ask {who} whether {name} can be applied to {from_name}."
    silent = f"{name} has no base firmware on record, so nobody has said what it can be applied to."
    if len(answer.missing) > 1:
        return f"{silent} Together with what else is missing, {from_name} would open a way. Ask {who}."
    return f"{silent} If that were {from_name}, it would open a way. Ask {who}."


def _what_is_declared(catalogue: Catalogue, answer: NoPathway) -> Iterator[str]:
    """Say that everybody has said, or that what was said leads off this list."""
    unlisted = find_unlisted_bases(catalogue.upgrades(catalogue.family_of(answer.installed)))
    if not unlisted:
        yield "Every entry that could open a way has named its base firmware, so this is no gap in what is known."
    for missing in unlisted[:_MOST_UNLISTED]:
        name = full_name(catalogue, missing.to_id)
        yield f"{name} names CPL entry {missing.from_id} as base, which is not on this list for its hardware."
    if unlisted:
        yield "So this list may lack an entry that would open a way: ask again with the newest CPL."


def _silence_in_words(catalogue: Catalogue, answer: NoPathway) -> str:
    """Where no declaration would open a way by itself, say who is silent all the same."""
    entries = catalogue.upgrades(catalogue.family_of(answer.installed)).entries
    silent = [each for each, entry in entries.items() if isinstance(entry.base_firmware, NotProvided)]
    whole = f"Nobody has said what these can be applied to: {listing(catalogue, silent)}."
    return f"{whole} To say it would not be enough: something else stands against the way as well."


def _farthest_in_words(catalogue: Catalogue, answer: NoPathway) -> str:
    if answer.farthest == answer.installed:
        return "There is nowhere that the Device can safely go today; leave it as it is until this is settled."
    return f"The farthest that the Device can safely go today is {full_name(catalogue, answer.farthest)}."


def entry_to_ask_about(answer: NoPathway) -> CPLEntryID | NotKnown:
    """Give the entry whose manufacturer is to be asked; not known where there is nothing to ask a manufacturer."""
    if answer.kind in (AnswerKind.OTHER_HARDWARE, AnswerKind.BLOCKED_BY_NOTICE) or _is_in_our_hands(answer):
        return NOT_KNOWN
    if answer.kind is AnswerKind.DEAD_END:
        return answer.installed
    return answer.missing[0].to_id if answer.missing else answer.target


def _is_in_our_hands(answer: NoPathway) -> bool:
    """Say whether nothing bars the way but what is excluded, and notices: no manufacturer can lift either."""
    kinds = {bar.kind for _, bars in answer.bars for bar in bars}
    return BarKind.EXCLUDED in kinds <= {BarKind.EXCLUDED, BarKind.NOTICE}


def _next_step(catalogue: Catalogue, answer: NoPathway) -> str:
    maker = whom_to_ask(catalogue[answer.target])
    if answer.kind is AnswerKind.BLOCKED_BY_NOTICE:
        ids = sorted({bar.notice_id for _, bars in answer.bars for bar in bars if bar.kind is BarKind.NOTICE})
        named = " and ".join(filter(None, (", ".join(ids[:-1]), *ids[-1:])))
        return f"Next: wait until the notice is closed. Whoever may accept the risk accepts {named}, with a reason."
    if _is_in_our_hands(answer):
        bars = [bar for _, found in answer.bars for bar in found]
        excluded = dict.fromkeys(bar.cpl_entry_id for bar in bars if bar.kind is BarKind.EXCLUDED)
        again = f"ask again without excluding {listing(catalogue, excluded)}"
        wait = "" if answer.held_back_by else " once the notice is closed or its risk accepted"
        return f"Next: {again}{wait}, or leave the Device as it is."
    if answer.missing:
        return f"Next: ask {whom_to_ask(catalogue[answer.missing[0].to_id])}, and do not upgrade before the answer."
    if answer.kind is AnswerKind.OTHER_HARDWARE:
        return "Next: check both entries; one of them is not for this Device."
    if answer.kind is AnswerKind.DEAD_END:
        return f"Next: ask {whom_to_ask(catalogue[answer.installed])} what is to become of the Device."
    return f"Next: ask {maker}, and do not upgrade before the answer."
