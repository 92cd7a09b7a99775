"""The log of acts holds numbers, and is only ever added to."""

import pytest
from django.db import DatabaseError, connection, transaction

from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.listing import acts_about
from firmpath.registry.parties.models import ActLog
from firmpath.registry.parties.who import NOBODY
from tests.registry.conftest import AT


@pytest.mark.parametrize("statement", ["UPDATE parties_actlog SET what = 'x'", "DELETE FROM parties_actlog"])
def test_the_database_refuses_to_change_or_delete_a_line(db: None, statement: str) -> None:
    log_act(NOBODY, "Party made", "party 1", AT)
    refused = pytest.raises(DatabaseError, match="the log of acts is only ever added to")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ActLog.objects.get().what == "Party made"


@pytest.mark.parametrize("about", ["Robin", "person robin@brook.example", "person 7,", "7", "person  7"])
def test_a_line_names_rows_by_number_alone(db: None, about: str) -> None:
    with pytest.raises(ValueError, match="an act is about rows"):
        log_act(NOBODY, "Party made", about, AT)


def test_acts_about_a_row_are_found_by_its_whole_number(db: None) -> None:
    for number, about in enumerate(("party 1", "party 12", "person 3, party 1", "party 1, person 3", "")):
        log_act(NOBODY, f"act {number}", about, AT)
    assert [act.what for act in acts_about("party", 1)] == ["act 3", "act 2", "act 0"]
    assert [act.what for act in acts_about("person", 3)] == ["act 3", "act 2"]


def test_a_reference_can_be_logged_too(db: None) -> None:
    log_act(NOBODY, "stack given", "entry 7, reference 0f3e-11", AT, "as asked")
    assert ActLog.objects.get().reason == "as asked"
