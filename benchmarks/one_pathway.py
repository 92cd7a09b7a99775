"""One question to a large Catalogue: the first about a family, and one about a family asked about before."""

import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, Seconds, Timed, ratio, spread, take_turns, timed
from benchmarks.plain_search import walk_of_everything
from benchmarks.settings import Settings
from firmpath.pathways.answers import AnswerKind
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByID
from firmpath.pathways.register_reader import read_register

NAME = "pathway"
LIMIT_MS: Final = 1.0
_MOST_QUESTIONS: Final = 1_000

Questions = Sequence[tuple[ByID, ByID]]


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure each question by itself; the value of a round is the median of its questions."""
    catalogue = fold(read_register(settings.material.lines(settings.entries)), ON)
    questions = find_questions(catalogue)
    declared = {
        cpl_entry_id: to_ids
        for family in catalogue.families
        for cpl_entry_id, to_ids in catalogue.upgrades(family).declared.items()
    }
    tasks = timed(lambda: walk_of_everything(declared)), *_asking(catalogue, questions)
    rounds = take_turns(tasks, settings.rounds(15), settings.progress)
    for task, which in ((1, "first of its family"), (2, "of a family asked before")):
        what = f"one pathway among {settings.entries:,} entries, {which}"
        taken = [each[task].clock * 1000 for each in rounds]
        value, took = ratio(rounds, task, 0)
        yield Figure(NAME, what, "the clock", spread(taken), (took[0], LIMIT_MS / 1000), LIMIT_MS, "ms")
        yield Figure(NAME, what, "one plain walk over every declared upgrade", value, took)
    alone = "the very first question of all, which sorts the entries into families"
    yield Figure(NAME, alone, "one plain walk over every declared upgrade", *ratio(rounds, 3, 0))


def find_questions(catalogue: Catalogue) -> Questions:
    """Give, for each family that has a pathway from its oldest entry, that entry and the last it can come to."""
    questions = []
    for ids in catalogue.families.values():
        target = _last_target(catalogue, ids)
        if target != ids[0]:
            questions.append((ByID(ids[0]), ByID(target)))
        if len(questions) == _MOST_QUESTIONS:
            break
    return questions


def _last_target(catalogue: Catalogue, ids: Sequence[CPLEntryID]) -> CPLEntryID:
    for target in reversed(ids[1:]):
        if ask(catalogue, ByID(ids[0]), ByID(target)).kind is AnswerKind.PATHWAY:
            return target
    return ids[0]


def _asking(catalogue: Catalogue, questions: Questions) -> tuple[Timed, Timed, Timed]:
    """Give what asks the questions of a new Catalogue, then again of the same one; and what asks a new one once."""

    def new() -> Catalogue:
        return Catalogue(catalogue.as_at, catalogue.entries, catalogue.notices, catalogue.ahead)

    asked = [new()]

    def first() -> Seconds:
        asked[0] = new()
        asked[0].families  # noqa: B018  # sorting the entries into families is measured by itself
        return _median_question(asked[0], questions)

    def again() -> Seconds:
        return _median_question(asked[0], questions)

    return first, again, timed(lambda: ask(new(), *questions[0]))


def _median_question(catalogue: Catalogue, questions: Questions) -> Seconds:
    taken = []
    for installed, target in questions:
        clock, processor = time.perf_counter(), time.process_time()
        ask(catalogue, installed, target)
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return Seconds(*(median(each) for each in zip(*taken, strict=True)))
