"""What a submission says of an image that the CPL has already."""

import re
from collections.abc import Callable

from django.test import Client

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.answers import PARTS
from firmpath.registry.submissions.models import Submission
from tests.registry.submissions.drafting import draft, who
from tests.registry.web.submitting_pages import at, text_of


def having(submission: Submission, image_hash: str) -> None:
    entry = submission.entries.get()
    entry.answers = {**entry.answers, "manufacturer_image_hash": image_hash}
    entry.save()


def test_an_image_that_is_on_the_cpl_is_told_of_in_the_words_of_the_command(
    browser: Client, people: dict[Role, Person], recorded: Callable[[str], object]
) -> None:
    recorded("1 hash=AB; 2 withdrawn hash=AB type=PPMID; 3 hash=AC")
    begun = draft(who(people, Role.MANUFACTURER))
    known = (
        'CPL entry 1 (firmware 00000001, "v1") is for ESME F001/00050203.',
        'CPL entry 2 (firmware 00000002, "v2") is for PPMID F001/00050203.',
    )
    having(begun, f"{'ab':0>64}")
    page = text_of(browser.get(at(begun, "1/device/")))
    for words in ("The CPL has this Manufacturer Image hash already.", *known):
        assert words in page
    assert re.search(r'CPL entry 2 \(firmware 00000002, "v2"\) was withdrawn on [^:]*: no Device may be t', page)
    assert "CPL entry 3" not in page
    other = "The CPL has this Manufacturer Image hash already."
    assert other not in text_of(browser.get(at(begun, "1/release/")))
    for image_hash in ("AD", "", "zz"):
        having(begun, image_hash and f"{image_hash:0>64}")
        assert other not in text_of(browser.get(at(begun, "1/device/")))


def test_an_image_that_is_on_the_cpl_is_told_of_when_the_page_is_left(browser: Client, begun: Submission) -> None:
    answers = begun.entries.get().answers
    sent = {name: answers[name] for name in PARTS["device"] if name in answers}
    assert "already" not in text_of(browser.post(at(begun, "1/device/"), sent, follow=True)).partition("<h1>")[0]
    sent["manufacturer_image_hash"] = f"{2:0>64}"
    left = text_of(browser.post(at(begun, "1/device/"), sent, follow=True))
    assert "Base firmware</h1>" in left
    assert (
        'The CPL has this Manufacturer Image hash already. CPL entry 2 (firmware 00000002, "v2") is for ESME F001/0'
        in left
    )
