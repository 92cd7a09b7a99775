"""The fields of what was printed as JSON, and of the form that documents it, by their paths."""

import re
from collections.abc import Iterator
from typing import Any

from tests.docs.cli_json import Form


def paths_of(value: Any, named_by_data: re.Pattern[str], path: str = "") -> Iterator[str]:
    """Give the path of every field in what was printed, as docs/cli.md writes it.

    The fields of an object whose path is `named_by_data` are no words of ours, and each is as any other.
    """
    if path and not path.endswith("[]"):
        yield path
    if isinstance(value, dict):
        for name, each in value.items():
            name = "*" if named_by_data.fullmatch(path) else name
            yield from paths_of(each, named_by_data, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for each in value:
            yield from paths_of(each, named_by_data, f"{path}[]") if isinstance(each, dict) else ()


def fields_of(form: Form) -> set[str]:
    """Give the paths of all fields of a form; those that hold others need no line of their own."""
    paths = {"version", "answer", *(field.path for field in form.fields if not field.path.endswith("…"))}
    return paths | {path[: found.start()] for path in paths for found in re.finditer(r"(?<!\])\.|\[\]", path)}
