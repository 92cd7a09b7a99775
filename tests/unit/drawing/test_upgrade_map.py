import xml.etree.ElementTree as ET
from datetime import date

import pytest

from firmpath.drawing.ink import PATHWAY_INK
from firmpath.drawing.picture import Arrow, ArrowKind, Box, BoxKind, Picture, Role
from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_entry, map_of_pathway
from firmpath.pathways.answers import NoPathway, SeveralTargets
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.reference import ByHash, parse_reference
from tests.notation import ON, catalogue

NOBODY: frozenset[str] = frozenset()
N1 = frozenset({"N1"})
CHAIN = " <- ".join(map(str, range(1, 500)))
SILENT = "1 <- 2; 3 ?; 3 <- 4"
WARNED = "1 <- 2 <- 3; notice N1: 2 -> 3"


def answered(notation: str, installed: int, target: int, accepted: frozenset[str] = NOBODY) -> Picture:
    known = catalogue(notation)
    return map_of_pathway(known, answer_for(known, CPLEntryID(installed), CPLEntryID(target), accepted), accepted)


def around(notation: str, cpl_entry_id: int, accepted: frozenset[str] = NOBODY, on: date = ON) -> Picture:
    return map_of_entry(catalogue(notation, on), CPLEntryID(cpl_entry_id), accepted)


def roles(drawn: Picture) -> dict[int, Role]:
    return {box.key: box.role for box in drawn.boxes}


def box_of(drawn: Picture, key: int) -> Box:
    return next(box for box in drawn.boxes if box.key == key)


def printed(drawn: Picture) -> str:
    root = ET.fromstring(write_svg(drawn))
    return " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))


def test_a_pathway_is_told_from_the_other_upgrades() -> None:
    drawn = answered("1 <- 2 <- 4; 1 <- 3; 1 <- 2", 1, 4)
    assert drawn.title == 'From CPL entry 1 (firmware 00000001, "v1") to CPL entry 4 (firmware 00000004, "v4")'
    assert roles(drawn) == {1: Role.INSTALLED, 2: Role.ON_PATHWAY, 3: Role.NONE, 4: Role.TARGET}
    assert drawn.arrows == (Arrow(1, 2, ArrowKind.PATHWAY), Arrow(1, 3), Arrow(2, 4, ArrowKind.PATHWAY))
    assert box_of(drawn, 2).kind is BoxKind.STEPPING_STONE


def test_the_answer_and_its_day_are_printed_under_the_title() -> None:
    drawn = answered("1 <- 2 <- 3", 1, 3)
    assert drawn.lines == (
        'Yes. 2 activations take a Device from CPL entry 1 (firmware 00000001, "v1") to CPL entry 3 (firmware '
        '00000003, "v3").',
        "As at 1 June 2026.",
    )
    assert drawn.description in printed(drawn)


@pytest.mark.parametrize(
    ("notation", "target", "said"),
    [
        (SILENT, 4, "Not known. No pathway from CPL entry 1 "),
        ("1 <- 2 <- 3; 2 withdrawn", 3, "No. A pathway from CPL entry 1 "),
        ("1 <- 2 <- 3; 1 dead-end", 3, "No. CPL entry 1 "),
        (WARNED, 3, "Not now. The pathway from CPL entry 1 "),
        ("1 <- 2; 3 <- 4", 4, "No. No pathway from CPL entry 1 "),
        ("1 <- 2; 7 model=0007", 7, "No. CPL entry 1 "),
    ],
)
def test_no_is_said_in_words_and_nothing_looks_like_a_pathway(notation: str, target: int, said: str) -> None:
    drawn = answered(notation, 1, target)
    assert drawn.lines[0].startswith(said)
    assert drawn.description in printed(drawn)
    assert set(roles(drawn).values()) <= {Role.INSTALLED, Role.NOT_REACHED, Role.NONE}
    assert (roles(drawn)[1], roles(drawn)[target]) == (Role.INSTALLED, Role.NOT_REACHED)
    assert ArrowKind.PATHWAY not in {arrow.kind for arrow in drawn.arrows}
    assert PATHWAY_INK not in write_svg(drawn)
    assert "pathway" not in printed(drawn).removeprefix(f"{drawn.title} {drawn.description}").replace(
        "there is no pathway to it today", ""
    )


def test_a_missing_declaration_is_an_arrow_that_says_so() -> None:
    drawn = answered(SILENT, 1, 4)
    assert [arrow for arrow in drawn.arrows if arrow.kind is ArrowKind.MISSING] == [
        Arrow(2, 3, ArrowKind.MISSING, "not declared")
    ]
    assert box_of(drawn, 3).kind is BoxKind.SILENT
    assert "farthest safe today" in box_of(drawn, 2).words


def test_a_target_from_which_nothing_leads_on_says_so() -> None:
    assert "no way on today" in box_of(answered("1 <- 2; 3", 1, 2), 2).words
    assert "no way on today" not in printed(answered("1 <- 2 <- 3", 1, 2))


