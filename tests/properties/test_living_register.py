"""A register in memory that has grown is the one that is folded anew, whatever the statements."""

from datetime import date, datetime
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.ahead import Ahead
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.history import history_of
from firmpath.pathways.identifiers import CPLEntryID, ManufacturerImageHash
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.statement import Statement
from tests.properties.records import DAYS, MANY, records

A_DAY = st.sampled_from(DAYS)
A_RANDOM = st.builds(Random, st.integers(0, 2**32))
IDS = tuple(map(CPLEntryID, range(1, 7)))
GROUPS = ("families", "hardware_models", "by_hash", "by_model_and_version")


@st.composite
def scattered_records(draw: st.DrawFn) -> list[Statement]:
    """Draw a record of two families that share hashes; corrections move entries from one to the other."""
    random = draw(A_RANDOM)
    return [scattered(random, each) for each in draw(records())]


def scattered(random: Random, statement: Statement) -> Statement:
    fact = statement.fact
    if not isinstance(fact, EntryPublished):
        return statement
    hardware = fact.device_model.hardware_model._replace(hardware_version=random.choice(("02", "02", "09")))
    model = fact.device_model._replace(hardware_model=hardware)
    image_hash = ManufacturerImageHash(f"{random.choice((fact.cpl_entry_id, 1)):064X}")
    return statement._replace(fact=fact._replace(device_model=model, manufacturer_image_hash=image_hash))


def parts(random: Random, statements: list[Statement]) -> list[list[Statement]]:
    """Cut a record into a few parts, some of them empty."""
    cuts = sorted(random.choices(range(len(statements) + 1), k=random.randint(1, 4)))
    return [statements[begin:end] for begin, end in pairwise((0, *cuts, len(statements)))]


def ask_some(random: Random, catalogue: Catalogue) -> None:
    """Have a catalogue work out some of what it then keeps."""
    for name in GROUPS:
        if random.random() < 0.7:
            getattr(catalogue, name)
    for family in catalogue.families:
        if random.random() < 0.7:
            catalogue.upgrades(family, frozenset(random.choice(((), ("N1",), ("none such",)))))


def check_same(found: Catalogue, anew: Catalogue) -> None:
    assert found == anew
    assert list(found.entries) == list(anew.entries)
    for name in GROUPS:
        assert list(getattr(found, name).items()) == list(getattr(anew, name).items()), name
    for family in anew.families:
        assert found.upgrades(family) == anew.upgrades(family)
        assert found.upgrades(family, frozenset({"N1"})) == anew.upgrades(family, frozenset({"N1"}))
    assert [found.notices_about((each,)) for each in IDS] == [anew.notices_about((each,)) for each in IDS]


@MANY
@given(scattered_records(), st.lists(A_DAY, min_size=1, max_size=6), A_RANDOM)
def test_the_catalogue_of_a_grown_register_is_the_one_folded_anew(
    statements: list[Statement], days: list[date], random: Random
) -> None:
    register = LivingRegister.build(())
    for part in parts(random, statements):
        for day in random.sample(days, random.randint(0, len(days))):
            ask_some(random, register.catalogue(day))
        register = register.grown(part)
    assert list(register.statements) == statements
    for day in days:
        check_same(register.catalogue(day), fold(statements, day))
        assert register.catalogue(day) is register.catalogue(day)


@MANY
@given(scattered_records(), scattered_records(), A_DAY, A_RANDOM)
def test_values_that_have_grown_differently_do_not_disturb_one_another(
    statements: list[Statement], others: list[Statement], day: date, random: Random
) -> None:
    at = random.randint(0, min(len(statements), len(others)))
    short = LivingRegister.build(statements[:at])
    ask_some(random, short.catalogue(day))
    grown, again = short.grown(statements[at:]), short.grown(statements[at:])
    try:
        other = short.grown(others[at:])
    except FirmpathError:
        other = short
    rest = statements[:at] if other is short else [*statements[:at], *others[at:]]
    for register, expected in (
        (short, statements[:at]),
        (grown, statements),
        (again, statements),
        (other, rest),
        (short.grown(statements[at:]), statements),
    ):
        assert list(map(repr, register.statements)) == list(
            map(repr, expected)
        )  # of two kinds, equal is not the same
        check_same(register.catalogue(day), fold(expected, day))
        for each in IDS:
            assert register.history_of(each) == history_of(expected, each)


