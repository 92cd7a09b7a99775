import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.drawing.box_text import TAG_SIZE, label_text, set_boxes
from firmpath.drawing.ink import ARROW_INK, BOX_INK, FAINT_INK, INK, PAPER, PATHWAY_INK
from firmpath.drawing.layout import lay_out
from firmpath.drawing.legend import ARROW_MEANINGS, BOX_MEANINGS, ROLE_MEANINGS
from firmpath.drawing.lettering import text_width
from firmpath.drawing.picture import Arrow, ArrowKind, Box, BoxKind, Picture, Role
from firmpath.drawing.svg import NOTHING_TO_DRAW, write_svg
from tests.unit.drawing.pictures import EVERYTHING, D, M, P, X, box, chain, picture, pictures

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "]]><script>&\"'\x00\ud800\u202e"


def read(drawn: Picture) -> ET.Element:
    return ET.fromstring(write_svg(drawn))


def texts(drawn: Picture) -> list[str]:
    return [text.text or "" for text in read(drawn).iter(f"{SVG}text")]


def titles(drawn: Picture) -> list[str]:
    return [title.text or "" for title in read(drawn).iter(f"{SVG}title")]


def test_the_picture_says_what_it_is_to_a_screen_reader() -> None:
    root = read(EVERYTHING)
    said = {part.get("id"): part.text for part in root if part.get("id")}
    assert root.get("role") == "img"
    assert [said[name] for name in root.get("aria-labelledby", "").split()] == [
        "Pathway from 311 to 498",
        "Two stepping stones, 402 and 410, lie on the way.",
    ]


def test_a_target_that_is_not_reached_has_nothing_of_the_colour_of_a_pathway() -> None:
    drawn = Picture("t", (), (box(1, role=Role.INSTALLED), box(2, role=Role.NOT_REACHED)), (Arrow(1, 2, M),))
    assert PATHWAY_INK not in write_svg(drawn)
    assert "target, not reached" in texts(drawn)
    assert PATHWAY_INK in write_svg(Picture("t", (), (box(2, role=Role.TARGET),), ()))


def test_a_picture_without_a_description_is_counted() -> None:
    assert [part.text for part in read(chain(2)).iter(f"{SVG}desc")] == ["2 boxes, 1 arrow"]


def test_two_pictures_on_one_page_have_different_names() -> None:
    names = [read(drawn).get("aria-labelledby") for drawn in (chain(2), chain(3))]
    assert names[0] != names[1]


def test_every_box_and_every_arrow_has_a_title_with_its_full_text() -> None:
    name = "Bridgewater release 4 with extended tariff tables"
    drawn = Picture("t", (), (Box(1, ("Entry 1", name), BoxKind.SILENT), box(2)), (Arrow(1, 2, X, "notice N-17"),))
    assert titles(drawn)[1:] == [
        "Entry 1 to Entry 2: declared, but must not be used, notice N-17",
        f"Entry 1; {name}, nobody has said",
        "Entry 2; 38040002",
    ]
    shown = next(text for text in texts(drawn) if text.startswith("Bridgewater"))
    assert shown.endswith("…")


@pytest.mark.parametrize("kind", [kind for kind in BoxKind if kind is not BoxKind.PLAIN])
def test_each_kind_is_told_by_word_and_by_shape(kind: BoxKind) -> None:
    assert kind.value in texts(Picture("t", (), (box(1, kind),), ()))
    shapes = {
        (shape.tag, shape.get("stroke-dasharray"), shape.get("rx"), len(group))
        for each in (kind, BoxKind.PLAIN)
        for group in read(Picture("t", (), (box(1, each),), ())).iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
        for shape in list(group)[1:2]
    }
    assert len(shapes) == 2


def test_a_dead_end_stands_on_a_bar_that_is_wider_than_its_box() -> None:
    drawn = Picture("t", (), (box(1, BoxKind.DEAD_END),), ())
    group = next(group for group in read(drawn).iter(f"{SVG}g") if group.find(f"{SVG}title") is not None)
    outline, bar = [part for part in group if part.tag == f"{SVG}rect"][:2]
    width, x, y, height = (int(outline.get(name, "")) for name in ("width", "x", "y", "height"))
    assert (int(bar.get("x", "")), int(bar.get("width", ""))) == (x - 6, width + 12)
    assert int(bar.get("y", "")) + int(bar.get("height", "")) == y + height
    plain, ended = set_boxes((box(1, words=("dead end",)), box(1, BoxKind.DEAD_END)))
    assert ended.size.height - plain.size.height > int(bar.get("height", ""))


