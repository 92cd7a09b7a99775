"""The engine's plan against the core's own answers, Device by Device, on invented fleets with every trap."""

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from firmpath.fleet.inventing import invent_fleet
from firmpath.invented.cpl import invented_rows
from firmpath.pathways.answers import AlreadyThere, Answer, CandidatesAgree, NoPathway, Pathway
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.reference import ByID, ByModelAndVersion, Newest, find_candidates, parse_reference
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from firmpath.tables.writing import write_csv
from tests.fleet.planning_here import make, rows_of
from tests.notation import ON

DEVICES = 20_000


@pytest.fixture(scope="module", params=[1, 2, 3])
def cpl(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Invent a CPL."""
    file = tmp_path_factory.mktemp("cpl") / "cpl.csv"
    write_csv(file, invented_rows(300, request.param))
    return fold(statements_from_table(read_table(file), "Invented"), ON)


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize("by", ["cpl_entry_id", "model"])
def test_every_device_has_what_the_core_says(cpl: Catalogue, tmp_path: Path, form: str, by: str) -> None:
    whole, inventory = tmp_path / f"whole.{form}", tmp_path / f"inventory.{form}"
    invent_fleet(cpl, DEVICES, 7, whole, form, True, lambda part: None)
    columns = "cpl_entry_id" if by == "cpl_entry_id" else "device_type, manufacturer_id, model, firmware_version"
    duckdb.sql(f"COPY (SELECT device_id, {columns} FROM '{whole}') TO '{inventory}'")
    rows = make(cpl, inventory).rows
    inventory_rows = rows_of(f"SELECT device_id, {columns} FROM '{inventory}'")
    assert len(rows) == len(inventory_rows) == DEVICES
    times = Counter(each[0] for each in inventory_rows)
    answers: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    wrong = []
    for row, (device_id, *reading) in zip(rows, inventory_rows, strict=True):
        key = tuple(map(str, reading))
        if key not in answers:
            answers[key] = plainly(cpl, key)
        expected = answers[key]
        if device_id == "not an ID":
            expected = ("malformed", None, None, 0)
        elif times[device_id] > 1:
            expected = ("duplicate_device_id", None, None, 0)
        found = (row["status"], row["target"], row["next_entry"], row["remaining_steps"])
        if found != expected:
            wrong.append((device_id, key, found, expected))
    assert not wrong, wrong[:5]
    assert {"pathway", "malformed", "duplicate_device_id"} < {row["status"] for row in rows}


def plainly(cpl: Catalogue, reading: tuple[str, ...]) -> tuple[Any, ...]:
    """Ask the core as the command line does, and read the plan off its answer."""
    written = reading[0] if len(reading) == 1 else f"{reading[1]}/{reading[2]}@{reading[3]}"
    try:
        reference = parse_reference(written)
    except FirmpathError:
        return ("malformed", None, None, 0)
    candidates = find_candidates(cpl, reference)
    if isinstance(reference, ByModelAndVersion):
        narrowed = [each for each in candidates if cpl[each].hardware_model.device_type == reading[0]]
        if len(narrowed) == 1 < len(candidates):
            return told(ask(cpl, ByID(narrowed[0]), Newest()))
        assert len(narrowed) == len(candidates), "not an invented trap so far"
    return told(ask(cpl, reference, Newest()))


def told(answer: Answer) -> tuple[Any, ...]:
    """Read the status, target, next entry and steps off an answer."""
    several = isinstance(answer, CandidatesAgree)
    one = answer.shared if isinstance(answer, CandidatesAgree) else answer
    match one:
        case Pathway():
            return ("pathway", one.target, one.next_step, len(one.steps) - 1)
        case AlreadyThere():
            return ("already_there", None if several else one.installed, None, 0)
        case NoPathway():
            return (one.kind.value, one.target, None, 0)
    return (answer.kind.value, None, None, 0)
