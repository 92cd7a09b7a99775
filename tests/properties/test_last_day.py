"""A pathway can be used on every day up to the one that the answer says it holds until."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.answers import Pathway
from firmpath.pathways.ask import ask
from firmpath.pathways.fold import fold
from firmpath.pathways.reference import ByID
from firmpath.pathways.statement import Statement
from tests.properties.records import DAYS, MANY, records


@MANY
@given(records(), st.sampled_from(DAYS), st.frozensets(st.sampled_from(["N1", "N2"])))
def test_every_step_of_a_pathway_is_open_until_its_last_day(
    statements: list[Statement], day: date, accepted: frozenset[str]
) -> None:
    today = fold(statements, day)
    later = [fold(statements, each) for each in DAYS if each > day]
    for installed, target in itertools.permutations(today.entries, 2):
        answer = ask(today, ByID(installed), ByID(target), accepted)
        if isinstance(answer, Pathway):
            for then in later:
                if not answer.valid_until or then.as_at <= answer.valid_until:
                    upgrades = then.upgrades(then.family_of(installed), accepted)
                    closed = [s for s in itertools.pairwise(answer.steps) if s[1] not in upgrades.open[s[0]]]
                    assert not closed, f"{closed} on {then.as_at}, though it holds until {answer.valid_until}"
