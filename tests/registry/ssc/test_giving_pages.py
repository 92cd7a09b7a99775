"""The pages on which a submitter and SECAS give the SSC what it needs."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.stacks.queries import KnownStack, history_of, known_stacks, typed_by
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.models_deciding import ZigBeeNote
from tests.registry.conftest import AT
from tests.registry.people import make_person
from tests.registry.ssc.planting import STACK, draft, given, published, sent

People = dict[Role, Person]
FORM = {"chipset_vendor": " Orrin Silicon ", "stack_version": "OrrinZNet 7.4.0"}
EMAIL = {**FORM, "party": "Aster Metering", "evidence": "Dear SECAS,\r\nit is this.\r\n", "reason": ""}


@pytest.fixture
def maker(people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]) -> Client:
    recorded("1 <- 2")
    return signed_in(Role.MANUFACTURER)


@pytest.fixture
def secas(maker: Client, signed_in: Callable[[Role], Client]) -> Client:
    return signed_in(Role.SECAS)


def test_what_is_typed_is_kept_and_shown_to_its_party_alone(
    maker: Client, people: People, signed_in: Callable[[Role], Client]
) -> None:
    entry = draft(people)
    path = reverse("ssc_zigbee", args=[entry.reference])
    response = maker.post(path, FORM)
    assert (response.status_code, response["Location"]) == (302, f"/submissions/{entry.submission.reference}/")
    assert typed_by(entry.reference) == STACK
    entry.refresh_from_db()
    assert (entry.vendor_given, entry.stack_given) == (True, True)
    colleague = Client()
    own = make_person(Role.MANUFACTURER, "Aster Metering", AT, "Sam of Aster")
    colleague.force_login(own, "allauth.account.auth_backends.AuthenticationBackend")
    assert 'value="Orrin Silicon"' in colleague.get(path).content.decode()
    assert [signed_in(role).get(path).status_code for role in (Role.SUPPLIER, Role.SECAS, Role.SSC)] == [
        404,
        403,
        403,
    ]


def test_one_of_the_two_may_be_saved_and_taken_back(maker: Client, people: People) -> None:
    entry = draft(people)
    path = reverse("ssc_zigbee", args=[entry.reference])
    maker.post(path, {"chipset_vendor": "Orrin Silicon", "stack_version": ""})
    entry.refresh_from_db()
    assert (entry.vendor_given, entry.stack_given) == (True, False)
    maker.post(path, {"chipset_vendor": "", "stack_version": ""})
    entry.refresh_from_db()
    assert (entry.vendor_given, entry.stack_given) == (False, False)
    assert not any(typed_by(entry.reference))


def test_what_was_saved_empty_is_said_on_the_next_page(maker: Client, people: People) -> None:
    path = reverse("ssc_zigbee", args=[draft(people).reference])
    html = maker.post(path, {"chipset_vendor": "", "stack_version": ""}, follow=True).content.decode()
    assert "Not given yet: ZigBee chipset vendor and ZigBee stack version. Both can be given until" in html
    html = maker.post(path, {**FORM, "stack_version": ""}, follow=True).content.decode()
    assert "Not given yet: ZigBee stack version. " in html
    assert "Not given yet" not in maker.post(path, FORM, follow=True).content.decode()


def test_every_fault_is_told_at_once_and_what_was_typed_is_kept_on_the_page(maker: Client, people: People) -> None:
    entry = draft(people)
    bad = {"chipset_vendor": "=Orrin", "stack_version": "x" * 201}
    response = maker.post(reverse("ssc_zigbee", args=[entry.reference]), bad)
    html = response.content.decode()
    assert response.status_code == 422
    assert "ZigBee chipset vendor &#x27;=Orrin&#x27; begins with =, which spreadsheets take for a formula" in html
    assert "has 201 characters, more than 200; shorten it" in html
    assert "Error: ZigBee chipset vendor and stack version" in html
    assert 'value="=Orrin"' in html
    assert not any(typed_by(entry.reference))


@pytest.mark.parametrize("bring", [sent, published])
def test_once_it_is_sent_nobody_who_gave_it_can_read_or_change_it(
    maker: Client, people: People, bring: Callable[[People], SubmissionEntry]
) -> None:
    path = reverse("ssc_zigbee", args=[bring(people).reference])
    assert maker.get(path).status_code == 404
    assert maker.post(path, FORM).status_code == 404


def test_nothing_is_noted_where_the_ssc_could_not_keep_it(
    maker: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To say that something is given when it is not would lose it; the other way round it is asked for again."""
    from firmpath.registry.ssc.stacks import slot

    def fail(*anything: object) -> None:
        raise OSError("the other database is away")

    entry = draft(people)
    monkeypatch.setattr(slot, "keep", fail)
    maker.raise_request_exception = False
    assert maker.post(reverse("ssc_zigbee", args=[entry.reference]), FORM).status_code == 500
    entry.refresh_from_db()
    assert (entry.vendor_given, entry.stack_given) == (False, False)


