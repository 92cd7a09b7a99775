"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Give where a request comes from; a proxy in front of us adds that at the end of X-Forwarded-For."""
    forwarded: str = request.headers.get("X-Forwarded-For", "") if settings.CONFIGURATION.trusts_proxy else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
