"""Waiting for processes that are not our children to end."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.waiting import LONGEST_WAIT_S


class Watched:
    """Somebody else's process, which stays the one that is meant even if its number is given to another."""

    def __init__(self, number: int) -> None:
        if not hasattr(os, "pidfd_open"):
            pytest.skip("this system has no pidfd_open, which the test watches processes with")
        self._open = os.pidfd_open(number)

    def has_ended(self) -> bool:
        """Wait until it has ended, or for a while."""
        ended = bool(select.select([self._open], [], [], LONGEST_WAIT_S)[0])
        os.close(self._open)
        return ended


@contextmanager
def killed_at_the_end(code: str, *arguments: str) -> Iterator[str]:
    """Run an owner of servers, give the first line that it prints, and kill it when the `with` is left."""
    owner = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    try:
        yield owner.stdout.readline().strip()
    finally:
        owner.kill()
        owner.communicate()
