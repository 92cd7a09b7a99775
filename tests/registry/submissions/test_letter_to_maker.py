"""The letter to a manufacturer: its words, and when it was sent and answered."""

from datetime import date, timedelta

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.letters import (
    Sent,
    draft_letter,
    is_due,
    last_letters,
    letters_to,
    mark_shown,
    record_answered,
    record_sent,
)
from firmpath.registry.submissions.worklist import ToAsk, find_lacking, whom_to_ask
from tests.notation import catalogue
from tests.registry.conftest import AT
from tests.registry.submissions.deciding_world import TODAY, who

LETTER = """\
1 June 2026

To Brackenfell Metering (manufacturer identifier F001)

Firmware on the Central Products List: what we have to ask you

Smart meters can lose their function if firmware is put on them in the wrong order. So the Firmware Information
Repository shows Suppliers which firmware each upgrade can be applied to. Where you have not told us, no upgrade is
offered, and the Devices of your customers stay where they are.

Please answer the questions below. If you do not know an answer, say so: we leave the field empty, and guess
nothing.

1. Base firmware. To which earlier entries on the CPL can each of these be applied? Please name every one
of them by its CPL Entry ID, or write N/A if there is no previous version.

 - CPL entry 2 (firmware 00000002, "v2"), ESME F001/00050203

2. ZigBee band. Which of these describes how each Device joins?

   2.4 GHz Only: Works on the 2.4 GHz band only
   Sub-GHz Only: Works on the Sub-GHz band only
   Multi MAC Selection – Auto: Works on either band; the Device picks one by itself when it joins
   Multi MAC Selection – Manual: Works on either band; a person picks one when the Device joins
   Multi MAC Selection – Either: Works on either band; picked by the Device or by a person
   Dual Band: Works on both bands at once; Communications Hubs only

 - CPL entry 1 (firmware 00000001, "v1"), ESME F001/00050203; on record is 'Dual Band', which has to be confirmed

3. ZigBee details. Which ZigBee chipset, and which version of the ZigBee stack, does each use?

Your answers about ZigBee chipset vendor and stack version go to the Security Sub-Committee (SSC) only. They are
kept apart and are shown neither to SEC Parties nor to anybody else. Please do not put them into your answer to the
other questions: send them in an e-mail of their own with the subject "ZigBee details for the SSC". SECAS passes
them on, and cannot read them back.

 - CPL entry 1 (firmware 00000001, "v1"), ESME F001/00050203: chipset vendor and stack version
 - CPL entry 2 (firmware 00000002, "v2"), ESME F001/00050203: chipset vendor and stack version

Yours faithfully

SECAS
"""


@pytest.fixture
def to_ask(db: None) -> ToAsk:
    (found,) = whom_to_ask(find_lacking(catalogue("1; 1 band=Dual Band; 2 ?; 2 band=Sub-GHz Only")))
    return found


def test_the_letter_asks_precise_questions_and_says_who_reads_the_answers(to_ask: ToAsk) -> None:
    assert draft_letter(to_ask, TODAY) == LETTER


def test_only_what_is_missing_is_asked_and_the_questions_are_numbered(db: None) -> None:
    (found,) = whom_to_ask(find_lacking(catalogue("1; 1 band=Sub-GHz Only")))
    text = draft_letter(found, TODAY)
    assert "1. ZigBee details." in text
    assert "Base firmware." not in text
    assert "ZigBee band." not in text


def shown(to_ask: ToAsk, sent_on: date, text: str = "The letter") -> Sent:
    maker = to_ask.manufacturer_id
    return Sent(maker, text, mark_shown(maker, text), sent_on, "help@maker.example")


def test_a_letter_that_was_not_shown_and_an_addressee_too_long_are_refused(
    to_ask: ToAsk, people: dict[Role, Person]
) -> None:
    made_up = shown(to_ask, TODAY)._replace(text="Another letter", sent_to="n" * 201)
    with pytest.raises(FirmpathError) as refused:
        record_sent(made_up, who(people[Role.SECAS]), AT)
    too_long, not_shown = map(str, refused.value.faults)
    assert "has 201 characters, more than 200; shorten it" in too_long
    assert not_shown.startswith("Letter is not the one that was shown; look at the letter below")


def test_a_letter_is_kept_as_it_was_sent(to_ask: ToAsk, people: dict[Role, Person]) -> None:
    text = draft_letter(to_ask, date(2026, 5, 20))
    record_sent(shown(to_ask, date(2026, 5, 20), text), who(people[Role.SECAS]), AT)
    (letter,) = letters_to("F001")
    assert (letter.sent_on, letter.sent_to) == (date(2026, 5, 20), "help@maker.example")
    assert letter.recorded_by == people[Role.SECAS]
    assert letter.text == text


def test_a_letter_of_tomorrow_has_not_been_sent(to_ask: ToAsk, people: dict[Role, Person]) -> None:
    with pytest.raises(FirmpathError, match="Sent on 2026-06-02 is still to come; note a letter once it was sent"):
        record_sent(shown(to_ask, TODAY + timedelta(days=1)), who(people[Role.SECAS]), AT)


def test_a_reminder_is_due_after_so_many_days_without_an_answer(to_ask: ToAsk, people: dict[Role, Person]) -> None:
    secas = who(people[Role.SECAS])
    letter = record_sent(shown(to_ask, TODAY - timedelta(days=28)), secas, AT)
    assert is_due(last_letters()["F001"], TODAY, 28)
    assert not is_due(last_letters()["F001"], TODAY, 29)
    record_answered(letter.pk, secas, AT)
    assert not is_due(last_letters()["F001"], TODAY, 28)
    with pytest.raises(FirmpathError, match="does not exist, or was answered already"):
        record_answered(letter.pk, secas, AT)


def test_the_last_letter_counts(to_ask: ToAsk, people: dict[Role, Person]) -> None:
    secas = who(people[Role.SECAS])
    for days in (1, 40):
        record_sent(shown(to_ask, TODAY - timedelta(days=days)), secas, AT)
    assert not is_due(last_letters()["F001"], TODAY, 28)
    assert not is_due(None, TODAY, 28)