def test_the_number_of_a_withdrawn_entry_is_struck_through() -> None:
    struck = re.compile(r'<path d="M\d+ \d+h\d+" stroke="#5c5c5c"')
    assert struck.search(write_svg(Picture("t", (), (box(1, BoxKind.WITHDRAWN),), ())))
    assert not struck.search(write_svg(Picture("t", (), (box(1),), ())))


def test_installed_and_target_are_told_by_word() -> None:
    assert {"installed", "target", "newest"} <= set(texts(EVERYTHING))


def test_a_word_given_twice_is_printed_once() -> None:
    drawn = Picture("t", (), (box(1, BoxKind.DEAD_END, words=("Dead end", "newest")),), ())
    assert [text for text in texts(drawn) if text.casefold() in ("dead end", "newest")] == ["dead end", "newest"]


def test_barred_and_missing_arrows_carry_marks() -> None:
    assert texts(picture(Arrow(1, 2, M))).count("?") == 2
    cross = re.compile(r'd="M\d+ \d+L\d+ \d+M\d+ \d+L\d+ \d+"')
    assert len(cross.findall(write_svg(picture(Arrow(1, 2, X))))) == 2
    assert not cross.findall(write_svg(picture(Arrow(1, 2, D))))


@pytest.mark.parametrize("kind", ArrowKind)
def test_each_kind_of_arrow_has_a_line_of_its_own(kind: ArrowKind) -> None:
    looks = [(ink.tenths, ink.dashes) for ink in ARROW_INK.values()]
    assert looks.count((ARROW_INK[kind].tenths, ARROW_INK[kind].dashes)) == 1


@given(pictures(most_boxes=6))
def test_the_key_lists_what_occurs_and_nothing_else(drawn: Picture) -> None:
    shown = set(texts(drawn))
    for kind, meaning in BOX_MEANINGS.items():
        assert (meaning in shown) == any(each.kind is kind for each in drawn.boxes)
    for role, meaning in ROLE_MEANINGS.items():
        assert (meaning in shown) == any(each.role is role for each in drawn.boxes)
    for sort, meaning in ARROW_MEANINGS.items():
        assert (meaning in shown) == any(each.kind is sort for each in drawn.arrows)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (chain(3), "Upgrades go the way the arrows point: down the page."),
        (
            chain(60),
            "Upgrades go the way the arrows point: down the page, then on at the top of the next column.",
        ),
        (picture(boxes=2), "No upgrade is drawn between these CPL entries."),
    ],
)
def test_the_picture_says_which_way_upgrades_go(drawn: Picture, said: str) -> None:
    assert said in " ".join(texts(drawn))


def test_an_arrow_that_closes_a_cycle_is_explained() -> None:
    assert "an arrow that points up closes a cycle." in " ".join(texts(picture(Arrow(1, 2), Arrow(2, 1))))


def test_an_empty_picture_says_that_there_is_nothing_to_draw() -> None:
    drawn = Picture("Upgrades", (), (), ())
    assert " ".join(texts(drawn)) == f"Upgrades {NOTHING_TO_DRAW}"
    assert [part.text for part in read(drawn).iter(f"{SVG}desc")] == [NOTHING_TO_DRAW]
    assert int(read(drawn).get("height", "")) < 200


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=40), max_size=4))
def test_no_text_breaks_the_picture(title: str, label: str, words: list[str]) -> None:
    boxes = (Box(1, (title, label), words=tuple(words)), Box(2, tuple(words), BoxKind.WITHDRAWN))
    drawn = Picture(title, (label, title), boxes, (Arrow(1, 2, X, label), Arrow(2, 2, M, title)))
    assert len(list(read(drawn).iter(f"{SVG}title"))) == 5
    assert_text_fits(drawn)


def test_hostile_text_stays_text() -> None:
    drawn = Picture(HOSTILE, (HOSTILE,), (Box(1, (HOSTILE,), words=(HOSTILE,)),), (Arrow(1, 1, X, HOSTILE),))
    assert {part.tag.removeprefix(SVG) for part in read(drawn).iter()} <= {
        *("svg", "title", "desc", "g", "rect", "text", "path", "polygon", "circle")
    }
    assert "]]><script>&\"'\ufffd\ufffd\ufffd" in titles(drawn)


