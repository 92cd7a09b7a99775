"""The programs of PostgreSQL that copy its databases."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from glob import glob
from typing import NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError


class Ended(NamedTuple):
    """How a program ended, and what it said; a negative code is the signal that ended it."""

    program: str
    code: int
    said: str


def run_program(program: str, arguments: Sequence[str], variables: Mapping[str, str]) -> Ended:
    """Run a program with further variables in its environment.

    :raises FirmpathError: it is not installed.
    """
    command = [find_program(program), *arguments]
    environment = {**os.environ, **variables}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    return Ended(program, done.returncode, done.stderr)


def find_program(program: str) -> str:
    """Find a program of PostgreSQL's, on the path or where Debian keeps it, the newest first.

    :raises FirmpathError: it is not installed.
    """
    debian = sorted(glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda path: int(path.split("/")[4]))
    found = debian[-1] if debian else shutil.which(program)
    if found is None:
        right = "install PostgreSQL's client programs, of the server's version or newer"
        raise FirmpathError(Fault("Program", program, "is not installed", right))
    return found
