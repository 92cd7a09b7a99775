"""What a submission answers, page by page, and the statements that the answers make.

What reads tables reads them, so a form, a spreadsheet and the command line refuse alike, in one wording.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from firmpath.pathways.facts import BaseFirmwareDeclared
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any, shortened
from firmpath.pathways.identifiers import CPLEntryID, parse_date
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.append import Stated
from firmpath.tables.columns import COLUMN_BY_NAME, COLUMN_NAMES
from firmpath.tables.free_text import parse_free_text
from firmpath.tables.rows import TableRows
from firmpath.tables.statements import statements_from_table
from firmpath.tables.table_values import parse_values

REASON: Final = "base_firmware_reason"
"""The answer to why the base firmware is what it is, which only some rules ask for."""

REASON_TERM: Final = "Reason for the base firmware"

LONGEST_ANSWER: Final = 10_000
"""Characters of one answer."""

MOST_FAULTS: Final = 100
"""The most faults that are told of answers that no page asks for."""

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "device": (
        *("device_type", "manufacturer_id", "manufacturer_name", "model_id", "hardware_version"),
        *("hardware_revision", "firmware_version", "firmware_name", "manufacturer_image_hash"),
        *("smets_chts_version", "gbcs_version"),
    ),
    "base-firmware": ("base_cpl_entry_ids", REASON),
    "zigbee-band": ("zigbee_band",),
    "release": (
        *("cpa_certificate", "cpa_valid_until", "zigbee_certificate", "release_notes_url", "contact", "notes"),
        "listed_on",
    ),
}
"""The answers that each page asks for, in the order of the pages."""

ANSWERS: Final = frozenset(name for names in PARTS.values() for name in names)

Place = Callable[[int, str], str]
"""Names the place of an answer from its entry, counted from 0, and its name."""

_SIBLING: Final = re.compile(r"\bentry\s+([0-9]{1,6})\b", re.IGNORECASE)


class Wanted(NamedTuple):
    """An entry that is wanted on the CPL: its place in its submission, and the texts as they were typed."""

    position: int
    answers: Mapping[str, str]


class Terms(NamedTuple):
    """On which terms answers become statements.

    `ids` are the CPL Entry IDs of all entries of the submission, by position. `on` is the day of publication; an
    entry is listed on it where no day was asked for, or where that day `may_have_passed` since.
    """

    ids: Mapping[int, CPLEntryID]
    party: str
    entered_by: str
    on: date
    may_have_passed: bool = False


def term_of(name: str) -> str:
    """Give the standard's term for an answer, as faults name it."""
    return REASON_TERM if name == REASON else COLUMN_BY_NAME[name].term


def nowhere(index: int, name: str) -> str:
    """Name no place: a form shows the fault beside the field."""
    return ""


def place_in_submission(wanted: Sequence[Wanted]) -> Place:
    """Name places by the position of the entry, where there are several."""
    if len(wanted) == 1:
        return nowhere
    return lambda index, name: f"in entry {wanted[index].position}"


def state(wanted: Sequence[Wanted], terms: Terms, place: Place) -> tuple[Stated, ...]:
    """Give the statements that make the entries wanted, in the order of the entries.

    :raises FirmpathError: every fault of every answer.
    """
    rows = _rows(wanted, terms)
    faults = [*_faults_of_cells(rows, place), *_faults_of_others(wanted, terms, place)]
    if faults:
        raise FirmpathError(*faults)
    reasons = {terms.ids[each.position]: _reason(each) for each in wanted}
    return tuple(
        Stated(
            made.effective_from,
            terms.party,
            Channel.SUBMISSION,
            made.fact,
            terms.entered_by,
            reasons[made.fact.cpl_entry_id] if isinstance(made.fact, BaseFirmwareDeclared) else NOT_KNOWN,
        )
        for made in statements_from_table(rows, terms.party)
    )


def faults_in(wanted: Sequence[Wanted], terms: Terms, place: Place) -> tuple[Fault, ...]:
    """Find what `state` would refuse."""
    return (*_faults_of_cells(_rows(wanted, terms), place), *_faults_of_others(wanted, terms, place))