@MANY
@given(scattered_records(), A_RANDOM)
def test_the_history_of_an_entry_is_that_of_all_statements(statements: list[Statement], random: Random) -> None:
    register = LivingRegister.build(())
    length = 0
    lengths = []
    for part in parts(random, statements):
        register = register.grown(part)
        length += len(part)
        lengths.append((register, length))
    for grown, shown in lengths:
        for each in IDS:
            past = history_of(statements[:shown], each)
            assert grown.history_of(each) == past
            assert grown.statements_about(each) == tuple(one.statement for one in past)


@MANY
@given(scattered_records(), A_DAY, st.data())
def test_the_family_of_an_entry_is_the_one_that_the_whole_record_has(
    statements: list[Statement], day: date, data: st.DataObject
) -> None:
    instants: list[datetime | NotKnown] = [NOT_KNOWN, *(each.recorded_at for each in statements)]
    known_at = data.draw(st.sampled_from(instants))
    shown = data.draw(st.integers(0, len(statements)))
    register = LivingRegister.build(statements[:shown])
    register.grown(statements[shown:])  # what others have learnt in the meantime is not this one's to tell
    whole = fold(statements[:shown], day, known_at)
    for each in IDS:
        check_same(register.entry_as(each, day, known_at), only_family(whole, each))


def only_family(whole: Catalogue, cpl_entry_id: CPLEntryID) -> Catalogue:
    families: dict[CPLEntryID, HardwareFamily] = {
        **{each: entry.hardware_model.family for each, entry in whole.entries.items()},
        **{each: entry.hardware_model.family for each, entry in whole.not_yet_listed.items()},
    }
    family = families.get(cpl_entry_id)
    ids = [each for each in families if families[each] == family]
    ahead = Ahead(
        {each: entry for each, entry in whole.ahead.entries.items() if each in ids},
        {each: entry for each, entry in whole.ahead.changes.items() if each in ids},
        {each: entry for each, entry in whole.ahead.stones.items() if each in ids},
        whole.ahead.warnings,
        {each: day for each, day in whole.ahead.declarations.items() if each in ids},
    )
    entries = {each: entry for each, entry in whole.entries.items() if each in ids}
    return Catalogue(whole.as_at, entries, whole.notices, ahead)


@MANY
@given(scattered_records(), A_RANDOM)
def test_what_is_refused_is_refused_for_the_faults_of_the_whole_record(
    statements: list[Statement], random: Random
) -> None:
    at = random.randint(0, len(statements))
    register = LivingRegister.build(statements[:at])
    tail = random.choices(statements, k=random.randint(1, 8)) if random.random() < 0.7 else statements[at:]
    latest = statements[-1].recorded_at
    added = [each._replace(number=number, recorded_at=latest) for number, each in enumerate(tail, at + 1)]
    faults = tuple(faults_of_record([*statements[:at], *added]))
    if faults:
        with pytest.raises(FirmpathError) as refused:
            register.grown(added)
        assert refused.value.faults == faults
        check_same(register.catalogue(DAYS[5]), fold(statements[:at], DAYS[5]))
    else:
        assert list(register.grown(added).statements) == [*statements[:at], *added]


@MANY
@given(scattered_records())
def test_what_a_register_says_of_its_end(statements: list[Statement]) -> None:
    register = LivingRegister.build(statements)
    published = [each.fact.cpl_entry_id for each in statements if isinstance(each.fact, EntryPublished)]
    assert register.last_number == len(register.statements) == len(statements)
    assert register.last_recorded_at == statements[-1].recorded_at
    assert register.largest_cpl_entry_id == max(published)
