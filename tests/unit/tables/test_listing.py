"""Lists as CSV: one line end, and no cell that a spreadsheet would run."""

import csv
import io

import pytest

from firmpath.tables.listing import csv_of, csv_pieces


def cells(octets: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(octets.decode(), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", " =1+1", "\t=1", "+HYPERLINK(1)", "-2+cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(cell: str) -> None:
    assert cells(csv_of(("a",), [(cell,)])) == [["a"], [f"'{cell}"]]


@pytest.mark.parametrize(
    "cell", ["+44 20 7946 0000", "-", "- first\n- second", "a=b", "ask@aster.example", "", "7"]
)
def test_other_text_comes_back_as_it_was(cell: str) -> None:
    assert cells(csv_of(("a", "b"), [(cell, 1)])) == [["a", "b"], [cell, "1"]]


def test_rows_end_with_a_line_feed_and_come_in_pieces() -> None:
    rows = [(number, "é") for number in range(1200)]
    pieces = list(csv_pieces(("n", "text"), rows))
    assert len(pieces) == 3
    assert b"".join(pieces) == "".join(["n,text\n", *(f"{number},é\n" for number, _ in rows)]).encode()
