"""Addresses: about this service: rules, words, roles, the API, accessibility."""

from django.urls import URLPattern, path

from firmpath.registry.web.about import views

urlpatterns: list[URLPattern] = [
    path("about/rules/", views.rules, name="rules"),
    path("about/glossary/", views.glossary, name="glossary"),
    path("about/roles/", views.roles, name="roles"),
    path("about/api/", views.api, name="api"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
]
