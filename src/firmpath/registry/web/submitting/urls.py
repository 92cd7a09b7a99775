"""Addresses: submissions, from draft to publication."""

from django.urls import URLPattern, path

from firmpath.registry.web.submitting import (
    views_base,
    views_bulk,
    views_draft,
    views_list,
    views_one,
    views_publish,
    views_review,
)

_ONE = "submissions/<slug:reference>/"
_ENTRY = _ONE + "<int:position>/"

urlpatterns: list[URLPattern] = [
    path("submissions/", views_list.submissions, name="submissions"),
    path("submissions/new/", views_draft.begin, name="submission_new"),
    path("submissions/new/spreadsheet/", views_bulk.upload, name="submission_upload"),
    path("submissions/new/template.<str:form>", views_bulk.template, name="submission_template"),
    path(_ONE, views_one.submission, name="submission"),
    path(_ONE + "add/", views_draft.add, name="submission_add"),
    path(_ONE + "discard/", views_draft.discard_draft, name="submission_discard"),
    path(_ONE + "take-back/", views_draft.take_back, name="submission_take_back"),
    path(_ONE + "spreadsheet/", views_bulk.replace, name="submission_replace"),
    path(_ONE + "rehearsal/", views_one.rehearsal, name="submission_rehearsal"),
    path(_ONE + "changes.csv", views_one.changes, name="submission_changes"),
    path(_ONE + "submit/", views_one.send_in, name="submission_submit"),
    path(_ONE + "endorse/", views_review.endorse_it, name="submission_endorse"),
    path(_ONE + "return-to-sender/", views_review.return_by_dcc, name="submission_return_by_dcc"),
    path(_ONE + "return/", views_review.return_by_secas, name="submission_return"),
    path(_ONE + "publish/", views_publish.publish_it, name="submission_publish"),
    path(_ENTRY, views_one.entry, name="submission_entry"),
    path(_ENTRY + "remove/", views_draft.remove, name="submission_remove"),
    path(_ENTRY + "base-firmware/", views_base.base_firmware, name="submission_base_firmware"),
    path(_ENTRY + "<slug:part>/", views_draft.part, name="submission_part"),
    path(_ENTRY + "<slug:part>/correct/", views_review.correct, name="submission_correct"),
]
