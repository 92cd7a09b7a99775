"""Files that a command writes: in place all at once, and never over another one unasked."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENAMETOOLONG
from pathlib import Path

from firmpath.cli.output import print_json, print_wrapped, printable
from firmpath.cli.reading import file_fault
from firmpath.pathways.faults import Fault, FirmpathError


def add_out(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the file to write, and the leave to write over one that is there."""
    parser.add_argument("--out", metavar="FILE", required=True, help=what)
    parser.add_argument("--replace", action="store_true", help="write over the file if it is there already")


def refuse_to_overwrite(arguments: argparse.Namespace) -> None:
    """Ask the person at the terminal before a file is written over; refuse where nobody can be asked.

    :raises FirmpathError: the file is there, and nobody said that it may be written over.
    """
    if not arguments.out:
        raise FirmpathError(Fault("File", "", "has no name", "give --out the name of a file"))
    if not os.path.exists(arguments.out):
        return
    for name in ("cpl", "table", "submission", "mapping", "request", "inventory"):
        given = getattr(arguments, name, None) or (os.environ.get("FIRMPATH_CPL") if name == "cpl" else None)
        files = given if isinstance(given, list) else filter(None, [given])
        if any(os.path.exists(each) and os.path.samefile(each, arguments.out) for each in files):
            wrong = "is the file that is read, and is not written over"
            raise FirmpathError(file_fault(arguments.out, wrong, "name another"))
    if not may_replace(arguments, "Write over it?"):
        raise FirmpathError(file_fault(arguments.out, "is there already", "name another, or add --replace"))


def may_replace(arguments: argparse.Namespace, question: str) -> bool:
    """Say whether what is there may be replaced: by `--replace`, or by whoever is asked at the terminal."""
    if arguments.replace:
        return True
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    asked = f"{printable(arguments.out)} is there already. {question} [y/N] "
    print(asked, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def ending_of(path: str, *endings: str) -> str:
    """Give the ending of the name of a file, in lower case and without its point.

    :raises FirmpathError: it is none of these.
    """
    ending = os.path.splitext(path)[1].lower().removeprefix(".")
    if ending in endings:
        return ending
    listed = " or ".join(filter(None, (", ".join(f".{each}" for each in endings[:-1]), f".{endings[-1]}")))
    raise FirmpathError(file_fault(path, "does not say what it is to be", f"end the name in {listed}"))


def print_done(arguments: argparse.Namespace, words: tuple[str, ...], fields: dict[str, object]) -> None:
    """Say what was written, in words or as JSON."""
    if arguments.json:
        print_json({"version": 1, "answer": "done", "file": arguments.out, **fields})
        return
    for line in words:
        print_wrapped(line)


@contextmanager
def replacing(unfinished: Path, out: Path) -> Iterator[None]:
    """Give a file its name once it is written whole; what is left of one that is not is removed.

    :raises FirmpathError: it cannot be written.
    """
    try:
        _require_name(out)
        yield
        os.replace(unfinished, out)
    except OSError as error:
        wrong = f"cannot be written: {(error.strerror or str(error)).lower()}"
        is_too_long = error.errno == ENAMETOOLONG
        right = "give it a shorter name" if is_too_long else "name a file where there is room, and you may write"
        raise FirmpathError(file_fault(str(out), wrong, right)) from None
    finally:
        with suppress(OSError):  # that it cannot be there is said already
            unfinished.unlink(missing_ok=True)


def _require_name(out: Path) -> None:
    """Have the system say whether a file can have a name, before anything is done for it."""
    with suppress(FileNotFoundError):
        os.lstat(out)
    if os.path.isdir(out):
        raise FirmpathError(file_fault(str(out), "is a folder, and is not written over", "give the name of a file"))
