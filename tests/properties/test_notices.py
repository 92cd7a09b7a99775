"""What is promised of notices over time: on each day those are open that the CPL of that day has."""

from datetime import date

from hypothesis import given

from firmpath.pathways.facts import NoticeOpened, NoticeStep
from firmpath.pathways.fold import fold
from firmpath.pathways.notices import PastNotice, notices_over_time
from firmpath.pathways.statement import Statement
from tests.properties.records import DAYS, MANY, records


@MANY
@given(records())
def test_the_notices_open_on_a_day_are_those_of_its_catalogue(statements: list[Statement]) -> None:
    found = notices_over_time(statements)
    for day in DAYS:
        then = [each.notice for each in found if is_open(each, day)]
        on_the_cpl = fold(statements, day).notices
        assert [each.opened.notice_id for each in on_the_cpl] == sorted({each.notice_id for each in then})
        for each in on_the_cpl:  # opened again before it was closed, it is named by the opening of the last day
            assert (each.opened, each.opened_on) == [
                (other.opened, other.opened_on) for other in then if other.notice_id == each.notice_id
            ][-1]


def is_open(past: PastNotice, day: date) -> bool:
    return past.notice.opened_on <= day and not (past.closed_on and past.closed_on <= day)


@MANY
@given(records())
def test_on_the_last_day_each_open_notice_covers_all_that_it_ever_will(statements: list[Statement]) -> None:
    covered: dict[str, set[NoticeStep]] = {}
    for each in notices_over_time(statements):
        if not each.closed:
            covered.setdefault(each.notice_id, set()).update(each.notice.steps)
    last = fold(statements, max(each.effective_from for each in statements))
    assert {each.notice_id: set(each.steps) for each in last.notices} == covered


@MANY
@given(records())
def test_a_notice_that_is_opened_again_is_open_until_it_is_closed_again(statements: list[Statement]) -> None:
    """Whatever was recorded before it was opened again, for whichever day, is about what was open then."""
    for opening in statements:
        if isinstance(opening.fact, NoticeOpened) and not opening.corrects:
            said = statements[: opening.number]
            for day in (each for each in DAYS if each >= opening.effective_from):
                covered = {step for each in fold(said, day).notices for step in each.steps}
                assert set(opening.fact.steps) <= covered, f"not on {day}"
