"""The register's addresses, and beside its calls one whose view does nothing."""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from firmpath.registry.urls import urlpatterns as of_the_register


def empty(request: HttpRequest) -> JsonResponse:
    """Answer with nothing, as JSON."""
    return JsonResponse({})


urlpatterns = [path("api/v1/empty", empty), *of_the_register]
