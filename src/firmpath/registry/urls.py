"""The URL table; the one place that knows the SSC's pages."""

from django.urls import URLPattern, URLResolver, include, path

from firmpath.registry.api.calls import api
from firmpath.registry.api.reference import calls

__all__ = ["api", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("ssc/", include("firmpath.registry.ssc.urls")),  # first, since it adds calls to the API
    path("api/v1/", api.urls),
    path("about/api/calls/", calls, name="api_calls"),
    path("", include("firmpath.registry.operations.urls")),
    path("", include("firmpath.registry.web.urls")),
]
