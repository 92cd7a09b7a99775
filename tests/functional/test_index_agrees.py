"""An answer by the index is the answer of the whole catalogue, in every word of it."""

import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import ANY_ENTRY, NoticeExtended, NoticeOpened, NoticeStep
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import Newest, parse_target
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from tests.functional.conftest import Firmpath
from tests.notation import ON, statements

ENTRIES, SEED = 150, 7
SAMPLED = 120


@pytest.fixture
def invented(firmpath: Firmpath, tmp_path: Path) -> Path:
    path = tmp_path / "invented.register"
    firmpath("generate", "--entries", ENTRIES, "--seed", SEED, "--out", path)
    return path


def questions(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Give pairs of every sort: neighbours in a family, any two, by hash, by version, and to the newest."""
    chance = random.Random(SEED)
    ids = list(catalogue.entries)
    for family in catalogue.families.values():
        yield from ((str(from_id), str(to_id)) for from_id, to_id in pairwise(sorted(family)))
    for _ in range(SAMPLED):
        yield str(chance.choice(ids)), str(chance.choice([*ids, "newest"]))
    for each in chance.sample(ids, 30):
        entry, target = catalogue[each], chance.choice(catalogue.families[catalogue.family_of(each)])
        yield entry.manufacturer_image_hash, str(target)
        yield f"{entry.hardware_model}@{entry.firmware_version}", "newest"
    yield "999999", str(ids[0])


@pytest.mark.usefixtures("later")
def test_answer_by_the_index_is_that_of_the_whole_catalogue(invented: Path, firmpath: Firmpath) -> None:
    catalogue = fold(read_register(invented.read_text(encoding="utf-8").splitlines()), ON)
    kinds = set()
    for installed, target in dict.fromkeys(questions(catalogue)):
        printed = firmpath("path", installed, target, "--cpl", invented, "--on", ON, "--json")
        reference = parse_target(installed)
        assert not isinstance(reference, Newest)
        whole = answer_json(catalogue, ask(catalogue, reference, parse_target(target)))
        assert printed.json == json.loads(json.dumps(whole)), (installed, target)
        kinds.add(whole["answer"])
    assert {"pathway", "already_there", "other_hardware", "nobody_has_said", "unknown_device"} <= kinds


FAMILIES = "1 <- 2; 10 <- 11; 10 model=0006; 11 model=0006; 98 model=0007; 99 model=0008"


def step(from_id: int, to_id: int) -> NoticeStep:
    return NoticeStep(CPLEntryID(from_id), CPLEntryID(to_id))


def opened(*steps: NoticeStep, fixed_in: int = 99) -> NoticeOpened:
    return NoticeOpened("N1", "Key store", "Wait for it.", steps, fixed_in=CPLEntryID(fixed_in))


NOTICES: dict[str, list[tuple[NoticeOpened | NoticeExtended, int]]] = {
    "opened": [(opened(step(1, 2)), 0)],
    "from any": [(opened(NoticeStep(ANY_ENTRY, CPLEntryID(2))), 0)],
    "extended": [(opened(step(10, 11)), 0), (NoticeExtended("N1", (step(1, 2),)), 0)],
    "corrected steps": [(opened(step(10, 11)), 0), (opened(step(1, 2)), 1)],
    "corrected end": [(opened(step(1, 2)), 0), (opened(step(1, 2), fixed_in=98), 1)],
    "corrected extension": [
        (opened(step(10, 11)), 0),
        (NoticeExtended("N1", (step(11, 10),)), 0),
        (NoticeExtended("N1", (step(1, 2),)), 2),
    ],
}
"""What is said of a notice in turn, each with the place of what it corrects, from 1."""


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("name", NOTICES)
def test_notice_names_where_it_ends_by_the_index_too(name: str, firmpath: Firmpath, tmp_path: Path) -> None:
    said: list[Statement] = statements(FAMILIES)
    before, last = len(said), said[-1]
    for at, (fact, corrects) in enumerate(NOTICES[name], 1):
        said.append(
            last._replace(number=before + at, fact=fact, corrects=before + corrects if corrects else NOT_KNOWN)
        )
    cpl = tmp_path / "notices.register"
    cpl.write_text("".join(write_register(said)), encoding="utf-8")
    catalogue = fold(said, ON)
    for installed, target in (("1", "2"), ("10", "11"), ("11", "10"), ("1", "11"), ("1", "newest")):
        reference = parse_target(installed)
        assert not isinstance(reference, Newest)
        whole = json.loads(json.dumps(answer_json(catalogue, ask(catalogue, reference, parse_target(target)))))
        for _ in range(2):
            printed = firmpath("path", installed, target, "--cpl", cpl, "--on", ON, "--json")
            assert printed.json == whole, (installed, target)
    shown = firmpath("path", "1", "2", "--cpl", cpl, "--on", ON).out
    assert "It is put right in CPL entry 9" in shown
    assert "(firmware 000000" in shown.partition("put right in ")[2]
