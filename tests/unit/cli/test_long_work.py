"""How far long work is: phases put together, a line now and then, and nothing where nobody wants to hear."""

import io
from itertools import chain, repeat

import pytest

from firmpath.cli.long_work import Lines, LongWork, rate_in_words, time_in_words


def test_phases_add_up_and_never_go_back() -> None:
    shown: list[tuple[str, int, int]] = []
    work = LongWork(
        {"look": 1, "write": 3}, lambda phase, part, rows: shown.append((phase, round(100 * part), rows))
    )
    work.told("look", 0.5)
    work.told("look", 1.0)
    work.counted(7)
    work.told("write", 0.5)
    work.told("write", 0.1)
    work.told("tidy up", 0.5)
    work.told("write", 2.0)
    assert shown == [
        ("look", 12, 0),
        ("look", 25, 0),
        ("write", 62, 7),
        ("write", 62, 7),
        ("tidy up", 62, 7),
        ("write", 100, 7),
    ]


def test_a_line_comes_every_ten_seconds_with_rate_and_time_left() -> None:
    clock = chain((0.0, 4.0, 11.0, 15.0, 30.0), repeat(40.0))
    to = io.StringIO()
    lines = Lines(to, lambda: next(clock), "Devices")
    for part in (0.1, 0.2, 0.3, 0.5, 1.0):
        lines.shown("Writing the plan", part, 3_000_000 if part > 0.2 else 0)
    assert to.getvalue() == (
        "firmpath: Writing the plan: 20%, about 44 s left\n"
        "firmpath: Writing the plan: 50%, 50,000 Devices/s, about 30 s left\n"
    )


def test_what_has_hardly_begun_says_nothing_of_how_long_it_takes() -> None:
    clock = iter((0.0, 10.0, 20.0))
    to = io.StringIO()
    lines = Lines(to, lambda: next(clock), "Devices")
    for part in (0.0001, 0.01):
        lines.shown("Inventing Devices", part, 50_000_000)
    assert to.getvalue() == (
        "firmpath: Inventing Devices: 0%\nfirmpath: Inventing Devices: 1%, 25,000 Devices/s, about 33 min left\n"
    )


def test_a_line_that_would_say_nothing_new_is_not_printed() -> None:
    clock = iter((0.0, 10.0, 20.0, 30.0, 31.0, 41.0, 51.0))
    to = io.StringIO()
    lines = Lines(to, lambda: next(clock), "Devices")
    for phase, part in (("look", 0.001), ("look", 0.002), ("look", 0.3), ("look", 0.4), ("look", 0.302)):
        lines.shown(phase, part, 0)
    lines.shown("write", 0.302, 0)
    assert to.getvalue() == (
        "firmpath: look: 0%\nfirmpath: look: 30%, about 70 s left\nfirmpath: write: 30%, about 2 min left\n"
    )


@pytest.mark.parametrize(
    ("rate", "words"),
    [(0, ""), (7, "7 Devices/s"), (123_456, "120,000 Devices/s"), (2_345_678, "2.3 million Devices/s")],
)
def test_a_rate_has_two_digits_or_so(rate: float, words: str) -> None:
    assert rate_in_words(rate, "Devices") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (89, "89 s"), (150, "2 min"), (3599, "60 min"), (4800, "1 h 20 min")],
)
def test_a_time_is_told_as_people_do(seconds: float, words: str) -> None:
    assert time_in_words(seconds) == words
