"""What cannot be seen is refused in whatever the SSC compares: it would look alike, and match nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.inventories.counts import keep_inventory
from firmpath.registry.ssc.stacks.parsing import check_stack
from firmpath.registry.ssc.versions.known_names import MAKER, KnownName, add_name
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability, check_vulnerability
from firmpath.registry.submissions.sealed import ZigBeeStack
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import VULNERABILITY
from tests.registry.ssc.planting import who

UNSEEN = r"'Or\\x200brin.*has as character 3 U\+200B \(ZERO WIDTH SPACE\), which cannot be seen"
NAME = "Or\u200brin"
(RANGE, *_) = VULNERABILITY.ranges


@pytest.mark.parametrize(
    "vulnerability",
    [
        VULNERABILITY._replace(reference=NAME),
        VULNERABILITY._replace(ranges=(RANGE._replace(stack=NAME),)),
        VULNERABILITY._replace(ranges=(RANGE._replace(stack_maker=NAME),)),
        VULNERABILITY._replace(ranges=(RANGE._replace(chipset_vendor=NAME),)),
    ],
)
def test_no_vulnerability_is_of_what_only_looks_like_a_stack(vulnerability: Vulnerability) -> None:
    (fault,) = check_vulnerability(vulnerability)
    with pytest.raises(FirmpathError, match=UNSEEN):
        raise FirmpathError(fault)


def test_running_text_of_a_vulnerability_may_have_some() -> None:
    assert not [*check_vulnerability(VULNERABILITY._replace(title=NAME, condition=NAME, note=NAME))]


def test_no_stack_no_name_and_no_inventory_has_one(people: dict[Role, Person]) -> None:
    assert len([*check_stack(ZigBeeStack(NAME, NAME))]) == 2
    ssc = who(people, Role.SSC)
    with pytest.raises(FirmpathError, match=UNSEEN):
        add_name(KnownName(MAKER, NAME), ssc, AT)
    with pytest.raises(FirmpathError, match=UNSEEN):
        keep_inventory(NAME, AT.date(), {}, ssc, AT)


def test_a_list_is_not_searched_for_one(
    signed_in: Callable[[Role], Client], recorded: Callable[[str], object]
) -> None:
    recorded("1 <- 2")
    sent = signed_in(Role.SSC).post(reverse("ssc_search"), {"back": reverse("ssc"), "search": NAME})
    assert sent.status_code == 422
    assert "U+200B (ZERO WIDTH SPACE), which cannot be seen" in sent.content.decode()
