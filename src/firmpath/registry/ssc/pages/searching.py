"""Search a list of the SSC, by any of its words: they are sent, and the address that follows has a number instead.

The log of looks keeps what was searched for; the number is that of its row, and finds something for the same person
alone. It needs no script, and holds for every page of a list and for what is taken away of it.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.looks.log import SEARCHED, remember_search
from firmpath.registry.ssc.looks.reading import searched_text
from firmpath.registry.web.lists import holds_all
from firmpath.registry.web.questions import Question, asked, summary

_ENTRIES: Final = "Chipset vendor or stack version; or CPL Entry ID, firmware, model, manufacturer or hash"
_HINTS: Final[Mapping[str, str]] = {
    "ssc": _ENTRIES,
    "ssc_counts": "Chipset vendor or stack version",
    "ssc_waiting": "Chipset vendor or stack version; or submission, Party, manufacturer identifier or firmware",
    "ssc_vulnerabilities": "Reference, CVE id, title, stack, version or condition",
    "ssc_names": "A spelling, a name, or the reference of a vulnerability",
    "ssc_inventories": "Name of the inventory, or who gave it",
    "ssc_exposure": _ENTRIES,
    "ssc_ways_out": _ENTRIES,
    "ssc_looks": "What was looked at, or searched for",
}
"""The lists that can be searched, by the names of their addresses, and what in them is looked for."""


class Search(NamedTuple):
    """What a list is searched for; a number of somebody else is a search for nothing, and finds nothing."""

    is_on: bool
    words: tuple[str, ...] = ()

    def finds(self, *texts: object) -> bool:
        """Say whether each of the words is in one of the texts, or nothing is searched for."""
        return not self.is_on or holds_all(self.words, *texts)


def search_of(request: Asked) -> Search:
    """Give what the address says that a list is searched for."""
    number = request.GET.get("text", "")
    return Search(bool(number), tuple(_text_of(request, number).split()))


def search_field(request: Asked, name: str) -> dict[str, Any]:
    """Give a page what its field for the search needs; `name` is that of its address."""
    text = _text_of(request, request.GET.get("text", ""))
    return {"search": asked((_question(name),), {"search": text})[0], "back": request.get_full_path()}


def _text_of(request: Asked, number: str) -> str:
    is_number = number.isascii() and number.isdecimal() and len(number) < 16
    return searched_text(int(number), request.who.person_id) if is_number else ""


def _question(name: str) -> Question:
    return Question("search", SEARCHED, _HINTS[name], "search")


@allowed(POST=Act.READ_SSC)
def search(request: Asked) -> HttpResponse:
    """Keep what is searched for, and go back to the list, whose address has the number of it."""
    name, path, query = _list_of(request.POST.get("back", ""))
    text = request.POST.get("search", "").strip()
    try:
        query["text"] = str(remember_search(request.who, text, request.at)) if text else ""
    except FirmpathError as error:
        again = asked((_question(name),), {"search": text}, error.faults)
        context = {"search": again[0], "back": request.POST["back"], "problems": summary(again, error.faults)}
        return render(request, "ssc/search.html", {**context, "path": path}, status=422)
    if not text:
        del query["text"]
    return redirect(f"{path}?{query.urlencode()}" if query else path)


def _list_of(back: str) -> tuple[str, str, QueryDict]:
    """Read which list is searched: the name of its address, its path, and how it is narrowed and sorted.

    :raises Http404: it is none of the SSC's.
    """
    try:
        parts = urlsplit(back)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        raise Http404("There is no such list.") from None
    name = found.url_name or ""
    if name not in _HINTS:
        raise Http404("There is no such list.")
    query = QueryDict(parts.query, mutable=True)
    query.pop("page", None)
    return name, reverse(name, kwargs=found.kwargs), query
