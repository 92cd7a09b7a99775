"""The list of entries as a table to download.

The table of the whole CPL is made once for each state of the ledger; others anew, so not at any rate for anybody.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import Current
from firmpath.registry.parties.access import Asked
from firmpath.registry.publication.made_tables import made_tables
from firmpath.registry.publication.tables import column_names, csv_of, xlsx_of
from firmpath.registry.web.reading.listing import Shown, find_entries
from firmpath.registry.web.reading.rate import refuse_haste
from firmpath.registry.web.reading.readers import reads_fir

MOST_XLSX_ROWS: Final = 2000
"""Of a list that is narrowed or sorted, for the public: it takes a second to write."""

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Download:
    """A file to give; `of` says all that it is made of, and so makes its ETag."""

    def __init__(self, request: Asked, of: str, name: str, content_type: str) -> None:
        self._request = request
        self._etag = f'"{sha256(f"{name} {of}".encode()).hexdigest()}"'
        self._name = name
        self._content_type = content_type

    def is_had(self) -> HttpResponseBase | None:
        """Give the answer to who has the file already, as its ETag says; else None."""
        answer: HttpResponseBase | None = get_conditional_response(self._request, etag=self._etag)
        return self._headed(answer) if answer else None

    def given(self, pieces: Iterator[bytes]) -> HttpResponseBase:
        """Give the answer with the file."""
        answer = HttpResponse() if self._request.method == "HEAD" else StreamingHttpResponse(pieces)
        answer.headers["Content-Type"] = self._content_type
        answer.headers["Content-Disposition"] = f'attachment; filename="{self._name}"'
        return self._headed(answer)

    def _headed(self, answer: HttpResponseBase) -> HttpResponseBase:
        answer.headers["ETag"] = self._etag
        answer.headers["Cache-Control"] = "private, no-cache"
        return answer


def give_table(request: Asked, head: Current, shown: Shown) -> HttpResponseBase:
    """Give the entries as CSV or as XLSX; not again to who has the table already, before anything is made.

    :raises FirmpathError: XLSX of more than `MOST_XLSX_ROWS` is asked for by the public, and not of the whole CPL.
    """
    name, names = request.GET["format"], column_names(reads_fir(request))
    of = f"{head.chain} {request.today} {len(names)} {tuple(shown)}"
    file = Download(request, of, f"cpl.{name}", CONTENT_TYPES[name])
    answer = file.is_had()
    if answer is not None:
        return answer
    if not any(shown):
        octets = made_tables.get((of, name), lambda: b"".join(_pieces(request, head, shown)))
        return file.given(iter((octets,)))
    return refuse_haste(request) or file.given(_pieces(request, head, shown))


def may_have_xlsx(request: Asked, shown: Shown, count: int) -> bool:
    """Say whether a list is given as XLSX, which takes long to write: to the public the CPL or a short one."""
    return request.who.is_signed_in or not any(shown) or count <= MOST_XLSX_ROWS


def _pieces(request: Asked, head: Current, shown: Shown) -> Iterator[bytes]:
    found = find_entries(head.register.catalogue(request.today), shown)
    names = column_names(reads_fir(request))
    if request.GET["format"] == "csv":
        return csv_of(found, names)
    if not may_have_xlsx(request, shown, len(found)):
        wrong = f"would have {len(found):,} rows, more than {MOST_XLSX_ROWS:,}"
        raise FirmpathError(Fault("XLSX", "", wrong, "download the list as CSV, or the whole CPL", quoted=False))
    return iter((xlsx_of(found, names),))
