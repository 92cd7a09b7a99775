"""The list of submissions: filtered, in order, and what each row says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Count, F, Min, QuerySet

from firmpath.pathways.days import britains_day
from firmpath.pathways.explain.explanation import counted
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import submissions_for, waiting_for
from firmpath.registry.submissions.status import Status
from firmpath.registry.web.questions import Choice, Question
from firmpath.registry.web.submitting.answered import status_tag
from firmpath.registry.web.submitting.filling import describe

MINE: Final = "mine"
_SHOWN: Final = tuple(each for each in Status if each is not Status.DISCARDED)
_ORDERS: Final[Mapping[str, str]] = {
    "age": "submitted_at",
    "changed": "changed_at",
    "reference": "reference",
    "party": "party__name",
    "status": "status",
    "findings": "found",
}
"""What the list can be sorted by; the age is that since it was submitted."""


class Row(NamedTuple):
    """One submission of the list."""

    submission: Submission
    what: str
    status: str
    tag: str
    waits: str
    findings: str


def questions_for(who_reviews: bool) -> tuple[Question, ...]:
    """Give the filters of the list; those who look at submissions of others can ask for what waits for them."""
    waiting = (Choice(MINE, "Waiting for you"),) if who_reviews else ()
    statuses = (Choice("", "All"), *waiting, *(Choice(each.value, status_tag(each)[0]) for each in _SHOWN))
    return (
        Question("status", "Status", kind="select", choices=statuses),
        Question("manufacturer", "Manufacturer identifier", "For example F001", width=6),
    )


def found_for(who: Who, asked: Mapping[str, str]) -> QuerySet[Submission]:
    """Give the submissions somebody may see that pass the filters, in the order that was asked for.

    What waits for somebody comes oldest first where no order was asked for.
    """
    found = submissions_for(who).annotate(
        entry_count=Count("entries"),
        first_entry=Min("entries__pk"),
        found=F("refusals") + F("reasons_wanted") + F("notes"),
    )
    status, maker = asked.get("status", ""), asked.get("manufacturer", "")
    if status == MINE:
        found = found.filter(waiting_for(who))
    elif status:
        found = found.filter(status=status)
    if maker:
        theirs = SubmissionEntry.objects.filter(answers__manufacturer_id__iexact=maker).values("submission_id")
        found = found.filter(pk__in=theirs)
    return _in_order(found, asked.get("sort", "") or ("age" if status == MINE else "-changed"))


def count_waiting(who: Who) -> int:
    """Count what waits for somebody."""
    return submissions_for(who).filter(waiting_for(who)).count()


def rows_of(submissions: Iterable[Submission], at: datetime) -> list[Row]:
    """Give the rows of the list; one query for all of their first entries."""
    listed = list(submissions)
    first = SubmissionEntry.objects.in_bulk([each.first_entry for each in listed if each.first_entry])  # type: ignore[attr-defined]
    return [_row(each, first.get(each.first_entry), at) for each in listed]  # type: ignore[attr-defined]


def csv_rows(rows: Sequence[Row]) -> Iterable[tuple[str, ...]]:
    """Give the rows of the list as a table."""
    yield ("Reference", "What", "Party", "Status", "Submitted", "Days waiting", "Findings when submitted")
    for row in rows:
        sent = row.submission.submitted_at
        yield (
            *(row.submission.reference, row.what, row.submission.party.name, row.status),
            *(str(britains_day(sent)) if sent else "", row.waits.partition(" ")[0], row.findings),
        )


def _in_order(found: QuerySet[Submission], sort: str) -> QuerySet[Submission]:
    name = _ORDERS.get(sort.removeprefix("-"), "changed_at")
    order = F(name).desc(nulls_last=True) if sort.startswith("-") else F(name).asc(nulls_last=True)
    return found.order_by(order, "id")


def _row(submission: Submission, entry: SubmissionEntry | None, at: datetime) -> Row:
    count: int = submission.entry_count  # type: ignore[attr-defined]  # annotated by `found_for`
    what = describe(entry) if entry else "No entry"
    if count > 1:
        what = f"{count} entries; the first: {what}"
    is_waiting = submission.status in (Status.WITH_DCC, Status.WITH_SECAS) and submission.submitted_at
    waits = counted((at - submission.submitted_at).days, "day") if is_waiting and submission.submitted_at else ""
    return Row(submission, what, *status_tag(submission.status), waits, _findings(submission))


def _findings(submission: Submission) -> str:
    if submission.submitted_at is None:
        return ""
    said = (
        counted(number, one, many)
        for number, one, many in (
            (submission.refusals, "refused", "refused"),
            (submission.reasons_wanted, "wants a reason", "want a reason"),
            (submission.notes, "note", "notes"),
        )
        if number
    )
    return ", ".join(said) or "none"
