"""R15 to R17: what a register file and the record in it have to be."""

from datetime import timedelta

import pytest

from firmpath.pathways.facts import NoticeClosed, Retracted
from firmpath.pathways.fold import fold
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from tests.notation import ON, statements
from tests.rules.findings import refusals


def _lines(text: str = "1 <- 2") -> list[str]:
    return list(write_register(statements(text)))


def _refused_with(right: str, wrong: str) -> list[tuple[str, str]]:
    """Give what is said about a register in whose last line one piece of text is another."""
    lines = _lines()
    assert right in lines[-1]
    lines[-1] = lines[-1].replace(right, wrong)
    return refusals(lambda: read_register(lines))


def test_r15_values_in_one_form() -> None:
    assert _refused_with('"2020-01-03"', '" 2020-01-03"') == [
        ("R15", "Effective from ' 2020-01-03' is not in its one form, '2020-01-03', in line 5")
    ]
    assert _refused_with("[1]", "[2,1]") == [
        (
            "R15",
            "Base firmware '[2, 1]' is neither \"N/A\" nor a list of CPL Entry IDs, each once, ascending, "
            "in line 5",
        )
    ]
    assert read_register(_lines()) == tuple(statements("1 <- 2"))


def test_r16_lines_in_their_place_and_understood() -> None:
    assert _refused_with("base_firmware_declared", "base_firmware_guessed") == [
        (
            "R16",
            "Kind of fact 'base_firmware_guessed' is not known, in line 5; a newer register needs a newer Firmpath",
        )
    ]
    assert _refused_with('"party"', '"partie"') == [
        ("R16", "Field 'party' is missing from the statement, in line 5"),
        ("R16", "Field 'partie' is not known in a statement, in line 5; a newer register needs a newer Firmpath"),
    ]
    assert _refused_with('"number":4', '"number":5') == [
        (
            "R16",
            "Statement 5 stands where statement 4 should, in line 5; a register has every statement, in order",
        )
    ]
    assert read_register(_lines()) == tuple(statements("1 <- 2"))


def test_line_with_a_space_too_many_is_not_canonical() -> None:
    (said,) = _refused_with('"number":4', '"number": 4')
    assert said[0] == "R16"
    assert "is not in canonical form, in line 5; keys in order, no spaces, text unescaped" in said[1]


def test_instants_of_a_register_do_not_go_back() -> None:
    first, *rest = statements("1 <- 2")
    later = first._replace(recorded_at=first.recorded_at + timedelta(days=1))
    lines = list(write_register([later, *rest]))
    assert refusals(lambda: read_register(lines)) == [
        ("R16", "Statement 2 is recorded before the statement that it follows, in line 3")
    ]


def _after(last: Statement, **changes: object) -> list[Statement]:
    """Give a sound record and one statement more."""
    return [*statements("1 <- 2"), last._replace(number=5, **changes)]  # type: ignore[arg-type]


def test_r17_record_agrees_with_itself() -> None:
    about_nine = _after(statements("9")[1])
    assert refusals(lambda: fold(about_nine, ON)) == [
        (
            "R17",
            "Statement 5 is about CPL entry 9, which no statement before it publishes; publish the entry first",
        )
    ]
    about_one = _after(statements("1")[1])
    assert len(fold(about_one, ON)) == 2


@pytest.mark.parametrize(
    ("at", "changes", "text"),
    [
        (0, {}, "publishes CPL entry 1 again, after statement 1; a CPL Entry ID is never used twice; correct the"),
        (0, {"fact": Retracted()}, "retracts nothing; name the statement that it corrects"),
        (0, {"fact": Retracted(), "corrects": 1}, "retracts statement 1, on which later statements stand"),
        (0, {"fact": NoticeClosed("N7")}, "is about the notice 'N7', which is not open; open it first"),
        (1, {"corrects": 9}, "corrects statement 9, which does not stand before it"),
        (1, {"corrects": 4}, "corrects statement 4, which is about something else; a correction is about the same"),
    ],
)
def test_statement_is_refused_that(at: int, changes: dict[str, object], text: str) -> None:
    record = _after(statements("1 <- 2")[at], **changes)
    ((rule, said),) = refusals(lambda: fold(record, ON))
    assert rule == "R17"
    assert said.startswith(f"Statement 5 {text}")
