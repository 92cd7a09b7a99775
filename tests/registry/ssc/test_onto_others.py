"""A way out says what else is on record of where it leads; a cleaner end is preferred where it costs nothing."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.assessments.assessment import Assessment
from firmpath.registry.ssc.exposure.exposed import Exposure, expose
from firmpath.registry.ssc.exposure.ground import lay_ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.keeping import change_vulnerability, known_vulnerabilities
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability
from firmpath.registry.ssc.ways_out.finding import WaysOut, find_ways_out
from firmpath.registry.ssc.ways_out.others import remarks_on, words_of
from tests.differential.small_catalogues import small_catalogues
from tests.notation import catalogue
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability
from tests.registry.ssc.known import KNOWN
from tests.registry.ssc.planting import who

People = dict[Role, Person]
Kinds = Mapping[int, VerdictKind]
AFFECTED, SAFE, UNKNOWN = VerdictKind.AFFECTED, VerdictKind.NOT_AFFECTED, VerdictKind.UNKNOWN
ANOTHER = Vulnerability(
    "OS-2026-8", ranges=(AffectedRange("", "OrrinZNet", "", VersionRange("7.4.0", "7.4.0", "")),)
)
STACKS = {1: "OrrinZNet 7.1.0", 2: "OrrinZNet 7.2.0", 3: "OrrinZNet 7.4.0", 4: "OrrinZNet 7.5.0"}
CAUTION = "3 (00000003) is affected by OS-2026-8"


def found_in(text: str, own: Iterable[int], **others: Kinds) -> WaysOut:
    """Find the ways out of `own` entries, by assessments alone; of others, what is not named is unaffected."""
    ground = lay_ground(catalogue(text), {}, KNOWN)

    def exposure(name: str, kinds: Kinds) -> Exposure:
        said = {each: Assessment(kinds.get(each, SAFE), "", "Tried it.", "S. Stone", AT) for each in ground.code_of}
        return expose(ground, ANOTHER._replace(reference=name), said)

    asked = exposure("A-1", dict.fromkeys(own, AFFECTED))
    return find_ways_out(asked, [exposure(name, kinds) for name, kinds in others.items()])


def answer(caller: Caller, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(caller.call("GET", path).content)
    return found


def steps(*ids: int) -> tuple[CPLEntryID, ...]:
    return tuple(map(CPLEntryID, ids))


def test_of_equally_short_ways_the_cleanest_end_is_taken() -> None:
    text = "1 <- 2 ; 1 <- 3 ; 1 <- 4"
    assert found_in(text, [1]).ways == {1: steps(1, 2)}
    assert found_in(text, [1], B={2: AFFECTED}).ways == {1: steps(1, 3)}
    assert found_in(text, [1], B={2: AFFECTED, 3: UNKNOWN}).ways == {1: steps(1, 4)}
    unsure = found_in(text, [1], B={2: AFFECTED, 3: UNKNOWN, 4: AFFECTED})
    assert unsure.ways == {1: steps(1, 3)}
    assert unsure.cleaner == {}


def test_the_shortest_is_shown_and_a_longer_one_to_a_cleaner_end_beside_it() -> None:
    found = found_in("1 <- 2 <- 3 <- 4", [1], B={2: AFFECTED, 3: UNKNOWN}, C={2: UNKNOWN})
    assert (found.ways, found.cleaner) == ({1: steps(1, 2)}, {1: steps(1, 2, 3, 4)})
    remarks = remarks_on(found.others, found.cleaner[CPLEntryID(1)])
    said = [words_of(each, catalogue("1 <- 2 <- 3 <- 4")) for each in remarks]
    assert said == [
        "2 (00000002) is affected by B; of C it is not known",
        "3 (00000003) may be affected by B: it is not known",
    ]
    assert found_in("1 <- 2 <- 3", [1], B={2: AFFECTED, 3: UNKNOWN}).cleaner == {1: steps(1, 2, 3)}
    assert found_in("1 <- 2 <- 3", [1], B={2: AFFECTED, 3: AFFECTED}).cleaner == {}


def test_many_others_are_counted_rather_than_named() -> None:
    found = found_in("1 <- 2", [1], **{name: {2: AFFECTED} for name in "BCDEF"})
    (remark,) = remarks_on(found.others, found.ways[CPLEntryID(1)])
    assert remark.affected_by == tuple("BCDEF")
    assert words_of(remark, catalogue("1 <- 2")) == "2 (00000002) is affected by B, C, D and 2 more"


@settings(max_examples=60)
@given(small_catalogues(), st.data())
def test_no_way_is_longer_for_being_clean_and_none_as_short_is_cleaner(text: str, data: st.DataObject) -> None:
    listed = catalogue(text)
    ids: list[int] = [*listed.entries]
    kinds = st.dictionaries(st.sampled_from(ids), st.sampled_from(VerdictKind))
    own, other = data.draw(kinds), data.draw(kinds)
    affected = [each for each, kind in own.items() if kind is AFFECTED]
    plain, found = found_in(text, affected), found_in(text, affected, B=other)
    for each, way in plain.ways.items():
        assert len(found.ways[each]) == len(way)
    assert plain.ways.keys() == found.ways.keys()
    assert plain.stuck == found.stuck
    order = {SAFE: 0, UNKNOWN: 1, AFFECTED: 2}
    for each, way in found.ways.items():
        end = order[other.get(way[-1], SAFE)]
        for rank in range(3):
            unfit = [to for to, kind in other.items() if order[kind] > rank and to not in affected]
            closer = found_in(text, [*affected, *unfit]).ways.get(each)  # as though those were affected by A-1
            if closer and rank < end:
                assert len(closer) > len(way)
                assert each in found.cleaner
                assert order[other.get(found.cleaner[each][-1], SAFE)] <= rank
        assert found.others.rank(way[-1]) == end


@pytest.fixture
def number(people: People, recorded: Callable[[str], object]) -> int:
    """1 and 2 are affected; the way out leads to 3, which another vulnerability affects; 4 is clean."""
    recorded("1 <- 2 <- 3 <- 4")
    give_stacks(people, STACKS)
    know_names(people)
    number = know_vulnerability(people)
    know_vulnerability(people, ANOTHER)
    return number


def test_pages_and_tables_say_what_else_affects_the_end(signed_in: Callable[[Role], Client], number: int) -> None:
    client = signed_in(Role.SSC)
    html = client.get(reverse("ssc_ways_out", args=[number])).content.decode()
    assert "2 of these pathways end at firmware that another vulnerability on record affects." in html
    said = " ".join(strip_tags(html).split())
    assert "Caution: CPL entry 3 is affected by another." in said
    assert html.count('href="#caution-3"') == 4  # of each way, and of the longer one to a cleaner end
    assert said.count(CAUTION) == 1
    assert '<span class="whole">OS-2026-8</span>.</li>' in html  # which no line breaks after a hyphen
    assert "Longer, but to a cleaner end: 1 (00000001) → 2 (00000002) → 3 (00000003) → 4 (00000004)." in said
    summary = client.get(reverse("ssc_vulnerability", args=[number])).content.decode()
    assert "2 of them end at firmware that another vulnerability on record affects." in summary
    listed = client.get(reverse("ssc_vulnerabilities")).content.decode()
    assert "2 onto what another affects" in listed
    text = client.get(reverse("ssc_exposure", args=[number]) + "?format=csv").content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text)))
    assert (first["way_out"], first["way_out_cautions"]) == ("1 > 2 > 3", CAUTION)
    assert (first["cleaner_way_out"], first["cleaner_way_out_cautions"]) == ("1 > 2 > 3 > 4", CAUTION)
    openvex = client.get(reverse("ssc_openvex", args=[number])).content.decode()
    actions = [each.get("action_statement", "") for each in json.loads(openvex)["statements"]]
    caution = "Caution: on record is another vulnerability that affects 3 (00000003)."
    assert f"Upgrade: 2 (00000002) → 3 (00000003). {caution}" in actions
    assert "OS-2026-8" not in openvex  # whoever gets the document is not told which


def test_what_is_withdrawn_is_no_caution(people: People, number: int) -> None:
    caller = Caller(people[Role.SSC], Scope.READ_SSC)
    path = f"/ssc/vulnerabilities/{number}/exposure"
    first = answer(caller, path)["entries"][0]
    assert first["way_out_cautions"] == [{"cpl_entry_id": 3, "affected_by": ["OS-2026-8"], "text": CAUTION}]
    assert first["cleaner_way_out"] == [1, 2, 3, 4]
    line = answer(caller, "/ssc/vulnerabilities")["vulnerabilities"][0]
    assert (line["with_a_way_out"], line["onto_affected_by_another"]) == (2, 2)
    (other,) = (each for each in known_vulnerabilities().values() if each.number != number)
    withdrawn = other.vulnerability._replace(is_withdrawn=True)
    change_vulnerability(other.kept, withdrawn, "It was a mistake.", who(people, Role.SSC), AT)
    first = answer(caller, path)["entries"][0]
    assert first.keys().isdisjoint({"way_out_cautions", "cleaner_way_out", "cleaner_way_out_cautions"})
    line = answer(caller, "/ssc/vulnerabilities")["vulnerabilities"][0]
    assert line["onto_affected_by_another"] == 0


def test_a_fix_leads_to_the_cleanest_entry_and_says_what_affects_it(
    people: People, recorded: Callable[[str], object], signed_in: Callable[[Role], Client]
) -> None:
    recorded("1 ; 2 ? ; 3 ?")
    give_stacks(people, {1: STACKS[1], 2: "OrrinZNet 7.4.0", 3: "OrrinZNet 7.5.0"})
    know_names(people)
    number = know_vulnerability(people)
    other = know_vulnerability(people, ANOTHER)
    caller = Caller(people[Role.SSC], Scope.READ_SSC)
    (fix,) = answer(caller, f"/ssc/vulnerabilities/{number}/fixes")["fixes"]
    assert (fix["from"], fix["to"], "cautions" in fix) == (1, 3, False)
    kept = known_vulnerabilities()[other]
    wider = AffectedRange("", "OrrinZNet", "", VersionRange("7.4.0", "", ""))
    change_vulnerability(kept.kept, ANOTHER._replace(ranges=(wider,)), "Wider.", who(people, Role.SSC), AT)
    (fix,) = answer(caller, f"/ssc/vulnerabilities/{number}/fixes")["fixes"]
    assert fix["text"].endswith("would rescue 1 entry. 2 (00000002) is affected by OS-2026-8.")
    page = signed_in(Role.SSC).get(reverse("ssc_ways_out", args=[number]) + "?from=1&to=2").content.decode()
    said = " ".join(strip_tags(page).split())
    assert "would rescue 1 entry. Caution: CPL entry 2 is affected by another." in said
    assert page.count('href="#caution-2"') == 2  # of the upgrade in its place, and of the same one as it is tried
    assert said.count("2 (00000002) is affected by OS-2026-8.") == 1
