"""The DCC's extracts and what is recorded as loaded, as functions: the pages are tested elsewhere."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from firmpath.pathways.facts import EntryWithdrawn, ZigBeeBandDeclared
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.publication import dcc_extracts
from firmpath.registry.publication.dcc_extracts import csv_of, json_of, make_extract, take_extract, xlsx_of
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.publication.dcc_loading import Written, read_file, read_pasted, record_loaded, record_removed
from firmpath.registry.publication.dcc_queries import loaded_days
from firmpath.registry.publication.models import ExtractTaken
from tests.registry.conftest import AT

ON = date(2026, 5, 1)


@pytest.fixture
def dcc(people: Mapping[Role, Person], recorded: Callable[[str], object]) -> Who:
    recorded("1 <- 2 <- 3 ; 4 type=GSME ; 5 withdrawn")
    return find_who(people[Role.DCC])


def state(*facts: Any) -> None:
    with appending(AT) as ledger:
        ledger.record(
            [Stated(AT.date(), "SECAS", Channel.SECAS_CORRECTION, each, "person 1", "so") for each in facts]
        )


def octets_of(taken: ExtractTaken) -> tuple[bytes, bytes, bytes]:
    extract = make_extract(taken, current().register)
    return csv_of(extract), xlsx_of(extract), json_of(extract)


def test_an_extract_of_changes_is_the_same_again_byte_for_byte(dcc: Who) -> None:
    take_extract(ExtractKind.ALL, dcc, AT)
    state(ZigBeeBandDeclared(CPLEntryID(1), ZigBeeBand.DUAL_BAND), EntryWithdrawn(CPLEntryID(3)))
    taken = take_extract(ExtractKind.CHANGES, dcc, AT)
    extract = make_extract(taken, current().register)
    assert [(row[0], row[-1]) for row in extract.rows] == [("1", "changed"), ("3", "removed")]
    assert taken.entries == 2
    before = octets_of(taken)
    state(EntryWithdrawn(CPLEntryID(1)), EntryWithdrawn(CPLEntryID(4)))
    again = ExtractTaken.objects.get(pk=taken.pk)
    assert octets_of(again) == before


def test_an_extract_is_made_before_the_writing_begins(dcc: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is made, somebody publishes: what is noted is of the ledger as it then is."""
    said: list[str] = []
    deep = len(connection.savepoint_ids)
    make = dcc_extracts.make_extract

    def made(*arguments: Any) -> Any:
        found = make(*arguments)
        said.append("made in a transaction of its own" if len(connection.savepoint_ids) > deep else "made")
        if said == ["made"]:
            state(EntryWithdrawn(CPLEntryID(4)))
        return found

    monkeypatch.setattr(dcc_extracts, "make_extract", made)
    taken = take_extract(ExtractKind.ALL, dcc, AT)
    assert said == ["made", "made"]
    assert (taken.chain, taken.entries) == (current().chain, 3)
    assert ExtractTaken.objects.count() == ActLog.objects.filter(what="extract for the DCC taken").count() == 1


def test_changes_are_refused_before_anything_was_taken(dcc: Who) -> None:
    with pytest.raises(FirmpathError, match="no extract was taken before; take one of all entries first"):
        take_extract(ExtractKind.CHANGES, dcc, AT)
    assert not ExtractTaken.objects.exists()


def test_pasted_ids_keep_the_line_they_stood_in() -> None:
    assert read_pasted("1, 2;3\n\n 4\tx") == [
        *(Written(each, "in line 1") for each in "123"),
        *(Written(each, "in line 3") for each in "4x"),
    ]
    assert read_pasted(" \n") == []


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (b"CPL Entry ID,x\n7,a\n,b\n8,c\n", [("7", 2), ("8", 4)]),
        ("x,cpl_entry_id\r\na,7\r\n".encode("utf-8-sig"), [("7", 2)]),
        (b"7\n\n8", [("7", 1), ("8", 3)]),
        (b"", []),
    ],
)
def test_a_file_keeps_the_row_an_id_stood_in(octets: bytes, found: list[tuple[str, int]]) -> None:
    assert read_file(octets) == [Written(text, f"in row {row} of the file") for text, row in found]


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"\xff\xfe", "File is not a CSV table in UTF-8; save it as CSV UTF-8"),
        (b'"unclosed', "File is not a CSV table in UTF-8; save it as CSV UTF-8"),
        (b"a,b\n1,2\n", "File has no column 'CPL Entry ID'; give that heading to a column"),
    ],
)
def test_a_file_that_is_no_table_of_ids_is_refused(octets: bytes, said: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        read_file(octets)
    assert str(refused.value) == said


def test_what_was_recorded_as_loaded_can_be_taken_back(dcc: Who) -> None:
    assert record_loaded([Written("1"), Written("2"), Written("1")], ON, (), dcc, AT) == 2
    assert loaded_days() == {1: ON, 2: ON}
    assert record_removed([Written("1")], dcc, AT) == 1
    assert loaded_days() == {2: ON}
    assert record_loaded([Written("1")], AT.date(), (), dcc, AT) == 1
    assert loaded_days() == {1: AT.date(), 2: ON}


@pytest.mark.parametrize(
    ("written", "on", "said"),
    [
        ("9", ON, "CPL Entry ID '9' is not on the CPL, in line 1; check the number"),
        ("x", ON, "CPL Entry ID 'x' is not a positive whole number, in line 1; write it as in 311"),
        ("2", AT.date() + timedelta(days=1), "Loaded on '2026-06-02' is still to come"),
        ("1", ON, "is recorded as loaded on 1 May 2026 already"),
        ("2", date(2020, 1, 1), "is listed only since 3 January 2020, after 1 January 2020"),
        ("", ON, "CPL Entry ID is not given"),
    ],
)
def test_what_cannot_be_recorded_is_refused_whole(dcc: Who, written: str, on: date, said: str) -> None:
    record_loaded([Written("1")], ON, (), dcc, AT)
    form = (Fault("File", "", "is not a table", quoted=False),)
    with pytest.raises(FirmpathError) as refused:
        record_loaded([*read_pasted(written), *([Written("3")] if written else [])], on, (), dcc, AT)
    assert said in str(refused.value)
    with pytest.raises(FirmpathError, match="File is not a table"):
        record_loaded([Written("3")], ON, form, dcc, AT)
    with pytest.raises(FirmpathError, match="is not recorded as loaded; leave it out"):
        record_removed([Written("1"), Written("3")], dcc, AT)
    assert loaded_days() == {1: ON}
