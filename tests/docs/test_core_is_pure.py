"""`firmpath.pathways` answers from its arguments alone: no clock, files, network or chance."""

import ast
from collections.abc import Iterator

import pytest

from tests.docs.committed import Text, python_texts

# Modules of the standard library that neither look at the world nor change it. Others like them may be added.
PURE_MODULES = frozenset(
    {
        "_thread",
        "abc",
        "array",
        "bisect",
        "collections",
        "contextlib",
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
    }
    | {
        "functools",
        "gc",
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "string",
        "textwrap",
    }
    | {"threading", "types", "typing", "unicodedata"}
)
IMPURE_CALLS = frozenset({"__import__", "breakpoint", "eval", "exec", "input", "open", "print"})
# Methods that read a clock, of datetime and date.
IMPURE_METHODS = frozenset({"now", "today", "utcnow"})


def impurities(text: Text, tree: ast.Module) -> Iterator[str]:
    """Yield each import, call or clock reading by which an answer could hang on more than its arguments."""
    for found in ast.walk(tree):
        match found:
            case ast.Import(names=names):
                for alias in names:
                    yield from _impure_import(text, found.lineno, alias.name)
            case ast.ImportFrom(module=module):
                yield from _impure_import(text, found.lineno, module or ".")
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"{text.path}:{found.lineno}: calls {name}()"
            case ast.Attribute(attr=name) if name in IMPURE_METHODS:
                yield f"{text.path}:{found.lineno}: reads the clock with .{name}; pass the instant in"


def _impure_import(text: Text, line: int, module: str) -> Iterator[str]:
    ours = module == "firmpath.pathways" or module.startswith("firmpath.pathways.")
    if not ours and module.split(".")[0] not in PURE_MODULES:
        yield f"{text.path}:{line}: imports {module}"


def test_the_core_is_pure() -> None:
    modules = list(python_texts("src/firmpath/pathways"))
    assert modules
    assert [fault for text, tree in modules for fault in impurities(text, tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import os.path",
        "import time",
        "import random",
        "import socket",
        "import subprocess",
        "from pathlib import Path",
        "from urllib.request import urlopen",
        "from dataclasses import dataclass",
        "import rich",
        "from firmpath.tables import columns",
        "from firmpath import cli",
        "import firmpath.pathways_of_another",
        "from . import rules",
        "open('register')",
        "datetime.now(UTC)",
        "today = date.today",
        "print(1)",
    ],
)
def test_impurity_is_seen_in(code: str) -> None:
    assert len(list(impurities(Text("x.py", code), ast.parse(code)))) == 1


@pytest.mark.parametrize("code", ["import json", "from firmpath.pathways.faults import Fault", "today = at.date()"])
def test_impurity_is_not_seen_in(code: str) -> None:
    assert list(impurities(Text("x.py", code), ast.parse(code))) == []
