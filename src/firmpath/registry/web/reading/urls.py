"""Addresses: reading the CPL: the one box, pathways, entries."""

from django.urls import URLPattern, path

from firmpath.registry.web.reading import views_entries, views_entry, views_home, views_notices, views_pathway

urlpatterns: list[URLPattern] = [
    path("", views_home.home, name="home"),
    path("choose/", views_home.choose, name="choose"),
    path("pathway", views_pathway.pathway, name="pathway"),
    path("pathway.svg", views_pathway.pathway_svg, name="pathway_svg"),
    path("cpl/", views_entries.entries, name="entries"),
    path("cpl/register", views_entries.register_file, name="register_file"),
    path("cpl/<int:cpl_entry_id>/", views_entry.entry, name="entry"),
    path("cpl/<int:cpl_entry_id>/as/", views_entry.entry_then, name="entry_then"),
    path("cpl/<int:cpl_entry_id>/history/", views_entry.history, name="entry_history"),
    path("notices/", views_notices.notices, name="notices"),
]
