"""Memory for work that goes on in pieces of the same size: what one has let go of is kept for the next."""

import ctypes
import sys
from collections.abc import Callable
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""The numbers by which the C library of Linux knows these settings. Source: mallopt(3)."""
_AS_LARGE_AS_ANY: Final = 1 << 30


def give_freed_memory_back() -> None:
    """Give back what the work before has let go of, as what follows uses memory in other pieces."""
    if trim := _of_the_c_library("malloc_trim"):
        trim(0)


def keep_freed_memory() -> None:
    """Have memory kept that was let go of, instead of given back to the system and asked for anew, page by page.

    That took a sixth of a plan's time. Arrow takes its memory from the C library too: the package sees to that.
    Threads share what is kept: with a store for each, which is given back piece by piece, three of four pages were
    asked for anew, and 100 MiB more were in use. What is kept at most is what was in use at once. Source: ADR 0021.
    """
    if mallopt := _of_the_c_library("mallopt"):
        mallopt(_TRIM_THRESHOLD, _AS_LARGE_AS_ANY)
        mallopt(_MMAP_THRESHOLD, _AS_LARGE_AS_ANY)
        mallopt(_ARENA_MAX, 1)


def _of_the_c_library(name: str) -> Callable[..., int] | None:
    """Give a function of the C library of Linux; None elsewhere, and where it has none of that name."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
