"""Many entries at once, from a spreadsheet: all of its rows become one draft, or every fault of every row is told.

The ZigBee chipset vendor and stack version of each row go straight to the sealed slot. They are not kept on this
side, and no fault repeats them. Source: MP231 section 3; FEATURES F17, F5.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from firmpath.pathways.days import britains_day
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Party
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import REASON, Terms, Wanted, faults_in, term_of
from firmpath.registry.submissions.drafts import MOST_ENTRIES, begin, faults_of_identifiers, open_to_write
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_open_submission
from firmpath.registry.submissions.rehearsing import ids_for
from firmpath.registry.submissions.sealed import ZigBeeStack, the_slot
from firmpath.registry.submissions.standing import note, require_act, stand
from firmpath.registry.submissions.status import Happening
from firmpath.tables.apart import read_apart
from firmpath.tables.columns import COLUMN_BY_NAME, COLUMN_NAMES, REQUIRED_NAMES, Column
from firmpath.tables.files import file_fault
from firmpath.tables.headings import KindOfTable
from firmpath.tables.rows import TableRows
from firmpath.tables.typed_cells import text_of_cell

MOST_OCTETS: Final = 5 * 2**20
"""The largest file that is read."""
_MOST_CELLS: Final = 200_000
"""As many as 1,000 rows of 200 columns: a small file can ask for memory for a great many."""

VENDOR, STACK = "zigbee_chipset_vendor", "zigbee_stack_version"
_SECRET: Final = {VENDOR: "ZigBee chipset vendor", STACK: "ZigBee stack version"}
_ISSUED: Final = ("cpl_entry_id", "status", "removed_on")
"""Columns of the CPL that are not the submitter's to fill in."""

TEMPLATE: Final = (*(name for name in COLUMN_NAMES if name not in _ISSUED), REASON, VENDOR, STACK)
"""The headings of a submission as a spreadsheet."""

_FURTHER: Final = (
    *((heading, REASON) for heading in (REASON, term_of(REASON), "Reason")),
    *((heading, name) for name, term in _SECRET.items() for heading in (name, term)),
)
KIND: Final = KindOfTable(
    required=(*(name for name in REQUIRED_NAMES if name not in (*_ISSUED, "listed_on")), VENDOR, STACK),
    further=_FURTHER,
    unknown_advice="use the headings of the template, or leave the column out",
    missing_advice="every submission has it; the template has all headings",
)
"""What a spreadsheet of new entries holds."""

_REASON_COLUMN: Final = Column(REASON, term_of(REASON))
_ROW: Final = re.compile(r"\brow\s+([0-9]{1,7})\b", re.IGNORECASE)


class Uploaded(NamedTuple):
    """A row of a spreadsheet: its answers, and what is for the SSC alone."""

    wanted: Wanted
    stack: ZigBeeStack


def upload_submission(octets: bytes, name: str, by: Who, at: datetime) -> Submission:
    """Make a draft of the rows of a CSV or XLSX file.

    Cost: 1,000 rows take a second or two.

    :raises FirmpathError: every fault of every row, and nothing is kept.
    """
    require_act(by, Act.SUBMIT)
    uploaded = read_upload(octets, name, Party.objects.get(pk=by.party_id), at)
    with transaction.atomic():
        submission = begin(by, at)
        _fill(submission, uploaded, Happening.UPLOADED, by, at)
    return submission


def replace_entries(reference: str, octets: bytes, name: str, by: Who, at: datetime) -> Submission:
    """Put the rows of a CSV or XLSX file in the place of all entries of a draft, or of a submission that came back.

    Cost: as for a new one.

    :raises FirmpathError: every fault of every row, and nothing is changed.
    """
    require_act(by, Act.SUBMIT)
    uploaded = read_upload(octets, name, find_open_submission(by, reference).party, at)
    with transaction.atomic():
        submission = open_to_write(reference, by)
        forgotten: list[UUID] = list(submission.entries.values_list("reference", flat=True))
        submission.entries.all().delete()
        stand(submission, submission.status, at)
        transaction.on_commit(lambda: the_slot().discard(forgotten))
        _fill(submission, uploaded, Happening.REPLACED, by, at)
    return submission


def _fill(submission: Submission, uploaded: Sequence[Uploaded], what: Happening, by: Who, at: datetime) -> None:
    entries = SubmissionEntry.objects.bulk_create(
        SubmissionEntry(
            submission=submission,
            position=each.wanted.position,
            answers=dict(each.wanted.answers),
            vendor_given=True,
            stack_given=True,
            changed_at=at,
        )
        for each in uploaded
    )
    note(submission, what, by, at, counted(len(entries), "row"))
    stacks = {entry.reference: each.stack for entry, each in zip(entries, uploaded, strict=True)}
    the_slot().put_all(stacks, by, at)  # last, so that nothing on this side can fail once it is there


