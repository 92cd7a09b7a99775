"""What a form asks: as values, and as a page shows it to a person and to a screen reader."""

from datetime import date

import pytest
from django.forms import BooleanField, CharField, ChoiceField, EmailField, Form, PasswordInput
from django.http import QueryDict

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.web.questions import Choice, Question, asked, parse_day, summary, written_day
from tests.registry.web.rendering import rendered

VERSION = Question("firmware_version", "Firmware version", hint="8 hexadecimal digits", width=10)
BASES = Question(
    "bases", "Base firmware", kind="checkboxes", choices=(Choice("311", "38040404"), Choice("402", "5"))
)
LISTED = Question("listed_on", "Listed on", kind="date")
BAD_VERSION = Fault("firmware version", "3804", "is not 8 hex digits")
TAKEN = Fault("CPL Entry ID", "311", "is on the CPL already")


def test_a_fault_stands_beside_its_field_and_every_fault_is_in_the_summary() -> None:
    both = asked((VERSION, BASES), {"firmware_version": "3804"}, (BAD_VERSION, TAKEN))
    assert both[0].faults == ("firmware version '3804' is not 8 hex digits",)
    assert both[0].described_by == "firmware_version-hint firmware_version-error"
    assert both[1].faults == ()
    assert summary(both, (BAD_VERSION, TAKEN, TAKEN)) == [
        ("firmware version '3804' is not 8 hex digits", "#firmware_version"),
        ("CPL Entry ID '311' is on the CPL already", ""),
    ]


def test_the_summary_leads_to_the_first_box_of_a_date() -> None:
    fault = Fault("Listed on", "", "is not given", quoted=False)
    both = asked((LISTED,), {}, (fault,))
    assert summary(both, (fault,)) == [("Listed on is not given", "#listed_on-day")]
    assert 'id="listed_on-day"' in rendered("{% questions asked %}", asked=both)


def test_answers_come_from_what_a_form_sent_and_from_a_draft() -> None:
    sent = QueryDict("bases=311&bases=402&firmware_version=AB")
    assert [each.values for each in asked((VERSION, BASES), sent)] == [("AB",), ("311", "402")]
    draft = {"bases": (311,), "listed_on": date(2026, 11, 2), "firmware_version": NOT_KNOWN}
    assert [each.values for each in asked((VERSION, BASES, LISTED), draft)] == [(), ("311",), ("2026-11-02",)]


