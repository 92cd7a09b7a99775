"""A file of vulnerabilities, whatever its form, from its octets to what is on record."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.vulnerabilities.csv_files import read_csv
from firmpath.registry.ssc.vulnerabilities.file_size import refuse_large
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.published import fit_published
from firmpath.registry.ssc.vulnerabilities.taking_in import TakenIn, check_all, take_in
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability


def take_in_file(name: str, octets: bytes, by: Who, at: datetime) -> TakenIn:
    """Take in a CSV file, a CVE record or OSV: all of it, or nothing; records of the two are fitted to be kept.

    :raises FirmpathError: every fault of it.
    """
    read = _read(octets)
    taken = take_in((each for each, _ in read.fitted), name, by, at, is_published=read.is_published)
    return taken._replace(cautions=(*(said for _, each in read.fitted for said in each), *taken.cautions))


def check_file(octets: bytes) -> None:
    """Take nothing in.

    :raises FirmpathError: every fault for which the file would not be taken in.
    """
    check_all(each for each, _ in _read(octets).fitted)


class _Read(NamedTuple):
    """Records of a file, each with what was done to it so that it fits, and whether its publisher wrote them."""

    fitted: Sequence[tuple[Vulnerability, Iterable[str]]]
    is_published: bool


def _read(octets: bytes) -> _Read:
    refuse_large(len(octets))
    if octets.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return _Read([(each, ()) for each in read_csv(octets)], False)
    return _Read([fit_published(each) for each in read_json(octets)], True)
