import pickle
from copy import deepcopy

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED
from firmpath.pathways.facts import ANY_ENTRY
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.plain_text import LONGEST_TEXT, parse_text, parse_web_address


def test_a_fault_says_what_where_and_what_would_be_right() -> None:
    fault = Fault("Firmware version", "12", "is too short", "write 8 digits", "in row 14", "R05")
    assert str(fault) == "Firmware version '12' is too short, in row 14; write 8 digits"
    assert str(fault.at("in line 2")) == "Firmware version '12' is too short, in line 2; write 8 digits"
    assert str(Fault("CPL entry", "311", "is gone", quoted=False)) == "CPL entry 311 is gone"
    assert str(Fault("File", "", "is gone", quoted=False)) == "File is gone"


def test_a_value_cannot_fill_the_screen_or_steer_it() -> None:
    assert str(Fault("Name", "a\x1b[1m\n", "is odd")) == "Name 'a\\x1b[1m\\x0a' is odd"
    assert str(Fault("Name", "x" * 81, "is long")) == f"Name '{'x' * 80}…' is long"
    assert str(Fault("Name", "x" * 80, "is long")) == f"Name '{'x' * 80}' is long"


def test_an_error_holds_every_fault() -> None:
    one, other = Fault("A", "1", "is wrong"), Fault("B", "2", "is wrong")
    with pytest.raises(FirmpathError) as refused:
        refuse_if_any(iter([one, other]))
    assert refused.value.faults == (one, other)
    assert str(refused.value) == "A '1' is wrong\nB '2' is wrong"
    refuse_if_any(iter(()))


def test_not_known_is_one_value_of_its_own() -> None:
    assert not NOT_KNOWN
    assert str(NOT_KNOWN) == "not known"
    others: tuple[object, ...] = (None, "", [], 0)
    assert NOT_KNOWN not in others


@pytest.mark.parametrize("value", [NOT_KNOWN, NOT_PROVIDED, NO_PREVIOUS_VERSION, ANY_ENTRY], ids=repr)
def test_there_is_one_such_value_also_after_copying(value: object) -> None:
    """A Catalogue that is copied, or handed to another process, is still equal to what it was."""
    assert deepcopy(value) is value
    assert pickle.loads(pickle.dumps(value)) is value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Notes '' is empty; leave it out, or write it without"),
        ("  ", "Notes '  ' is empty; leave it out, or write it without"),
        (" a", "Notes ' a' has space around it; leave it out, or write it without"),
        ("a\tb", "Notes 'a\\x09b' has the character U+0009, which cannot be shown; take it out"),
        ("a\u202eb", "Notes 'a\\x202eb' has the character U+202E, which cannot be shown; take it out"),
        ("x" * 10_001, f"Notes '{'x' * 80}…' has 10001 characters, more than 10000; shorten it"),
    ],
)
def test_text_that_is_refused(text: str, expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_text(text, "Notes")
    assert str(refused.value) == expected


def test_text_is_kept_as_it_is_written() -> None:
    for text in ("two\nlines", 'say "no"', "Zählerwerk – ☃", "x" * LONGEST_TEXT):
        assert parse_text(text, "Notes") == text


@pytest.mark.parametrize(
    "text",
    [
        *("javascript:alert(1)", "ftp://a.example", "https://a.example/ b", 'https://a.example/"b', "https://"),
        *("https://a.example@b.example/", "https://a.example/<script>", "https://a.example\\b", "https:/" + "//a"),
    ],
)
def test_web_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(FirmpathError, match="is not a web address"):
        parse_web_address(text, "Link")
    assert parse_web_address("https://a.example/b?c=d#e", "Link")
