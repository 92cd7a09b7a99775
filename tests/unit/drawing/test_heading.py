from firmpath.drawing.picture import Picture
from tests.unit.drawing.pictures import box
from tests.unit.drawing.test_svg import SVG, read, texts


def test_the_lines_are_printed_in_full_beneath_the_title_the_first_in_bold() -> None:
    long = " ".join(f"word{number}" for number in range(100))
    drawn = Picture("Northgrid", (long, "As at 2026-01-15."), (box(1),), ())
    weights = {text.text or "": text.get("font-weight") for text in read(drawn).iter(f"{SVG}text")}
    printed = list(weights)
    day = printed.index("As at 2026-01-15.")
    assert printed[0] == "Northgrid"
    assert day > 3
    assert " ".join(printed[1:day]) == long
    assert [weights[text] for text in printed[: day + 1]] == ["bold"] * day + [None]
    assert [part.text for part in read(drawn).iter(f"{SVG}desc")] == [f"{long} As at 2026-01-15."]


def test_a_line_of_many_pages_is_cut_with_a_sign_and_kept_in_the_description() -> None:
    long = " ".join(f"word{number}" for number in range(900))
    drawn = Picture("Northgrid", (long,), (box(1),), ())
    assert [text for text in texts(drawn) if text.startswith("word")][-1].endswith("…")
    assert [part.text for part in read(drawn).iter(f"{SVG}desc")] == [long]
