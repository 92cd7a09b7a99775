"""What is refused because of how things stand, and not because of what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.problems import ProblemError
from firmpath.registry.submissions.publishing import OutcomeChangedError

CONFLICTS: Final[Json] = {"x-problems": [409]}
"""Marks a call in the document as one that may be refused because of how things stand."""


@contextmanager
def as_things_stand() -> Iterator[None]:
    """Tell a refusal as a conflict (409), and that an outcome is no longer what was looked at as such (412)."""
    try:
        yield
    except OutcomeChangedError as error:
        raise ProblemError(412, faults=error.faults) from None
    except FirmpathError as error:
        raise ProblemError(409, faults=error.faults) from None
