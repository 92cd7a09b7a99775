"""How far Spark is with what it is doing, told while it works."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from firmpath.fleet.elsewhere.spark_session import Session
from firmpath.fleet.telling import ToldPart

_TOLD_EVERY_S: Final = 0.25


@contextmanager
def telling(spark: Session, told: ToldPart) -> Iterator[None]:
    """Tell which part of what is run inside is done, from 0 to 1."""
    tracker, ended = spark.sparkContext.statusTracker(), threading.Event()

    def watch() -> None:
        while not ended.wait(_TOLD_EVERY_S):
            told(_part_done(tracker))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
    told(1.0)


def _part_done(tracker: Any) -> float:
    """Give the part of the tasks that are done, of the stages that are under way."""
    stages = [tracker.getStageInfo(each) for each in tracker.getActiveStageIds()]
    done: int = sum(each.numCompletedTasks for each in stages if each)
    tasks: int = sum(each.numTasks for each in stages if each)
    return min(1.0, done / max(1, tasks))
