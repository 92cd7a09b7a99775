"""What changed: a page for people, and feeds for their programs."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from firmpath.registry.ledger.current import Current, current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.changes import ChangePage, find_changes
from firmpath.registry.web.changes.feeds import Addresses, atom, json_feed
from firmpath.registry.web.changes.seeking import find_reader, questions_for, read_sought
from firmpath.registry.web.reading.asking import NotUnderstoodError, asked_again
from firmpath.registry.web.reading.readers import reads_fir

MOST: Final = 25
"""Changes on a page, and in a feed."""


@allowed(GET=Act.READ_CPL)
def changes(request: Asked) -> HttpResponse:
    """Show what changed, newest first."""
    head, with_fir = current(), reads_fir(request)
    questions = questions_for(head.register.catalogue(request.today), with_fir)
    try:
        sought = read_sought(request.GET, with_fir)
    except NotUnderstoodError as error:
        page = asked_again(questions, request.GET, error.by_name)
        return render(request, "changes/changes.html", page | {"found": ChangePage((), 0)}, status=400)
    context = {
        "found": find_changes(head.register, sought, with_fir, MOST),
        "is_empty": not head.number,
        "is_narrowed": any(sought),
        "filters_query": _without_page(request),
        "with_fir": with_fir,
    }
    return render(request, "changes/changes.html", context | asked_again(questions, request.GET))


@allowed(GET=Act.READ_CPL)
def changes_atom(request: Asked) -> HttpResponseBase:
    """Give the changes as an Atom feed."""
    return _feed(request, "changes_atom", "application/atom+xml; charset=utf-8", atom)


@allowed(GET=Act.READ_CPL)
def changes_json(request: Asked) -> HttpResponseBase:
    """Give the changes as a JSON Feed."""
    return _feed(request, "changes_json", "application/feed+json; charset=utf-8", json_feed)


def _feed(
    request: Asked, name: str, content_type: str, write: Callable[[ChangePage, Addresses], bytes]
) -> HttpResponseBase:
    """Give a feed; not again to who has it as it is, by its ETag or by the instant of the last statement."""
    reader = find_reader(request)
    if reader.is_refused:
        words = "This token is not known, has expired or was revoked.\n"
        refused = HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
        refused.headers["WWW-Authenticate"] = 'Bearer realm="Firmpath"'
        return refused
    sought, head = read_sought(request.GET, reader.reads_fir), current()
    etag = _etag(head, request, name, reader.reads_fir)
    last = head.register.last_recorded_at
    modified = int(last.timestamp()) if last else None
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        found = find_changes(head.register, sought, reader.reads_fir, MOST)
        answer = HttpResponse(write(found, _addresses(request, name, found)), content_type=content_type)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Authorization", "Cookie"))
    if modified:
        answer.headers["Last-Modified"] = http_date(modified)
    return answer


def _etag(head: Current, request: Asked, name: str, with_fir: bool) -> str:
    of = f"{head.chain} {name} {with_fir} {sorted(request.GET.lists())} {request.get_host()}"
    return f'"{sha256(of.encode()).hexdigest()}"'


def _addresses(request: Asked, name: str, found: ChangePage) -> Addresses:
    def whole(address: str) -> str:
        return request.build_absolute_uri(address)

    further = _with_before(request, found.next_before)
    return Addresses(
        whole(request.get_full_path()),
        whole(f"{reverse('changes')}{_without_page(request)}"),
        whole(f"{reverse(name)}{further}") if found.next_before else "",
        whole(reverse("entry", kwargs={"cpl_entry_id": 0})),
    )


def _with_before(request: Asked, before: int) -> str:
    query = request.GET.copy()
    query["before"] = str(before)
    return f"?{query.urlencode()}"


def _without_page(request: Asked) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    return f"?{query.urlencode()}" if query else ""
