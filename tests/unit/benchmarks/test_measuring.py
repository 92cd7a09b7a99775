"""Medians, ratios and the order of things; the seconds are made up."""

import gc
import math

from benchmarks.measuring import Figure, Seconds, Spread, ratio, spread, take_turns, timed, without_collection
from benchmarks.table import table_of


def test_tasks_run_in_turn_after_one_round_to_warm_up() -> None:
    ran: list[str] = []
    told: list[str] = []

    def task(name: str, seconds: float) -> Seconds:
        ran.append(name)
        return Seconds(seconds, seconds / 2)

    rounds = take_turns((lambda: task("plain", 2.0), lambda: task("ours", 3.0)), 3, told.append)
    assert ran == ["plain", "ours"] * 4
    assert rounds == [[Seconds(2.0, 1.0), Seconds(3.0, 1.5)]] * 3
    assert told == ["round 1 of 3", "round 2 of 3", "round 3 of 3"]


def test_the_ratio_is_that_of_each_round_by_itself() -> None:
    """A machine that is slow for a whole round leaves the ratio of that round as it is."""
    rounds = [[Seconds(1, 1), Seconds(2, 3)], [Seconds(9, 8), Seconds(18, 24)], [Seconds(1, 1), Seconds(5, 4)]]
    assert ratio(rounds, 1, 0) == (Spread(3.0, 3.0, 3.5), (4, 1))
    assert ratio(rounds, 1, 0, by_clock=True) == (Spread(2.0, 2.0, 3.5), (5, 1))


def test_the_spread_is_the_middle_half() -> None:
    assert spread([5.0, 1.0, 2.0, 3.0, 4.0]) == Spread(3.0, 2.0, 4.0)
    assert spread([7.0]) == Spread(7.0, 7.0, 7.0)


def test_a_task_is_timed_as_often_as_it_is_said_and_its_outcome_let_go() -> None:
    ran: list[int] = []
    seconds = timed(lambda: ran.append(1), 4)()
    assert len(ran) == 4
    assert seconds.clock >= 0
    assert seconds.processor >= 0


def test_collection_is_off_within_a_task_and_on_again_after_it() -> None:
    assert gc.isenabled()
    assert without_collection(gc.isenabled)() is False
    assert gc.isenabled()


def test_the_table_shows_the_limit_beside_each_figure() -> None:
    spread = Spread(1.5, 1.25, 1.75)
    figures = [
        Figure("reading", "register → Catalogue", "json.loads", spread, (3.0, 2.0), 2.0),
        Figure("reading", "register → Catalogue", "the same, twice", spread, (0.003, 0.002), 1.4),
        Figure("asking", "one pathway", "the clock", spread, (0.25, 0.001), 1.0, "ms"),
        Figure("asking", "one pathway", "a walk", spread, (0.25, 0.0005)),
    ]
    assert [figure.is_met for figure in figures] == [True, False, False, True]
    assert figures[-1].limit == math.inf
    assert table_of(figures).splitlines() == [
        "| benchmark | what is measured     | against         | took              | ratio   | middle half "
        "| limit |        |",
        "|-----------|----------------------|-----------------|-------------------|---------|-------------"
        "|-------|--------|",
        "| reading   | register → Catalogue | json.loads      | 3.0 s : 2.0 s     | 1.50 ×  | 1.25–1.75   "
        "| 2 ×   | met    |",
        "| reading   | register → Catalogue | the same, twice | 3000 µs : 2000 µs | 1.50 ×  | 1.25–1.75   "
        "| 1.4 × | MISSED |",
        "| asking    | one pathway          | the clock       | 250 ms : 1000 µs  | 1.50 ms | 1.25–1.75   "
        "| 1 ms  | MISSED |",
        "| asking    | one pathway          | a walk          | 250 ms : 500 µs   | 1.50 ×  | 1.25–1.75   "
        "|       |        |",
    ]
