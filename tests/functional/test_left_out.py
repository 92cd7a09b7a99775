"""An export as a table names what it leaves out; where it names nothing, importing it gives the same record."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.invented.cpl import invented_rows
from firmpath.pathways.facts import BaseFirmwareDeclared, CertificatesRecorded, EntryReinstated, Retracted
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel, Statement
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import row_of
from firmpath.tables.left_out import left_out_of_table
from firmpath.tables.rows import TableRows
from firmpath.tables.statements import statements_from_table
from tests.notation import ON, statements

PARTY = "CPL import"


def imported(rows: Sequence[tuple[str, ...]]) -> tuple[Statement, ...]:
    columns = dict(zip(COLUMN_NAMES, zip(*rows, strict=True), strict=True))
    return statements_from_table(TableRows("", list(range(len(rows))), dict(columns), {}, []), PARTY)


def plain(notation: str) -> list[Statement]:
    """Give the record that an import of the catalogue makes."""
    return list(imported([row_of(entry) for entry in fold(statements(notation), ON).entries.values()]))


def left_out(record: list[Statement], as_at: date = ON) -> tuple[str, ...]:
    rows = [row_of(entry) for entry in fold(record, as_at).entries.values()]
    return left_out_of_table(record, rows, as_at, PARTY)


NOTATION = "1 <- 2; 2 band=Dual Band; 2 withdrawn"


def place(record: list[Statement], kind: type[object]) -> int:
    return next(at for at, each in enumerate(record) if isinstance(each.fact, kind))


def test_nothing_is_left_out_of_what_was_imported() -> None:
    assert left_out(plain(NOTATION)) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"party": "Copperbeck Supply"}, "responsible Parties other than an import's (1)"),
        ({"reason": "tested"}, "reasons (1)"),
        ({"channel": Channel.BEST_ENDEAVOURS}, "channels other than import (1)"),
        ({"entered_by": "A. Person"}, "names of those who entered statements (1)"),
        ({"effective_from": date(2024, 1, 1)}, "days of effect other than those of listing and removal (1)"),
        ({"effective_from": date(2030, 1, 1)}, "statements not yet in effect on that day (1)"),
    ],
)
def test_what_a_table_has_no_cell_for_is_named(change: dict[str, object], named: str) -> None:
    record = plain(NOTATION)
    at = place(record, BaseFirmwareDeclared)
    record[at] = record[at]._replace(**change)  # type: ignore[arg-type]
    assert left_out(record) == (named,)


def test_instants_of_recording_are_named() -> None:
    record = [each._replace(recorded_at=each.recorded_at + timedelta(hours=1)) for each in plain(NOTATION)]
    assert left_out(record) == (f"instants of recording other than an import's ({len(record)})",)


def added(record: list[Statement], **change: object) -> list[Statement]:
    """Add a statement that is like the declaration of base firmware but for what is changed."""
    like = record[place(record, BaseFirmwareDeclared)]
    return [*record, like._replace(number=len(record) + 1, **change)]  # type: ignore[arg-type]


def test_superseded_statements_are_named() -> None:
    record = plain(NOTATION)
    assert left_out(added(record)) == ("statements that have been superseded (1)",)
    fact = EntryReinstated(CPLEntryID(2))
    assert left_out(added(record, fact=fact, effective_from=date(2026, 1, 1))) == (
        "reinstatements (1)",
        "statements that have been superseded (1)",
    )


def test_corrections_are_named() -> None:
    record = plain(NOTATION)
    number = record[place(record, BaseFirmwareDeclared)].number
    assert left_out(added(record, corrects=number)) == ("corrections and what they correct (1)",)
    assert left_out(added(record, corrects=number, fact=Retracted())) == ("corrections and what they correct (1)",)


def test_what_says_nothing_is_named() -> None:
    record = plain(NOTATION)
    fact = CertificatesRecorded(CPLEntryID(1))
    assert left_out(added(record, fact=fact)) == ("statements that it has no cell for (1)",)


def test_another_order_is_named() -> None:
    record = plain(NOTATION)
    record[1], record[2] = record[2]._replace(number=2), record[1]._replace(number=3)
    assert left_out(record) == ("the order of the statements",)


ROWS = list(invented_rows(12, 3))


@st.composite
def records(draw: st.DrawFn) -> list[Statement]:
    """Give what an import makes, with some statements changed, said again, or taken out."""
    record = list(imported(ROWS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(record) - 1))
        change = draw(
            st.sampled_from(
                (
                    {"party": "Copperbeck Supply"},
                    {"reason": "tested"},
                    {"channel": Channel.SUBMISSION},
                    {"effective_from": record[at].effective_from + timedelta(days=1)},
                    {"effective_from": date(2999, 1, 1)},
                    {},
                    None,
                )
            )
        )
        if change is None:
            del record[at]
        elif draw(st.booleans()):
            record[at] = record[at]._replace(**change)
        else:
            record.append(record[at]._replace(**change))
    return [each._replace(number=number) for number, each in enumerate(record, 1)]


@given(records(), st.sampled_from((date(2026, 6, 1), date(2999, 12, 31))))
def test_nothing_is_named_just_where_importing_it_gives_the_same_record(
    record: list[Statement], as_at: date
) -> None:
    try:
        rows = [row_of(entry) for entry in fold(record, as_at).entries.values()]
        again = imported(rows)
    except FirmpathError:
        return  # what contradicts itself is not exported
    assert (left_out_of_table(record, rows, as_at, PARTY) == ()) == (tuple(record) == again)