@pytest.mark.parametrize(
    "unwanted", ["<script", "<style", "style=", "href", "url(", "@import", "<image", "foreignObject"]
)
def test_nothing_is_fetched_and_nothing_runs(unwanted: str) -> None:
    assert unwanted not in write_svg(EVERYTHING)
    assert write_svg(EVERYTHING).count("http") == 1


def assert_text_fits(drawn: Picture) -> None:
    for placed in lay_out(drawn, set_boxes(drawn.boxes)).boxes:
        lines = [
            text_width(line, 12 if number else 14, not number) for number, line in enumerate(placed.text.lines)
        ]
        assert all(wide <= placed.width - 16 for wide in lines)
        for row in placed.text.tag_rows:
            assert row[0].left >= 8 - placed.width // 2
            assert row[-1].left + row[-1].width <= placed.width // 2 - 8
            assert all(a.left + a.width < b.left for a, b in pairwise(row))
            assert all(text_width(tag.word, TAG_SIZE, True) < tag.width for tag in row)
        printed = 18 + 16 * (len(placed.text.lines) - 1) + 22 * len(placed.text.tag_rows)
        assert printed <= placed.height - 12


@given(pictures(most_boxes=8))
def test_text_stays_within_its_box(drawn: Picture) -> None:
    assert_text_fits(drawn)


@given(st.text(min_size=1, max_size=30))
def test_all_text_lies_on_the_paper(text: str) -> None:
    root = read(Picture(text, (), (box(1), box(2)), (Arrow(1, 2, X, text), Arrow(1, 1, X, text))))
    assert all(
        0 <= int(part.get("x", "-1")) <= int(root.get("width", "")) for part in root.iter(f"{SVG}text") if part
    )


def test_letters_of_unsure_width_are_held_to_their_box() -> None:
    root = read(Picture("t", (), (Box(1, ("名前",)),), ()))
    held = [part for part in root.iter(f"{SVG}text") if part.text == "名前"]
    assert [part.get("textLength") for part in held] == [str(text_width("名前", 14, True))]


def test_long_labels_are_shortened() -> None:
    assert label_text("notice " * 20).endswith("…")
    assert label_text("notice N-17") == "notice N-17"


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_meets_wcag_aa() -> None:
    on_paper = (INK, FAINT_INK, PATHWAY_INK, *(ink.line for ink in ARROW_INK.values()))
    assert all(contrast(colour, PAPER) >= 4.5 for colour in on_paper)
    assert all(contrast(INK, ink.ground) >= 4.5 for ink in BOX_INK.values())
    assert all(contrast(ink.outline, ground) >= 3 for ink in BOX_INK.values() for ground in (ink.ground, PAPER))


def test_the_same_picture_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "from tests.unit.drawing.pictures import EVERYTHING as e\nfrom firmpath.drawing.svg import write_svg as w\n"
    )
    code += "import sys; sys.stdout.buffer.write(w(e).encode())"
    root = Path(__file__).parents[3]
    for seed in ("1", "2"):
        places = os.pathsep.join((str(root / "src"), str(root)))
        settings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": places}
        done = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, check=True, cwd=root)
        assert done.stdout.decode() == write_svg(EVERYTHING)


@given(pictures(most_boxes=12))
def test_the_same_picture_gives_the_same_bytes(drawn: Picture) -> None:
    repeated = Picture(drawn.title, drawn.lines, drawn.boxes, drawn.arrows + drawn.arrows[:1])
    assert write_svg(drawn) == write_svg(drawn)
    assert write_svg(repeated) == write_svg(drawn)


def test_the_pathway_is_drawn_over_everything_else() -> None:
    lines = [
        part.get("stroke") for part in read(picture(Arrow(1, 2, P), Arrow(1, 3), Arrow(3, 2))).iter(f"{SVG}path")
    ]
    pathway = lines.index(ARROW_INK[P].line)
    assert lines[:pathway] == [ARROW_INK[D].line] * 2


def test_roles_are_outlined_each_in_its_own_way() -> None:
    looks = {
        role: [(part.get("stroke"), part.get("stroke-width")) for part in group.iter(f"{SVG}rect")]
        for role in Role
        for group in read(Picture("t", (), (box(1, role=role),), ())).iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    }
    assert len({str(look) for look in looks.values()}) == len(Role)
