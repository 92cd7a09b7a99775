"""From a Catalogue and an answer to a Picture: which entries are drawn, and how each is marked."""

from collections.abc import Collection, Iterable, Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from firmpath.drawing.nearby import Nearby, find_nearby
from firmpath.drawing.picture import Arrow, ArrowKind, Box, BoxKind, Picture, Role
from firmpath.pathways.answers import AlreadyThere, CautionKind, NoPathway, OneAnswer, Pathway, SeveralTargets
from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.bars import notice_in_words
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.notices import Notice
from firmpath.pathways.upgrades import Bar, BarKind, Step, Upgrades

NOT_DECLARED = "not declared"
MORE = "more, not drawn"
FARTHEST = "farthest safe today"
CERTIFICATE_ENDED = "certificate ended"
NO_WAY_ON = "no way on today"


class _Scene(NamedTuple):
    """What a picture is drawn from: the upgrades, those of them near enough, and the notices that are accepted."""

    catalogue: Catalogue
    upgrades: Upgrades
    nearby: Nearby
    accepted: tuple[Notice, ...]

    def notices_on(self, from_id: CPLEntryID, to_id: CPLEntryID) -> Iterator[Notice]:
        """Give the accepted notices about one step."""
        return (notice for notice in self.accepted if notice.covers(from_id, to_id))

    @property
    def steps(self) -> Iterator[Step]:
        """The declared upgrades between the entries that are shown."""
        shown = self.nearby.shown
        for from_id in sorted(shown):
            for to_id in self.upgrades.declared.get(from_id, ()):
                if to_id in shown:
                    yield from_id, to_id

    @property
    def notes(self) -> tuple[str, ...]:
        """The day that is asked about, and what was accepted for the steps that are shown."""
        used = dict.fromkeys(notice for step in self.steps for notice in self.notices_on(*step))
        risks = (f"The risk is accepted. {notice_in_words(self.catalogue, notice)}" for notice in used)
        return (f"As at {day_in_words(self.catalogue.as_at)}.", *risks)


def map_of_entry(catalogue: Catalogue, cpl_entry_id: CPLEntryID, accepted: frozenset[str]) -> Picture:
    """Draw the entries that declared upgrades join to this one, directly or not: all, or as many as can be read."""
    scene = _scene(catalogue, cpl_entry_id, {cpl_entry_id}, accepted)
    shown = sorted(scene.nearby.shown)
    return Picture(
        f"Upgrades around CPL entry {short_name(catalogue, cpl_entry_id)}",
        (_what_is_shown(scene, cpl_entry_id), *scene.notes),
        tuple(_box(scene, each, role=Role.ASKED_ABOUT if each == cpl_entry_id else Role.NONE) for each in shown),
        tuple(_arrows(scene, ())),
    )


def map_of_pathway(catalogue: Catalogue, answer: OneAnswer, accepted: frozenset[str]) -> Picture:
    """Draw an answer: the pathway among the other upgrades, or what is in its way and what is missing."""
    installed, target, steps = _ends_and_steps(answer)
    missing = [(each.from_id, each.to_id) for each in answer.missing] if isinstance(answer, NoPathway) else []
    starts = {installed, target, *steps, *(end for step in missing for end in step)}
    scene = _scene(catalogue, installed, starts, accepted)
    stones = {stone.cpl_entry_id for stone in answer.stepping_stones} if isinstance(answer, Pathway) else set()
    farthest = answer.farthest if isinstance(answer, NoPathway) else installed
    words = dict.fromkeys({farthest} - {installed}, (FARTHEST,))
    words |= dict.fromkeys(_ends(answer), (NO_WAY_ON,))
    roles = _roles(answer, installed, target)
    boxes = (
        _box(scene, each, words.get(each, ()), roles.get(each, Role.NONE), each in stones)
        for each in sorted(scene.nearby.shown)
    )
    taken = set(pairwise(steps)) if isinstance(answer, Pathway) else set()
    arrows = [*_arrows(scene, taken), *(Arrow(*each, ArrowKind.MISSING, NOT_DECLARED) for each in sorted(missing))]
    return Picture(
        f"From {full_name(catalogue, installed)} to {full_name(catalogue, target)}",
        (explain(catalogue, answer).headline, *scene.notes, *_what_is_left_out(scene)),
        tuple(boxes),
        tuple(arrows),
    )


def _ends_and_steps(answer: OneAnswer) -> tuple[CPLEntryID, CPLEntryID, tuple[CPLEntryID, ...]]:
    match answer:
        case Pathway():
            return answer.installed, answer.target, answer.steps
        case NoPathway():
            return answer.installed, answer.target, answer.way
        case AlreadyThere():
            return answer.installed, answer.installed, ()
        case SeveralTargets():
            ids = ", ".join(map(str, answer.candidates))
            wrong = f"can be any of {ids}, so there is no one pathway to draw"
            raise FirmpathError(Fault("Target", str(answer.reference), wrong, "give the CPL Entry ID"))


