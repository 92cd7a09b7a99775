"""The words of the glossary, for the pages that use them and for the page that has them all."""

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from django.utils.text import slugify


class Word(NamedTuple):
    """A word, what it means, and where it is from: a published source, or "" if it is ours."""

    word: str
    text: str
    source: str

    @property
    def slug(self) -> str:
        """Where it stands on the page of all words."""
        return slugify(self.word.replace("/", "-"))


class Section(NamedTuple):
    """Words about one thing, in the order of GLOSSARY.md."""

    title: str
    words: tuple[Word, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Give all words; they are written by `make docs`."""
    read = json.loads(files("firmpath.registry.web").joinpath("glossary.json").read_text(encoding="utf-8"))
    return tuple(Section(each["title"], tuple(Word(**word) for word in each["words"])) for each in read)


@cache
def require_word(word: str) -> Word:
    """Give a word of the glossary.

    :raises KeyError: it has no such word.
    """
    return {each.word: each for section in sections() for each in section.words}[word]
