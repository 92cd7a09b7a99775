"""What tests of the operator's commands share."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture
def mask() -> Iterator[None]:
    """Put back how files are made, which the commands change for their process."""
    before = os.umask(0o077)
    os.umask(before)
    yield
    os.umask(before)
