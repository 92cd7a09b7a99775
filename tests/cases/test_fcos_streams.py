"""The update graphs of a public operating system, and the answers that its maintainers worked out by hand.

Their releases stand for CPL entries: which may be updated to which is known, so are the mandatory stops, and the
fewest updates from each release to the newest.
"""

import itertools
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.pathways.all_pairs import AllPairs
from firmpath.pathways.answers import AlreadyThere, AnswerKind, NoPathway, Pathway
from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceModel, DeviceType, HardwareModel
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    DeadEndMarked,
    EntryPublished,
    Fact,
    SteppingStoneMarked,
)
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerID, ManufacturerImageHash
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import NO_WAY
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.rules.checking import check_catalogue
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.stepping_stones import proof_holds
from firmpath.pathways.upgrades import Upgrades

RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
ON = date(2026, 6, 1)
HARDWARE = HardwareModel(DeviceType.ESME, ManufacturerID("F001"), "0005", "02", "03")

# Releases from which the maintainers know no way to the newest. One of each stream says that it is a dead end.
NO_WAY_TO_NEWEST = {"stable": {}, "testing": {3: AnswerKind.DEAD_END}, "next": {107: AnswerKind.DEAD_END}}


class Stream(NamedTuple):
    """The entries of one stream, and the answers that are known."""

    name: str
    entries: list[dict[str, Any]]
    oldest: CPLEntryID
    newest: CPLEntryID
    barriers: tuple[CPLEntryID, ...]
    fewest_steps: dict[CPLEntryID, int | None]

    def statements(self, *more: Fact) -> list[Statement]:
        """State what the stream says, and then some more."""
        facts = [fact for entry in self.entries for fact in _facts(entry)]
        return [
            Statement(number, RECORDED_AT, _day(fact), "Brackenfell Metering", Channel.IMPORT, fact)
            for number, fact in enumerate([*facts, *more], 1)
        ]

    def catalogue(self, *more: Fact) -> Catalogue:
        """Fold what the stream says, and then some more, after it has been through a register file."""
        return fold(read_register(list(write_register(self.statements(*more)))), ON)


@pytest.fixture(scope="module", params=sorted(NO_WAY_TO_NEWEST))
def stream(request: pytest.FixtureRequest, shared_data: Path) -> Stream:
    file = shared_data / "fcos" / f"{request.param}.json"
    if not file.is_file():
        pytest.skip(f"no {file.name} in {file.parent}")
    written = json.loads(file.read_text(encoding="utf-8"))
    expected = written["expected"]
    fewest = {CPLEntryID(int(each)): steps for each, steps in expected["fewest_steps_to_newest"].items()}
    return Stream(
        request.param,
        written["entries"],
        expected["installed_oldest"],
        expected["target_newest"],
        tuple(expected["marked_barriers"]),
        fewest,
    )


@pytest.fixture(scope="module")
def catalogue(stream: Stream) -> Catalogue:
    return stream.catalogue()


@pytest.fixture(scope="module")
def upgrades(stream: Stream, catalogue: Catalogue) -> Upgrades:
    return catalogue.upgrades(catalogue.family_of(stream.oldest))


def test_there_is_something_to_compare_with(stream: Stream) -> None:
    assert len(stream.entries) == len(stream.fewest_steps) > 150
    assert len(stream.barriers) > 15


def test_stepping_stones_are_the_barriers_that_were_marked_by_hand(
    stream: Stream, catalogue: Catalogue, upgrades: Upgrades
) -> None:
    answer = answer_for(catalogue, stream.oldest, stream.newest, frozenset())
    assert isinstance(answer, Pathway)
    assert tuple(stone.cpl_entry_id for stone in answer.stepping_stones) == stream.barriers
    for stone in answer.stepping_stones:
        assert proof_holds(upgrades.open, stone, stream.oldest, stream.newest)


def test_a_proof_belongs_to_its_stone(stream: Stream, catalogue: Catalogue, upgrades: Upgrades) -> None:
    answer = answer_for(catalogue, stream.oldest, stream.newest, frozenset())
    assert isinstance(answer, Pathway)
    for stone, other in itertools.pairwise(answer.stepping_stones):
        swapped = stone._replace(cpl_entry_id=other.cpl_entry_id)
        assert not proof_holds(upgrades.open, swapped, stream.oldest, stream.newest)


