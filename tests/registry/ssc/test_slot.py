"""The slot: what is put in follows its submission, whatever happens between the two databases."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.models import DraftStack, LookLog, StackStatement
from firmpath.registry.ssc.stacks.actions import FromEmail, record_from_email
from firmpath.registry.ssc.stacks.keeping import follow
from firmpath.registry.ssc.stacks.queries import KnownStack, history_of, known_stacks, typed_by
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.drafts import discard
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.reviewing import return_
from firmpath.registry.submissions.sealed import ZigBeeStack, the_slot
from firmpath.registry.submissions.status import Status
from tests.registry.conftest import AT
from tests.registry.ssc.planting import STACK, draft, given, id_of, published, sent, who

People = dict[Role, Person]
OTHER = ZigBeeStack("Vale Semiconductors", "ValeStack 2.1")
LATER = AT + timedelta(days=2)


@pytest.fixture
def people(people: People, recorded: Callable[[str], object]) -> People:
    recorded("1 <- 2")
    return people


def drafts() -> dict[UUID, tuple[str, str]]:
    with ssc_open():
        rows = DraftStack.objects.values_list("reference", "chipset_vendor", "stack_version")
        return {reference: (vendor, version) for reference, vendor, version in rows}


def test_what_is_put_in_again_takes_the_place_of_what_was(people: People) -> None:
    entry = given(people)
    by = who(people, Role.MANUFACTURER)
    the_slot().put(entry.reference, OTHER, by, AT)
    assert drafts() == {entry.reference: OTHER}
    the_slot().put(entry.reference, ZigBeeStack("", ""), by, AT)
    assert drafts() == {}


def test_a_published_entry_has_what_was_given_with_its_submission(people: People) -> None:
    entry = published(people)
    follow(AT)
    assert drafts() == {}
    assert known_stacks().by_entry == {id_of(entry): KnownStack(*STACK)}
    (statement,) = history_of(id_of(entry))
    assert (statement.party, statement.channel) == ("Aster Metering", "submission")
    assert statement.entered_by == "somebody of Aster Metering"
    follow(LATER)
    follow(LATER)
    assert len(history_of(id_of(entry))) == 1


@pytest.mark.parametrize("status", [Status.WITH_DCC, Status.WITH_SECAS, Status.PUBLISHED])
def test_nothing_is_put_in_once_it_is_sent(people: People, status: Status) -> None:
    entry = given(people)
    Submission.objects.update(status=status)
    with pytest.raises(FirmpathError) as refused:
        the_slot().put(entry.reference, OTHER, who(people, Role.MANUFACTURER), AT)
    assert str(refused.value) == (
        "ZigBee chipset vendor was given with a submission already; ask SECAS to return the submission, "
        "or send SECAS what has to be put right"
    )
    assert drafts() == {entry.reference: STACK}


def test_what_came_back_may_be_written_again(people: People) -> None:
    entry = sent(people)
    return_(entry.submission.reference, "wrong notes", who(people, Role.SECAS), AT)
    the_slot().put(entry.reference, OTHER, who(people, Role.MANUFACTURER), AT)
    assert typed_by(entry.reference) == OTHER


def test_what_was_thrown_away_is_forgotten(
    people: People, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    kept, thrown = given(people, number=3), given(people, number=4)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        discard(thrown.submission.reference, who(people, Role.MANUFACTURER), AT)
    assert drafts() == {kept.reference: STACK}


def test_what_was_thrown_away_is_forgotten_though_the_process_died_before_it_said_so(people: People) -> None:
    thrown = given(people)
    discard(thrown.submission.reference, who(people, Role.MANUFACTURER), AT)  # and nothing after its transaction
    assert drafts() == {thrown.reference: STACK}
    follow(LATER)
    assert drafts() == {}


def test_what_the_register_takes_back_is_not_discarded(people: People) -> None:
    entry = given(people)

    def discard_and_fail() -> None:
        with transaction.atomic():
            discard(entry.submission.reference, who(people, Role.MANUFACTURER), AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        discard_and_fail()
    follow(LATER)
    assert typed_by(entry.reference) == STACK


def test_to_discard_what_is_published_forgets_nothing(
    people: People, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    entry = published(people)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        the_slot().discard([entry.reference])
    follow(AT)
    assert known_stacks().by_entry == {id_of(entry): KnownStack(*STACK)}


def test_what_belongs_to_a_transaction_that_has_not_ended_is_kept_for_a_day(people: People) -> None:
    by = who(people, Role.MANUFACTURER)
    reference = uuid4()
    the_slot().put(reference, STACK, by, AT)
    follow(AT + timedelta(hours=23))
    assert drafts() == {reference: STACK}
    follow(LATER)
    assert drafts() == {}


def test_an_e_mail_counts_more_than_the_submission_before_it_though_nobody_had_looked_in_between(
    people: People,
) -> None:
    entry = published(people)
    given_later = FromEmail(
        ZigBeeStack("", OTHER.stack_version), "Aster Metering", "Sorry, 2.1 it is.", "They say so"
    )
    record_from_email(id_of(entry), given_later, who(people, Role.SECAS), LATER)
    assert known_stacks().by_entry[id_of(entry)] == KnownStack(STACK.chipset_vendor, OTHER.stack_version)
    last, first = history_of(id_of(entry))
    assert last.supersedes == first.number
    assert last.evidence == "Sorry, 2.1 it is."


@pytest.mark.parametrize(
    ("stack", "wrong"),
    [
        (
            ZigBeeStack("bell\a", "x"),
            "ZigBee chipset vendor has the character U+0007, which cannot be shown; take it out",
        ),
        (
            ZigBeeStack("x", "2.\u200b1"),
            "ZigBee stack version has as character 3 U+200B (ZERO WIDTH SPACE), which cannot be seen; take it out",
        ),
        (ZigBeeStack("x", "two\nlines"), "ZigBee stack version has more than one line; write it in one"),
        (ZigBeeStack("v" * 201, "x"), "ZigBee chipset vendor has 201 characters, more than 200; shorten it"),
        (
            ZigBeeStack("x", "=1+1"),
            "ZigBee stack version begins with =, which spreadsheets take for a formula; "
            "begin with a letter or a digit",
        ),
        (ZigBeeStack(" x", "x"), "ZigBee chipset vendor has space around it; leave it out, or write it without"),
    ],
)
def test_unfit_text_is_refused_without_repeating_it(people: People, stack: ZigBeeStack, wrong: str) -> None:
    entry = draft(people)
    with pytest.raises(FirmpathError) as refused:
        the_slot().put(entry.reference, stack, who(people, Role.MANUFACTURER), AT)
    assert str(refused.value) == wrong
    assert drafts() == {}


def test_of_many_all_are_taken_or_none(people: People) -> None:
    by = who(people, Role.MANUFACTURER)
    many = {uuid4(): STACK for _ in range(20)}
    with pytest.raises(FirmpathError):
        the_slot().put_all({**many, uuid4(): ZigBeeStack("a\nb", "x")}, by, AT)
    assert drafts() == {}
    the_slot().put_all(many, by, AT)
    assert drafts() == many


def test_a_thousand_take_a_few_queries(people: People) -> None:
    entry = draft(people)
    rows = [SubmissionEntry(submission=entry.submission, position=at, changed_at=AT) for at in range(2, 1001)]
    SubmissionEntry.objects.bulk_create(rows)
    with CaptureQueriesContext(connections["ssc"]) as asked:
        the_slot().put_all({row.reference: STACK for row in rows}, who(people, Role.MANUFACTURER), AT)
    assert len(asked) < 20  # one by one it would be a thousand at least
    assert len(drafts()) == 999


@pytest.mark.parametrize("model", [StackStatement, LookLog])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_recorded(people: People, model: type[Model], change: str) -> None:
    entry = published(people)
    follow(AT)
    with ssc_open():
        LookLog.objects.create(looked_at=AT, person_id=1, what="list", rows=1)
        rows = model._default_manager.all()
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(using="ssc"):
            rows.update(id=99) if change == "update" else rows._raw_delete("ssc")
    assert len(history_of(id_of(entry))) == 1
