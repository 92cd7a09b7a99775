"""The engine's plan against the core's own answers, Device by Device, on invented fleets with every trap.

What an inventory says is looked up here in the plainest way: every entry is tried against every column.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from firmpath.fleet.inventing import invent_fleet
from firmpath.fleet.planned import STATUSES, Question
from firmpath.pathways.answers import AlreadyThere, CandidatesAgree, CandidatesDisagree, NoPathway, Pathway
from firmpath.pathways.ask import answer_together, ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByID, Newest
from firmpath.pathways.register_reader import read_register
from tests.fleet.planning_here import make, rows_of
from tests.functional.running import run_apart
from tests.notation import ON

DEVICES = 16_000
SEEDS = (1, 2, 3)
MODEL = "manufacturer_id, model, firmware_version"
UNKNOWN = "firmware that is not on the CPL"
INVENTORIES = {
    "ids": "device_id, cpl_entry_id",
    "ids, not always": "device_id, CASE WHEN hash(device_id) % 3 > 0 THEN cpl_entry_id END AS cpl_entry_id",
    "models": f"device_id, device_type, {MODEL}",
    "models without types": f"device_id, {MODEL}",
    UNKNOWN: "device_id, manufacturer_id, model, CASE WHEN hash(device_id) % 5 = 0 THEN 'FFFFFFFF' "
    "ELSE firmware_version END AS firmware_version",
    "models and some hashes": f"device_id, {MODEL}, CASE WHEN hash(device_id) % 3 = 0 THEN hash END AS hash",
    "hashes": "device_id, hash",
    "ids that are contradicted": "device_id, cpl_entry_id, CASE WHEN hash(device_id) % 7 = 0 THEN 'PPMID' "
    "ELSE device_type END AS device_type",
    "ids and models, neither always": "device_id, CASE WHEN hash(device_id) % 2 = 0 THEN cpl_entry_id END AS "
    "cpl_entry_id, CASE WHEN hash(device_id) % 3 > 0 THEN manufacturer_id END AS manufacturer_id, model, "
    "firmware_version",
}
SAYS: Mapping[str, Callable[[CPLEntry], str]] = {
    "cpl_entry_id": lambda entry: str(entry.cpl_entry_id),
    "device_type": lambda entry: entry.hardware_model.device_type.value,
    "manufacturer_id": lambda entry: entry.hardware_model.manufacturer_id,
    "model": lambda entry: entry.hardware_model.model,
    "firmware_version": lambda entry: str(entry.firmware_version),
    "hash": lambda entry: entry.manufacturer_image_hash,
}
NAMED_BY = (("cpl_entry_id",), tuple(MODEL.split(", ")), ("hash",))
"""What names firmware, the first that is there; all else has to agree with it."""


class Expected(NamedTuple):
    """What a row of the plan has to say; `reason` is how it begins."""

    status: str
    installed: int | None = None
    candidates: str | None = None
    target: int | None = None
    next_entry: int | None = None
    remaining_steps: int = 0
    reason: str = ""


@pytest.fixture(scope="module", params=SEEDS)
def cpl(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Invent a CPL with everything in it: silence, twins, marks, notices, withdrawals, gaps."""
    return invented_cpl(tmp_path_factory.mktemp("cpl"), request.param)


def invented_cpl(folder: Path, seed: int) -> Catalogue:
    file = folder / "cpl.register"
    run_apart("generate", "--entries", 300, "--seed", seed, "--out", file)
    return fold(read_register(file.read_text(encoding="utf-8").splitlines()), ON)


def invent(cpl: Catalogue, folder: Path, which: str, form: str) -> Path:
    """Invent an inventory with the columns of one kind, which says nothing that the CPL does not know."""
    whole, inventory = folder / "whole.parquet", folder / f"inventory.{form}"
    invent_fleet(cpl, DEVICES, 7, whole, "parquet", True, lambda part: None)
    hashes = [(int(each), entry.manufacturer_image_hash) for each, entry in cpl.entries.items()]
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE hashes (cpl_entry_id BIGINT, hash VARCHAR)")
        engine.executemany("INSERT INTO hashes VALUES (?, ?)", hashes)
        rows = f"SELECT {INVENTORIES[which]} FROM '{whole}' LEFT JOIN hashes USING (cpl_entry_id)"
        engine.execute(f"COPY ({rows} ORDER BY device_id) TO '{inventory}'")
    return inventory


@pytest.mark.parametrize(
    ("which", "form"), [*((which, "parquet") for which in INVENTORIES), ("ids", "csv"), (UNKNOWN, "csv")]
)
def test_every_device_has_what_the_core_says(cpl: Catalogue, tmp_path: Path, form: str, which: str) -> None:
    statuses = check(cpl, invent(cpl, tmp_path, which, form), Question())
    assert {"pathway", "malformed", "duplicate_device_id"} < statuses


def test_so_it_is_under_targets_exclusions_and_accepted_notices(cpl: Catalogue, tmp_path: Path) -> None:
    inventory = invent(cpl, tmp_path, "ids", "parquet")
    ids = sorted(cpl.entries)
    excluded = cpl.excluding(ids[::9])
    targets = {
        entry.hardware_model: each
        for each, entry in cpl.entries.items()
        if each % 3 and each not in excluded.upgrades(excluded.family_of(each)).closed
    }
    accepted = frozenset(notice.notice_id for notice in cpl.notices)
    seen = check(cpl, inventory, Question(targets))
    seen |= check(excluded, inventory, Question(targets, accepted))
    seen |= check(excluded, inventory, Question(None, accepted))
    assert {"no_target", "pathway_closed", "nobody_has_said"} < seen


