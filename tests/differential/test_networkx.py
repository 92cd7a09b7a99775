"""On graphs of 30 to 60 entries, networkx stands in for the plain engine, which tries everything."""

import itertools
from random import Random

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from firmpath.pathways.all_pairs import AllPairs
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NoWay, find_alternatives, find_best
from firmpath.pathways.stepping_stones import find_stepping_stones, proof_holds
from firmpath.pathways.stranded import find_cycles
from firmpath.pathways.upgrades import Upgrades
from tests.notation import catalogue

FEWER = settings(max_examples=max(25, settings().max_examples // 4))
MOST_ALTERNATIVES = 12


@st.composite
def larger_graphs(draw: st.DrawFn) -> Upgrades:
    """Draw the upgrades of one HardwareModel: long or bushy, with bottlenecks, and at times with steps back."""
    random = Random(draw(st.integers(0, 2**32)))
    count, span = random.randint(30, 60), random.choice((2, 4, 12, 60))
    steps_back = random.choice((0, 0, 0.05))
    parts = ["1"]
    for entry in range(2, count + 1):
        near = range(max(1, entry - span), entry)
        bases = set(random.sample(near, min(len(near), random.choice((1, 1, 2, 3)))))
        if random.random() < steps_back:
            bases.add(random.randint(1, count))
        parts.append(f"{', '.join(map(str, sorted(bases)))} <- {entry}")
    listed = catalogue(" ; ".join(parts))
    (family,) = listed.families
    return listed.upgrades(family)


def as_graph(upgrades: Upgrades) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(upgrades.open)
    graph.add_edges_from((from_id, to_id) for from_id, to_ids in upgrades.open.items() for to_id in to_ids)
    return graph


@FEWER
@given(larger_graphs())
def test_stones_are_the_dominators(upgrades: Upgrades) -> None:
    graph = as_graph(upgrades)
    for installed in (CPLEntryID(1), CPLEntryID(2), CPLEntryID(7)):
        dominators = nx.immediate_dominators(graph, installed)
        for target in nx.descendants(graph, installed):
            steps = find_best(upgrades, installed, CPLEntryID(target))
            assert not isinstance(steps, NoWay)
            stones = find_stepping_stones(upgrades.open, steps)
            assert [stone.cpl_entry_id for stone in stones] == between(dominators, installed, target)
            for stone in stones:
                assert proof_holds(upgrades.open, stone, installed, CPLEntryID(target))


def between(dominators: dict[int, int], installed: int, target: int) -> list[int]:
    found: list[int] = []
    above = dominators[target]
    while above != installed:
        found.insert(0, above)
        above = dominators[above]
    return found


@FEWER
@given(larger_graphs())
def test_lengths_are_the_shortest(upgrades: Upgrades) -> None:
    graph, pairs = as_graph(upgrades), AllPairs(upgrades.open)
    for from_id, lengths in nx.all_pairs_shortest_path_length(graph):
        for to_id in pairs.ids:
            activations = pairs.activations(CPLEntryID(from_id), to_id)
            assert (None if isinstance(activations, NoWay) else activations) == lengths.get(to_id)


@FEWER
@given(larger_graphs())
def test_the_best_of_the_shortest_has_the_lowest_ids(upgrades: Upgrades) -> None:
    graph, pairs = as_graph(upgrades), AllPairs(upgrades.open)
    for installed in (1, 3, 11):
        for target in sorted(nx.descendants(graph, installed))[::5]:
            expected = tuple(min(nx.all_shortest_paths(graph, installed, target)))
            assert find_best(upgrades, CPLEntryID(installed), CPLEntryID(target)) == expected
            assert pairs.next_step(CPLEntryID(installed), CPLEntryID(target)) == expected[1]


@FEWER
@given(larger_graphs())
def test_alternatives_come_shortest_first_and_lowest_ids_first(upgrades: Upgrades) -> None:
    graph = as_graph(upgrades)
    target = max(nx.descendants(graph, 1), default=1)
    found = find_alternatives(upgrades, CPLEntryID(1), CPLEntryID(target), MOST_ALTERNATIVES)
    assert list(found) == shortest_first(graph, 1, target)


def shortest_first(graph: "nx.DiGraph[int]", installed: int, target: int) -> list[tuple[int, ...]]:
    """Take whole groups of equal length until there are enough, so that the ids can decide within each."""
    ranked: list[tuple[int, ...]] = []
    for _, group in itertools.groupby(nx.shortest_simple_paths(graph, installed, target), key=len):
        alike = list(itertools.islice(group, 2_000))
        assume(len(alike) < 2_000)
        ranked += sorted(map(tuple, alike))
        if len(ranked) >= MOST_ALTERNATIVES:
            break
    return ranked[:MOST_ALTERNATIVES]


@FEWER
@given(larger_graphs())
def test_there_is_one_cycle_for_each_knot(upgrades: Upgrades) -> None:
    graph = as_graph(upgrades)
    knots = sorted(sorted(knot) for knot in nx.strongly_connected_components(graph) if len(knot) > 1)
    cycles = find_cycles(upgrades.declared)
    assert [cycle[0] for cycle in cycles] == [knot[0] for knot in knots]
    for cycle, knot in zip(cycles, knots, strict=True):
        assert cycle[0] == cycle[-1]
        assert set(cycle) <= set(knot)
        nearest = min(nx.shortest_path_length(graph, to_id, cycle[0]) for to_id in graph[cycle[0]] if to_id in knot)
        assert len(cycle) == nearest + 2
