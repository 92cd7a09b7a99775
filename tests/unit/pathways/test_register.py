"""A register file: its first line, its order, its bytes."""

import gc
import json
from datetime import timedelta
from hashlib import sha256

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.register_reader import read_lines, read_register
from firmpath.pathways.register_writer import HEADER, write_line, write_register
from firmpath.pathways.statement_hash import statement_sha256
from tests.notation import statements

RECORD = statements("1 <- 2 ; 2 withdrawn")
HASH = "0" * 63 + "1"


def test_the_bytes_of_a_register() -> None:
    first, second, *_ = write_register(RECORD)
    assert first == '{"firmpath_register":1}\n'
    assert second == (
        '{"channel":"import","effective_from":"2020-01-02","fact":{"cpl_entry_id":1,"device_type":"ESME",'
        '"firmware_name":"v1","firmware_version":"00000001","hardware_revision":"03","hardware_version":"02",'
        f'"kind":"entry_published","manufacturer_id":"F001","manufacturer_image_hash":"{HASH}",'
        '"manufacturer_name":"Brackenfell Metering","model_id":"0005"},'
        '"number":1,"party":"Brackenfell Metering","recorded_at":"2026-01-01T00:00:00Z"}\n'
    )


def test_the_sha256_of_a_statement_is_that_of_its_canonical_bytes() -> None:
    for statement in RECORD:
        line = write_line(statement)
        again = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert statement_sha256(statement) == sha256(again.encode("utf-8")).hexdigest()
    assert len({statement_sha256(statement) for statement in RECORD}) == len(RECORD)


def test_line_feeds_are_optional() -> None:
    lines = list(write_register(RECORD))
    assert read_register(line.rstrip("\n") for line in lines) == tuple(RECORD) == read_register(lines)


def test_an_empty_register_has_a_header() -> None:
    assert read_register([HEADER]) == ()
    assert list(write_register([])) == [HEADER + "\n"]


@pytest.mark.parametrize("line", ['{"firmpath_register":2}', "{}", "cpl_entry_id,device_type", HEADER + " ", ""])
def test_another_header_is_refused(line: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        read_register([line, *map(write_line, RECORD)])
    assert str(refused.value) == (
        f"Line '{line}' is not the first line of a register file that this version reads, in line 1; "
        f"expected {HEADER}; a newer register needs a newer Firmpath"
    )


def test_no_line_at_all_is_refused() -> None:
    with pytest.raises(FirmpathError, match=r"^Line '' is not the first line of a register file"):
        read_register([])


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (
            [1, 3],
            "Statement 3 stands where statement 2 should, in line 3; a register has every statement, in order",
        ),
        ([2], "Statement 2 stands where statement 1 should, in line 2; a register has every statement, in order"),
        (
            [1, 1],
            "Statement 1 stands where statement 2 should, in line 3; a register has every statement, in order",
        ),
    ],
)
def test_gaps_are_refused(numbers: list[int], expected: str) -> None:
    lines = [write_line(RECORD[0]._replace(number=number)) for number in numbers]
    with pytest.raises(FirmpathError) as refused:
        read_register([HEADER, *lines])
    assert str(refused.value) == expected
    assert [each.number for each in read_lines(lines)] == numbers


def test_time_going_back_is_refused() -> None:
    earlier = RECORD[1]._replace(recorded_at=RECORD[0].recorded_at - timedelta(seconds=1))
    with pytest.raises(FirmpathError) as refused:
        read_register(write_register([RECORD[0], earlier]))
    assert str(refused.value) == "Statement 2 is recorded before the statement that it follows, in line 3"


def test_reading_leaves_the_collector_of_garbage_as_it_was() -> None:
    assert gc.isenabled()
    read_register(write_register(RECORD))
    with pytest.raises(FirmpathError):
        read_register([HEADER, "nonsense"])
    assert gc.isenabled()