def test_secas_records_an_e_mail_and_never_reads_it_back(secas: Client, people: People) -> None:
    path = reverse("ssc_record", args=[2])
    assert secas.get(path).content.decode().count("Not given") == 2
    response = secas.post(path, EMAIL, follow=True)
    html = response.content.decode()
    assert "Recorded. From now on only the Security Sub-Committee can read it." in html
    assert html.count(">Given<") == 2
    assert "Orrin" not in html
    assert "it is this" not in html
    assert known_stacks().by_entry == {2: KnownStack(*STACK)}
    (said,) = history_of(2)  # type: ignore[arg-type]
    assert said.evidence == "Dear SECAS,\nit is this."
    assert (said.party, said.entered_by) == ("Aster Metering", "somebody of SECAS")
    note = ZigBeeNote.objects.get()
    assert (note.cpl_entry_id, note.vendor_given, note.stack_given) == (2, True, True)
    assert ActLog.objects.get(what__startswith="ZigBee").about == "entry 2"


def test_an_e_mail_may_say_one_thing_only(secas: Client) -> None:
    secas.post(reverse("ssc_record", args=[2]), {**EMAIL, "stack_version": ""})
    html = secas.get(reverse("ssc_record", args=[2])).content.decode()
    assert (html.count(">Given<"), html.count(">Not given<")) == (1, 1)


def test_every_fault_of_an_e_mail_is_told_at_once(secas: Client) -> None:
    response = secas.post(reverse("ssc_record", args=[2]), {})
    html = response.content.decode()
    assert response.status_code == 422
    for fault in (
        "ZigBee chipset vendor and ZigBee stack version are both not given; write at least one of them",
        "Party that sent it is not given; name who answers for the information",
        "Text of the e-mail is not given; paste the e-mail; only the SSC reads it",
    ):
        assert fault in html


def test_to_replace_what_was_given_takes_a_reason(secas: Client, people: People) -> None:
    entry = published(people)
    path = reverse("ssc_record", args=[entry.cpl_entry_id])
    response = secas.post(path, EMAIL)
    assert response.status_code == 422
    assert "Reason is not given; say why this replaces what was recorded before" in response.content.decode()
    assert secas.post(path, {**EMAIL, "reason": "they corrected it"}).status_code == 302


def test_an_entry_that_is_listed_from_a_later_day_is_on_record(
    people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]
) -> None:
    recorded("1 <- 2 ; 2 listed=2031-01-01")
    secas, path = signed_in(Role.SECAS), reverse("ssc_record", args=[2])
    assert secas.get(path).status_code == 200
    assert secas.post(path, EMAIL).status_code == 302
    assert "Orrin Silicon" in signed_in(Role.SSC).get(reverse("ssc_entry", args=[2])).content.decode()


def test_there_is_nothing_to_record_of_an_entry_that_is_not_on_the_cpl(secas: Client) -> None:
    assert secas.get(reverse("ssc_record", args=[99])).status_code == 404
    assert secas.post(reverse("ssc_record", args=[99]), EMAIL).status_code == 404


def test_no_answer_with_a_value_is_kept_by_a_browser(maker: Client, people: People) -> None:
    entry = given(people)
    assert maker.get(reverse("ssc_zigbee", args=[entry.reference]))["Cache-Control"] == "no-store"
