"""How lists are narrowed: what is read of the address, and what is found by words."""

from typing import Any

import pytest
from django.test import RequestFactory

from firmpath.registry.web.lists import holds, read_filters


def asked(query: str) -> Any:
    return RequestFactory().get(f"/{query}")


def test_filters_are_read_without_blanks_around_them_in_the_order_of_their_names() -> None:
    assert read_filters(asked("?b=%20x%20&c=y"), ("a", "b")) == {"a": "", "b": "x"}


def test_nothing_that_a_database_refuses_is_looked_for() -> None:
    assert read_filters(asked("?a=%00b"), ("a",)) == {"a": "\ufffdb"}


@pytest.mark.parametrize(("words", "is_held"), [("", True), ("ASTER", True), ("7", True), ("asterism", False)])
def test_words_are_held_in_capitals_or_not(words: str, is_held: bool) -> None:
    assert holds(words, "Aster Metering", 70) == is_held


@pytest.mark.parametrize(
    ("version", "is_held"), [("3.2", True), ("3.2.1", True), ("2.1", False), ("3.2.1.4", False), ("", True)]
)
def test_a_version_is_held_from_its_beginning_alone(version: str, is_held: bool) -> None:
    assert holds(version, "LarkNet 3.2.1", "v13.2") == is_held
    assert not holds("3.2", "LarkNet 3.3.2", "LarkNet 13.2")
