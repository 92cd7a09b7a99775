"""What cannot be seen is refused in whatever tells one thing from another, and left in running text."""

from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from firmpath.pathways.facts import NoticeOpened, ReleaseInformationGiven
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.actions import make_party, rename_oneself
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import Submission
from tests.registry.conftest import AT
from tests.registry.submissions.drafting import who
from tests.registry.web.deciding_pages import PROVENANCE, confirm, text_of

NOTICE = {**PROVENANCE, "notice_id": "N2", "name": "Clock stops", "text": "Wait.", "steps": "1 -> 2"}
OTHER_PARTY = {**NOTICE, "party": "another", "party_other": "Har\u200bbour"}
UNSEEN = "has as character 4 U+200B (ZERO WIDTH SPACE), which cannot be seen"


@pytest.fixture
def secas(signed_in: Callable[[Role], Client], recorded: Callable[[str], Sequence[Statement]]) -> Client:
    recorded("1 <- 2")
    return signed_in(Role.SECAS)


@pytest.mark.parametrize(
    ("address", "answers", "said"),
    [
        ("/edit/notices/open/", {**NOTICE, "name": "Clo\u200bck"}, "Name 'Clo\\x200bck'"),
        ("/edit/notices/open/", OTHER_PARTY, "Another Party 'Har\\x200bbour'"),
        (
            "/edit/entries/2/release-information/",
            {**PROVENANCE, "contact": "hel\u200bp@maker.example"},
            "Contact 'hel\\x200bp@maker.example'",
        ),
        (
            "/edit/entries/2/certificates/",
            {**PROVENANCE, "cpa_certificate": "CPA\u200b-1"},
            "CPA certificate 'CPA\\x200b-1'",
        ),
        ("/", {"installed": "311\u200b"}, "Entry '311\\x200b'"),
        ("/", {"installed": "F00\u200b1/00050203@00000002"}, "Manufacturer identifier 'F00\\x200b1'"),
    ],
)
def test_what_tells_one_thing_from_another_has_none(
    secas: Client, address: str, answers: dict[str, str], said: str
) -> None:
    before = current().chain
    words = text_of(secas.post(address, answers))
    assert f"{said} {UNSEEN}; " in words
    assert current().chain == before


def test_running_text_may_have_some(secas: Client) -> None:
    written = "Wait\u200b for us\ufeff."
    confirm(secas, "/edit/notices/open/", {**NOTICE, "text": written, "reason": written})
    opened = current().register.statements[-1]
    assert isinstance(opened.fact, NoticeOpened)
    assert (opened.fact.text, opened.reason) == (written, written)
    confirm(secas, "/edit/entries/2/release-information/", {**PROVENANCE, "notes": written})
    given = current().register.statements[-1].fact
    assert isinstance(given, ReleaseInformationGiven)
    assert given.notes == written


def test_a_submission_is_told_which_field_has_one(browser: Client, begun: Submission) -> None:
    page = browser.get(f"/submissions/{begun.reference}/1/device/")
    assert page.status_code == 200
    sent = browser.post(
        page.request["PATH_INFO"], {"firmware_name": "Ast\u200ber 3", "firmware_version": "000\u200b"}
    )
    words = text_of(sent)
    assert f"Firmware name 'Ast\\x200ber 3' {UNSEEN}" in words
    assert f"Firmware version '000\\x200b' {UNSEEN}" in words


def test_neither_parties_nor_people_have_one_in_their_names(people: dict[Role, Person]) -> None:
    by = who(people, Role.SECAS)
    with pytest.raises(FirmpathError, match=r"Name of the Party 'Har\\x200bbour' has as character 4 U\+200B"):
        make_party("Har\u200bbour", Role.SUPPLIER.value, "", "", by=by, at=AT)
    with pytest.raises(FirmpathError, match=r"Your name 'Jo\\xad Reed' has as character 3 U\+00AD \(SOFT HYPHEN\)"):
        rename_oneself("Jo\xad Reed", by=by, at=AT)
