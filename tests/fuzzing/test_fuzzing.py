"""A little of the fuzzing in every run of the tests, and that it would see a failure."""

import pytest

from tests.fuzzing.__main__ import fuzz
from tests.fuzzing.mutating import mutated
from tests.fuzzing.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_input_ends_in_an_answer_or_in_our_error(name: str) -> None:
    found = fuzz(TARGETS[name], range(1_500))
    assert found.failures == ()
    assert found.answered
    assert found.refused


@pytest.mark.parametrize("name", TARGETS)
def test_what_it_begins_with_is_right(name: str) -> None:
    for seed in TARGETS[name].seeds:
        if b"ReadInventory" not in seed:  # which brings no firmware
            assert TARGETS[name].run(seed)


def test_a_failure_is_seen_and_can_be_made_again() -> None:
    def fragile(octets: bytes) -> None:
        assert b"&" not in octets

    found = fuzz(Target(fragile, (b"plain",)), range(500))
    assert found.failures
    number = int(found.failures[0].split(":")[0].removeprefix("input "))
    assert b"&" in mutated((b"plain",), number)
