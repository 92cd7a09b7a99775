"""The benchmarks run, at sizes too small to say anything about speed; no time is asserted anywhere."""

import re
from itertools import pairwise

import pytest

from benchmarks import all_pairs
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.material import dense_family
from benchmarks.plain_search import search_from_every_entry, walk_of_everything
from benchmarks.table import HEADINGS
from firmpath.pathways.all_pairs import AllPairs

SMALL = ("--entries", "200", "--family-entries", "100", "--family-upgrades", "800", "--rounds", "2")


def rows_of(printed: str) -> list[list[str]]:
    lines = [line for line in printed.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_prints_well_formed_figures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([*SMALL, "--only", name])
    captured = capsys.readouterr()
    headings, ruled, *rows = rows_of(captured.out)
    assert headings == list(HEADINGS)
    assert set("".join(ruled)) == {"-"}
    assert rows
    for benchmark, ours, against, took, ratio, spread, limit, verdict in rows:
        assert benchmark == name
        assert ours
        assert against
        assert re.fullmatch(r"\d+(\.\d)? (s|ms|µs) : \d+(\.\d)? (s|ms|µs)", took)
        value, unit = re.fullmatch(r"(\d+\.\d\d) (×|ms|kB)", ratio).groups()  # type: ignore[union-attr]
        low, high = map(float, spread.split("–"))
        assert low <= float(value) <= high
        assert re.fullmatch(rf"\d+(\.\d+)? {unit}", limit) if limit else limit == verdict == ""
        assert verdict in (("met", "MISSED") if limit else ("",))
    missed = sum(row[-1] == "MISSED" for row in rows)
    assert code == (1 if missed else 0)
    noise, verdict = captured.out.splitlines()[-2:]
    assert re.fullmatch(r"Noise: the run took \d+\.\d\d times its processor time .*", noise)
    assert verdict == (f"Limits missed: {missed}." if missed else "Every limit is met.")
    assert captured.err == ""  # progress is for terminals


@pytest.mark.parametrize(
    ("limit", "code", "said"), [(0.0, 1, "Limits missed: 1."), (1e9, 0, "Every limit is met.")]
)
def test_a_missed_limit_is_the_exit_code(
    limit: float, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(all_pairs, "LIMIT", limit)
    assert main([*SMALL, "--only", "all-pairs"]) == code
    assert capsys.readouterr().out.splitlines()[-1] == said


@pytest.mark.parametrize("size", ["99", "-1", "many", "1e5"])
def test_a_size_too_small_to_mean_anything_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main([f"--entries={size}"])
    assert refused.value.code == 2
    assert f"'{size}' is not a whole number of at least 100" in capsys.readouterr().err


def test_what_ours_is_held_against_gives_the_same_answers() -> None:
    successors = dense_family(60, 400)
    ours = AllPairs(successors)
    plain = search_from_every_entry(successors)
    for from_id, found in plain.items():
        for to_id in successors:
            assert found.get(to_id, ours.activations(from_id, to_id)) == ours.activations(from_id, to_id)
            assert (to_id in found) == isinstance(ours.activations(from_id, to_id), int)
    assert walk_of_everything(successors) == set(successors)


@pytest.mark.parametrize(("entries", "upgrades"), [(1_300, 58_000), (100, 800)])
def test_the_dense_family_is_as_large_as_asked_for(entries: int, upgrades: int) -> None:
    successors = dense_family(entries, upgrades)
    assert (len(successors), sum(map(len, successors.values()))) == (entries, upgrades)
    assert all(from_id < to_id for from_id, to_ids in successors.items() for to_id in to_ids)
    assert all(a < b for to_ids in successors.values() for a, b in pairwise(to_ids))
    assert successors == dense_family(entries, upgrades)
