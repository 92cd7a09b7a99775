"""A file of vulnerabilities, whatever its form, from its octets to what is on record."""

from datetime import datetime

from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.vulnerabilities.csv_files import read_csv
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.published import fit_published
from firmpath.registry.ssc.vulnerabilities.taking_in import TakenIn, take_in


def take_in_file(name: str, octets: bytes, by: Who, at: datetime) -> TakenIn:
    """Take in a CSV file, a CVE record or OSV: all of it, or nothing; records of the two are fitted to be kept.

    :raises FirmpathError: every fault of it.
    """
    if octets.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return take_in(read_csv(octets), name, by, at)
    fitted = [fit_published(each) for each in read_json(octets)]
    taken = take_in((each for each, _ in fitted), name, by, at, is_published=True)
    return taken._replace(cautions=(*(said for _, each in fitted for said in each), *taken.cautions))
