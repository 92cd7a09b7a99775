"""Addresses: checking a service request before it is sent."""

from django.urls import URLPattern, path

from firmpath.registry.web.checking import views

urlpatterns: list[URLPattern] = [path("preflight/", views.check, name="preflight")]
