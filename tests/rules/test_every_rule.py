"""Every rule has one number, a source, plain words and one test named after it; only rules are cited as rules."""

import ast
import re
from collections import Counter

import pytest

from firmpath.pathways.rules import RULES, Severity
from firmpath.pathways.rules.registry import format_rule
from tests.docs.committed import PROJECT, python_texts

_NUMBER = re.compile(r"\bR\d\d\b")
_RULES_FOLDER = "src/firmpath/pathways/rules/"


def test_every_rule_has_one_test_named_after_it() -> None:
    names = _test_names()
    tested = Counter(found[1].upper() for name in names if (found := re.match(r"test_(r\d\d)_", name)))
    assert tested == Counter(RULES.keys())


def test_test_of_a_checked_rule_has_the_name_of_its_check() -> None:
    names = _test_names()
    for rule in RULES.values():
        check = rule.check_entry or rule.check_family
        if check:
            assert f"test_{rule.number.lower()}_{check.__name__.removeprefix('check_')}" in names


def test_rules_are_in_order_of_number() -> None:
    assert list(RULES) == sorted(RULES) == [rule.number for rule in RULES.values()]
    assert all(_NUMBER.fullmatch(number) for number in RULES)


def test_rules_say_where_they_come_from_and_what_they_mean() -> None:
    for rule in RULES.values():
        assert rule.source.strip(), rule.number
        assert re.fullmatch(r"[A-Z].*[^.]\.", rule.title), rule.number
        assert re.fullmatch(r"[A-Z'].*\.", rule.words), rule.number
        assert "  " not in rule.title + rule.words, rule.number


def test_rules_on_record_are_never_stricter_than_for_a_submission() -> None:
    gravity = [Severity.NOTE, Severity.NEEDS_REASON, Severity.REFUSE]
    assert [
        rule.number for rule in RULES.values() if gravity.index(rule.on_record) > gravity.index(rule.severity)
    ] == []


def test_number_is_given_once() -> None:
    with pytest.raises(ValueError, match=r"^rule R01 is given twice$"):
        format_rule("R01", "nowhere", "Another rule", "It has a number that is taken.")


def test_every_rule_cited_in_the_code_is_a_rule() -> None:
    cited = {number for text, _ in python_texts("src") for number in _NUMBER.findall(text.text)}
    assert cited - RULES.keys() == set()


def test_every_format_rule_is_enforced_somewhere() -> None:
    """What has no check of its own is refused by a parser, whose fault names the rule."""
    named: set[object] = set()
    for text, tree in python_texts("src"):
        if not text.path.startswith(_RULES_FOLDER):
            named.update(found.value for found in ast.walk(tree) if isinstance(found, ast.Constant))
    formats = [rule for rule in RULES.values() if not rule.check_entry and not rule.check_family]
    assert {rule.number for rule in formats} == {f"R{number:02}" for number in range(1, 18)}
    assert [rule.number for rule in formats if rule.number not in named] == []
    assert {rule.severity for rule in formats} | {rule.on_record for rule in formats} == {Severity.REFUSE}


def _test_names() -> list[str]:
    """Give the names of all test functions of this folder."""
    trees = [
        ast.parse(file.read_text(encoding="utf-8")) for file in (PROJECT / "tests" / "rules").glob("test_*.py")
    ]
    functions = [found for tree in trees for found in ast.walk(tree) if isinstance(found, ast.FunctionDef)]
    return [function.name for function in functions if function.name.startswith("test_")]
