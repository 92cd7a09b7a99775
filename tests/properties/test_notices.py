"""What is promised of notices over time: on each day those are open that the CPL of that day has."""

from hypothesis import given

from firmpath.pathways.fold import fold
from firmpath.pathways.notices import notices_over_time
from firmpath.pathways.statement import Statement
from tests.properties.records import DAYS, MANY, records


@MANY
@given(records())
def test_the_notices_open_on_a_day_are_those_of_its_catalogue(statements: list[Statement]) -> None:
    found = notices_over_time(statements)
    for day in DAYS:
        then = [
            each
            for each in found
            if each.notice.opened_on <= day and not (each.closed_on and each.closed_on <= day)
        ]
        on_the_cpl = fold(statements, day).notices
        assert [(each.notice.opened, each.notice.opened_on) for each in then] == [
            (each.opened, each.opened_on) for each in on_the_cpl
        ]


@MANY
@given(records())
def test_on_the_last_day_each_open_notice_covers_all_that_it_ever_will(statements: list[Statement]) -> None:
    found = [each.notice for each in notices_over_time(statements) if not each.closed]
    assert tuple(found) == fold(statements, max(each.effective_from for each in statements)).notices
