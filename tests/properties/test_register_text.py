"""No text makes the register reader do anything but read exactly what it says, or refuse it."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_lines, read_register
from firmpath.pathways.register_writer import HEADER, write_line, write_register
from firmpath.pathways.statement import Statement
from tests.notation import ON, statements
from tests.properties.records import MANY, records

SOME = tuple(
    write_register(
        statements(
            "notice N1: any -> 2, 1 -> 3 ; 1 <- 2 ; 1, 2 <- 3 ; 3 withdrawn ; 2 stone cpa=2027-01-01 ; "
            '3 reason=say "no"'
        )
    )
)


def read_or_faults(lines: list[str]) -> tuple[Statement, ...] | FirmpathError:
    try:
        return read_register(lines)
    except FirmpathError as error:
        return error


def check_read_as_written_or_refused(lines: list[str]) -> bool:
    """What is read is written back as the very same lines; anything else is refused with its faults."""
    found = read_or_faults(lines)
    if isinstance(found, FirmpathError):
        assert str(found)
        return False
    assert all(type(each) is Statement for each in found)
    assert [each.rstrip("\n") for each in lines] == [each.rstrip("\n") for each in write_register(found)]
    return True


@MANY
@given(records())
def test_what_is_written_is_read_back_the_same(record: list[Statement]) -> None:
    lines = list(write_register(record))
    assert read_register(lines) == tuple(record)
    assert read_lines(line.rstrip("\n") for line in lines[1:]) == tuple(record)
    assert list(write_register(read_register(lines))) == lines
    assert fold(read_register(lines), ON) == fold(record, ON)


@MANY
@given(records(most=6), st.integers(0, 2**32), st.characters())
def test_one_changed_character_is_read_as_such_or_refused(record: list[Statement], seed: int, other: str) -> None:
    random, lines = Random(seed), list(write_register(record))
    text = "".join(lines)
    at = random.randrange(len(text))
    for changed in (
        text[:at] + text[at + 1 :],
        text[:at] + other + text[at:],
        text[:at] + other + text[at + 1 :],
        text[:at] + random.choice(' "{}[]:,0123456789\\truefalsn-.eE+\tABCDEF') + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
        text[:at],
    ):
        check_read_as_written_or_refused(changed.split("\n")[: -1 if changed.endswith("\n") else None])


@MANY
@given(records(most=10), st.integers(0, 2**32))
def test_lines_left_out_repeated_or_moved_are_refused(record: list[Statement], seed: int) -> None:
    random, lines = Random(seed), list(write_register(record))
    one, other = random.randrange(1, len(lines)), random.randrange(1, len(lines))
    repeated = [*lines[:one], lines[one], *lines[one:]]
    assert not check_read_as_written_or_refused(repeated)
    left_out = lines[:one] + lines[one + 1 :]
    # Nothing in the file says where it ends, so a missing last line is for signatures to notice.
    assert check_read_as_written_or_refused(left_out) == (one == len(lines) - 1)
    swapped = list(lines)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert check_read_as_written_or_refused(swapped) == (one == other)
    assert not check_read_as_written_or_refused(lines[1:])


@given(st.lists(st.text(), max_size=4))
@example([""])
@example(["\x00"])
@example(["\ufeff" + HEADER])
def test_any_text_is_refused(lines: list[str]) -> None:
    assert not check_read_as_written_or_refused(lines)
    check_read_as_written_or_refused([HEADER, *lines])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(raw: bytes) -> None:
    for text in (raw.decode("latin-1"), raw.decode("utf-8", "surrogateescape"), raw.decode("utf-16", "replace")):
        assert not check_read_as_written_or_refused(text.split("\n"))
        check_read_as_written_or_refused([HEADER, *text.split("\n")])


JSON_SOUP: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["N/A", "any"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@MANY
@given(st.sampled_from(range(1, len(SOME))), st.integers(0, 2**32), JSON_SOUP)
def test_any_json_in_place_of_any_value_is_refused(at: int, seed: int, soup: object) -> None:
    random, written = Random(seed), json.loads(SOME[at])
    inside = written if random.random() < 0.4 else written["fact"]
    inside[random.choice(list(inside))] = soup
    for line in (dumped(written), dumped(written["fact"]), dumped(soup), json.dumps(written)):
        check_read_as_written_or_refused([*SOME[:at], line, *SOME[at + 1 :]])


@MANY
@given(st.sampled_from(range(1, len(SOME))), st.integers(0, 2**32))
def test_values_from_elsewhere_in_the_file_are_read_as_such_or_refused(at: int, seed: int) -> None:
    """Right values in wrong places get further than soup does."""
    random, written = Random(seed), json.loads(SOME[at])
    other = json.loads(random.choice(SOME[1:]))
    pool = {**other, **other["fact"]}
    inside = written if random.random() < 0.3 else written["fact"]
    for _ in range(random.randint(1, 3)):
        action = random.random()
        name = random.choice(list(pool))
        if action < 0.4:
            inside[name] = pool[name]
        elif action < 0.7 and inside:
            inside.pop(random.choice(list(inside)))
        elif inside:
            inside[random.choice(list(inside))] = pool[name]
    assume(isinstance(written.get("fact"), dict | None))
    for line in (dumped(written), dumped(written.get("fact"))):
        check_read_as_written_or_refused([*SOME[:at], line, *SOME[at + 1 :]])


def dumped(written: object) -> str:
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def nested(depth: int, before: str, after: str, middle: str = "1") -> str:
    return before * depth + middle + after * depth


NESTINGS: dict[str, Callable[[int], str]] = {
    "a list": lambda depth: nested(depth, "[", "]"),
    "an object": lambda depth: nested(depth, '{"a":', "}"),
    "a list as the fact": lambda depth: '{"fact":' + nested(depth, "[", "]") + "}",
    "a list as the number": lambda depth: '{"number":' + nested(depth, "[", "]") + "}",
    "lists never closed": lambda depth: "[" * depth,
}


@pytest.mark.parametrize("shape", NESTINGS)
def test_nesting_of_any_depth_is_refused(shape: str) -> None:
    """Around the limit of recursion the parts of the reader give up one after another, so each depth is tried."""
    for depth in (*range(1, 20), *range(900, 1_050), 10_000, 100_000):
        assert not check_read_as_written_or_refused([HEADER, NESTINGS[shape](depth)])


@pytest.mark.parametrize(
    "line",
    [
        '{"cpl_entry_id":5,"kind":"entry_withdrawn"}',
        '{"kind":"retracted"}',
        '{"cpl_entry_id":5,"kind":"entry_withdrawn"} ',
        '{"cpl_entry_id":5,"kind":"mark_removed"}',
        '{"kind":"notice_closed","notice_id":"N1"}',
    ],
)
def test_a_fact_is_no_statement(line: str) -> None:
    with pytest.raises(FirmpathError, match="is missing from the statement"):
        read_register([HEADER, line])
    with pytest.raises(FirmpathError, match="is missing from the statement"):
        read_lines([line])


def test_a_line_in_the_way_of_another_kind_of_fact_is_refused() -> None:
    """A plan made for one shape of fact serves no line that only looks like it."""
    sound = write_line(statements("5 withdrawn")[-1])
    confusing = '{"entry_withdrawn":1,"cpl_entry_id":5,"kind":"entry_withdrawn"}'
    with pytest.raises(FirmpathError, match="is not known in a statement"):
        read_lines([sound, confusing])
