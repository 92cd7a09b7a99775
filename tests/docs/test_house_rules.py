"""The house rules that a machine can see. CONTRIBUTING.md gives them in words."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.docs.committed import Text, committed_texts, python_texts

FILE_LINES_BELOW = 300
FUNCTION_LINES_BELOW = 40

# Each says nothing here, or is another word for something the standard already names.
BANNED_WORDS = frozenset(
    {"asset", "checksum", "common", "digest", "edge", "helper", "manager"}
    | {"misc", "node", "package", "parent", "previous", "product", "util"}
)
# Terms of the standard that contain one.
ALLOWED_TERMS = ("no_previous_version",)


def long_files(text: Text) -> Iterator[str]:
    """Yield a Python file that is too long to take in."""
    lines = text.text.count("\n")
    if lines >= FILE_LINES_BELOW:
        yield f"{text.path} has {lines} lines; keep it under {FILE_LINES_BELOW}"


def long_functions(text: Text, tree: ast.Module) -> Iterator[str]:
    """Yield each function that is too long to take in, decorators not counted."""
    for found in ast.walk(tree):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (found.end_lineno or found.lineno) - found.lineno + 1
            if lines >= FUNCTION_LINES_BELOW:
                place = f"{text.path}:{found.lineno}"
                yield f"{place}: {found.name} has {lines} lines; keep it under {FUNCTION_LINES_BELOW}"


def banned_names(text: Text, tree: ast.Module) -> Iterator[str]:
    """Yield each module, class, function, argument, field or variable with a banned word in its name."""
    for name, line in _given_names(text, tree):
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        for term in ALLOWED_TERMS:
            snake = snake.replace(term, "")
        words = snake.split("_")
        for word in sorted(BANNED_WORDS.intersection([*words, *(word.removesuffix("s") for word in words)])):
            yield f"{text.path}:{line}: '{name}' says '{word}'; DESIGN and GLOSSARY have the words to use"
        if name == "Base":
            yield f"{text.path}:{line}: a class named Base says nothing"


def _given_names(text: Text, tree: ast.Module) -> Iterator[tuple[str, int]]:
    for part in text.path.removesuffix(".py").split("/"):
        yield part, 1
    for found in ast.walk(tree):
        match found:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, found.lineno
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name, found.lineno


def _is_first_migration(path: str) -> bool:
    """Say whether Django writes the file; it lists every table of an application."""
    return path.endswith("/migrations/0001_initial.py")


def test_python_files_are_short() -> None:
    texts = [text for text in committed_texts() if text.path.endswith(".py") and not _is_first_migration(text.path)]
    assert texts
    assert [fault for text in texts for fault in long_files(text)] == []


def test_functions_are_short() -> None:
    found = [fault for text, tree in python_texts("src", "benchmarks") for fault in long_functions(text, tree)]
    assert found == []


def test_no_name_has_a_banned_word() -> None:
    found = [fault for text, tree in python_texts("src") for fault in banned_names(text, tree)]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "class PathwayManager: ...",
        "def util(): ...",
        "def rank(parentEntry): ...",
        "nodes = 1",
        "for edge in (): ...",
        "class Upgrade:\n    previous: int",
        "class Base: ...",
    ],
)
def test_banned_words_are_seen_in(code: str) -> None:
    assert len(list(banned_names(Text("src/x.py", code), ast.parse(code)))) == 1


@pytest.mark.parametrize("code", ["class NoPreviousVersion: ...", "product(1, 2)", "knowledge = pathways = 1"])
def test_banned_words_are_not_seen_in(code: str) -> None:
    assert list(banned_names(Text("src/x.py", code), ast.parse(code))) == []


def test_banned_words_are_seen_in_the_name_of_a_file() -> None:
    assert len(list(banned_names(Text("src/firmpath/cli/helpers.py", ""), ast.parse("")))) == 1


@pytest.mark.parametrize(("lines", "faults"), [(FUNCTION_LINES_BELOW - 1, 0), (FUNCTION_LINES_BELOW, 1)])
def test_length_of_a_function_counts_from_def_to_end(lines: int, faults: int) -> None:
    code = "@decorated\ndef long():\n" + "    pass\n" * (lines - 1)
    assert len(list(long_functions(Text("src/x.py", code), ast.parse(code)))) == faults


@pytest.mark.parametrize(("lines", "faults"), [(FILE_LINES_BELOW - 1, 0), (FILE_LINES_BELOW, 1)])
def test_length_of_a_file_counts_its_lines(lines: int, faults: int) -> None:
    assert len(list(long_files(Text("src/x.py", "pass\n" * lines)))) == faults
