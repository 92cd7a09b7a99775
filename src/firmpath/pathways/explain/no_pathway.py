"""Why there is no pathway, in words: what is in the way, how far is safe, and whom to ask for what."""

from firmpath.pathways.answers import AnswerKind, NoPathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.bars import bar_in_words, mark_in_words
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.missing import MissingDeclaration
from firmpath.pathways.naming import chain, full_name, whom_to_ask
from firmpath.pathways.upgrades import BarKind


def explain_no_pathway(catalogue: Catalogue, answer: NoPathway) -> Explanation:
    """Say which of the different reasons it is, what could open a way, and what to do next."""
    lines = [bar_in_words(catalogue, step, bar) for step, bars in answer.bars for bar in bars]
    if answer.bars and answer.kind is not AnswerKind.DEAD_END:
        lines.insert(0, f"The declared way is {chain(catalogue, answer.way)}.")
    if answer.kind is AnswerKind.NO_PATHWAY_DECLARED:
        lines.append(
            "Every entry that could open a way has named its base firmware, so this is no gap in what is known."
        )
    lines += (missing_in_words(catalogue, answer, missing) for missing in answer.missing)
    lines += (
        f"CPL entry {each} is listed from {catalogue.not_yet_listed[each].listed_on}; ask again then."
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
            marked = f" It is marked so: {mark_in_words(catalogue[answer.installed])}" if answer.mark else ""
            return f"No. {installed} is a dead end: no upgrade leads out of it.{marked}"
        case AnswerKind.NOBODY_HAS_SAID:
            return f"Not known. No pathway from {installed} to {target} is declared, but not everybody has said."
        case _:
            return f"No. No pathway from {installed} to {target} is declared."


def missing_in_words(catalogue: Catalogue, answer: NoPathway, missing: MissingDeclaration) -> str:
    """Say which declaration is missing, and whom to ask for it."""
    name = full_name(catalogue, missing.to_id)
    who = whom_to_ask(catalogue[missing.to_id])
    from_name = full_name(catalogue, missing.from_id)
    if answer.kind is AnswerKind.NO_PATHWAY_DECLARED:
        return f"One more declaration would open a way. Ask {who} whether {name} can be applied to {from_name}."
    silent = f"{name} has no base firmware on record, so nobody has said what it can be applied to."
    return f"{silent} If that were {from_name}, it would open a way. Ask {who}."


def _farthest_in_words(catalogue: Catalogue, answer: NoPathway) -> str:
    if answer.farthest == answer.installed:
        return "There is nowhere that the Device can safely go today; it can stay as it is."
    return f"The farthest that the Device can safely go today is {full_name(catalogue, answer.farthest)}."


def _next_step(catalogue: Catalogue, answer: NoPathway) -> str:
    maker = whom_to_ask(catalogue[answer.target])
    if answer.kind is AnswerKind.BLOCKED_BY_NOTICE:
        ids = sorted({bar.notice_id for _, bars in answer.bars for bar in bars if bar.kind is BarKind.NOTICE})
        accept = " ".join(f"--accept {notice_id}" for notice_id in ids)
        wait = "Next: wait until the notice is closed."
        return f'{wait} Whoever may accept the risk adds {accept} --because "the reason".'
    if answer.missing:
        return f"Next: ask {whom_to_ask(catalogue[answer.missing[0].to_id])}, and do not upgrade before the answer."
    if answer.kind is AnswerKind.OTHER_HARDWARE:
        return "Next: check both entries; one of them is not for this Device."
    if answer.kind is AnswerKind.DEAD_END:
        return f"Next: ask {whom_to_ask(catalogue[answer.installed])} what is to become of the Device."
    return f"Next: ask {maker}, and do not upgrade before the answer."
