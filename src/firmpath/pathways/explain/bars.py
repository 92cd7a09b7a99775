"""Why a declared step may not be used, in words."""

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.facts import DeadEndMarked, SteppingStoneMarked
from firmpath.pathways.naming import chain, full_name, short_name
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.notices import Notice
from firmpath.pathways.upgrades import Bar, BarKind, Step

_CONTRADICTION = "The two statements contradict each other, so the step is not used until one of them is corrected."


def bar_in_words(catalogue: Catalogue, step: Step, bar: Bar) -> str:
    """Say in one or two sentences what bars a step."""
    entry = catalogue[bar.cpl_entry_id]
    name = full_name(catalogue, bar.cpl_entry_id)
    match bar.kind:
        case BarKind.WITHDRAWN:
            why = f" ({entry.withdrawal_reason})" if entry.withdrawal_reason else ""
            on = day_in_words(entry.withdrawn_on)
            return f"{name} was withdrawn on {on}{why}, so no Device may be taken to it."
        case BarKind.CERTIFICATE_ENDED:
            on = day_in_words(entry.cpa_valid_until)
            return f"The CPA certificate of {name} ended on {on}, so no Device may be taken to it."
        case BarKind.NOTICE:
            notice = next(each for each in catalogue.notices if each.notice_id == bar.notice_id)
            on = f"On the step {chain(catalogue, step)} there is an open notice."
            return f"{on} {notice_in_words(catalogue, notice)}"
        case BarKind.DEAD_END:
            taken = f"{short_name(catalogue, step[1])} names it as base firmware all the same."
            return f"{name} is marked as a dead end: {mark_in_words(entry.dead_end)} {taken} {_CONTRADICTION}"
        case BarKind.SKIPS_STEPPING_STONE:
            past = f"The step {chain(catalogue, step)} is declared, but it leads past {name}"
            why = mark_in_words(entry.stepping_stone)
            return f"{past}, which is marked as a stepping stone: {why} {_CONTRADICTION}"
        case BarKind.EXCLUDED:
            return f"{name} is excluded by whoever asks, so no Device is taken to it or through it."


def notice_in_words(catalogue: Catalogue, notice: Notice) -> str:
    """Say what a notice warns of, where to read more, and what puts it right."""
    opened = notice.opened
    words = f"Notice {opened.notice_id}, '{opened.name}': {_sentence(opened.text)}"
    if opened.link:
        words += f" Read more at {opened.link}."
    if opened.fixed_in:
        words += f" It is put right in {full_name(catalogue, opened.fixed_in)}."
    return words


def mark_in_words(mark: SteppingStoneMarked | DeadEndMarked | NotKnown) -> str:
    """Say why an entry is marked, and where to read more; nothing where it is not."""
    if not mark:
        return ""
    return f"{_sentence(mark.reason)} Read more at {mark.link}." if mark.link else _sentence(mark.reason)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
