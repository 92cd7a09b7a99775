"""As known on a day: whatever is stated later, by whichever way, changes no octet of what was known by then."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.pathways.facts import ANY_ENTRY, NoticeOpened, NoticeStep
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.assessments.keeping import Said, assess
from firmpath.registry.ssc.inventories.counts import inventories, keep_inventory
from firmpath.registry.ssc.models import NameRevision
from firmpath.registry.ssc.revisions import latest
from firmpath.registry.ssc.stacks.actions import FromEmail, record_from_email
from firmpath.registry.ssc.steering.opening import open_notice, proposed_notice
from firmpath.registry.ssc.versions.known_names import change_name, find_name, name_of
from firmpath.registry.ssc.vulnerabilities.keeping import (
    add_vulnerability,
    change_vulnerability,
    history_of_vulnerability,
)
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.previews import preview_apart
from firmpath.registry.submissions.sealed import ZigBeeStack
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import VULNERABILITY, give_stacks, know_names, know_vulnerability
from tests.registry.ssc.planting import who

People = dict[Role, Person]
LATER = AT + timedelta(days=2)
AS_KNOWN = {"on": "2026-06-10", "known_on": AT.date().isoformat()}
PAGES = ("ssc_vulnerability", "ssc_exposure", "ssc_ways_out", "ssc_letters")
SAID = Said("not affected", "component_not_present", "They showed it to us.")


@pytest.fixture
def number(people: People, recorded: Callable[[str], object]) -> int:
    """A vulnerability with all that can be known of it, on the first day."""
    recorded("1 <- 2 <- 3 ; 4 ?")
    give_stacks(people, {1: "OrrinZNet 7.1.0", 2: "OrrinZNet 7.2.0", 3: "OrrinZNet 7.4.0"})
    know_names(people)
    number = know_vulnerability(people)
    ssc = who(people, Role.SSC)
    assess(number, [CPLEntryID(4)], Said("affected", "", "Tried it."), ssc, AT)
    keep_inventory("Everybody", AT.date(), {(CPLEntryID(1),): 7, (CPLEntryID(1), CPLEntryID(2)): 5}, ssc, AT)
    return number


def later_edit(people: People, number: int) -> None:
    seen = history_of_vulnerability(number)[0]
    changed = seen.vulnerability._replace(title="Another title", condition="", is_withdrawn=True)
    change_vulnerability(seen.kept, changed, "It was revised.", who(people, Role.SSC), LATER)


def later_vulnerability(people: People, number: int) -> None:
    add_vulnerability(VULNERABILITY._replace(reference="OS-2026-8"), who(people, Role.SSC), LATER)


def later_assessment(people: People, number: int) -> None:
    assess(number, [CPLEntryID(1), CPLEntryID(4)], SAID, who(people, Role.SSC), LATER)


def later_taken_back(people: People, number: int) -> None:
    assess(number, [CPLEntryID(4)], Said("", "", "It was wrong."), who(people, Role.SSC), LATER)


def later_stack(people: People, number: int) -> None:
    email = FromEmail(ZigBeeStack("Orrin Silicon", "OrrinZNet 7.9.0"), "Aster Metering", "It is.", "put right")
    record_from_email(CPLEntryID(1), email, who(people, Role.SECAS), LATER)


def later_name(people: People, number: int) -> None:
    with ssc_open():
        numbers = list(latest(NameRevision))
    for each in numbers:
        seen = find_name(each)[0]
        renamed = name_of(seen)._replace(name=f"{name_of(seen).name} of old", spellings=())
        change_name(seen, renamed, "It was sold.", who(people, Role.SSC), LATER)


def later_inventory(people: People, number: int) -> None:
    keep_inventory("All of them", LATER.date(), {(CPLEntryID(2),): 900}, who(people, Role.SSC), LATER)


def later_notice(people: People, number: int) -> None:
    fact = NoticeOpened("W9", "Wait", "Do not take Devices to 2.", (NoticeStep(ANY_ENTRY, CPLEntryID(2)),))
    proposed = proposed_notice(fact, who(people, Role.SSC), LATER)
    seen = preview_apart(proposed.stated, LATER).seen
    open_notice(number, proposed, seen, who(people, Role.SSC), LATER)


ACTS = (
    later_edit,
    later_vulnerability,
    later_assessment,
    later_taken_back,
    later_stack,
    later_name,
    later_inventory,
    later_notice,
)


def all_that_is_shown(client: Client, caller: Caller, number: int, inventory: str) -> Iterator[tuple[str, str]]:
    asked = {**AS_KNOWN, "inventory": inventory}
    gets: list[tuple[str, dict[str, str]]] = [(reverse(name, args=[number]), asked) for name in PAGES]
    gets += [
        (reverse("ssc_exposure", args=[number]), {**asked, "verdict": kind}) for kind in ("unknown", "affected")
    ]
    gets += [(reverse("ssc_vulnerabilities"), {**asked, **more}) for more in ({}, {"format": "csv"})]
    gets += [(reverse("ssc_exposure", args=[number]), {**asked, "format": "csv"})]
    gets += [(reverse("ssc_operators", args=[number, "csv"]), asked)]
    gets += [(reverse("ssc_openvex", args=[number]), asked)]
    for address, query in gets:
        yield f"{address} {query}", shown(client.get(address, query))
    query = f"?as_at={AS_KNOWN['on']}&known_on={AS_KNOWN['known_on']}"
    weighed = f"{query}&inventory={inventory}"
    of_one = f"/ssc/vulnerabilities/{number}"
    calls = (f"/ssc/vulnerabilities{weighed}", f"{of_one}/exposure{weighed}", f"{of_one}/fixes{weighed}")
    known = f"{of_one}/assessments?known_on={AS_KNOWN['known_on']}"
    for path in (*calls, f"{of_one}/letters{query}", f"{of_one}/openvex{query}", known):
        yield path, shown(caller.get(path))


def shown(answer: object) -> str:
    """Give what is shown without what differs from one second to the next, or tells one answer from another."""
    assert answer.status_code == 200, answer.content.decode()[:500]  # type: ignore[attr-defined]
    text: str = answer.content.decode()  # type: ignore[attr-defined]
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "an instant", text)


@pytest.mark.parametrize("act", [*ACTS, None], ids=lambda act: act.__name__ if act else "all of it")
def test_what_is_stated_later_changes_nothing_of_what_was_known(
    act: Callable[[People, int], None] | None, people: People, signed_in: Callable[[Role], Client], number: int
) -> None:
    inventory = str(inventories()[0].number)
    client, caller = signed_in(Role.SSC), Caller(people[Role.SSC], Scope.WRITE_SSC)
    before = dict(all_that_is_shown(client, caller, number, inventory))
    for each in (act,) if act else ACTS[::-1]:
        each(people, number)
    after = dict(all_that_is_shown(client, caller, number, inventory))
    assert [each for each in before if before[each] != after[each]] == []
    if act is None:
        now = client.get(reverse("ssc_vulnerability", args=[number]), {"on": AS_KNOWN["on"]}).content.decode()
        for words in ("Another title", "They showed it to us.", "All of them", "W9", "has been withdrawn"):
            assert (words in now, any(words in each for each in after.values())) == (True, False)


def test_an_inventory_that_was_given_later_is_refused(people: People, number: int) -> None:
    later_inventory(people, number)
    later = inventories()[0].number
    caller = Caller(people[Role.SSC], Scope.WRITE_SSC)
    refused = caller.get(f"/ssc/vulnerabilities?known_on={AS_KNOWN['known_on']}&inventory={later}")
    assert refused.status_code == 409
    assert "was not given here by the end of 2026-06-01; choose an earlier one, or none" in refused.content.decode()
