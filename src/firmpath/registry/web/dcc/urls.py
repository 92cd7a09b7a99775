"""Addresses: the DCC."""

from django.urls import URLPattern, path

from firmpath.registry.web.dcc import views_extracts, views_loading

urlpatterns: list[URLPattern] = [
    path("dcc/", views_loading.waiting, name="dcc"),
    path("dcc/loaded/", views_loading.loaded, name="dcc_loaded"),
    path("dcc/loaded/remove/", views_loading.remove, name="dcc_remove"),
    path("dcc/extracts/", views_extracts.extracts, name="dcc_extracts"),
    path("dcc/extracts/<int:number>/", views_extracts.extract, name="dcc_extract"),
]
