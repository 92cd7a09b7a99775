"""A batch of 10,000 questions to the served register, by the time of its processor."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Final

from benchmarks.material import ON
from benchmarks.measuring import Figure, spread
from benchmarks.served.register import Caller, prepare, serving
from benchmarks.settings import Settings
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByID, Newest
from firmpath.pathways.register_reader import read_register

NAME = "api-batch"
FIRST_LIMIT: Final = 2.0
AGAIN_LIMIT: Final = 2.0
_ENTRIES: Final = 20_000
_QUESTIONS: Final = 10_000
_TIMES: Final = 20
"""Batches that are asked again in a round: the processor's time is told in hundredths of a second."""


def measure(settings: Settings) -> Iterator[Figure]:
    """Measure the first batch after the start, and the same one again; each question is another one."""
    entries = min(_ENTRIES, settings.entries)
    folder = settings.material.folder / "served-batch"
    token = prepare(folder, settings.material.register(entries))
    catalogue = fold(read_register(settings.material.lines(entries)), ON)
    ids = _asked(list(catalogue.entries))
    body = json.dumps({"questions": [{"installed": str(each)} for each in ids]}).encode()
    rounds = []
    for number in range(1, settings.rounds(5) + 1):
        settings.progress(f"round {number}")
        with serving(folder, token) as served:
            caller, request = served.connect(), served.request("/api/v1/pathways/batch", body)
            first, answer = _processor_time(served.processor_s, caller, request, 1)
            again, _ = _processor_time(served.processor_s, caller, request, _TIMES)
            caller.close()
        rounds.append((first, _time_of(lambda: _ask_all(catalogue, ids)), again, _time_of_json(body, answer)))
    asking = "ask for each, of a new Catalogue"
    yield _figure("the first time", asking, [each[:2] for each in rounds], FIRST_LIMIT)
    plain = "json.loads and json.dumps of the same bytes"
    yield _figure("asked before", plain, [each[2:] for each in rounds], AGAIN_LIMIT)


def _figure(when: str, against: str, pairs: Sequence[tuple[float, ...]], limit: float) -> Figure:
    ours, other = (median(each) for each in zip(*pairs, strict=True))
    what = f"a batch of {_QUESTIONS:,} questions, {when}: {_QUESTIONS / ours:,.0f} a second and core"
    return Figure(NAME, what, against, spread([a / b for a, b in pairs]), (ours, other), limit)


def _asked(ids: list[CPLEntryID]) -> list[CPLEntryID]:
    """Take entries from all over the CPL, each once where there are enough."""
    step = max(1, len(ids) // _QUESTIONS)
    return (ids[::step] * _QUESTIONS)[:_QUESTIONS]


def _processor_time(used_s: Callable[[], float], caller: Caller, request: bytes, times: int) -> tuple[float, bytes]:
    before, answer = used_s(), b""
    for _ in range(times):
        answer = caller.ask(request)
    return (used_s() - before) / times, answer.partition(b"\r\n\r\n")[2]


def _ask_all(catalogue: Catalogue, ids: Sequence[CPLEntryID]) -> None:
    new = Catalogue(catalogue.as_at, catalogue.entries, catalogue.notices, catalogue.ahead)
    for each in ids:
        ask(new, ByID(each), Newest())


def _time_of_json(body: bytes, answer: bytes) -> float:
    answered = json.loads(answer)
    assert len(answered["answers"]) == _QUESTIONS
    return _time_of(lambda: (json.loads(body), json.dumps(answered, ensure_ascii=False)))


def _time_of(task: Callable[[], object]) -> float:
    began = time.process_time()
    task()
    return time.process_time() - began