def test_every_status_comes_up(tmp_path: Path) -> None:
    """What is compared above has all the answers in it, but for those that ask for more than an inventory."""
    seen: set[str] = set()
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        cpl = invented_cpl(folder, seed)
        seen |= {row["status"] for row in make(cpl, invent(cpl, folder, UNKNOWN, "csv")).rows}
    assert set(STATUSES) - seen <= {
        "unknown_target",
        "other_hardware",
        "no_target",
        "no_region",
        "not_commissioned",
        "pathway_closed",
    }


def expect(
    cpl: Catalogue, headings: Sequence[str], inventory_rows: Sequence[tuple[Any, ...]], question: Question
) -> Iterator[Expected]:
    """Give what a plan has to say of each row: a Device ID, then what it runs under the headings."""
    times = Counter(row[0] for row in inventory_rows)
    known: dict[tuple[str, ...], Expected] = {}
    for device_id, *reading in inventory_rows:
        key = tuple("" if each is None else str(each) for each in reading)
        if device_id == "not an ID":
            yield Expected("malformed", reason="device_id")
        elif times[device_id] > 1:
            yield Expected("duplicate_device_id", reason=f"in {times[device_id]} rows")
        else:
            if key not in known:
                known[key] = plainly(cpl, dict(zip(headings, key, strict=True)), question)
            yield known[key]


def check(cpl: Catalogue, inventory: Path, question: Question) -> set[str]:
    """Hold each row of a plan against the core; give the statuses that came up."""
    made = make(cpl, inventory, question)
    headings = [row[0] for row in rows_of(f"DESCRIBE FROM '{inventory}'")]
    inventory_rows = rows_of(f"FROM '{inventory}'")
    assert len(made.rows) == len(inventory_rows) == DEVICES
    wrong = []
    expecting = zip(inventory_rows, expect(cpl, headings[1:], inventory_rows, question), strict=True)
    for row, ((device_id, *reading), expected) in zip(made.rows, expecting, strict=True):
        found = Expected(**{each: row[each] for each in Expected._fields} | {"reason": row["reason"] or ""})
        by_row = expected.status in ("malformed", "duplicate_device_id")
        said = found._replace(reason=expected.reason if found.reason.startswith(expected.reason) else found.reason)
        if (said._replace(installed=None, candidates=None) if by_row else said) != expected:
            wrong.append((device_id, reading, found, expected))
    assert not wrong, wrong[:5]
    return {row["status"] for row in made.rows}


def plainly(cpl: Catalogue, reading: Mapping[str, str], question: Question) -> Expected:
    """Try every entry against what a reading says, and ask the core for each that it can mean."""
    given = {name: each for name, each in reading.items() if each}
    if given.get("firmware_version") == "unknown":
        return Expected("malformed", reason="firmware_version")
    named_by = next((by for by in NAMED_BY if set(by) <= given.keys()), None)
    if named_by is None:
        there = (by for by in (MODEL.split(", "), ["cpl_entry_id"], ["hash"]) if set(by) <= reading.keys())
        empty = ", ".join(each for each in next(there) if each not in given)
        return Expected("malformed", reason=empty.replace("hash", "manufacturer_image_hash"))
    candidates = alike(cpl, given)
    if not candidates:
        contradicted = alike(cpl, {name: given[name] for name in named_by})
        return Expected("unknown_device", reason="contradicted by " if contradicted else "not on the CPL")
    targets = [target_of(cpl, each, question) for each in candidates]
    asked = [
        ask(cpl, ByID(each), target, question.accepted)
        for each, target in zip(candidates, targets, strict=True)
        if target is not None
    ]
    one = candidates[0] if len(candidates) == 1 else None
    several = None if one else "; ".join(map(str, candidates))
    if len(asked) < len(candidates):
        return Expected("no_target", one, several)
    answer = answer_together(ByID(candidates[0]), tuple(candidates), asked)  # type: ignore[arg-type]
    shared = answer.shared if isinstance(answer, CandidatesAgree) else answer
    base = Expected(answer.kind.value, one, several)
    match shared:
        case Pathway():
            return base._replace(
                target=shared.target, next_entry=shared.next_step, remaining_steps=len(shared.steps) - 1
            )
        case AlreadyThere():
            return base._replace(target=one)
        case NoPathway():
            return base._replace(target=shared.target)
        case CandidatesDisagree():
            return base._replace(reason=f"settled by {what_settles(cpl, candidates)}")
    return base


def alike(cpl: Catalogue, given: Mapping[str, str]) -> list[CPLEntryID]:
    """Give every entry of which all that is given is true."""
    return [
        each for each, entry in cpl.entries.items() if all(SAYS[n](entry) == value for n, value in given.items())
    ]


def target_of(cpl: Catalogue, installed: CPLEntryID, question: Question) -> ByID | Newest | None:
    if question.targets is None:
        return Newest()
    target = question.targets.get(cpl[installed].hardware_model)
    return ByID(target) if target else None


def what_settles(cpl: Catalogue, candidates: list[CPLEntryID]) -> str:
    """Name the first column in which no two candidates are alike."""
    for name, column in (("device_type", "device_type"), ("hash", "manufacturer_image_hash")):
        if len({SAYS[name](cpl[each]) for each in candidates}) == len(candidates):
            return column
    return "cpl_entry_id"
