"""Lines that look almost canonical, and text that looks like the structure of a line."""

import pytest

from firmpath.pathways.facts import ReleaseInformationGiven
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Statement
from tests.notation import statements

RECORD = statements("notice N1: 1 -> 2, any -> 2 ; 1, 3 <- 2 ; 1 reason=so")
STEPS = next(line for line in map(write_line, RECORD) if '"steps"' in line)
BASES = next(line for line in map(write_line, RECORD) if "[1,3]" in line)

LIKE_STRUCTURE = (
    '"fact":{"kind":"retracted"}',
    ',"number":7,',
    'so"},"number":1,"party":"x',
    '{"kind":"entry_published"}',
    "a\\b",
    "two\nlines",
    "\\u0041",
    "naïve – 計器",
)


@pytest.mark.parametrize("text", LIKE_STRUCTURE)
def test_text_that_looks_like_structure_is_text(text: str) -> None:
    said = RECORD[0]._replace(fact=ReleaseInformationGiven(CPLEntryID(1), notes=text), reason=text, party=text)
    plain = RECORD[0]._replace(number=2)
    again = said._replace(number=3, entered_by=text)
    record = (said, plain, again)
    assert read_lines(map(write_line, record)) == record
    assert read_lines(map(write_line, reversed(record))) == record[::-1]


@pytest.mark.parametrize(
    ("line", "written", "instead"),
    [
        (STEPS, "[[1,2]", "[[1, 2]"),
        (STEPS, '["any",2]', '[ "any",2]'),
        (STEPS, '"any"', '"\\u0061ny"'),
        (STEPS, "],[", "], ["),
        (BASES, "[1,3]", "[1, 3]"),
        (BASES, "[1,3]", "[ 1,3]"),
    ],
)
def test_a_list_in_another_form_is_not_canonical(line: str, written: str, instead: str) -> None:
    assert written in line
    with pytest.raises(FirmpathError, match="is not in canonical form"):
        read_lines([line.replace(written, instead)])


@pytest.mark.parametrize(
    ("line", "written", "instead"),
    [
        (STEPS, "[[1,2]", "[[01,2]"),
        (STEPS, "[[1,2]", "[[1,2],"),
        (STEPS, "[[1,2]", "[1,2]"),
        (STEPS, "[[1,2]", f"[[{2**53},2]"),
        (STEPS, "[[1,2]", "[[1,2,3]"),
        (STEPS, '"any"', '"some"'),
        (BASES, "[1,3]", "[1,,3]"),
        (BASES, "[1,3]", "[1,3,]"),
        (BASES, "[1,3]", "[3,1]"),
        (BASES, "[1,3]", '"n/a"'),
    ],
)
def test_a_list_that_says_something_else_is_refused(line: str, written: str, instead: str) -> None:
    assert written in line
    with pytest.raises(FirmpathError):
        read_lines([line.replace(written, instead)])


@pytest.mark.parametrize("number", ["0", "01", "1.0", "-1", str(2**53), "9" * 30])
def test_a_number_is_a_whole_number_that_every_reader_keeps_exact(number: str) -> None:
    read_lines([STEPS])
    with pytest.raises(FirmpathError):
        read_lines([BASES, STEPS.replace(f'"number":{RECORD[-1].number}', f'"number":{number}')])


def test_a_line_does_not_depend_on_those_before_it() -> None:
    lines = list(map(write_line, RECORD))
    alone: list[Statement] = [read_lines([line])[0] for line in lines]
    assert list(read_lines(lines)) == alone == RECORD
