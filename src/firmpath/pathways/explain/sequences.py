"""The verdict on a planned sequence, in words."""

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.cautions import cautions_in_words
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.naming import chain, full_name, listing, whom_to_ask
from firmpath.pathways.sequence import PlannedStep, SequenceCheck, StepVerdict


def explain_sequence(catalogue: Catalogue, check: SequenceCheck) -> Explanation:
    """Say of each planned step whether it is safe, and what to do instead where one is not."""
    lines = tuple(f"{at}. {_step(catalogue, step)}" for at, step in enumerate(check.steps, 1))
    lines += tuple(cautions_in_words(catalogue, check.cautions))
    if check.is_safe:
        first = full_name(catalogue, check.steps[0].to_id)
        return Explanation("Yes. Every step of this sequence is declared and open.", lines, f"Next: go to {first}.")
    bad = sum(step.verdict is not StepVerdict.OPEN for step in check.steps)
    instead = explain(catalogue, check.instead).headline
    return Explanation(
        f"No. {counted(bad, 'step')} of {len(check.steps)} may not be used.",
        lines,
        f"Next: do not follow this sequence. From its first entry to its last: {instead}",
    )


def _step(catalogue: Catalogue, step: PlannedStep) -> str:
    name = chain(catalogue, (step.from_id, step.to_id))
    after = catalogue[step.to_id]
    match step.verdict:
        case StepVerdict.OPEN:
            return f"{name}: declared and open."
        case StepVerdict.BARRED:
            why = " ".join(bar_in_words(catalogue, (step.from_id, step.to_id), bar) for bar in step.bars)
            return f"{name}: declared, but not to be used. {why}"
        case StepVerdict.NOBODY_HAS_SAID:
            return f"{name}: nobody has said what {step.to_id} can be applied to. Ask {whom_to_ask(after)}."
        case StepVerdict.OTHER_HARDWARE:
            before = catalogue[step.from_id].hardware_model
            return f"{name}: for different hardware, {before} and {after.hardware_model}."
        case StepVerdict.SAME_ENTRY:
            return f"{name}: the same entry twice, so there is nothing to do."
        case StepVerdict.NOT_DECLARED:
            bases = after.base_firmware
            declared = listing(catalogue, bases.ids) if isinstance(bases, Bases) else str(bases)
            return f"{name}: not declared. The base firmware of {step.to_id} is given as {declared}."
