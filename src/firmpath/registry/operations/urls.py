"""Addresses for those who run the register: whether it lives, and is ready."""

from django.urls import URLPattern, path

from firmpath.registry.operations import views

urlpatterns: list[URLPattern] = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
]
