"""What is said of one Device and of several: the verb agrees with the number that stands before it."""

import re
from pathlib import Path

import pytest

from firmpath.fleet.days import Limits
from firmpath.fleet.words import STATUS_WORDS
from tests.fleet.planning_here import device, make, write_inventory
from tests.fleet.test_report import FIRST, words
from tests.notation import catalogue

_OF_ONE = re.compile(r"\b(has|is|runs|stands|its|it)\b")
_OF_SEVERAL = re.compile(r"\b(have|are|run|stand|their|they)\b")


@pytest.mark.parametrize("status", STATUS_WORDS)
def test_every_status_has_words_for_one_and_for_several(status: str) -> None:
    one, several = STATUS_WORDS[status].of(1), STATUS_WORDS[status].of(2)
    for each in ("nobody has said so", "pathway that is closed", "firmware that is not", "target that is not"):
        several = several.replace(each, "")
    for each in ("may run", "may have", "are right"):
        one = one.replace(each, "")
    assert not _OF_SEVERAL.search(one)
    assert not _OF_ONE.search(several)
    assert "|" not in f"{one}{several}"


@pytest.mark.parametrize(
    ("devices", "said"),
    [
        (
            1,
            (
                "1 can take a safe step now, 1 runs its target already, and 1 needs somebody to look.",
                "1 activation in all, if nothing changes.",
                "In the end 2 of 3 Devices are at their targets, and 1 is stuck from the start.",
                "That is for 1 Device with a step, and not for those who are stuck, of whom there is 1.",
            ),
        ),
        (
            2,
            (
                "2 can take a safe step now, 2 run their target already, and 2 need somebody to look.",
                "2 activations in all, if nothing changes.",
                "In the end 4 of 6 Devices are at their targets, and 2 are stuck from the start.",
                "That is for 2 Devices with a step, and not for those who are stuck, of whom there are 2.",
            ),
        ),
    ],
)
def test_a_report_of_one_of_each_and_of_two(tmp_path: Path, devices: int, said: tuple[str, ...]) -> None:
    rows = [(device(at), (1, 2, 99)[at % 3]) for at in range(3 * devices)]
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), rows)
    told = words(make(catalogue("1 <- 2"), inventory, limits=Limits(FIRST, 10)))
    assert [each for each in said if each not in told] == []


def test_a_report_of_one_device(tmp_path: Path) -> None:
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), [(device(1), 1)])
    told = words(make(catalogue("1 <- 2"), inventory))
    assert "1 can take a safe step now, 0 run their target already, and 0 need somebody to look." in told
    assert "In the end 1 of 1 Device is at its target." in told
