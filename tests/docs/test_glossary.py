"""The glossary has every word of the domain that the code uses, and names nothing that is not there."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.docs.committed import PROJECT, python_texts
from tests.docs.page_glossary import ENTRY

# The modules whose public classes are words of the domain, every one of them.
WORD_MODULES = ("answers", "base_firmware", "device_model", "facts", "statement")

# Words that must be explained even where no class has their name.
WORDS = (
    "CPL",
    "CPL Entry ID",
    "Base firmware",
    "N/A",
    "Nobody has said",
    "Firmware version",
    "Manufacturer Image hash",
    "Twin",
    "Upgrade",
    "Activation",
    "Stepping stone",
    "Dead end",
    "Stranded",
    "Accepted notice",
    "Withdrawn",
    "Record",
    "Register",
    "Catalogue",
    "As at",
    "Known at",
    "Correction",
    "Retraction",
    "Responsible Party",
    "Rule",
    "Finding",
    "Severity",
    "Proof",
    "Candidate",
    "Farthest safe entry",
    "ZigBee band",
    "Join option",
    "FIR",
    "SECAS",
    "DCC",
    "SSC",
    "MAP",
    "Supplier",
    "ESME",
    "GSME",
    "Communications Hub",
    "PPMID",
    "HCALCS",
    "SAPC",
)

_SOURCE = re.compile(r"ours\b|(?:SEC|MP231|GBCS|DUIS|DOMAIN|FEATURES|DESIGN)\b")
_CLASS_NAME = re.compile(r"`([A-Z][a-z]\w*|[A-Z]\w*[a-z]\w*)`")


def _glossary() -> str:
    return (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")


def _entries() -> dict[str, re.Match[str]]:
    lines = [line for line in _glossary().splitlines() if line.startswith("- ")]
    found = [ENTRY.fullmatch(line) for line in lines]
    assert [line for line, entry in zip(lines, found, strict=True) if entry is None] == []
    return {entry["word"]: entry for entry in found if entry}


def _classes(*modules: str) -> Iterator[str]:
    """Yield the public classes of the core, or of some modules of it."""
    for text, tree in python_texts("src/firmpath/pathways"):
        module = text.path.removeprefix("src/firmpath/pathways/").removesuffix(".py")
        if not modules or module in modules:
            yield from (each.name for each in tree.body if isinstance(each, ast.ClassDef) if each.name[0] != "_")


@pytest.mark.parametrize("module", WORD_MODULES)
def test_every_class_of_the_domain_is_explained(module: str) -> None:
    classes = list(_classes(module))
    assert classes
    named = set(_CLASS_NAME.findall(_glossary()))
    assert [name for name in classes if name not in named] == []


def test_every_class_named_is_in_the_code() -> None:
    in_registry = {
        each.name
        for _, tree in python_texts("src/firmpath/registry")
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }
    assert set(_CLASS_NAME.findall(_glossary())) - set(_classes()) - in_registry == set()


@pytest.mark.parametrize("word", WORDS)
def test_word_is_explained(word: str) -> None:
    assert word in _entries()


def test_every_word_has_a_source() -> None:
    assert [word for word, entry in _entries().items() if not _SOURCE.match(entry["source"])] == []


def test_no_word_is_explained_twice() -> None:
    words = Counter(re.findall(r"^- \*\*([^*]+)\*\*", _glossary(), re.MULTILINE))
    assert [word for word, count in words.items() if count > 1] == []
