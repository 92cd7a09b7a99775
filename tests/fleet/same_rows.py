"""Whether two plans have the same rows: a hash of their content, in whatever order and form it was written."""

import hashlib
import json
from collections.abc import Iterable, Sequence


def content_hash(rows: Iterable[Sequence[object]]) -> str:
    """Give the SHA-256 of the rows: each as a line of JSON, its eight columns in their order, the lines sorted."""
    lines = sorted(json.dumps(list(row), ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
