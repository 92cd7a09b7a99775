"""What a test does about a program that is not installed: it fails under CI, and elsewhere it is skipped."""

import os
from typing import NoReturn

import pytest


class NotInstalledError(Exception):
    """A program that a test needs is not on this machine; the text says which, and how to install it."""


def go_without(missing: NotInstalledError) -> NoReturn:
    """Skip the test that is being run, or fail it where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))
