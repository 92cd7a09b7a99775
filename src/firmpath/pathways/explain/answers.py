"""The answers in words. Source: FEATURES F23 to F25."""

from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    AnswerKind,
    CandidatesAgree,
    CandidatesDisagree,
    NoPathway,
    NotOnTheCPL,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.cautions import cautions_in_words
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.explain.no_pathway import explain_no_pathway
from firmpath.pathways.explain.stones import explain_stone
from firmpath.pathways.naming import full_name, listing, whom_to_ask
from firmpath.pathways.reference import if_it_is_a_version

_SETTLE_BY_MODEL = (
    "Next: look up the Device type and model in the Device's inventory; they say which of these entries it runs. "
    "Then ask again with the CPL Entry ID."
)
_SETTLE_BY_HASH = (
    "Next: find out which image the Device runs. Its inventory does not say; your record of the last activation "
    "(service request 11.3) names the hash, and the manufacturer may know. Then ask again with the hash or the id."
)


def explain(catalogue: Catalogue, answer: Answer) -> Explanation:
    """Put any answer into plain English."""
    match answer:
        case Pathway():
            return _pathway(catalogue, answer)
        case AlreadyThere():
            name = full_name(catalogue, answer.installed)
            lines = tuple(cautions_in_words(catalogue, answer.cautions))
            return Explanation(f"Nothing to do. The Device already runs {name}.", lines)
        case NoPathway():
            return explain_no_pathway(catalogue, answer)
        case NotOnTheCPL():
            return _not_on_the_cpl(answer)
        case SeveralTargets():
            return _several_targets(catalogue, answer)
        case CandidatesAgree():
            return _agree(catalogue, answer)
        case CandidatesDisagree():
            return _disagree(catalogue, answer)


def _pathway(catalogue: Catalogue, pathway: Pathway) -> Explanation:
    count = len(pathway.steps) - 1
    activations = counted(count, "activation")
    takes = "takes" if count == 1 else "take"
    installed, target = full_name(catalogue, pathway.installed), full_name(catalogue, pathway.target)
    lines = [
        f"{at}. Go to {full_name(catalogue, step)}, hash {catalogue[step].manufacturer_image_hash[:8]}…"
        for at, step in enumerate(pathway.steps[1:], 1)
    ]
    lines += (explain_stone(catalogue, stone) for stone in pathway.stepping_stones)
    lines += cautions_in_words(catalogue, pathway.cautions)
    if pathway.valid_until:
        lines.append(f"By what is on record today, this holds until {day_in_words(pathway.valid_until)}.")
    following = catalogue[pathway.next_step]
    read = following.release_information.release_notes_url if following.release_information else None
    notes = (
        f"Read its release notes first: {read}" if read else f"Ask {whom_to_ask(following)} for its release notes."
    )
    return Explanation(
        f"Yes. {activations} {takes} a Device from {installed} to {target}.",
        tuple(lines),
        f"Next: go to {full_name(catalogue, pathway.next_step)}. {notes}",
    )


def _not_on_the_cpl(answer: NotOnTheCPL) -> Explanation:
    reference = str(answer.reference)
    what, as_at = _capital(reference), day_in_words(answer.as_at)
    if answer.listed_from:
        return Explanation(
            f"Not yet. {what} is listed from {day_in_words(answer.listed_from)}, after {as_at}.",
            next_step=f"Next: ask again on {day_in_words(answer.listed_from)}, and do not upgrade the Device yet.",
        )
    version = if_it_is_a_version(answer.reference)
    lines = (f"{_capital(version)}.",) if version else ()
    if answer.kind is AnswerKind.UNKNOWN_DEVICE:
        missing = f"{what} is not on this CPL as at {as_at}"
        return Explanation(
            f"Not known. {missing}, so nothing safe can be said about the Device.",
            lines,
            next_step="Next: check what was typed, and that this CPL is the newest. Do not upgrade the Device yet.",
        )
    return Explanation(
        f"Not known. The target, {reference}, is not on this CPL as at {as_at}.",
        lines,
        next_step="Next: check what was typed, and that this CPL is the newest.",
    )


def _several_targets(catalogue: Catalogue, answer: SeveralTargets) -> Explanation:
    return Explanation(
        f"Which one? {_capital(str(answer.reference))} is not one entry: it can be "
        f"{listing(catalogue, answer.candidates)}.",
        next_step="Next: ask again with the CPL Entry ID of the one that is wanted.",
    )


def _agree(catalogue: Catalogue, answer: CandidatesAgree) -> Explanation:
    """All candidates come to the same: explain the first, and say that it serves for all."""
    candidates = listing(catalogue, answer.candidates)
    first = explain(catalogue, answer.shared)
    could = f"{_capital(str(answer.reference))} is on the CPL as {candidates}. This is right whichever it is."
    return first._replace(lines=(could, *first.lines))


def _disagree(catalogue: Catalogue, answer: CandidatesDisagree) -> Explanation:
    candidates = listing(catalogue, answer.candidates)
    lines = (
        f"If it runs {full_name(catalogue, installed)}: {explain(catalogue, each).headline}"
        for installed, each in zip(answer.candidates, answer.answers, strict=True)
    )
    return Explanation(
        f"Not safe to say. {_capital(str(answer.reference))} is on the CPL as {candidates}, and what is right for "
        "one is not right for another.",
        tuple(lines),
        _how_to_settle(catalogue, answer),
    )


def _how_to_settle(catalogue: Catalogue, answer: CandidatesDisagree) -> str:
    entries = [catalogue[each] for each in answer.candidates]
    if len({entry.hardware_model for entry in entries}) == len(entries):
        return _SETTLE_BY_MODEL
    if len({entry.manufacturer_image_hash for entry in entries}) == len(entries):
        return _SETTLE_BY_HASH
    return f"Next: ask {whom_to_ask(entries[0])} which of them the Device runs; nothing on record tells them apart."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