def _ends(answer: OneAnswer) -> Iterator[CPLEntryID]:
    """Give the end of a pathway from which nothing leads on, though there is newer firmware."""
    for caution in answer.cautions if isinstance(answer, Pathway) else ():
        if caution.kind is CautionKind.NOTHING_LEADS_ON:
            yield caution.cpl_entry_id


def _roles(answer: OneAnswer, installed: CPLEntryID, target: CPLEntryID) -> dict[CPLEntryID, Role]:
    """Only what is on a pathway looks like it: where there is none, the way that comes nearest has no role."""
    if isinstance(answer, Pathway):
        roles = dict.fromkeys(answer.steps, Role.ON_PATHWAY) | {target: Role.TARGET}
    else:
        roles = {target: Role.NOT_REACHED}
    return roles | {installed: Role.INSTALLED}


def _scene(
    catalogue: Catalogue, installed: CPLEntryID, starts: Set[CPLEntryID], accepted: frozenset[str]
) -> _Scene:
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    notices = tuple(notice for notice in catalogue.notices if notice.notice_id in accepted)
    return _Scene(catalogue, upgrades, find_nearby(upgrades.declared, starts), notices)


def _what_is_shown(scene: _Scene, cpl_entry_id: CPLEntryID) -> str:
    model = scene.catalogue[cpl_entry_id].hardware_model
    found = sorted({scene.catalogue[each].hardware_model.hardware_revision for each in scene.nearby.shown})
    revisions = f"hardware revision{'' if len(found) == 1 else 's'} {' and '.join(found)}"
    hardware = f"{model.device_type} {model.manufacturer_id}/{model.model_id}{model.hardware_version}, {revisions}"
    if scene.nearby.joined == 1:
        return f"No declared upgrade leads here or away from here ({hardware})."
    left_out = f"; only the nearest {len(scene.nearby.shown)} are drawn" if scene.nearby.is_cut else ""
    return f"{scene.nearby.joined} CPL entries of {hardware}, are joined by declared upgrades{left_out}."


def _what_is_left_out(scene: _Scene) -> tuple[str, ...]:
    if not scene.nearby.is_cut:
        return ()
    joined, drawn = scene.nearby.joined, len(scene.nearby.shown)
    return (f"{joined} CPL entries are joined by declared upgrades; only the nearest {drawn} are drawn.",)


def _box(
    scene: _Scene,
    cpl_entry_id: CPLEntryID,
    words: Iterable[str] = (),
    role: Role = Role.NONE,
    is_stone: bool = False,
) -> Box:
    entry = scene.catalogue[cpl_entry_id]
    name = entry.published.firmware_name
    title = f"{cpl_entry_id}  {name}" if name else str(cpl_entry_id)
    kinds = list(_kinds(entry, is_stone))
    closed = scene.upgrades.closed.get(cpl_entry_id)
    ended = (CERTIFICATE_ENDED,) if closed and closed.kind is BarKind.CERTIFICATE_ENDED else ()
    more = (MORE,) if cpl_entry_id in scene.nearby.at_the_rim else ()
    # One shape for each box: the gravest of what it is; the rest is said in words.
    said = (*kinds[1:-1], *ended, *words, *more)
    return Box(cpl_entry_id, (title, str(entry.firmware_version)), kinds[0], said, role)


def _kinds(entry: CPLEntry, is_stone: bool) -> Iterator[BoxKind]:
    if entry.withdrawn_on:
        yield BoxKind.WITHDRAWN
    if entry.dead_end:
        yield BoxKind.DEAD_END
    if is_stone or entry.stepping_stone:
        yield BoxKind.STEPPING_STONE
    if isinstance(entry.base_firmware, NotProvided):
        yield BoxKind.SILENT
    yield BoxKind.PLAIN


def _arrows(scene: _Scene, taken: Collection[Step]) -> Iterator[Arrow]:
    for step in scene.steps:
        bars = scene.upgrades.bars.get(step, ())
        kind = ArrowKind.PATHWAY if step in taken else ArrowKind.DECLARED
        accepted = (f"notice {notice.notice_id} accepted" for notice in scene.notices_on(*step))
        label = ", ".join((*filter(None, map(_bar_label, bars)), *accepted))
        yield Arrow(*step, ArrowKind.BARRED if bars else kind, label)


def _bar_label(bar: Bar) -> str:
    """Say what bars a step, unless one of its two boxes says so."""
    match bar.kind:
        case BarKind.NOTICE:
            return f"notice {bar.notice_id}"
        case BarKind.SKIPS_STEPPING_STONE:
            return f"skips {bar.cpl_entry_id}"
        case _:
            return ""