def read_upload(octets: bytes, name: str, party: Party, at: datetime) -> list[Uploaded]:
    """Read the rows of a submission.

    :raises FirmpathError: every fault of every row; none repeats what is for the SSC alone.
    """
    if len(octets) > MOST_OCTETS:
        wrong = f"is larger than {MOST_OCTETS // 2**20} MB"
        raise FirmpathError(file_fault(name, wrong, "a submission is far smaller; is it the right file?"))
    rows = read_apart(octets, name, KIND, _MOST_CELLS)
    if not rows.row_numbers or len(rows.row_numbers) > MOST_ENTRIES:
        wrong = f"has {len(rows.row_numbers)} rows" if rows.row_numbers else "has no row below its headings"
        right = f"a submission has 1 to {MOST_ENTRIES} entries"
        raise FirmpathError(*(fault for _, fault in rows.misfits), file_fault(name, wrong, right))
    return _Reading(rows, party, at).uploaded()


class _Reading:
    """The rows of one file while they are read: texts, what was lost, and every fault in the order of the rows."""

    def __init__(self, rows: TableRows, party: Party, at: datetime) -> None:
        self.rows, self.party, self.at = rows, party, at
        self.lost: dict[tuple[int, str], Fault] = {}
        self.order: dict[str, tuple[int, int]] = {}
        self.position_of = {number: at for at, number in enumerate(rows.row_numbers, 1)}

    def uploaded(self) -> list[Uploaded]:
        """Give the rows, or refuse all of them."""
        texts = {name: self._texts(name) for name in self.rows.columns}
        wanted = [Wanted(at + 1, self._answers(texts, at)) for at in range(len(self.rows.row_numbers))]
        faults = [*self._lost_faults(), *self._issued(texts), *self._secret(texts), *self._of_answers(wanted)]
        faults.sort(key=lambda fault: self.order.get(fault.where, (0, 0)))
        refuse_if_any([*(fault for _, fault in self.rows.misfits), *faults])
        stacks = (
            ZigBeeStack(vendor.strip(), stack.strip())
            for vendor, stack in zip(texts[VENDOR], texts[STACK], strict=True)
        )
        return [Uploaded(each, stack) for each, stack in zip(wanted, stacks, strict=True)]

    def place(self, index: int, name: str) -> str:
        """Name the place of a cell, and remember where it comes in the file."""
        where = self.rows.place(index, name)
        names = (*COLUMN_NAMES, REASON, *_SECRET)
        self.order[where] = (index, names.index(name))
        return where

    def _texts(self, name: str) -> list[str]:
        column = COLUMN_BY_NAME.get(name, _REASON_COLUMN)
        found = []
        for index, cell in enumerate(self.rows.columns[name]):
            text = text_of_cell(column, cell)
            if isinstance(text, Fault):
                self.lost[index, name] = text
            found.append("" if isinstance(text, Fault) else text)
        return found

    def _answers(self, texts: Mapping[str, list[str]], index: int) -> dict[str, str]:
        kept = {name: cells[index] for name, cells in texts.items() if name not in (*_ISSUED, *_SECRET)}
        if "base_cpl_entry_ids" in kept:
            kept["base_cpl_entry_ids"] = _ROW.sub(self._sibling, kept["base_cpl_entry_ids"])
        return {name: text for name, text in kept.items() if text.strip()}

    def _sibling(self, found: re.Match[str]) -> str:
        position = self.position_of.get(int(found[1]))
        return f"entry {position}" if position else found[0]

    def _lost_faults(self) -> Iterator[Fault]:
        for (index, name), fault in self.lost.items():
            where = self.place(index, name)
            if name in _SECRET:
                wrong, right = "is no text any more", "format the column as Text and type the value again"
                yield Fault(_SECRET[name], "", wrong, right, where, "R14", quoted=False)
            else:
                term = COLUMN_BY_NAME.get(name, _REASON_COLUMN).term
                yield fault._replace(term=term, where=where)

    def _issued(self, texts: Mapping[str, list[str]]) -> Iterator[Fault]:
        for name, wrong, right in (
            ("cpl_entry_id", "is given", "it is issued when the entry is published; leave the cell empty"),
            ("status", "is not listed", "a new entry is listed; leave the cell empty"),
            ("removed_on", "is given", "a new entry has none; leave the cell empty"),
        ):
            for index, text in enumerate(texts.get(name, ())):
                written = text.strip()
                if written and not (name == "status" and written.lower() == "listed"):
                    yield Fault(COLUMN_BY_NAME[name].term, written, wrong, right, self.place(index, name), "R10")

    def _secret(self, texts: Mapping[str, list[str]]) -> Iterator[Fault]:
        for name, term in _SECRET.items():
            for index, text in enumerate(texts[name]):
                wrong = _why_unfit(text)
                if wrong and (index, name) not in self.lost:
                    right = "every submission has it; only the Security Sub-Committee will see it"
                    yield Fault(term, "", wrong, right, self.place(index, name), "R12", quoted=False)

    def _of_answers(self, wanted: Sequence[Wanted]) -> list[Fault]:
        """Find what is wrong with the answers, but for cells of which it has been said that they are lost."""
        register = current().register
        terms = Terms(ids_for(wanted, register), self.party.name, "", britains_day(self.at))
        told = {self.rows.place(*cell) for cell in self.lost}
        found = [*faults_in(wanted, terms, self.place), *faults_of_identifiers(self.party, wanted, self.place)]
        return [fault for fault in found if fault.where not in told]


def _why_unfit(text: str) -> str:
    if not text.strip():
        return "is empty"
    try:
        parse_text(text.strip(), "")
    except FirmpathError:
        return "is not fit text"  # the fault itself repeats it
    return ""
