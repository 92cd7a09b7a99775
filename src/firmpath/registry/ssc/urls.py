"""Addresses of the pages of the SSC, and of those on which others give it what it needs."""

from django.urls import path

from firmpath.registry.ssc import views, views_giving

urlpatterns = [
    path("", views.entries, name="ssc"),
    path("entries/<int:cpl_entry_id>/", views.entry, name="ssc_entry"),
    path("counts/", views.counts, name="ssc_counts"),
    path("in-review/", views.waiting, name="ssc_waiting"),
    path("looks/", views.looks, name="ssc_looks"),
    path("zigbee/<uuid:reference>/", views_giving.zigbee, name="ssc_zigbee"),
    path("record/<int:cpl_entry_id>/", views_giving.record, name="ssc_record"),
]
