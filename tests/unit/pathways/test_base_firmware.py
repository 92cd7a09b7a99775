import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED, Bases, parse_base_firmware
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID


def ids(*numbers: int) -> Bases:
    return Bases(tuple(map(CPLEntryID, numbers)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ids(12)),
        ("15; 12", ids(12, 15)),
        ("12,15 ;7", ids(7, 12, 15)),
        ("N/A", NO_PREVIOUS_VERSION),
        (" n/a ", NO_PREVIOUS_VERSION),
        ("", NOT_PROVIDED),
        ("  \t", NOT_PROVIDED),
    ],
)
def test_three_states(text: str, expected: object) -> None:
    assert parse_base_firmware(text) == expected


def test_nobody_has_said_is_not_no_previous_version() -> None:
    states = (NOT_PROVIDED, NO_PREVIOUS_VERSION, ids(1))
    assert len(set(states)) == 3
    assert [str(state) for state in states] == ["", "N/A", "1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12; x", "Base firmware '12; x' has 'x', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"),
        ("12;", "Base firmware '12;' has '', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"),
        ("NA", "Base firmware 'NA' has 'NA', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"),
        ("none", "Base firmware 'none' has 'none', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"),
        ("7; 7", "Base firmware '7; 7' names CPL entry 7 twice; name each entry once"),
        ("07", "Base firmware '07' has '07', which is not a CPL Entry ID; write N/A, or ids as in 12; 15"),
    ],
)
def test_what_is_refused_and_in_which_words(text: str, expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_base_firmware(text)
    assert str(refused.value) == expected


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_base_firmware("a; 7; b; 7")
    assert [fault.wrong for fault in refused.value.faults] == [
        "has 'a', which is not a CPL Entry ID",
        "has 'b', which is not a CPL Entry ID",
        "names CPL entry 7 twice",
    ]


def test_a_refusal_cannot_steer_a_terminal_or_fill_the_screen() -> None:
    for text in ("12; \x1b[2J", "12; " + "x" * 5_000):
        with pytest.raises(FirmpathError) as refused:
            parse_base_firmware(text)
        assert str(refused.value).isprintable()
        assert len(str(refused.value)) < 400
