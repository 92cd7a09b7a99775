"""One statement has one line: anything else that means the same is refused, and the fault names the line."""

import json
from collections.abc import Callable

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.register_writer import HEADER, write_register
from tests.notation import statements

FIRST, *OTHERS = write_register(statements("notice N1: 1 -> any ; 1 cpa=2027-01-01 ; 2 reason=so"))
LINES = [line.rstrip("\n") for line in OTHERS]
CPA = next(line for line in LINES if "cpa_valid_until" in line)
BASES = next(line for line in LINES if "base_firmware" in line)
NOTICE = next(line for line in LINES if "notice_opened" in line)
NOT_CANONICAL = "is not in canonical form"

CHANGES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a space after a colon": (CPA, lambda line: line.replace(":", ": ", 1), NOT_CANONICAL),
    "a space at the end": (CPA, lambda line: f"{line} ", NOT_CANONICAL),
    "a space at the start": (CPA, lambda line: f" {line}", NOT_CANONICAL),
    "a carriage return": (CPA, lambda line: f"{line}\r", NOT_CANONICAL),
    "a letter as an escape": (CPA, lambda line: line.replace("CPA-1", "\\u0043PA-1"), NOT_CANONICAL),
    "a letter of a name as an escape": (CPA, lambda line: line.replace('"party"', '"p\\u0061rty"'), NOT_CANONICAL),
    "an escaped slash": (CPA, lambda line: line.replace("CPA-1", "CPA\\/1"), NOT_CANONICAL),
    "keys in another order": (CPA, lambda line: dumped(dict(reversed(json.loads(line).items()))), NOT_CANONICAL),
    "a key twice": (CPA, lambda line: line.replace('{"channel', '{"channel":"import","channel'), "stands twice"),
    "a key of the fact twice": (CPA, lambda line: line.replace('"kind"', '"kind":"x","kind"'), "stands twice"),
    "a float": (CPA, lambda line: line.replace('_id":1', '_id":1.0'), "is not a positive whole number"),
    "an exponent": (CPA, lambda line: line.replace('_id":1', '_id":1e0'), "is not a positive whole number"),
    "a zero": (CPA, lambda line: line.replace('_id":1', '_id":0'), "is not a positive whole number"),
    "minus one": (CPA, lambda line: line.replace('_id":1', '_id":-1'), "is not a positive whole number"),
    "a leading zero": (CPA, lambda line: line.replace('_id":1', '_id":01'), "is not JSON"),
    "a boolean": (CPA, lambda line: line.replace('_id":1', '_id":true'), "is not a positive whole number"),
    "null": (CPA, lambda line: line.replace('_id":1', '_id":null'), "is not a positive whole number"),
    "not a number": (CPA, lambda line: line.replace('_id":1', '_id":NaN'), "is not a positive whole number"),
    "a number in quotes": (CPA, lambda line: line.replace('_id":1', '_id":"1"'), "is not a positive whole number"),
    "a huge number": (CPA, lambda line: line.replace('_id":1', f'_id":{2**53}'), "is not a positive whole number"),
    "digits without end": (CPA, lambda line: line.replace('_id":1', f'_id":{"9" * 9_999}'), "is not JSON"),
    "null for text": (CPA, lambda line: line.replace('"CPA-1"', "null"), "is not text"),
    "an object for text": (CPA, lambda line: line.replace('"CPA-1"', "{}"), "is not text"),
    "text that is empty": (CPA, lambda line: line.replace("CPA-1", ""), "is empty"),
    "half a surrogate pair": (CPA, lambda line: line.replace("CPA-1", "\\ud800"), "has the character U+D800"),
    "a date with a time": (CPA, lambda line: line.replace("2027-01-01", "2027-01-01T00"), "is not a date"),
    "no such date": (CPA, lambda line: line.replace("2027-01-01", "2027-02-30"), "is not a date"),
    "an instant elsewhere": (CPA, lambda line: line.replace("00:00Z", "00:00+01:00"), "is not an instant in UTC"),
    "an unknown key": (
        CPA,
        lambda line: line.replace('"party"', '"owner":"x","party"'),
        "is not known in a statement",
    ),
    "a key left out": (CPA, lambda line: line.replace('"party":', '"x":'), "is missing from the statement"),
    "an unknown key of the fact": (
        CPA,
        lambda line: line.replace('"kind"', '"hm":1,"kind"'),
        "is not known in a fact",
    ),
    "an unknown kind": (CPA, lambda line: line.replace("certificates_recorded", "seen"), "is not known"),
    "a list as the kind": (CPA, lambda line: line.replace('"certificates_recorded"', "[]"), "is not known"),
    "no fact": (CPA, lambda line: line.replace('"fact":{', '"fact":1,"x":{'), "is not known"),
    "an unknown channel": (CPA, lambda line: line.replace('"import"', '"rumour"'), "is not one of"),
    "bases in another order": (BASES, lambda line: line.replace('"N/A"', "[2,1]"), "each once, ascending"),
    "a base twice": (BASES, lambda line: line.replace('"N/A"', "[1,1]"), "each once, ascending"),
    "no bases": (BASES, lambda line: line.replace('"N/A"', "[]"), "each once, ascending"),
    "bases of another kind": (BASES, lambda line: line.replace('"N/A"', "true"), "each once, ascending"),
    "a space between bases": (BASES, lambda line: line.replace('"N/A"', "[1, 2]"), NOT_CANONICAL),
    "N/A in another case": (BASES, lambda line: line.replace('"N/A"', '"n/a"'), "each once, ascending"),
    "no steps": (NOTICE, lambda line: line.replace('[[1,"any"]]', "[]"), "are not a list of [from, to] pairs"),
    "a step of three": (NOTICE, lambda line: line.replace('[1,"any"]', "[1,2,3]"), "are not a list of [from, to]"),
    "a step to somewhere": (NOTICE, lambda line: line.replace('"any"', '"all"'), "is not a positive whole number"),
    "a hash in lower case": (LINES[0], lambda line: line.replace(f"{'0' * 63}1", f"{'0' * 63}a"), "upper-case hex"),
}


def dumped(written: object) -> str:
    return json.dumps(written, separators=(",", ":"))


@pytest.mark.parametrize("change", CHANGES)
def test_the_register_reader_refuses(change: str) -> None:
    line, apply, wrong = CHANGES[change]
    changed = apply(line)
    assert changed != line
    at = LINES.index(line)
    with pytest.raises(FirmpathError) as refused:
        read_register([FIRST, *LINES[:at], changed, *LINES[at + 1 :]])
    assert wrong in str(refused.value)
    assert {fault.where for fault in refused.value.faults} == {f"in line {at + 2}"}


def test_the_lines_themselves_are_read() -> None:
    assert len(read_register([FIRST, *LINES])) == len(LINES)


def test_every_fault_of_every_line_is_reported_at_once() -> None:
    broken = [LINES[0].replace('"party":', '"x":'), *LINES[1:-1], LINES[-1].replace("[[1", "[[0") + " "]
    with pytest.raises(FirmpathError) as refused:
        read_register([HEADER, *broken])
    assert str(refused.value).splitlines() == [
        "Field 'party' is missing from the statement, in line 2",
        "Field 'x' is not known in a statement, in line 2; a newer register needs a newer Firmpath",
        f"CPL Entry ID '0' is not a positive whole number, in line {len(LINES) + 1}",
    ]
