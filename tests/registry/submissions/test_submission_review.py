"""What the DCC and SECAS do with a submission, and who is told."""

import threading
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.mail import SENDING
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.drafts import recall, save_answers, submit
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.queries import find_submission, may_read_answers
from firmpath.registry.submissions.reviewing import edit, endorse, return_
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.submissions.drafting import ANSWERS, HUB, People, draft, published, sent, who

Record = Callable[[str], object]
Captured = Callable[..., object]


def test_a_hub_goes_to_the_dcc_first(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    dcc, secas = who(people, Role.DCC), who(people, Role.SECAS)
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    assert hub.status == "with the DCC"
    with pytest.raises(FirmpathError, match="only what waits for SECAS is published"):
        published(hub, secas)
    assert endorse(hub.reference, dcc, AT).status == "with SECAS"
    with pytest.raises(FirmpathError, match="is with SECAS, not with the DCC"):
        endorse(hub.reference, dcc, AT)
    assert published(hub, secas).status == "published"


def test_secas_returns_what_waits_for_the_dcc(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    assert return_(hub.reference, "Withdrawn by its maker", who(people, Role.SECAS), AT).status == "returned"
    refusal = "is returned, not with the DCC or with SECAS; somebody else may have dealt with it"
    with pytest.raises(FirmpathError, match=refusal):
        return_(hub.reference, "no", who(people, Role.SECAS), AT)


@pytest.mark.parametrize("answers", [ANSWERS, HUB])
def test_what_waits_is_taken_back_by_its_own_party(
    people: People, recorded: Record, answers: dict[str, str]
) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = sent(by, answers=answers)
    with pytest.raises(Http404):
        recall(made.reference, who(people, Role.SUPPLIER), AT)
    with pytest.raises(PermissionDenied):
        recall(made.reference, who(people, Role.SECAS), AT)
    back = recall(made.reference, by, AT)
    assert (back.status, back.submitted_at) == ("draft", None)
    assert [each.what for each in back.events.all()] == ["begun", "submitted", "taken back"]
    with pytest.raises(Http404):
        find_submission(who(people, Role.SECAS), made.reference)
    with pytest.raises(FirmpathError, match="is draft; it is yours to write to"):
        recall(made.reference, by, AT)
    assert submit(made.reference, by, AT).submitted_at == AT


def test_what_is_published_is_not_taken_back(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = published(sent(by), who(people, Role.SECAS))
    with pytest.raises(FirmpathError, match="is published; ask SECAS for a correction"):
        recall(made.reference, by, AT)


def test_what_secas_corrected_is_taken_back_as_it_was_sent(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by = who(people, Role.MANUFACTURER)
    made = sent(by)
    edit(made.reference, 1, {"contact": "new@aster.example"}, "why", who(people, Role.SECAS), AT)
    assert recall(made.reference, by, AT).entries.get().answers == ANSWERS


def test_the_dcc_sees_submissions_with_hubs_alone(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    meter = sent(who(people, Role.MANUFACTURER))
    with pytest.raises(Http404):
        find_submission(who(people, Role.DCC), meter.reference)
    with pytest.raises(Http404):
        endorse(meter.reference, who(people, Role.DCC), AT)
    assert find_submission(who(people, Role.SECAS), meter.reference) == meter


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.MANUFACTURER, Role.MAP, Role.SSC, Role.SECAS])
def test_only_the_dcc_endorses(people: People, recorded: Record, role: Role) -> None:
    recorded("1 <- 2")
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    with pytest.raises(PermissionDenied):
        endorse(hub.reference, who(people, role), AT)


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.MANUFACTURER, Role.MAP, Role.SSC])
def test_others_neither_return_correct_nor_publish(people: People, recorded: Record, role: Role) -> None:
    recorded("1 <- 2")
    meter, by = sent(who(people, Role.MANUFACTURER)), who(people, role)
    for forbidden in (
        lambda: return_(meter.reference, "why", by, AT),
        lambda: edit(meter.reference, 1, {"notes": "x"}, "why", by, AT),
        lambda: published(meter, by),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_what_comes_back_is_put_right_and_endorsed_anew(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    by, secas = who(people, Role.MANUFACTURER), who(people, Role.SECAS)
    hub = sent(by, answers=HUB)
    endorse(hub.reference, who(people, Role.DCC), AT)
    with pytest.raises(FirmpathError, match="Reason is empty; say why, so that others understand it"):
        return_(hub.reference, "  ", secas, AT)
    back = return_(hub.reference, "The band is wrong.", secas, AT)
    assert (back.status, back.returned_reason, back.endorsed_at) == ("returned", "The band is wrong.", None)
    assert may_read_answers(by, back)
    assert not may_read_answers(secas, back)
    save_answers(hub.reference, 1, {"zigbee_band": "2.4 GHz Only"}, by, AT)
    again = submit(hub.reference, by, AT)
    assert (again.status, again.returned_reason) == ("with the DCC", "")
    assert [each.what for each in again.events.all()][-2:] == ["returned", "submitted"]


def test_secas_corrects_with_a_reason_and_keeps_what_stood_there(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    secas = who(people, Role.SECAS)
    meter = sent(who(people, Role.MANUFACTURER))
    with pytest.raises(FirmpathError, match="Reason is empty"):
        edit(meter.reference, 1, {"contact": "new@aster.example"}, "", secas, AT)
    with pytest.raises(FirmpathError, match="Firmware version 'no' is not 8 hex digits"):
        edit(meter.reference, 1, {"firmware_version": "no"}, "typed wrong", secas, AT)
    with pytest.raises(FirmpathError, match="has these answers already"):
        edit(meter.reference, 1, {"contact": "firmware@aster.example"}, "why", secas, AT)
    edit(meter.reference, 1, {"contact": "new@aster.example"}, "They wrote to us", secas, AT)
    event = meter.events.last()
    assert event is not None
    assert (event.what, event.reason) == ("corrected by SECAS", "They wrote to us")
    change = {"position": 1, "name": "contact", "before": "firmware@aster.example", "after": "new@aster.example"}
    assert event.changes == [change]
    with pytest.raises(FirmpathError, match="you corrected it, so somebody else has to publish it"):
        published(Submission.objects.get(), secas)
    other = find_who(make_person(Role.SECAS, "SECAS", AT, "Kim"))
    assert published(Submission.objects.get(), other).status == "published"


def test_a_corrected_hub_is_endorsed_again(people: People, recorded: Record) -> None:
    recorded("1 <- 2")
    hub = sent(who(people, Role.MANUFACTURER), answers=HUB)
    endorse(hub.reference, who(people, Role.DCC), AT)
    edit(hub.reference, 1, {"notes": "Corrected"}, "why", who(people, Role.SECAS), AT)
    hub.refresh_from_db()
    assert (hub.status, hub.endorsed_at) == ("with the DCC", None)


def letters(captured: Captured, act: Callable[[], object]) -> list[tuple[str, str, str]]:
    mail.outbox.clear()
    with captured(execute=True):  # type: ignore[attr-defined]
        act()
    for thread in threading.enumerate():
        if thread.name == SENDING:
            thread.join()
    return sorted((each.to[0], str(each.subject), str(each.body)) for each in mail.outbox)


def test_those_whom_it_concerns_are_told(
    people: People, recorded: Record, django_capture_on_commit_callbacks: Captured
) -> None:
    recorded("1 <- 2")
    by, secas, dcc = who(people, Role.MANUFACTURER), who(people, Role.SECAS), who(people, Role.DCC)
    captured = django_capture_on_commit_callbacks
    ref = draft(by, answers=HUB).reference
    address = f"http://127.0.0.1:8000/submissions/{ref}/"
    (arrived,) = letters(captured, lambda: submit(ref, by, AT))
    said = f"Aster Metering has made submission {ref}, which has a Communications Hub in it.\n\n{address}\n"
    assert arrived == (people[Role.DCC].email, f"Submission {ref} waits for the DCC's endorsement", said)
    (waits,) = letters(captured, lambda: endorse(ref, dcc, AT))
    said = f"Aster Metering has made submission {ref}, and the DCC has endorsed it.\n\n{address}\n"
    assert waits == (people[Role.SECAS].email, f"Submission {ref} waits for review", said)
    (back,) = letters(captured, lambda: return_(ref, "Wrong band.", secas, AT))
    assert back[:2] == (people[Role.MANUFACTURER].email, f"Submission {ref} has come back")
    assert "returned for this reason:\n\nWrong band.\n\nNothing is lost" in back[2]
    letters(captured, lambda: submit(ref, by, AT))
    (gone,) = letters(captured, lambda: recall(ref, by, AT))
    said = f"Aster Metering has taken submission {ref} back. There is nothing for you to do.\n"
    assert gone == (people[Role.DCC].email, f"Submission {ref} was taken back", said)
    letters(captured, lambda: (submit(ref, by, AT), endorse(ref, dcc, AT)))
    (done,) = letters(captured, lambda: published(Submission.objects.get(), secas))
    assert done[1] == f"Submission {ref} is published"
    assert f"Submission {ref} is on the CPL. Its CPL Entry IDs: 3." in done[2]
