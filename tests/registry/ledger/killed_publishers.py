"""Publish, be killed in the middle of it, and look at what is left, over and over: `killed_publishers KILLS SEED`.

Prints, as JSON, how often the kill came in the middle of a publication, and whatever was found half done.
"""

import json
import mmap
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import django

_PUBLISHING, _BETWEEN, _READY = b"p", b"-", b"r"
_LONGEST_PUBLICATIONS = 2.5
"""A kill comes at any instant of so many publications."""


def main(kills: int, seed: int) -> None:
    """Stage submissions, kill publishers, let one more publish to the end, and print what came of it."""
    from django.db import connections

    from tests.registry.ledger.staging import stage

    secas, references = stage(kills * 2)
    chance = random.Random(seed)
    phase = mmap.mmap(-1, 1)
    one_s = _time_of_one(secas, references[:5])
    waiting = list(references[5:])
    outcome: dict[str, Any] = {"in_the_middle": 0, "halves": []}
    for _ in range(kills):
        outcome["in_the_middle"] += _kill_one(
            secas, waiting, phase, chance.uniform(0, _LONGEST_PUBLICATIONS * one_s)
        )
        outcome["halves"] += _halves(waiting)
        waiting = _still_waiting()
        connections.close_all()
    outcome["left"] = len(waiting)
    _publish_all(secas, waiting[:3], phase)
    outcome["then_published"] = outcome["left"] - len(_still_waiting())
    print(json.dumps(outcome))


def _time_of_one(secas: Any, references: Sequence[str]) -> float:
    """Give the seconds that a publication takes, once all that it needs is loaded and nobody interferes."""
    from django.db import connections

    began = [time.perf_counter()]
    for reference in references:
        _publish(secas, reference)
        began.append(time.perf_counter())
    connections.close_all()
    return min(after - before for before, after in pairwise(began))


def _kill_one(secas: Any, references: Sequence[str], phase: mmap.mmap, after_s: float) -> bool:
    """Let a process publish, and kill it; say whether it was in the middle of a publication."""
    phase[:1] = _BETWEEN
    ready_read, ready_write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(ready_write, _READY)
            _publish_all(secas, references, phase)
            signal.pause()
        finally:
            os._exit(1)
    os.read(ready_read, 1)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    was = phase[:1]
    _, status = os.waitpid(child, 0)
    os.close(ready_read)
    os.close(ready_write)
    assert os.WIFSIGNALED(status), f"a publisher ended by itself, with {status}"
    return was == _PUBLISHING


def _publish_all(secas: Any, references: Sequence[str], phase: mmap.mmap) -> None:
    for reference in references:
        phase[:1] = _PUBLISHING
        _publish(secas, reference)
        phase[:1] = _BETWEEN


def _publish(secas: Any, reference: str) -> None:
    from firmpath.registry.ledger.current import current
    from firmpath.registry.submissions.models import Submission
    from firmpath.registry.submissions.publishing import publish
    from firmpath.registry.submissions.rehearsing import rehearse_submission
    from tests.registry.conftest import AT

    submission = Submission.objects.select_related("party").get(reference=reference)
    publish(reference, rehearse_submission(submission, current().register, AT).seen, secas, AT)


def _halves(references: Sequence[str]) -> list[str]:
    """Find which of these submissions are half published, once whoever was at it is certainly through."""
    from firmpath.pathways.facts import EntryPublished
    from firmpath.registry.ledger.append import appending
    from firmpath.registry.submissions.models import Submission, SubmissionEntry, SubmissionEvent
    from firmpath.registry.submissions.status import Happening, Status
    from tests.registry.conftest import AT

    found = []
    with appending(AT) as ledger:
        facts = [each.fact for each in ledger.register.statements]
        recorded = {fact.cpl_entry_id for fact in facts if isinstance(fact, EntryPublished)}
        noted = set(
            SubmissionEvent.objects.filter(what=Happening.PUBLISHED).values_list("submission_id", flat=True)
        )
        for submission in Submission.objects.filter(reference__in=references).prefetch_related("entries"):
            ids = [entry.cpl_entry_id for entry in submission.entries.all()]
            signs = {
                submission.status == Status.PUBLISHED,
                submission.pk in noted,
                *map(recorded.__contains__, ids),
            }
            if len(signs) != 1:
                found.append(f"{submission.reference} is {submission.status}, with entries {ids}")
        issued = SubmissionEntry.objects.filter(cpl_entry_id__isnull=False).values_list("cpl_entry_id", flat=True)
        strays = recorded - {1, 2, *issued}
    return [*found, *(f"CPL entry {each} belongs to no submission" for each in sorted(strays))]


def _still_waiting() -> list[str]:
    from firmpath.registry.submissions.models import Submission
    from firmpath.registry.submissions.status import Status

    return list(
        Submission.objects.filter(status=Status.WITH_SECAS).order_by("pk").values_list("reference", flat=True)
    )


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:3]))
