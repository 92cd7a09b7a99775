"""Many who publish at once, in threads and processes, while others read: `publishers PROCESSES THREADS EACH`.

Prints, as JSON, what each of them was given and saw.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import django

PROCESSES, THREADS, EACH = map(int, sys.argv[1:4]) if __name__ == "__main__" else (0, 0, 0)
READERS = 2


def main() -> None:
    """Stage the submissions, let everybody loose, and print what came of it."""
    from tests.registry.ledger.staging import stage

    secas, references = stage(PROCESSES * THREADS * EACH)
    shares = [references[each::PROCESSES] for each in range(PROCESSES)]
    begin_read, begin_write = os.pipe()
    results = [
        _forked(partial(_process, secas, number, share), begin_read, begin_write)
        for number, share in enumerate(shares)
    ]
    os.close(begin_write)  # the starting shot
    told = [json.loads(_all_of(result)) for result in results]
    for _ in shares:
        os.wait()
    print(json.dumps(told))


def _forked(work: Callable[[], Any], begin_read: int, begin_write: int) -> int:
    """Do work in a process of its own, once the starting shot is heard; give where its result comes from."""
    result_read, result_write = os.pipe()
    if os.fork():
        os.close(result_write)
        return result_read
    code = 1
    try:
        os.close(begin_write)
        os.read(begin_read, 1)
        with open(result_write, "w") as result:
            json.dump(work(), result)
        code = 0
    finally:
        os._exit(code)


def _all_of(descriptor: int) -> str:
    with open(descriptor) as file:
        return file.read()


def _process(secas: Any, number: int, references: Sequence[str]) -> dict[str, Any]:
    """Publish in many threads; in the first two processes somebody reads meanwhile."""
    done = threading.Event()
    gate = threading.Barrier(THREADS)
    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(THREADS) as writers:
        read = reader.submit(_read_until, done) if number < READERS else None
        publish = partial(_publish, secas, gate)
        shares = [references[each::THREADS] for each in range(THREADS)]
        try:
            published = [each for share in writers.map(publish, shares) for each in share]
        finally:
            done.set()
        return {"published": published, "seen": read.result() if read else []}


def _publish(secas: Any, gate: threading.Barrier, references: Sequence[str]) -> list[list[Any]]:
    """Publish each as a reviewer does: look at what it would do, then publish what was seen."""
    from firmpath.registry.ledger.current import current
    from firmpath.registry.submissions.models import Submission
    from firmpath.registry.submissions.publishing import publish
    from firmpath.registry.submissions.rehearsing import rehearse_submission
    from tests.registry.conftest import AT

    gate.wait()
    given = []
    for reference in references:
        submission = Submission.objects.select_related("party").get(reference=reference)
        seen = rehearse_submission(submission, current().register, AT).seen
        published = publish(reference, seen, secas, AT)
        given.append([reference, list(published.entries.values_list("cpl_entry_id", flat=True))])
    return given


def _read_until(done: threading.Event) -> list[tuple[int, str]]:
    """Read the register over and over, and give each head that was seen."""
    from firmpath.registry.ledger.current import current

    seen = [(0, "")]
    while not done.is_set():
        head = current()
        assert len(head.register.statements) == head.number
        if head.number != seen[-1][0]:
            seen.append((head.number, head.chain))
    return seen[1:]


if __name__ == "__main__":
    django.setup()
    main()
