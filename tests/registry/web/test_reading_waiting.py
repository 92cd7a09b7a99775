"""How much waits for SECAS, on the page that it comes to first."""

import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.registry.submissions.drafting import sent, who
from tests.registry.web.deciding_pages import text_of

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]


def test_secas_sees_how_much_waits_and_where(
    signed_in: SignIn, recorded: Record, people: dict[Role, Person]
) -> None:
    recorded("1 <- 2 ; 3 ?")
    secas = signed_in(Role.SECAS)
    before = "0 submissions to review , 0 open corrections , 0 changes to be decided , 3 entries with gaps ."
    assert f"Waiting for SECAS: {before}" in text_of(secas.get("/"))
    sent(who(people, Role.MANUFACTURER))
    signed_in(Role.SUPPLIER).post("/corrections/new/?entry=3", {"words": "The band is wrong"})
    page = secas.get("/")
    assert "1 submission to review , 1 open correction , 0 changes" in text_of(page)
    found = re.search(r"Waiting for SECAS: (.*?)</p>", page.content.decode())
    assert found
    links = re.findall(r'href="([^"]*)">(\d+)', found[1])
    assert len(links) == 4
    for address, _ in links:
        assert secas.get(unescape(address)).status_code == 200
    assert "The band is wrong" in text_of(secas.get("/corrections/?state=open"))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PUBLIC, Role.SECAS)])
def test_nobody_else_is_told(signed_in: SignIn, recorded: Record, role: Role) -> None:
    recorded("1 <- 2")
    assert "Waiting for SECAS" not in text_of(signed_in(role).get("/"))
    assert "Waiting for SECAS" not in text_of(Client().get("/"))
