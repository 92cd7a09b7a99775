"""A register in memory rehearses a submission as all the statements do that are folded anew with it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from firmpath.cli.main import main
from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    DeadEndMarked,
    EntryWithdrawn,
    Fact,
    NoticeOpened,
    NoticeStep,
    Retracted,
    SteppingStoneMarked,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.rehearsal import Rehearsal, rehearse
from firmpath.pathways.statement import Statement
from tests.differential.small_catalogues import small_catalogues
from tests.notation import ON, statements
from tests.properties.records import MANY
from tests.properties.test_living_register import A_DAY, A_RANDOM, ask_some, parts, scattered_records


def check_rehearsal(register: LivingRegister, submission: list[Statement], on: date) -> bool:
    """Compare two rehearsals, or the faults for which both refuse; say whether they had anything to find."""
    whole = list(register.statements)
    try:
        expected: Rehearsal | FirmpathError = rehearse(whole, submission, on)
    except FirmpathError as error:
        expected = error
    if isinstance(expected, FirmpathError):
        with pytest.raises(FirmpathError) as refused:
            register.rehearse(submission, on)
        assert refused.value.faults == expected.faults
    else:
        assert register.rehearse(submission, on) == expected
    assert list(register.statements) == whole
    return isinstance(expected, Rehearsal) and bool(expected.findings)


@MANY
@given(scattered_records(), A_DAY, A_RANDOM)
def test_the_rest_of_a_record_is_rehearsed_as_on_the_whole_of_it(
    whole: list[Statement], day: date, random: Random
) -> None:
    first, *more = parts(random, whole)
    register = LivingRegister.build(first)
    for part in more:
        if random.random() < 0.5:
            ask_some(random, register.catalogue(day))
        check_rehearsal(register, random.choice((part, part[::-1])), day)
        register = register.grown(part)


@MANY
@given(small_catalogues(), A_RANDOM)
def test_a_submission_to_a_small_cpl_is_rehearsed_as_on_the_whole_of_it(text: str, random: Random) -> None:
    register = LivingRegister.build(statements(text))
    ask_some(random, register.catalogue(ON))
    check_rehearsal(register, submission(random, register, ON), ON)


@pytest.fixture(scope="module", params=["1", "2", "3"])
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LivingRegister:
    path: Path = tmp_path_factory.mktemp("invented") / "cpl.register"
    main(["generate", "--entries", "200", "--seed", request.param, "--out", str(path)])
    return LivingRegister.build(read_register(path.read_text(encoding="utf-8").splitlines()))


def test_a_submission_to_an_invented_cpl_is_rehearsed_as_on_the_whole_of_it(invented: LivingRegister) -> None:
    random = Random(24)
    ask_some(random, invented.catalogue(ON))
    found = 0
    for _ in range(12):
        found += check_rehearsal(invented, submission(random, invented, ON), ON)
    assert found > 3


def submission(random: Random, register: LivingRegister, on: date) -> list[Statement]:
    """Make up a few statements: new entries beside those there are, and further ones about these."""
    last = register.statements[-1]
    ids = list(register.catalogue(on).entries) or [CPLEntryID(1)]
    facts = [fact for _ in range(random.randint(1, 3)) for fact in _facts(random, register, random.choice(ids), on)]
    made = [last._replace(effective_from=on, fact=fact) for fact in facts]
    if random.random() < 0.3:
        number = random.randint(1, register.last_number)
        made.append(last._replace(effective_from=on, fact=Retracted(), corrects=number))
    return made


def _facts(random: Random, register: LivingRegister, near: CPLEntryID, on: date) -> Iterator[Fact]:
    listed = register.catalogue(on)
    new = CPLEntryID(random.choice((near + 1, register.largest_cpl_entry_id + random.randint(1, 2))))
    if near in listed and random.random() < 0.5:
        yield listed[near].published._replace(cpl_entry_id=new)
        yield BaseFirmwareDeclared(new, random.choice((Bases((near,)), NO_PREVIOUS_VERSION)))
    else:
        yield random.choice(
            (
                EntryWithdrawn(near),
                SteppingStoneMarked(near, "it says so"),
                DeadEndMarked(near, "it says so"),
                BaseFirmwareDeclared(near, Bases((random.choice((near, new)),))),
                NoticeOpened("N9", "a name", "a text", (NoticeStep(random.choice((ANY_ENTRY, near)), near),)),
                NoticeOpened("N9", "a name", "a text", (NoticeStep(ANY_ENTRY, ANY_ENTRY),)),
            )
        )
