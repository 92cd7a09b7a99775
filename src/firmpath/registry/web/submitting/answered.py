"""What a submission says and what happened to it, as pages show it to those who read it."""

from typing import Final, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import PARTS, term_of
from firmpath.registry.submissions.corrected import answered
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.status import Status
from firmpath.registry.web import wording
from firmpath.registry.web.submitting.pages import PAGES

_TAGS: Final = {
    Status.DRAFT: "quiet",
    Status.WITH_DCC: "info",
    Status.WITH_SECAS: "info",
    Status.RETURNED: "warn",
    Status.PUBLISHED: "good",
    Status.DISCARDED: "quiet",
}


class Told(NamedTuple):
    """One thing that happened, as the history shows it."""

    at: object
    what: str
    by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


class Corrected(NamedTuple):
    """An answer that SECAS corrected: what was submitted, what stands in its place, and why."""

    term: str
    sent: str
    now: str
    why: tuple[str, ...]


def status_tag(status: str) -> tuple[str, str]:
    """Give the words of a status, and the kind of tag that shows it."""
    return status[:1].upper() + status[1:], _TAGS[Status(status)]


def history_of(submission: Submission, who: Who) -> list[Told]:
    """Give what happened, the latest first; people are named to their own Party alone."""
    events = submission.events.select_related("by__party").order_by("-id")
    return [
        Told(
            each.at,
            each.what[:1].upper() + each.what[1:],
            f"{each.by.name}, {each.by.party.name}" if each.by.party_id == who.party_id else each.by.party.name,
            each.reason,
            tuple(
                (f"{term_of(one['name'])} of entry {one['position']}", one["before"], one["after"])
                for one in each.changes
            ),
        )
        for each in events
    ]


def corrected_in(submission: Submission) -> list[Corrected]:
    """Give the answers that SECAS has corrected, each beside what was submitted."""
    said = answered(submission)
    return [
        Corrected(
            f"{term_of(name)} of entry {now.position}",
            then.answers.get(name, ""),
            text,
            tuple(dict.fromkeys(each.reason for each in said.edits if (now.position, name) in each.touched)),
        )
        for now, then in zip(said.wanted, said.sent, strict=True)
        for name, text in now.answers.items()
        if then.answers.get(name, "") != text
    ]


def answered_rows(
    submission: Submission, entry: SubmissionEntry, catalogue: Catalogue, *, may_correct: bool
) -> list[tuple[str, list[object]]]:
    """Give the answers of an entry page by page, each with where it can be corrected."""
    shown: list[tuple[str, list[object]]] = []
    for part, page in PAGES.items():
        url = (
            reverse("submission_correct", args=[submission.reference, entry.position, part]) if may_correct else ""
        )
        rows: list[object] = [
            (term_of(name), _shown(name, text, catalogue), url)
            for name in PARTS[part]
            if (text := entry.answers.get(name, "").strip())
        ]
        shown.append((page.title, rows))
    given = [("ZigBee chipset vendor", entry.vendor_given), ("ZigBee stack version", entry.stack_given)]
    rows = [(term, "Given" if is_given else "Not given", "") for term, is_given in given]
    shown.append(("For the Security Sub-Committee alone", rows))
    return shown


def named_bases(text: str, catalogue: Catalogue) -> str:
    """Give an answer about base firmware with the version and name of each entry that it names by id."""
    parts = [each.strip() for each in text.replace(",", ";").split(";")]
    return "; ".join(_named(each, catalogue) for each in parts if each)


def _named(text: str, catalogue: Catalogue) -> str:
    return full_name(catalogue, CPLEntryID(int(text))) if text.isdecimal() and len(text) < 16 else text


def _shown(name: str, text: str, catalogue: Catalogue) -> object:
    if name == "base_cpl_entry_ids":
        return named_bases(text, catalogue)
    return wording.grouped(text) if name == "manufacturer_image_hash" else text


def summary_of(submission: Submission) -> list[tuple[str, object]]:
    """Give what stands at the top of a submission: where it is, whose it is, and when it was sent."""
    words, kind = status_tag(submission.status)
    rows: list[tuple[str, object]] = [("Status", tag_markup(words, kind)), ("Party", submission.party.name)]
    if submission.submitted_at:
        rows.append(("Submitted", wording.instant(submission.submitted_at)))
    if submission.endorsed_at:
        rows.append(("Endorsed by the DCC", wording.instant(submission.endorsed_at)))
    if submission.decided_at:
        rows.append(("Published", wording.instant(submission.decided_at)))
    return rows


def issued_in(submission: Submission) -> list[tuple[int, str]]:
    """Give the CPL Entry IDs of a published submission with their firmware versions; the first hundred."""
    issued = submission.entries.exclude(cpl_entry_id=None)[:100]
    return [(each.cpl_entry_id or 0, each.answers["firmware_version"].strip().upper()) for each in issued]


def tag_markup(words: str, kind: str) -> SafeString:
    """Give the component of a tag, for a list of keys and values."""
    return mark_safe(render_to_string("components/tag.html", {"text": words, "kind": kind}).strip())


def pages_to_correct(submission: Submission) -> list[tuple[str, str]]:
    """Give the pages of the only entry that SECAS can correct; of several, each entry's page has them."""
    entries = list(submission.entries.all()[:2])
    if len(entries) > 1:
        return []
    return [
        (page.title, reverse("submission_correct", args=[submission.reference, entries[0].position, part]))
        for part, page in PAGES.items()
    ]
