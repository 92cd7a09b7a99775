"""The short way for plain columns gives what parsing cell by cell gives, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.tables.cell_values import parse_cell_by_cell
from firmpath.tables.columns import COLUMN_BY_NAME
from firmpath.tables.plain_columns import read_plain_column

HEX = "0123456789ABCDEFabcdef "
CELLS = {
    "cpl_entry_id": st.one_of(st.integers(-5, 10**18).map(str), st.text("0123456789 +_٣", max_size=17)),
    "firmware_version": st.text(HEX, min_size=7, max_size=9),
    "manufacturer_image_hash": st.text("0123456789ABCDEF", min_size=63, max_size=65),
    "base_cpl_entry_ids": st.one_of(
        st.sampled_from(["", "N/A", "n/a", "12", "15; 12", "12; 12", "12;15", "0", "12; 0", "1; 12; "]),
        st.text("0123456789; ,", max_size=12),
    ),
    "release_notes_url": st.one_of(
        st.sampled_from(
            [
                "",
                "https://meters.example/a?b#c",
                "http://m.example",
                "https://",
                'https://m.example/"b',
                "https://m.example/a b",
            ]
        ),
        st.text(max_size=10).map("https://".__add__),
    ),
    "notes": st.one_of(st.text(max_size=12), st.text(" =+-@#(|azé\n\t\r", max_size=8), st.just("x" * 10_001)),
}


@pytest.mark.parametrize("name", sorted(CELLS))
@given(data=st.data())
def test_both_ways_agree(name: str, data: st.DataObject) -> None:
    cells = data.draw(st.lists(CELLS[name], min_size=1, max_size=3))
    plain = read_plain_column(name, cells)
    if plain:
        values, faults = parse_cell_by_cell(COLUMN_BY_NAME[name], cells)
        assert not faults
        assert list(plain) == values
        assert repr(list(plain)) == repr(values)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("cpl_entry_id", ["1", "311"]),
        ("firmware_version", ["0002012F", "38040404"]),
        ("manufacturer_image_hash", ["0123456789ABCDEF" * 4]),
        ("base_cpl_entry_ids", ["", "N/A", "12", "15; 12"]),
        ("release_notes_url", ["", "https://meters.example/a?b"]),
        ("notes", ["", "Fixes 1 clock (of 2)."]),
    ],
)
def test_plain_columns_are_taken_the_short_way(name: str, cells: list[str]) -> None:
    assert list(read_plain_column(name, cells)) == parse_cell_by_cell(COLUMN_BY_NAME[name], cells).values


@pytest.mark.parametrize("cells", [[], [311.0], ["311", None], ["0"], ["311\n"], ["1\n2"]])
def test_anything_else_is_left_to_the_parser(cells: list[object]) -> None:
    assert read_plain_column("cpl_entry_id", cells) == ()
