"""The URL table; the one place that knows the SSC's pages."""

from django.urls import URLPattern, URLResolver, include, path

from firmpath.registry.api.calls import api
from firmpath.registry.api.reference import calls
from firmpath.registry.ssc.api import add_calls

__all__ = ["api", "urlpatterns"]

add_calls(api)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("about/api/calls/", calls, name="api_calls"),
    path("ssc/", include("firmpath.registry.ssc.urls")),
    path("", include("firmpath.registry.operations.urls")),
    path("", include("firmpath.registry.web.urls")),
]