def listing_day(answers: Mapping[str, str], on: date) -> date:
    """Give the day on which an entry would be listed if it were published on a day.

    :raises FirmpathError: the day that is asked for is none.
    """
    asked = answers.get("listed_on", "").strip()
    return max(on, parse_date(asked, term_of("listed_on"))) if asked else on


def has_passed(answers: Mapping[str, str], on: date) -> bool:
    """Say whether the listing date that was asked for is before a day."""
    asked = answers.get("listed_on", "").strip()
    try:
        return bool(asked) and parse_date(asked) < on
    except FirmpathError:
        return False


def _rows(wanted: Sequence[Wanted], terms: Terms) -> TableRows:
    columns: dict[str, Sequence[object]] = {
        name: [_cell(each, name, terms) for each in wanted] for name in COLUMN_NAMES if name != "removed_on"
    }
    return TableRows("", [each.position for each in wanted], columns, {}, [])


def _cell(each: Wanted, name: str, terms: Terms) -> str:
    match name:
        case "cpl_entry_id":
            return str(terms.ids[each.position])
        case "status":
            return "listed"
        case "listed_on":
            try:
                return listing_day(each.answers, terms.on).isoformat()
            except FirmpathError:
                return each.answers["listed_on"]
        case "base_cpl_entry_ids":
            return _SIBLING.sub(lambda found: _sibling(found, terms), each.answers.get(name, ""))
    return each.answers.get(name, "")


def _sibling(found: re.Match[str], terms: Terms) -> str:
    """What names no other entry stays as it is, and is refused as it stands."""
    cpl_entry_id = terms.ids.get(int(found[1]))
    return str(cpl_entry_id) if cpl_entry_id else found[0]


def _faults_of_cells(rows: TableRows, place: Place) -> tuple[Fault, ...]:
    try:
        parse_values(rows, place)
    except FirmpathError as error:
        return error.faults
    return ()


def _faults_of_others(wanted: Sequence[Wanted], terms: Terms, place: Place) -> Iterator[Fault]:
    """Find listing dates that have passed, and reasons that are no fit text."""
    for index, each in enumerate(wanted):
        if has_passed(each.answers, terms.on) and not terms.may_have_passed:
            asked = each.answers["listed_on"].strip()
            right = "give today or a later day, or leave it empty to have it listed when it is published"
            wrong = f"is before today, {terms.on}"
            yield Fault(term_of("listed_on"), asked, wrong, right, rule="R10").at(place(index, "listed_on"))
        reason = each.answers.get(REASON, "")
        if reason.strip():
            yield from _faults_of_text(reason, place(index, REASON))


def _reason(each: Wanted) -> str | NotKnown:
    text = each.answers.get(REASON, "")
    return parse_free_text(text, REASON_TERM) if text.strip() else NOT_KNOWN


def _faults_of_text(text: str, where: str) -> Iterator[Fault]:
    try:
        parse_free_text(text, REASON_TERM)
    except FirmpathError as error:
        yield from (fault.at(where) for fault in error.faults)


def read_answers(written: Mapping[str, Any]) -> dict[str, str]:
    """Read answers that a form or a call sent: texts by name, kept as they are.

    :raises FirmpathError: a name that no page asks for, or what is no text.
    """
    faults: list[Fault] = []
    known = f"it asks for {', '.join(sorted(ANSWERS))}"
    for name, text in written.items():
        if len(faults) == MOST_FAULTS:
            break  # a program that sends thousands of names does not read thousands of lines
        if name not in ANSWERS:
            faults.append(Fault("Answer", shortened(name), "is not one that a submission asks for", known))
        elif not isinstance(text, str):
            faults.append(Fault(term_of(name), shortened(str(text)), "is not text", "write it as text"))
        elif len(text) > LONGEST_ANSWER:
            wrong = f"has {len(text):,} characters, more than {LONGEST_ANSWER:,}"
            faults.append(Fault(term_of(name), "", wrong, "shorten it", quoted=False))
    refuse_if_any(faults)
    return {name: _storable(text) for name, text in written.items()}


def _storable(text: str) -> str:
    """Put U+FFFD in the place of what no database keeps, so that it is seen and can be put right."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
