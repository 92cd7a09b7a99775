"""What is missing about listed entries, and whom to ask."""

import pytest

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.models_deciding import ZigBeeNote
from firmpath.registry.submissions.status import Status
from firmpath.registry.submissions.worklist import Gap, Wanted, find_lacking, note_zigbee_given, whom_to_ask
from tests.notation import catalogue
from tests.registry.conftest import AT

ALL = (Gap.BASE, Gap.BAND, Gap.VENDOR, Gap.STACK)
ZIGBEE = (Gap.VENDOR, Gap.STACK)


def gaps(text: str, wanted: Wanted = Wanted()) -> dict[int, tuple[Gap, ...]]:  # noqa: B008  # a value
    return {each.entry.cpl_entry_id: each.gaps for each in find_lacking(catalogue(text), wanted)}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("1 ?", ALL),
        ("1 N/A", ALL[1:]),
        ("1; 1 band=Sub-GHz Only", ZIGBEE),
        ("1; 1 band=Single Band (2.4GHz)", ALL[1:]),
        ("1; 1 band=Dual Band", ALL[1:]),
        ("1 type=Communications_Hub; 1 band=Dual Band", ZIGBEE),
        ("1 ?; 1 band=Multi MAC Selection – Auto", (Gap.BASE, *ZIGBEE)),
    ],
)
def test_what_is_missing(text: str, missing: tuple[Gap, ...]) -> None:
    assert gaps(text) == {1: missing}


def test_nothing_is_asked_about_a_withdrawn_entry() -> None:
    assert gaps("1 ?; 1 withdrawn") == {}


def test_what_was_passed_on_to_the_ssc_is_not_asked_again() -> None:
    note_zigbee_given(CPLEntryID(1), vendor=True, stack=False, at=AT)
    assert gaps("1; 1 band=Sub-GHz Only") == {1: (Gap.STACK,)}
    note_zigbee_given(CPLEntryID(1), vendor=False, stack=True, at=AT)
    assert gaps("1; 1 band=Sub-GHz Only") == {}
    assert ZigBeeNote.objects.count() == 1


def test_the_list_is_narrowed_by_maker_device_type_and_what_is_missing() -> None:
    text = "1 ?; 2 N/A; 3 maker=F002; 4 type=GSME"
    assert set(gaps(text, Wanted(manufacturer_id="F002"))) == {3}
    assert set(gaps(text, Wanted(device_type="GSME"))) == {4}
    assert set(gaps(text, Wanted(gap="base firmware"))) == {1}


def test_makers_are_asked_once_each_with_their_latest_contact() -> None:
    text = "1 ?; 1 contact=old@maker.example; 2 ?; 2 contact=new@maker.example; 3 maker=F002"
    first, second = whom_to_ask(find_lacking(catalogue(text)))
    assert (first.manufacturer_id, first.name, first.contact) == (
        "F001",
        "Brackenfell Metering",
        "new@maker.example",
    )
    assert (first.counts, len(first.lacking)) == ((2, 2, 2, 2), 2)
    assert (second.manufacturer_id, second.contact) == ("F002", "")


def test_what_a_submission_gave_is_not_asked_again(people: dict[Role, Person]) -> None:
    maker = people[Role.MANUFACTURER]
    submission = Submission.objects.create(
        party=maker.party, made_by=maker, status=Status.PUBLISHED, begun_at=AT, changed_at=AT
    )
    entries = submission.entries
    entries.create(position=1, cpl_entry_id=1, vendor_given=True, stack_given=True, changed_at=AT)
    entries.create(position=2, vendor_given=True, stack_given=True, changed_at=AT)  # not published
    assert gaps("1; 1 band=Sub-GHz Only; 2; 2 band=Sub-GHz Only") == {2: ZIGBEE}
