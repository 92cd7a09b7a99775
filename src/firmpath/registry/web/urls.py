"""The pages and their addresses, area by area."""

from django.urls import URLPattern, URLResolver, include, path

AREAS = ("reading", "changes", "people", "submitting", "deciding", "dcc", "checking", "about")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"firmpath.registry.web.{area}.urls")) for area in AREAS
]
