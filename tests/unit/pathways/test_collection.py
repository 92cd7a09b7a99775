"""Pausing garbage collection: it goes on as soon as nobody is left who paused it, and no sooner."""

import gc
from collections.abc import Iterator
from threading import Barrier, Event, Thread

import pytest

from firmpath.pathways.collection import collection_paused


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Leave garbage collection as it was, whatever a test does."""
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


def test_collection_pauses_and_goes_on() -> None:
    with collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_goes_on_after_an_exception() -> None:
    with pytest.raises(LookupError), collection_paused():
        raise LookupError
    assert gc.isenabled()


def test_collection_goes_on_only_when_the_outermost_is_done() -> None:
    with collection_paused():
        with collection_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    gc.disable()
    with collection_paused():
        pass
    assert not gc.isenabled()


def test_what_others_have_frozen_stays_frozen() -> None:
    gc.freeze()
    count = gc.get_freeze_count()
    try:
        with collection_paused():
            pass
        assert gc.get_freeze_count() == count > 0
    finally:
        gc.unfreeze()


def test_collection_goes_on_only_when_the_last_of_several_threads_is_done() -> None:
    """The first to come leaves while the second is still at it, which would find collection switched on."""
    second_is_in, first_is_out = Event(), Event()
    seen: list[bool] = []

    def second() -> None:
        with collection_paused():
            second_is_in.set()
            first_is_out.wait(10)
            seen.append(gc.isenabled())

    thread = Thread(target=second)
    with collection_paused():
        thread.start()
        assert second_is_in.wait(10)
    first_is_out.set()
    thread.join()
    assert seen == [False]
    assert gc.isenabled()


def test_collection_is_on_after_many_threads_have_paused_it_at_once() -> None:
    barrier = Barrier(8)

    def pause_often() -> None:
        barrier.wait()
        for _ in range(300):
            with collection_paused():
                pass

    threads = [Thread(target=pause_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
