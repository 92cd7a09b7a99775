import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.drawing.lettering import clean, in_rows, shortened, text_width, wrapped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Entry 311", "Entry 311"),
        ("two\nlines\tand  gaps ", "two lines and gaps"),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
        ("left\u202eright", "left\ufffdright"),
        ("e" + "\u0301" * 4, "e\u0301\u0301\ufffd\ufffd"),
    ],
)
def test_what_cannot_be_printed_is_shown_as_such(written: str, shown: str) -> None:
    assert clean(written) == shown


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    assert text_width("lilt", 12) < text_width("WOMW", 12) < text_width("WOMW", 12, bold=True)
    assert text_width("名", 12) >= 12


@given(st.text(max_size=60), st.integers(20, 300), st.booleans())
def test_shortened_text_fits_and_says_that_it_was_shortened(text: str, most: int, bold: bool) -> None:
    shown = shortened(text, most, 12, bold)
    assert text_width(shown, 12, bold) <= most
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


@given(st.text(max_size=200), st.integers(40, 300))
def test_wrapped_text_fits(text: str, most: int) -> None:
    lines = wrapped(text, most, 18, True)
    assert len(lines) <= 3
    assert all(text_width(line, 18, True) <= most for line in lines)


def test_wrapped_text_breaks_between_words() -> None:
    assert wrapped("one two three four five", 60, 12, most_lines=2) == ("one two", "three f…")


@given(st.lists(st.integers(1, 50), max_size=20))
def test_rows_hold_everything_once_and_in_order(widths: list[int]) -> None:
    rows = in_rows(widths, 60, 5)
    assert [place for row in rows for place in row] == list(range(len(widths)))
    assert all(sum(widths[place] for place in row) + 5 * (len(row) - 1) <= 60 for row in rows)
