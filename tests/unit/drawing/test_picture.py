import pytest

from firmpath.drawing.picture import MOST_ARROWS, MOST_BOXES, Arrow, Box, Picture
from firmpath.drawing.svg import write_svg
from firmpath.pathways.faults import FirmpathError
from tests.unit.drawing.pictures import box, chain, picture


def refusal(drawn: Picture) -> str:
    with pytest.raises(FirmpathError) as refused:
        write_svg(drawn)
    return str(refused.value)


def test_every_fault_of_a_picture_is_reported_at_once() -> None:
    drawn = Picture("Upgrades", (), (box(1), box(2), box(1)), (Arrow(1, 7), Arrow(8, 8)))
    assert refusal(drawn) == (
        "Box '1' is in the picture twice; give each box a key of its own\n"
        "Box '7' is not in the picture, in the arrow from 1 to 7; add the box or leave out the arrow\n"
        "Box '8' is not in the picture, in the arrow from 8 to 8; add the box or leave out the arrow"
    )


def test_what_nobody_could_read_is_refused_with_what_to_draw_instead() -> None:
    assert refusal(Picture("Everything", (), tuple(Box(key, ()) for key in range(401)), ())) == (
        "Picture 'Everything' has 401 boxes and 0 arrows; at most 400 boxes and 4000 arrows can be read; draw the "
        "upgrades around one entry, or a long pathway part by part"
    )
    assert "has 2 boxes and 4001 arrows" in refusal(picture(*[Arrow(1, 2)] * (MOST_ARROWS + 1)))


def test_the_largest_number_of_boxes_is_drawn() -> None:
    assert write_svg(chain(MOST_BOXES)).count("<title>Entry ") >= MOST_BOXES
