"""Addresses for those who run the register: whether it lives, and is ready."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
