"""The picture of flows: all of them where they are few, else the largest, with what is left out."""

from pathlib import Path

import pytest

from firmpath.fleet.report.flows import MOST_FLOWS
from firmpath.fleet.report.tables import MOST_ROWS
from firmpath.pathways.catalogue import Catalogue
from tests.fleet.planning_here import make
from tests.fleet.test_report import by_id, words
from tests.notation import catalogue


def many(entries: int) -> Catalogue:
    """Give a CPL of pairs, each for hardware of its own."""
    pairs = (f"{at} model={at:04X} ; {at + 1} model={at:04X} ; {at} <- {at + 1}" for at in range(1, entries, 2))
    return catalogue(" ; ".join(pairs))


def test_of_many_flows_and_steps_the_first_are_shown_and_it_is_said_where_the_rest_is(tmp_path: Path) -> None:
    cpl = many(4 * MOST_ROWS)
    made = make(cpl, by_id(tmp_path, *range(1, 4 * MOST_ROWS, 2)))
    told = words(made)
    flows = 2 * MOST_ROWS
    left_out = f"the other {flows - MOST_FLOWS}, with {flows - MOST_FLOWS} of {flows} Devices, are not drawn."
    assert f"These are the {MOST_FLOWS} largest flows; {left_out}" in told
    assert f"The first {MOST_ROWS} of {flows} rows; all of them are in waves/manifest.json." in told
    assert (made.folder / "report.html").read_text().count('class="flow"') == MOST_FLOWS


@pytest.mark.parametrize(("flows", "drawn"), [(25, 25), (30, 30), (31, MOST_FLOWS)])
def test_no_flow_is_left_out_where_all_but_a_few_are_drawn(tmp_path: Path, flows: int, drawn: int) -> None:
    made = make(many(2 * flows), by_id(tmp_path, 1, *range(1, 2 * flows, 2)))
    assert (made.folder / "report.html").read_text().count('class="flow"') == drawn
    left_out = f"the other {flows - drawn}, with {flows - drawn} of {flows + 1} Devices, are not drawn."
    assert (left_out in words(made)) == (drawn < flows) == ("not drawn" in words(made))
