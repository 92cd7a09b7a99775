"""The files that are, or are about to be, in the repository."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]

# What a copy without git history has lying about; with git, .gitignore says it.
_LEFTOVERS = {".git", ".hypothesis", ".venv", ".venv-lock", "__pycache__", "build", "dist"}


class Text(NamedTuple):
    """A text file: its path from the project's root, with forward slashes, and what it says."""

    path: str
    text: str

    def line_of(self, offset: int) -> str:
        """Return 'path:line' of the character at `offset`."""
        return f"{self.path}:{self.text.count(chr(10), 0, offset) + 1}"


@cache
def committed_texts() -> tuple[Text, ...]:
    """Return every text file of the repository, in order of path; files that are not UTF-8 are not text."""
    return tuple(text for path in sorted(_paths()) if (text := _read(path)) is not None)


def python_texts(*folders: str) -> Iterator[tuple[Text, ast.Module]]:
    """Yield the Python files under `folders`, each with its syntax tree."""
    for text in committed_texts():
        if text.path.endswith(".py") and text.path.startswith(tuple(f"{folder}/" for folder in folders)):
            yield text, ast.parse(text.text, text.path)


def _paths() -> Iterator[str]:
    if (PROJECT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
        yield from {name for name in listed.split("\0") if name and (PROJECT / name).is_file()}
        return
    for path in PROJECT.rglob("*"):
        inside = path.relative_to(PROJECT)
        if path.is_file() and not _LEFTOVERS.intersection(inside.parts) and "_cache" not in inside.parts[0]:
            yield inside.as_posix()


def _read(path: str) -> Text | None:
    try:
        return Text(path, (PROJECT / path).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return None
