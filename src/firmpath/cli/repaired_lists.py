"""The Devices that may take what requests bring, one on each line: a file for one request, a folder for several."""

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from firmpath.cli.output import print_command, print_wrapped, printable
from firmpath.cli.request_files import find_request_files
from firmpath.cli.writing import refuse_to_overwrite
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

if TYPE_CHECKING:
    from firmpath.images.together import Together


def wants_folder(named: Sequence[str]) -> bool:
    """Say whether what is named can be several requests, whose lists are a folder then."""
    return len(named) > 1 or os.path.isdir(named[0])


def list_names(named: Sequence[str]) -> list[str]:
    """Give the name of the list of each request in `find_request_files`, within the folder of lists.

    It is that of the request, with the folders that it has within the one that is named.
    :raises FirmpathError: two would have one name.
    """
    found = [_list_name(path, file) for path in named for file in find_request_files([path])]
    twice = (each for each, times in sorted(Counter(found).items()) if times > 1)
    wrong, right = "would be that of several requests", "check them one by one, or give them other names"
    refuse_if_any(Fault("List", each, wrong, right) for each in twice)
    return found


def refuse_lists(arguments: argparse.Namespace, named: Sequence[str]) -> None:
    """Refuse to write over what is there, before anything is read.

    :raises FirmpathError: it is there; a folder of lists is never written over.
    """
    if not wants_folder(named):
        refuse_to_overwrite(arguments)
        return
    if arguments.replace:
        wrong = "is for the list of one request, and several have a folder"
        raise FirmpathError(Fault("--replace", "", wrong, "leave it out, and name a new folder", quoted=False))
    if os.path.lexists(arguments.out):
        raise FirmpathError(Fault("Folder", arguments.out, "is there already", "name a new folder, or remove it"))


def write_lists(out: str, names: Sequence[str] | None, together: "Together") -> None:
    """Write the one list, or a folder in which each request has its list for which there is any Device.

    :raises FirmpathError: it cannot be written.
    """
    from firmpath.fleet.unfinished import complete_or_nothing
    from firmpath.tables.files import write_octets

    lists = ["".join(f"{each}\n" for each in judged.found.repaired).encode() for judged in together.judged]
    if names is None:
        write_octets(out, lists[0])
        return
    with complete_or_nothing(Path(out).absolute(), "Folder") as folder:
        for name, octets in zip(names, lists, strict=True):
            if octets:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(octets)


def print_lists(named: Sequence[str], out: str, names: Sequence[str] | None, together: "Together") -> None:
    """Say what was written, and give the command that takes it."""
    from firmpath.cli.requests_anew import words_anew

    name = printable(out)
    having = sum(bool(each.found.repaired) for each in together.judged)
    if not having:
        print_wrapped(f"No Device may take it, so {name} is empty.")
        return
    if names is None:
        print_wrapped(f"The Devices that may take it are in {name}.")
    else:
        of_all = f"{having:,} of {counted(len(names), 'request')}"
        print_wrapped(f"The Devices that may take what they bring are in {name}, a list for {of_all}.")
    if not together.is_go:
        command, said = words_anew(named, out, together)
        print_wrapped("Next: write requests for these Devices alone, and check those:")
        print_command(command)
        print_wrapped(said)


def _list_name(path: str, file: str) -> str:
    within = os.path.relpath(file, path) if os.path.isdir(path) else os.path.basename(file)
    stem, ending = os.path.splitext(within)
    return f"{stem if ending.lower() == '.xml' else within}.txt"
