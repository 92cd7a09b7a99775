"""The files that come as evidence: which are taken, and what makes one what its name says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.registry.submissions.models_deciding import EvidenceFile

MOST_FILES: Final = 5
LARGEST_FILE_OCTETS: Final = 5 * 1024 * 1024
ENDINGS: Final = ("pdf", "txt", "eml", "png", "jpg", "csv", "xlsx")
TERM: Final = "Files"

_BEGINNINGS: Final = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "xlsx": b"PK\x03\x04",
}
"""How files begin that are what their ending says; all others are text."""

_LONGEST_NAME: Final = 120
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"/\\|?*]')


class Given(NamedTuple):
    """A file as it was sent."""

    name: str
    contents: bytes


def parse_files(given: Sequence[Given]) -> tuple[Given, ...]:
    """Take the files that come as evidence, their names made fit to be shown and saved under.

    :raises FirmpathError: too many, too large, of another kind or not what the ending says; every such fault.
    """
    refuse_if_any(_faults(given))
    return tuple(each._replace(name=_fit_name(each.name)) for each in given)


def as_rows(correction_id: int, given: Iterable[Given]) -> Iterator[EvidenceFile]:
    """Give the rows to store files in, with the SHA-256 of each."""
    for name, contents in given:
        found = sha256(contents).hexdigest()
        yield EvidenceFile(
            correction_id=correction_id, name=name, size_bytes=len(contents), sha256=found, contents=contents
        )


def _faults(given: Sequence[Given]) -> Iterator[Fault]:
    if len(given) > MOST_FILES:
        wrong = f"are {len(given)}, more than {MOST_FILES}"
        yield Fault(TERM, "", wrong, "leave some out, or put them together", quoted=False)
    for name, contents in given:
        ending = _ending(name)
        if ending not in ENDINGS:
            yield Fault(TERM, name, "is not of a kind that is taken", f"send {', '.join(ENDINGS)}")
        elif len(name) > _LONGEST_NAME:
            wrong = f"has a name of {len(name)} characters, more than {_LONGEST_NAME}"
            yield Fault(TERM, name, wrong, "give it a shorter name")
        elif not contents:
            yield Fault(TERM, name, "is empty", "choose the file again")
        elif len(contents) > LARGEST_FILE_OCTETS:
            yield Fault(TERM, name, "is larger than 5 MB", "send a smaller one, or a part of it")
        elif not _is_what_it_says(ending, contents):
            wrong = f"is not a {ending} file, whatever its name says"
            yield Fault(TERM, name, wrong, "save it again as what it is")


def _is_what_it_says(ending: str, contents: bytes) -> bool:
    beginning = _BEGINNINGS.get(ending)
    return contents.startswith(beginning) if beginning else b"\x00" not in contents


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return "jpg" if ending == "jpeg" else ending


def _fit_name(name: str) -> str:
    stem = _UNFIT.sub("_", name.rpartition(".")[0]).strip(" .") or "file"
    return f"{stem}.{_ending(name)}"
