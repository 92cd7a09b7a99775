"""Pages of the documentation that are written by the code they describe.

A module `tests/docs/page_<name>.py` with a `PAGE` is one page; nothing else has to know of it.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.docs.committed import PROJECT


class Page(NamedTuple):
    """A generated page: its path from the project's root, and what writes its text."""

    path: str
    write: Callable[[], str]

    @property
    def file(self) -> Path:
        """The place of the page on disk."""
        return PROJECT / self.path


def pages() -> list[Page]:
    """Return every generated page, in order of path."""
    names = [file.stem for file in Path(__file__).parent.glob("page_*.py")]
    found = [importlib.import_module(f"tests.docs.{name}").PAGE for name in names]
    return sorted(page for page in found if isinstance(page, Page))
