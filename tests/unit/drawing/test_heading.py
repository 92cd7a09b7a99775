from firmpath.drawing.lettering import text_width
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


def test_the_words_are_as_wide_as_a_phone_shows_however_wide_the_picture() -> None:
    long = "From CPL entry 110 (firmware 0002012F) to CPL entry 140 (firmware 000403A1), and as far as it can go"
    wide = Picture(long, (long,), tuple(box(number) for number in range(40)), ())
    words = [text for text in read(wide).iter(f"{SVG}text") if text.get("x") == "20"]
    assert int(read(wide).get("width", "")) > 800
    assert len(words) > 8
    for text in words[:8]:
        assert text_width(text.text or "", int(text.get("font-size", "")), True) <= 300
    assert " ".join(text.text or "" for text in words).startswith(f"{long} {long} No upgrade is drawn")


def test_a_small_picture_fits_a_phone() -> None:
    assert int(read(Picture("Northgrid", (), (box(1), box(2)), ())).get("width", "")) <= 390


def test_a_line_of_many_pages_is_cut_with_a_sign_and_kept_in_the_description() -> None:
    long = " ".join(f"word{number}" for number in range(900))
    drawn = Picture("Northgrid", (long,), (box(1),), ())
    assert [text for text in texts(drawn) if text.startswith("word")][-1].endswith("…")
    assert [part.text for part in read(drawn).iter(f"{SVG}desc")] == [long]
