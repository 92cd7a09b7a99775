"""Two people at one draft: what a colleague has saved meanwhile is not replaced unawares."""

import pytest
from django.test import Client

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions import drafts
from firmpath.registry.submissions.models import Submission
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import who
from tests.registry.web.deciding_pages import hidden
from tests.registry.web.submitting_pages import at, text_of

People = dict[Role, Person]


@pytest.mark.parametrize(
    ("part", "name", "meanwhile", "typed"),
    [
        ("device", "firmware_name", "Theirs", {"firmware_name": "Mine"}),
        ("base-firmware", "base_cpl_entry_ids", "N/A", {"kind": "named", "others": "1"}),
    ],
)
def test_what_a_colleague_has_saved_meanwhile_is_not_replaced_unawares(
    part: str, name: str, meanwhile: str, typed: dict[str, str], browser: Client, begun: Submission, people: People
) -> None:
    url = at(begun, f"1/{part}/")
    old = hidden(browser.get(url), "shown")
    by = who(people, Role.MANUFACTURER)
    drafts.save_answers(begun.reference, 1, {name: meanwhile}, by, AT)
    sent = {**begun.entries.get().answers, **typed, "later": "yes", "shown": old}
    refused = browser.post(url, sent)
    assert refused.status_code == 422
    said = f"'{meanwhile}' was saved since you opened this page; to replace it with what stands below, save again"
    assert said in text_of(refused)
    assert begun.entries.get().answers[name] == meanwhile
    again = browser.post(url, {**sent, "shown": hidden(refused, "shown")})
    assert again.status_code == 302
    assert begun.entries.get().answers[name] != meanwhile


def test_the_same_page_sent_twice_is_saved_once_and_not_complained_about(
    browser: Client, begun: Submission
) -> None:
    url = at(begun, "1/device/")
    shown = hidden(browser.get(url), "shown")
    sent = {**begun.entries.get().answers, "firmware_name": "Mine", "later": "yes", "shown": shown}
    assert [browser.post(url, sent).status_code for _ in range(2)] == [302, 302]