@pytest.mark.parametrize(
    ("sent", "day", "shown"),
    [
        ("listed_on-day=2&listed_on-month=11&listed_on-year=2026", "2026-11-02", ("02", "11", "2026")),
        ("listed_on-day=2&listed_on-month=six&listed_on-year=2026", "2/six/2026", ("2", "six", "2026")),
        ("listed_on-day=&listed_on-month=11&listed_on-year=", "/11/", ("", "11", "")),
        ("listed_on=2026-11-02", "2026-11-02", ("02", "11", "2026")),
        ("listed_on=soon", "soon", ("soon", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_a_day_is_kept_as_it_was_written(sent: str, day: str, shown: tuple[str, str, str]) -> None:
    assert written_day(QueryDict(sent), "listed_on") == day
    (each,) = asked((LISTED,), QueryDict(sent))
    assert (each.day, each.month, each.year) == shown


def test_a_day_is_read_or_refused() -> None:
    assert parse_day(QueryDict("listed_on-day=2&listed_on-month=11&listed_on-year=2026"), LISTED) == date(
        2026, 11, 2
    )
    right = "write day, month and year as numbers, as in 22 11 2026"
    with pytest.raises(FirmpathError, match=f"^Listed on is not given; {right}$"):
        parse_day({}, LISTED)
    with pytest.raises(FirmpathError, match=f"^Listed on '31/02/2026' is not a day of the calendar; {right}$"):
        parse_day({"listed_on": "2026-02-31"}, LISTED)


def test_a_question_names_its_hint_and_its_fault_to_a_screen_reader() -> None:
    (each,) = asked((VERSION,), {"firmware_version": "<3804>"}, (BAD_VERSION,))
    text = rendered("{% question asked %}", asked=each)
    assert '<label for="firmware_version">Firmware version</label>' in text
    assert '<p class="hint" id="firmware_version-hint">8 hexadecimal digits</p>' in text
    assert '<span class="hidden">Error: </span>firmware version &#x27;3804&#x27; is not 8 hex digits' in text
    assert 'value="&lt;3804&gt;" size="10"' in text
    assert 'aria-describedby="firmware_version-hint firmware_version-error" aria-invalid="true"' in text


def test_choices_are_labelled_and_the_chosen_ones_marked() -> None:
    text = rendered("{% questions asked %}", asked=asked((BASES,), QueryDict("bases=402")))
    assert "<fieldset><legend>Base firmware</legend>" in text
    assert '<input type="checkbox" id="bases" name="bases" value="311"><label for="bases">38040404</label>' in text
    assert 'id="bases-2" name="bases" value="402" checked><label for="bases-2">5</label>' in text


def test_a_list_to_choose_from_begins_with_no_choice() -> None:
    band = Question("band", "ZigBee band", kind="select", choices=(Choice("d", "Dual Band", "both at once"),))
    text = rendered("{% questions asked %}", asked=asked((band,), {"band": "d"}))
    assert '<option value="">Choose one</option>' in text
    assert '<option value="d" selected>Dual Band – both at once</option>' in text


def test_what_is_optional_says_so() -> None:
    reason = Question("why", "Reason", kind="textarea", optional=True)
    text = rendered("{% questions asked %}", asked=asked((reason,), {"why": "It is."}))
    assert '<label for="why">Reason (optional)</label>' in text
    assert "It is.</textarea>" in text


def test_a_password_is_never_sent_back() -> None:
    (each,) = asked((Question("p", "Password", kind="password"),), {"p": "hunter2"})
    assert each.values == ()
    assert "hunter2" not in rendered("{% question asked %}", asked=each)


def test_a_single_box_says_what_is_wrong_with_leaving_it_empty() -> None:
    sure = Question("sure", "I have read the notice", kind="checkbox")
    fault = Fault("I have read the notice", "", "is not ticked", quoted=False)
    (each,) = asked((sure,), {}, (fault,))
    text = rendered("{% question asked %}", asked=each)
    assert (
        '<p class="fault" id="sure-error"><span class="hidden">Error: </span>I have read the notice is not' in text
    )
    assert 'value="on" aria-describedby="sure-error"><label for="sure">I have read the notice</label>' in text


def test_the_label_of_the_only_question_is_the_heading_of_its_page() -> None:
    text = rendered('{% question asked.0 "page" %}', asked=asked((VERSION,), {}))
    assert '<h1 class="heading"><label for="firmware_version">Firmware version</label></h1>' in text


class _Registration(Form):
    email = EmailField(label="E-mail address")
    password = CharField(label="Password", widget=PasswordInput(attrs={"autocomplete": "new-password"}))
    kind = ChoiceField(label="Kind", choices=[("a", "Auditor"), ("b", "Buyer")], required=False)
    stay = BooleanField(label="Stay signed in", required=False)


def test_a_form_of_django_is_asked_like_every_other_question() -> None:
    form = _Registration({"email": "ada", "password": "hunter2", "kind": "b", "stay": "on"})
    text = rendered("{% error_summary form|form_problems %}{% form_questions form %}", form=form)
    assert '<a href="#id_email">E-mail address: Enter a valid email address.</a>' in text
    assert '<input type="email" id="id_email" name="email" value="ada"' in text
    assert 'autocomplete="new-password"' in text
    assert "hunter2" not in text
    assert '<label for="id_kind">Kind (optional)</label>' in text
    assert '<option value="b" selected>Buyer</option>' in text
    assert 'name="stay" value="on" checked><label for="id_stay">Stay signed in</label>' in text
    assert rendered("{% question_of_field form.email %}", form=form) in text
