"""Addresses: what changed."""

from django.urls import URLPattern, path

from firmpath.registry.web.changes import views

urlpatterns: list[URLPattern] = [
    path("changes/", views.changes, name="changes"),
    path("changes.atom", views.changes_atom, name="changes_atom"),
    path("changes.json", views.changes_json, name="changes_json"),
]
