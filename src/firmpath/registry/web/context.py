"""What the frame of every page shows: who is signed in, and where they can go."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.registry.parties.who import NOBODY
from firmpath.registry.web.places import FOOTER, PLACES, Place


class Link(NamedTuple):
    """A link in the frame of a page."""

    label: str
    url: str
    is_current: bool = False


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give what `base.html` needs."""
    who = getattr(request, "who", NOBODY)
    navigation = [_link(request, place) for place in PLACES if who.may(place.act)]
    footer = [_link(request, place)[:2] for place in FOOTER if who.may(place.act)]
    return {
        "service_name": "Firmpath",
        "who": who,
        "navigation": navigation,
        "footer_links": footer,
        "sign_in_url": _sign_in_url(request),
    }


def _sign_in_url(request: HttpRequest) -> str:
    """Give the address of sign-in, from which somebody comes back to the page that they read."""
    url, here = reverse("account_login"), request.get_full_path()
    is_read = request.method == "GET" and request.resolver_match is not None
    if not is_read or here == "/" or here.startswith(reverse("account")):
        return url
    return f"{url}?{urlencode({'next': here})}"


def _link(request: HttpRequest, place: Place) -> Link:
    url = reverse(place.name)
    return Link(place.label, url, request.path == url or (url != "/" and request.path.startswith(url)))