def test_pathways_to_the_newest_have_the_fewest_steps(
    stream: Stream, catalogue: Catalogue, upgrades: Upgrades
) -> None:
    found: dict[CPLEntryID, int | None] = {}
    for installed in stream.fewest_steps:
        match answer_for(catalogue, installed, stream.newest, frozenset()):
            case Pathway(steps):
                assert all(to_id in upgrades.open[from_id] for from_id, to_id in itertools.pairwise(steps))
                found[installed] = len(steps) - 1
            case AlreadyThere():
                found[installed] = 0
            case NoPathway():
                found[installed] = None
    assert found == stream.fewest_steps


def test_where_there_is_no_way_the_reason_is_named(stream: Stream, catalogue: Catalogue) -> None:
    answers = {
        installed: answer_for(catalogue, installed, stream.newest, frozenset()).kind
        for installed, steps in stream.fewest_steps.items()
        if steps is None
    }
    assert answers == NO_WAY_TO_NEWEST[stream.name]


def test_all_pairs_agree(stream: Stream, upgrades: Upgrades) -> None:
    pairs = AllPairs(upgrades.open)
    for installed, steps in stream.fewest_steps.items():
        assert pairs.activations(installed, stream.newest) == (NO_WAY if steps is None else steps)


def test_next_steps_of_all_pairs_lead_along_the_pathway(
    stream: Stream, catalogue: Catalogue, upgrades: Upgrades
) -> None:
    pairs = AllPairs(upgrades.open)
    answer = answer_for(catalogue, stream.oldest, stream.newest, frozenset())
    assert isinstance(answer, Pathway)
    for from_id, to_id in itertools.pairwise(answer.steps):
        assert pairs.next_step(from_id, stream.newest) == to_id


def test_barriers_marked_as_stepping_stones_agree_with_the_declarations(stream: Stream) -> None:
    marked = stream.catalogue(*(SteppingStoneMarked(each, "marked by its maintainers") for each in stream.barriers))
    assert [finding for finding in check_catalogue(marked) if finding.rule == "R45"] == []
    answer = answer_for(marked, stream.oldest, stream.newest, frozenset())
    assert isinstance(answer, Pathway)
    assert answer.cautions == ()
    assert tuple(stone.cpl_entry_id for stone in answer.stepping_stones) == stream.barriers


def test_an_entry_beside_the_barriers_marked_as_one_is_found_out(stream: Stream) -> None:
    """The check before this one can fail: any entry that can be skipped is reported if it is marked."""
    bases = {each: entry["base_cpl_entry_ids"] for entry in stream.entries for each in [entry["cpl_entry_id"]]}
    # An entry that leads on, has a base of its own, and is no barrier.
    skipped = next(
        each
        for each, named in bases.items()
        if named != "N/A" and each not in (*stream.barriers, stream.newest) and _is_named(each, bases)
    )
    marked = stream.catalogue(SteppingStoneMarked(skipped, "marked by mistake"))
    assert [finding.cpl_entry_id for finding in check_catalogue(marked) if finding.rule == "R45"] == [skipped]


def test_the_register_file_says_the_same(stream: Stream, catalogue: Catalogue) -> None:
    assert fold(stream.statements(), ON) == catalogue


def _is_named(cpl_entry_id: CPLEntryID, bases: dict[CPLEntryID, Any]) -> bool:
    return any(named != "N/A" and cpl_entry_id in named for named in bases.values())


def _facts(entry: dict[str, Any]) -> list[Fact]:
    """State one release: its version there is no firmware version here, so the id stands in for it."""
    cpl_entry_id = CPLEntryID(entry["cpl_entry_id"])
    model = DeviceModel(HARDWARE, FirmwareVersion(f"{cpl_entry_id:08X}"))
    named = entry["base_cpl_entry_ids"]
    base = NO_PREVIOUS_VERSION if named == "N/A" else Bases(tuple(sorted(map(CPLEntryID, named))))
    facts: list[Fact] = [
        EntryPublished(cpl_entry_id, model, ManufacturerImageHash(f"{cpl_entry_id:064X}")),
        BaseFirmwareDeclared(cpl_entry_id, base),
    ]
    if entry["dead_end"]:
        facts.append(DeadEndMarked(cpl_entry_id, "its maintainers say so"))
    return facts


def _day(fact: Fact) -> date:
    """Releases follow one another day by day; what is said of them later comes later."""
    if isinstance(fact, EntryPublished | BaseFirmwareDeclared):
        return date(2020, 1, 1) + timedelta(days=fact.cpl_entry_id)
    return date(2025, 1, 1)
