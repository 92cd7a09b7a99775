"""Addresses: corrections, SECAS's changes, gaps and letters."""

from django.urls import URLPattern, path

from firmpath.registry.web.deciding import (
    views_applying,
    views_changes,
    views_corrections,
    views_notices,
    views_proposals,
    views_worklist,
)

_corrections = "corrections/<int:correction_id>/"
_proposals = "proposals/<int:proposal_id>/"
_entries = "edit/entries/<int:cpl_entry_id>/"
_notice = "edit/notices/<str:notice_id>/"

urlpatterns: list[URLPattern] = [
    path("corrections/", views_corrections.list_corrections, name="corrections"),
    path("corrections/new/", views_corrections.new_correction, name="correction_new"),
    path(_corrections, views_corrections.show_correction, name="correction"),
    path(f"{_corrections}refuse/", views_corrections.refuse_correction, name="refuse_correction"),
    path(f"{_corrections}apply/", views_applying.apply_correction, name="apply_correction"),
    path(f"{_corrections}settle/", views_applying.settle, name="settle_correction"),
    path(f"{_corrections}files/<int:file_id>/", views_corrections.download_evidence, name="evidence"),
    path("proposals/", views_proposals.list_proposals, name="proposals"),
    path(_proposals, views_proposals.show_proposal, name="proposal"),
    path(f"{_proposals}refuse/", views_proposals.refuse_proposal, name="refuse_proposal"),
    path(f"{_proposals}withdraw/", views_proposals.withdraw_proposal, name="withdraw_proposal"),
    path(_entries, views_changes.change_entry, name="change_entry"),
    path(f"{_entries}retract/<int:number>/", views_changes.retract, name="retract"),
    path(f"{_entries}<slug:kind>/", views_changes.change, name="change"),
    path("edit/notices/", views_notices.edit_notices, name="edit_notices"),
    path("edit/notices/open/", views_notices.open_notice, name="open_notice"),
    path(f"{_notice}record/", views_notices.notice_record, name="notice_record"),
    path(f"{_notice}statements/<int:number>/correct/", views_notices.correct_notice, name="correct_notice"),
    path(f"{_notice}statements/<int:number>/retract/", views_notices.retract_notice, name="retract_notice"),
    path(f"{_notice}<slug:verb>/", views_notices.change_notice, name="change_notice"),
    path("worklist/", views_worklist.worklist, name="worklist"),
    path("worklist/<slug:manufacturer_id>/", views_worklist.letter, name="letter"),
    path("worklist/letters/<int:letter_id>/answered/", views_worklist.answered, name="letter_answered"),
]