def test_both_ends_of_a_missing_declaration_are_drawn_however_far_they_are() -> None:
    later = " <- ".join(map(str, range(1000, 1300)))
    known = catalogue(f"{CHAIN}; {later}")
    answer = answer_for(known, CPLEntryID(1), CPLEntryID(1299), NOBODY)
    assert isinstance(answer, NoPathway)
    assert [tuple(each) for each in answer.missing] == [(499, 1000)]
    drawn = map_of_pathway(known, answer, NOBODY)
    assert Arrow(499, 1000, ArrowKind.MISSING, "not declared") in drawn.arrows
    assert "not declared" in printed(drawn)


def test_where_nothing_is_to_be_done_nothing_looks_like_a_pathway() -> None:
    drawn = answered("1 <- 2", 1, 1)
    assert drawn.lines[0].startswith("Nothing to do.")
    assert roles(drawn) == {1: Role.INSTALLED, 2: Role.NONE}


def test_an_accepted_notice_is_named_on_the_step_and_beneath_the_title() -> None:
    drawn = answered(WARNED, 1, 3, N1)
    assert Arrow(2, 3, ArrowKind.PATHWAY, "notice N1 accepted") in drawn.arrows
    assert drawn.lines[2:] == ("The risk is accepted. Notice N1, 'Notice N1': do not do it yet.",)
    assert "notice N1 accepted" in printed(drawn)
    assert drawn.lines[2] in printed(drawn)
    assert answered(WARNED, 1, 2, N1).lines[2:] == drawn.lines[2:]
    assert around(WARNED, 2, N1).lines[2:] == drawn.lines[2:]


def test_a_notice_that_concerns_nothing_drawn_is_not_mentioned() -> None:
    assert len(answered("1 <- 2; 3 <- 4; notice N1: 3 -> 4", 1, 2, N1).lines) == 2


def test_barred_steps_say_what_bars_them_where_no_box_does() -> None:
    assert Arrow(2, 3, ArrowKind.BARRED, "notice N1") in answered(WARNED, 1, 3).arrows
    assert Arrow(1, 3, ArrowKind.BARRED, "skips 2") in answered("1 <- 2 <- 3; 1 <- 3; 2 stone", 1, 3).arrows
    withdrawn = answered("1 <- 2; 2 withdrawn", 1, 2)
    assert withdrawn.arrows == (Arrow(1, 2, ArrowKind.BARRED),)
    assert box_of(withdrawn, 2).kind is BoxKind.WITHDRAWN
    assert "certificate ended" in box_of(around("1 <- 2; 2 cpa=2024-12-31", 1), 2).words
    assert "certificate ended" not in box_of(around("1 <- 2; 2 cpa=2024-12-31", 1, on=date(2024, 12, 31)), 2).words


def test_an_entry_that_is_both_marked_shows_both_words() -> None:
    shown = printed(around("1 <- 2; 2 stone dead-end", 1))
    assert "dead end" in shown
    assert "stepping stone" in shown


def test_the_map_of_an_entry_says_what_it_shows() -> None:
    drawn = around("1 <- 2 <- 3; 3 rev=04; 5 N/A", 2)
    assert drawn.title == "Upgrades around CPL entry 2 (00000002)"
    assert box_of(drawn, 2).lines == ("2  v2", "00000002")
    assert drawn.lines == (
        "3 CPL entries of ESME F001/000502, hardware revisions 03 and 04, are joined by declared upgrades.",
        "As at 1 June 2026.",
    )
    assert roles(drawn) == {1: Role.NONE, 2: Role.ASKED_ABOUT, 3: Role.NONE}


def test_an_entry_by_itself_is_not_said_to_be_joined() -> None:
    assert around("1 N/A; 2 N/A", 1).lines[0] == (
        "No declared upgrade leads here or away from here (ESME F001/000502, hardware revision 03)."
    )


def test_what_is_left_out_of_the_map_of_an_entry_is_said() -> None:
    drawn = around(CHAIN, 250)
    assert drawn.lines[0] == (
        "499 CPL entries of ESME F001/000502, hardware revision 03, are joined by declared upgrades; only the "
        "nearest 100 are drawn."
    )
    assert drawn.lines[0] in printed(drawn)
    assert [box.key for box in drawn.boxes if "more, not drawn" in box.words] == [200, 299]


def test_what_is_left_out_beside_a_pathway_is_said() -> None:
    drawn = answered(CHAIN, 100, 120)
    left_out = "499 CPL entries are joined by declared upgrades; only the nearest 100 are drawn."
    assert drawn.lines[2:] == (left_out,)
    assert left_out in printed(drawn)
    assert set(range(100, 121)) <= {box.key for box in drawn.boxes}


def test_a_pathway_too_long_for_any_sheet_is_refused_with_what_to_do() -> None:
    with pytest.raises(FirmpathError, match=r"has 499 boxes .* or a long pathway part by part"):
        write_svg(answered(CHAIN, 1, 499))


def test_a_target_that_may_be_several_entries_is_refused() -> None:
    known = catalogue("1 <- 2; 1 <- 3")
    reference = parse_reference("A" * 64)
    assert isinstance(reference, ByHash)
    several = SeveralTargets(reference, (CPLEntryID(2), CPLEntryID(3)))
    with pytest.raises(
        FirmpathError, match="can be any of 2, 3, so there is no one pathway to draw; give the CPL E"
    ):
        map_of_pathway(known, several, NOBODY)
