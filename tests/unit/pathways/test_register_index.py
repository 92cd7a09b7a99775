"""An index leads to the lines of a family and of the notices that concern it, and to no others."""

import pytest

from firmpath.pathways.facts import Fact, NoticeClosed, NoticeExtended, NoticeOpened, NoticeStep, Retracted
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByID, parse_target
from firmpath.pathways.register_index import families_of, index_register, read_families, require_index
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from tests.notation import ON, statements

RECORD = statements(
    "1 <- 2 <- 3 ; 11 <- 12 ; 11 model=0006 ; 12 model=0006 ; 21 <- 22 ; 21 model=0007 ; 22 model=0007 ; "
    "notice HERE: 1 -> 2 ; notice THERE: 11 -> 12 ; notice INTO: any -> 3 ; notice ALL: any -> any"
)


def read(record: list[Statement], *asked: str, with_all_notices: bool = False) -> tuple[Statement, ...]:
    octets = "".join(write_register(record)).encode()
    index = require_index(index_register(octets, record))
    families = families_of(octets, index, map(parse_target, asked))
    return read_families(octets, index, families, with_all_notices)


def ids_in(part: tuple[Statement, ...]) -> set[object]:
    return {statement.fact[0] for statement in part if statement.fact}


def later(record: list[Statement], fact: Fact, corrects: int | NotKnown = NOT_KNOWN) -> list[Statement]:
    last = record[-1]
    return [*record, last._replace(number=last.number + 1, fact=fact, corrects=corrects)]


def test_only_the_lines_of_the_family_and_of_its_notices_are_read() -> None:
    assert ids_in(read(RECORD, "2")) == {1, 2, 3, "HERE", "INTO", "ALL"}
    assert ids_in(read(RECORD, "12")) == {11, 12, "THERE", "ALL"}
    assert ids_in(read(RECORD, "21")) == {21, 22, "ALL"}
    assert ids_in(read(RECORD, "2", "11")) == {1, 2, 3, 11, 12, "HERE", "INTO", "THERE", "ALL"}


def test_lines_come_once_and_in_the_order_of_the_record() -> None:
    part = read(RECORD, "1", "3", "12", "F001/00050203@00000001")
    assert part == tuple(statement for statement in RECORD if statement in part)


def test_all_notices_are_read_where_they_are_wanted() -> None:
    assert ids_in(read(RECORD, "21", with_all_notices=True)) == {21, 22, "HERE", "THERE", "INTO", "ALL"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("1", {1, 2, 3}),
        ("11", {11, 12}),
        ("F001/00060203@0000000C", {11, 12}),
        ("F001/00060203@FFFFFFFF", {11, 12}),  # the family has none of it, and is where to look
        ("F001/00080203@0000000C", set()),
        ("111", set()),
        ("newest", set()),
        (f"{'0' * 62}16", {21, 22}),
        ("F" * 64, set()),
    ],
)
def test_families_are_found_by_whatever_names_an_entry(asked: str, found: set[int]) -> None:
    notices = {"HERE", "THERE", "INTO", "ALL"}
    assert ids_in(read(RECORD, asked)) - notices == found


def test_a_notice_is_followed_wherever_it_goes() -> None:
    """It concerns a family if any of its statements does, and then all of them are needed."""
    step = NoticeStep(CPLEntryID(21), CPLEntryID(22))
    record = later(later(RECORD, NoticeExtended("HERE", (step,))), NoticeClosed("HERE"))
    for asked in ("1", "21"):
        about = [type(each.fact) for each in read(record, asked) if each.fact[0:1] == ("HERE",)]
        assert about == [NoticeOpened, NoticeExtended, NoticeClosed]


def test_a_retraction_goes_with_what_it_retracts() -> None:
    extended = later(RECORD, NoticeExtended("THERE", (NoticeStep(CPLEntryID(12), CPLEntryID(11)),)))
    record = later(extended, Retracted(), corrects=extended[-1].number)
    assert Retracted() in [statement.fact for statement in read(record, "11")]
    assert Retracted() not in [statement.fact for statement in read(record, "1")]


@pytest.mark.parametrize("asked", [1, 12, 21])
def test_the_upgrades_of_a_part_are_those_of_the_whole(asked: int) -> None:
    entry = CPLEntryID(asked)
    octets = "".join(write_register(RECORD)).encode()
    index = index_register(octets, RECORD)
    part = fold(_renumbered(read_families(octets, index, families_of(octets, index, [ByID(entry)]))), ON)
    whole = fold(RECORD, ON)
    family = whole.family_of(entry)
    assert part.upgrades(family) == whole.upgrades(family)


@pytest.mark.parametrize("text", ["", "[[],[],[],[]]", "firmpath index 1\n", "\nfirmpath index 2\n"])
def test_another_text_is_no_index(text: str) -> None:
    with pytest.raises(ValueError, match="no index of a register"):
        require_index(text)


def _renumbered(part: tuple[Statement, ...]) -> list[Statement]:
    """A part of a record is a sound record where nothing in it is corrected."""
    return [statement._replace(number=number) for number, statement in enumerate(part, 1)]
