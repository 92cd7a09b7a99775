"""Addresses of the pages of the SSC, and of those on which others give it what it needs; its calls join the API."""

from django.urls import path

from firmpath.registry.api.calls import api
from firmpath.registry.ssc.api import add_calls
from firmpath.registry.ssc.pages import (
    assessing,
    entries,
    example,
    exposure,
    giving,
    inventories,
    looks,
    names,
    searching,
    stacks,
    steering,
    vulnerabilities,
    ways_out,
)

add_calls(api)

urlpatterns = [
    path("", stacks.entries, name="ssc"),
    path("entries/<int:cpl_entry_id>/", stacks.entry, name="ssc_entry"),
    path("example/", example.fill_example, name="ssc_example"),
    path("search/", searching.search, name="ssc_search"),
    path("counts/", stacks.counts, name="ssc_counts"),
    path("in-review/", stacks.waiting, name="ssc_waiting"),
    path("looks/", looks.looks, name="ssc_looks"),
    path("zigbee/<uuid:reference>/", giving.zigbee, name="ssc_zigbee"),
    path("record/<int:cpl_entry_id>/", giving.record, name="ssc_record"),
    path("names/", names.names, name="ssc_names"),
    path("names/add/<str:kind>/", names.add, name="ssc_name_add"),
    path("names/<int:number>/", names.change, name="ssc_name"),
    path("inventories/", inventories.inventories, name="ssc_inventories"),
    path("vulnerabilities/", vulnerabilities.vulnerabilities, name="ssc_vulnerabilities"),
    path("vulnerabilities/add/", vulnerabilities.add, name="ssc_vulnerability_add"),
    path("vulnerabilities/import/", vulnerabilities.take_in, name="ssc_vulnerability_import"),
    path("vulnerabilities/<int:number>/", exposure.vulnerability, name="ssc_vulnerability"),
    path("vulnerabilities/<int:number>/edit/", vulnerabilities.edit, name="ssc_vulnerability_edit"),
    path("vulnerabilities/<int:number>/history/", vulnerabilities.history, name="ssc_vulnerability_history"),
    path("vulnerabilities/<int:number>/entries/", entries.entries, name="ssc_exposure"),
    path("vulnerabilities/<int:number>/assess/", assessing.assess, name="ssc_assess"),
    path("vulnerabilities/<int:number>/ways-out/", ways_out.ways_out, name="ssc_ways_out"),
    path("vulnerabilities/<int:number>/letters/", exposure.letters, name="ssc_letters"),
    path("vulnerabilities/<int:number>/operators.<str:form>", exposure.operators, name="ssc_operators"),
    path("vulnerabilities/<int:number>/openvex/", exposure.openvex, name="ssc_openvex"),
    path("vulnerabilities/<int:number>/notice/", steering.notice, name="ssc_notice"),
]
