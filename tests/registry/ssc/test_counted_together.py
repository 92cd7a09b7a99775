"""Devices that run one of several entries: they are weighed where these have the same in common, and never lost."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.exposure.exposed import NOT_TOLD_APART
from firmpath.registry.ssc.inventories.counts import counts_of, keep_inventory
from firmpath.registry.ssc.ways_out.weighing import weigh, weights_of
from tests.notation import ON
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability
from tests.registry.ssc.planting import who

People = dict[Role, Person]
COUNTS = [((1,), 1), ((1, 2), 10), ((1, 5), 100), ((2, 3), 1_000), ((4, 5), 10_000), ((1, 98), 100_000)]


def test_what_is_counted_of_several_counts_where_all_of_them_do() -> None:
    weights = weights_of({CPLEntryID(1): 1}, counts_of(COUNTS[1:]))
    for ids, devices in (({1}, 1), ({1, 2}, 11), ({1, 2, 5}, 111), ({2, 3}, 1_000), ({5}, 0), ({98}, 0)):
        assert weigh({CPLEntryID(each) for each in ids}, weights) == devices


def test_shares_ways_out_and_fixes_add_up_to_all_devices(
    people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]
) -> None:
    recorded("1 <- 2 <- 3 ; 4 model=0009 ; 5 model=0009 ; 6 ? model=0009")
    give_stacks(people, dict.fromkeys((1, 2, 4, 5), "OrrinZNet 7.1.0") | dict.fromkeys((3, 6), "OrrinZNet 7.4.0"))
    know_names(people)
    number, by = know_vulnerability(people), who(people, Role.SSC)
    inventory = keep_inventory("All", ON, counts_of(COUNTS), by, AT)
    caller = Caller(people[Role.SSC], Scope.READ_SSC)
    path = f"/ssc/vulnerabilities/{number}"
    told = json.loads(caller.call("GET", f"{path}/exposure?inventory={inventory}").content)
    all_of_them = {kind: found.get("devices", 0) for kind, found in told["verdicts"].items()}
    assert all_of_them == {"affected": 10_111, "not_affected": 0, "unknown": 101_000}
    for shares in told["shares"].values():
        counted = Counter(dict.fromkeys(all_of_them, 0))
        for share in shares:
            counted.update({kind: found.get("devices", 0) for kind, found in share["verdicts"].items()})
        assert counted == all_of_them
    html = (
        signed_in(Role.SSC).get(reverse("ssc_ways_out", args=[number]) + f"?inventory={inventory}").content.decode()
    )
    assert "2 affected entries have a pathway to an unaffected one, 11 Devices" in html
    assert "2 entries: nobody has said whether an upgrade exists, 10,000 Devices" in html
    assert "100 affected Devices more run one of several entries that the inventory does not tell apart" in html
    assert '1<br><span class="quiet">and 100,110 that run it or another</span>' in html
    entries = signed_in(Role.SSC).get(reverse("ssc_exposure", args=[number]) + f"?inventory={inventory}&format=csv")
    rows = {row["cpl_entry_id"]: row for row in csv.DictReader(io.StringIO(entries.content.decode("utf-8-sig")))}
    counted_of = [(rows[each]["devices"], rows[each]["devices_of_it_or_another"]) for each in "1256"]
    assert counted_of == [("1", "100110"), ("", "1010"), ("", "10100"), ("", "")]
    first = json.loads(caller.call("GET", f"{path}/fixes?inventory={inventory}&limit=1").content)
    second = json.loads(caller.call("GET", f"{path}/fixes?limit=1&cursor={first['next_cursor']}").content)
    assert [each["from"] for each in (*first["fixes"], *second["fixes"])] == [4, 5]
    assert "next_cursor" not in second


def test_devices_whose_entries_differ_are_in_a_share_of_their_own(
    people: People, recorded: Callable[[str], object]
) -> None:
    recorded("1 type=ESME ; 2 type=GSME model=0009 ; 3 type=ESME")
    give_stacks(people, dict.fromkeys((1, 2, 3), "OrrinZNet 7.1.0"))
    know_names(people)
    number, by = know_vulnerability(people), who(people, Role.SSC)
    inventory = keep_inventory("All", ON, counts_of([((1, 2), 10), ((1, 3), 100)]), by, AT)
    path = f"/ssc/vulnerabilities/{number}/exposure?inventory={inventory}"
    told = json.loads(Caller(people[Role.SSC], Scope.READ_SSC).call("GET", path).content)
    devices = {
        each["name"]: each["verdicts"]["affected"].get("devices", 0) for each in told["shares"]["device_type"]
    }
    assert devices == {"ESME": 100, "GSME": 0, NOT_TOLD_APART: 10}
