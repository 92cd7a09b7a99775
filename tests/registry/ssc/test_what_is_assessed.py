"""Which entries the SSC says something of, whichever way it is sent."""

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.assessments.keeping import TAKEN_BACK, Said, assess, past_assessments
from firmpath.registry.ssc.exposure.exposed import reasons_of
from firmpath.registry.ssc.exposure.looking import read_asked, see_exposure
from firmpath.registry.ssc.exposure.verdict import VerdictKind, Why
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.planting import who
from tests.registry.ssc.test_steering_and_assessing import client, html_of, number

__all__ = ["client", "number"]

People = dict[Role, Person]


def test_only_what_is_on_the_cpl_is_assessed_and_only_what_was_said_is_taken_back(
    client: Client, people: People, number: int
) -> None:
    by, found_out = who(people, Role.SSC), Said("affected", "", "Looked at.")
    for said, ids, wrong in (
        (found_out, (1, 99), "name 99, which is not on the CPL"),
        (found_out._replace(kind=TAKEN_BACK), (1,), "name 1, of which nothing is said that could be taken back"),
    ):
        with pytest.raises(FirmpathError) as refused:
            assess(number, [*map(CPLEntryID, ids)], said, by, AT)
        assert str(refused.value) == f"CPL entries {wrong}; check the id"
    caller = Caller(people[Role.SSC], Scope.WRITE_SSC)
    body = {"cpl_entry_ids": [99], "verdict": "affected", "reason": "Looked at."}
    assert caller.call("POST", f"/ssc/vulnerabilities/{number}/assessments", body).status_code == 409
    assert past_assessments(number) == []
    said_on_page = {"ids": "1 1, 1", "kind": "affected", "reason": "Looked at."}
    answer = client.post(reverse("ssc_assess", args=[number]), said_on_page, follow=True)
    assert "The assessment of 1 entry is kept." in html_of(answer)
    assess(number, [CPLEntryID(1)] * 2, found_out._replace(kind=TAKEN_BACK), by, AT)
    assert len(past_assessments(number)) == 2


def test_the_reasons_of_what_is_unknown_add_up_with_what_is_assessed_as_unknown(
    client: Client, people: People, number: int
) -> None:
    by = who(people, Role.SSC)
    for kind, ids in (("unknown", (1, 2)), ("affected", (3,))):
        assess(number, [*map(CPLEntryID, ids)], Said(kind, "", "Being looked into."), by, AT)
    seen = see_exposure(number, read_asked({}, AT.date()), "test", by, AT)
    assert seen
    reasons = reasons_of(seen.exposure)
    assert reasons[Why.ASSESSED] == 2
    assert reasons.total() == seen.total.entries[VerdictKind.UNKNOWN]
    assert "2: the SSC has assessed it" in html_of(client.get(reverse("ssc_vulnerability", args=[number])))
