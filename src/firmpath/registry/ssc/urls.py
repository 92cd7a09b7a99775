"""Addresses of the pages of the SSC, and of those on which others give it what it needs."""

from django.urls import path

from firmpath.registry.ssc.pages import giving, looks, stacks

urlpatterns = [
    path("", stacks.entries, name="ssc"),
    path("entries/<int:cpl_entry_id>/", stacks.entry, name="ssc_entry"),
    path("counts/", stacks.counts, name="ssc_counts"),
    path("in-review/", stacks.waiting, name="ssc_waiting"),
    path("looks/", looks.looks, name="ssc_looks"),
    path("zigbee/<uuid:reference>/", giving.zigbee, name="ssc_zigbee"),
    path("record/<int:cpl_entry_id>/", giving.record, name="ssc_record"),
]
