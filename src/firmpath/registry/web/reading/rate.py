"""How often an address may ask for what takes long to make, where nobody is signed in who could answer for it."""

from hashlib import sha256
from typing import Final

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render

from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.addresses import address_of

MOST_A_MINUTE: Final = 10
_PERIOD_SECONDS: Final = 60


def refuse_haste(request: Asked) -> HttpResponse | None:
    """Count a request for what takes long; give the page that says to wait where there were too many, else None.

    It counts in this process, minute by minute; people who are signed in are not counted.
    """
    if request.who.is_signed_in:
        return None
    minute, second = divmod(int(request.at.timestamp()), _PERIOD_SECONDS)
    counts, key = caches["process"], f"takes-long-{sha256(address_of(request).encode()).hexdigest()}-{minute}"
    counts.add(key, 0, 2 * _PERIOD_SECONDS)
    try:
        count = counts.incr(key)
    except ValueError:  # others have crowded it out since
        return None
    if count <= MOST_A_MINUTE:
        return None
    answer = render(request, "reading/wait.html", status=429)
    answer.headers["Retry-After"] = str(_PERIOD_SECONDS - second)
    return answer
