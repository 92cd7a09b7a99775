"""What is promised of the ways to the nearest of several targets: they are what `answer_for` gives for each."""

from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.answers import AnswerKind, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.towards_any import Shut, look_towards
from tests.differential.small_catalogues import MANY, small_catalogues
from tests.notation import catalogue

NOTHING_ON_RECORD = {AnswerKind.DEAD_END, AnswerKind.NO_PATHWAY_DECLARED}


@MANY
@given(small_catalogues(), st.data())
def test_it_is_the_best_of_the_answers_for_each_target(text: str, data: st.DataObject) -> None:
    listed = catalogue(text)
    for family, ids in listed.families.items():
        questions = data.draw(st.lists(st.sets(st.sampled_from(ids)), min_size=1, max_size=3))
        all_of_them = (1 << len(questions)) - 1
        marked = {each: sum(1 << at for at, targets in enumerate(questions) if each in targets) for each in ids}
        found = look_towards(listed.upgrades(family), marked, dict.fromkeys(ids, all_of_them))
        for at, targets in enumerate(questions):
            ways = found.ways(at, ids)
            shut = {each: why for each, why, those in found.shut if those >> at & 1}
            assert sorted((*ways, *shut)) == list(ids)
            for each in set(ids) - targets:
                agrees(listed, each, targets, ways.get(each, ()), shut.get(each))


def agrees(
    listed: Catalogue,
    installed: CPLEntryID,
    targets: set[CPLEntryID],
    way: tuple[CPLEntryID, ...],
    shut: Shut | None,
) -> None:
    answers = [answer_for(listed, installed, target, frozenset()) for target in targets]
    pathways = [answer.steps for answer in answers if isinstance(answer, Pathway)]
    kinds = {answer.kind for answer in answers}
    assert way == (min(pathways, key=lambda steps: (len(steps), steps)) if pathways else ())
    if pathways:
        assert shut is None
    elif AnswerKind.BLOCKED_BY_NOTICE in kinds:
        assert shut is Shut.BY_NOTICE
    elif kinds <= NOTHING_ON_RECORD:
        assert shut is Shut.FOR_GOOD
    elif AnswerKind.PATHWAY_CLOSED not in kinds:
        assert shut is Shut.BY_SILENCE
    else:
        assert shut in (Shut.BY_SILENCE, Shut.BY_A_BAR)
