"""An error in the SSC's own code: where it arose stands in the SSC's log alone, under a reference.

The log of the server has the reference and nothing more, as it tells neither the page nor the time of a look: where
somebody's search or file failed would say what they looked for. Source: ADR 0012.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Final

from django.core.signals import got_request_exception
from django.db import DatabaseError

from firmpath.registry.ssc.looks.log import log_look

_HERE: Final = Path(__file__).parents[1]
_WALL: Final = "wall.py"
"""Every query passes through it."""
_LONGEST: Final = 80
"""Characters: the log has 100, of which a token takes some."""


def note_errors() -> None:
    """Note every error from now on that a request meets in this package."""
    got_request_exception.connect(_note, dispatch_uid="ssc errors")


def _note(request: Any = None, **_: Any) -> None:
    error = sys.exc_info()[1]
    places = list(_places(error.__traceback__)) if error else []
    if error is None or not places or not hasattr(request, "who"):
        return
    reference = token_hex(4)
    error.reference = reference  # type: ignore[attr-defined]  # read by `operations.logs`
    what = f"error {reference}: {type(error).__name__} in {places[-1]}"
    try:
        log_look(request.who, what[:_LONGEST], request.at, 0)
    except DatabaseError:
        return  # it is this database that fails, and nobody else is told what it has


def _places(traceback: TracebackType | None) -> Iterator[str]:
    while traceback:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if _HERE in file.parents and file.name != _WALL:
            yield f"{file.relative_to(_HERE)}, line {traceback.tb_lineno}"
        traceback = traceback.tb_next
