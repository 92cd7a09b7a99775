"""An answer by the index is the answer of the whole catalogue, in every word of it."""

import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold
from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.reference import Newest, parse_target
from firmpath.pathways.register_reader import read_register
from tests.functional.conftest import Firmpath
from tests.notation import ON

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
