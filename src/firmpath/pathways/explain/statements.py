"""A statement of the record in words, for those who read an entry's history."""

from datetime import date
from typing import Final

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceModel
from firmpath.pathways.facts import NoticeStep, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Statement

_VERBS = {
    "EntryPublished": "published",
    "BaseFirmwareDeclared": "base firmware declared",
    "ZigBeeBandDeclared": "ZigBee band declared",
    "CertificatesRecorded": "certificates recorded",
    "ReleaseInformationGiven": "release information given",
    "SteppingStoneMarked": "marked as a stepping stone",
    "DeadEndMarked": "marked as a dead end",
    "MarkRemoved": "mark removed",
    "EntryWithdrawn": "withdrawn",
    "EntryReinstated": "reinstated",
    "NoticeOpened": "notice opened",
    "NoticeExtended": "notice extended",
    "NoticeClosed": "notice closed",
    "Retracted": "retracted",
}

_NO_ENTRIES: Final = Catalogue(date.min, {})


def statement_in_words(statement: Statement, corrected_by: int = 0, catalogue: Catalogue = _NO_ENTRIES) -> str:
    """Say what was stated, by whom, from when, and what it corrects or is corrected by.

    Entries that the statement names come with their firmware versions where the catalogue has them.
    """
    who = f"{statement.party} ({statement.channel.value})"
    words = f"{statement.number}. From {statement.effective_from}: {_fact(statement, catalogue)}. {who}, "
    words += f"recorded {statement.recorded_at:%Y-%m-%d %H:%M} UTC"
    if statement.reason:
        words += f", because: {statement.reason}"
    if statement.corrects:
        words += f"; corrects {statement.corrects}"
    if corrected_by:
        words += f"; counts no more, corrected by {corrected_by}"
    return words


def _fact(statement: Statement, catalogue: Catalogue) -> str:
    fact = statement.fact
    verb = _VERBS[type(fact).__name__]
    if isinstance(fact, Retracted):
        return f"{verb}, nothing takes its place"
    values = [_value(value, catalogue) for value in fact[1:] if not isinstance(value, NotKnown)]
    return f"{verb}: {', '.join(values)}" if values else verb


def _value(value: object, catalogue: Catalogue) -> str:
    match value:
        case DeviceModel():
            return f"{value.hardware_model.device_type} {value}"
        case Bases():
            return "; ".join(short_name(catalogue, each) for each in value.ids)
        case NoticeStep():
            return " → ".join(_value(end, catalogue) for end in value)
        case tuple() if value and isinstance(value[0], NoticeStep):
            return ", ".join(_value(step, catalogue) for step in value)
        case int():
            return short_name(catalogue, CPLEntryID(value))
        case _:
            text = str(value)
            return f"{text[:8]}…" if len(text) == 64 else text
