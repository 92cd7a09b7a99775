"""The files of service requests: those that are named, and those in a folder, such as `firmpath requests` makes."""

import os
from collections.abc import Iterator, Sequence

from firmpath.cli.reading import file_fault, unreadable
from firmpath.images.requests_list import LIST
from firmpath.pathways.faults import FirmpathError


def find_request_files(named: Sequence[str], of: str = "request") -> list[str]:
    """Give the files in the order of their names, a folder as all files in it and in its folders.

    `of` is what faults call such a file. Of a folder, hidden files and the list of `firmpath requests` are none of
    them; everything else has to be one.
    Cost: linear in the files of the folders.
    :raises FirmpathError: a folder has no file, or cannot be looked into.
    """
    return [file for path in named for file in (_within(path, of) if os.path.isdir(path) else [path])]


def _within(folder: str, of: str) -> list[str]:
    files = sorted(_walk(folder))
    if not files:
        raise FirmpathError(file_fault(folder, f"is a folder without a {of}", "check the name"))
    return files


def _walk(folder: str) -> Iterator[str]:
    try:
        found = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError as error:
        raise FirmpathError(unreadable(folder, error)) from None
    for each in found:
        if each.name.startswith(".") or each.name == LIST:
            continue
        if each.is_dir() and not each.is_symlink():  # a link can lead round in a circle; opening it is refused
            yield from _walk(each.path)
        else:
            yield each.path
