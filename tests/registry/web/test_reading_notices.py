"""The page of notices."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from django.test import Client

from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeStep
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]


def test_open_and_closed_notices_are_shown_with_their_steps_named(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3 ; notice N1: 1 -> 2 ; notice N2: any -> 3")
    further = NoticeExtended("N1", (NoticeStep(CPLEntryID(2), CPLEntryID(3)),))
    with appending(AT) as ledger:
        on = date(2026, 1, 5)
        ledger.record(
            [Stated(on, "SECAS", Channel.SECAS_CORRECTION, fact) for fact in (further, NoticeClosed("N2"))]
        )
    page = signed_in(Role.SUPPLIER).get("/notices/").text
    assert page.index("Notice N1: Notice N1") < page.index("Notice N2: Notice N2")
    assert "<li>1 (00000001) → 2 (00000002)</li><li>2 (00000002) → 3 (00000003)</li>" in page
    assert "<li>any entry → 3 (00000003)</li>" in page
    assert ">Open<" in page
    assert ">Closed<" in page
    assert "closed from" in page


def test_notices_are_searched_and_downloaded(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3 ; notice N1: 1 -> 2 ; notice N2: any -> 3")
    with appending(AT) as ledger:
        ledger.record([Stated(date(2026, 1, 5), "SECAS", Channel.SECAS_CORRECTION, NoticeClosed("N2"))])
    client = signed_in(Role.SUPPLIER)
    for query, shown in (("q=n1", ["N1"]), ("state=Closed", ["N2"]), ("q=(00000003)", ["N2"])):
        page = client.get(f"/notices/?{query}").text
        assert re.findall(r'<h2 id="notice-[^"]+">Notice (\w+):', page) == shown
    assert "<strong>No notice matches.</strong>" in client.get("/notices/?q=x").text
    file = client.get("/notices/?q=n2&format=csv")
    assert file["Content-Disposition"] == 'attachment; filename="notices.csv"'
    headings, row = file.text.splitlines()
    assert headings == "Notice,Name,State,Open from,Closed from,Upgrades,Put right in,Responsible Party,Text,Link"
    assert row.startswith("N2,Notice N2,Closed,")
    assert ",2026-01-05,any entry → 3 (00000003),," in row


def test_no_notice_says_so(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    assert "No notice has been opened yet." in signed_in(Role.SUPPLIER).get("/notices/").text


def test_notices_are_not_for_the_public(client: Client) -> None:
    assert "next=%2Fnotices%2F" in client.get("/notices/")["Location"]
