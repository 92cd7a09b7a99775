"""What the statements say on one day, looked up afresh for each question: slow, short, and easy to believe.

Written from the words of DESIGN and of the facts themselves, not from the engine: nothing is indexed, nothing is
kept, every question goes through the whole list of statements again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
)
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement


class PlainRecord:
    """The statements that count: recorded by `known_at`, not corrected by then, in effect on the day `as_at`."""

    def __init__(
        self, statements: Iterable[Statement], as_at: date, known_at: datetime | NotKnown = NOT_KNOWN
    ) -> None:
        self.known = [each for each in statements if not known_at or each.recorded_at <= known_at]
        corrected = [each.corrects for each in self.known]
        self.as_at = as_at
        self.uncorrected = [each for each in self.known if each.number not in corrected]
        in_effect = [each for each in self.uncorrected if each.effective_from <= as_at]
        self.statements = sorted(in_effect, key=lambda each: (each.effective_from, each.number))

    def latest(self, cpl_entry_id: int, *kinds: type[Fact]) -> Statement | NotKnown:
        """The statement of these kinds about an entry that came into effect last, then was recorded last."""
        about: list[Statement | NotKnown] = [
            each for each in self.statements if type(each.fact) in kinds and each.fact[:1] == (cpl_entry_id,)
        ]
        return [NOT_KNOWN, *about][-1]

    def ids(self) -> list[int]:
        """The entries that are listed."""
        published = [each.fact for each in self.statements if isinstance(each.fact, EntryPublished)]
        return sorted(fact.cpl_entry_id for fact in published)

    def listed_on(self, cpl_entry_id: int) -> date:
        listing = self.latest(cpl_entry_id, EntryPublished)
        assert isinstance(listing, Statement)
        return listing.effective_from

    def hardware(self, cpl_entry_id: int) -> HardwareModel:
        listing = self.latest(cpl_entry_id, EntryPublished)
        assert isinstance(listing, Statement)
        assert isinstance(listing.fact, EntryPublished)
        return listing.fact.device_model.hardware_model

    def is_silent(self, cpl_entry_id: int) -> bool:
        """Whether nobody has said what the entry can be put on top of."""
        return not self.latest(cpl_entry_id, BaseFirmwareDeclared)

    def bases(self, cpl_entry_id: int) -> list[int]:
        declared = self.latest(cpl_entry_id, BaseFirmwareDeclared)
        if isinstance(declared, Statement) and isinstance(declared.fact, BaseFirmwareDeclared):
            base_firmware = declared.fact.base_firmware
            return list(base_firmware.ids) if isinstance(base_firmware, Bases) else []
        return []

    def is_withdrawn(self, cpl_entry_id: int) -> bool:
        standing = self.latest(cpl_entry_id, EntryWithdrawn, EntryReinstated)
        return isinstance(standing, Statement) and isinstance(standing.fact, EntryWithdrawn)

    def certificate_has_ended(self, cpl_entry_id: int) -> bool:
        until = self.stated(cpl_entry_id, CertificatesRecorded).get("cpa_valid_until")
        return isinstance(until, date) and self.as_at > until

    def stated(self, cpl_entry_id: int, kind: type[Fact]) -> dict[str, object]:
        """What was stated last in each field of such facts about an entry; a field left out takes nothing back."""
        found: dict[str, object] = {}
        for each in self.statements:
            if type(each.fact) is kind and each.fact[:1] == (cpl_entry_id,):
                for name, value in each.fact._asdict().items():
                    if value is not NOT_KNOWN:
                        found[name] = value
        return found

    def is_marked(self, cpl_entry_id: int, kind: type[Fact]) -> bool:
        """Whether the entry was marked so, and not freed of its marks since."""
        mark = self.latest(cpl_entry_id, kind, MarkRemoved)
        return isinstance(mark, Statement) and type(mark.fact) is kind

    def notices(self) -> dict[str, set[NoticeStep]]:
        """The notices that are open, each with the steps it was opened for and those it was extended to."""
        found: dict[str, set[NoticeStep]] = {}
        for opening in self.said(NoticeOpened):
            if not self.is_closed(opening, self.statements):
                steps = [opening, *(each for each in self.said(NoticeExtended) if self.belongs(each, opening))]
                found.setdefault(opening.fact[0], set()).update(step for each in steps for step in steps_of(each))  # type: ignore[misc, arg-type]
        return found

    def said(self, kind: type[Fact]) -> list[Statement]:
        return [each for each in self.statements if type(each.fact) is kind]

    def recorded(self, statement: Statement) -> int:
        """The number of what was said first, which a correction only puts right."""
        while statement.corrects:
            statement = next(each for each in self.known if each.number == statement.corrects)
        return statement.number

    def is_closed(self, opening: Statement, by: list[Statement]) -> bool:
        """Whether somebody who knew of the opening has closed the notice since, going by these statements."""
        closing = [each for each in by[by.index(opening) :] if each.fact == NoticeClosed(opening.fact[0])]  # type: ignore[misc, arg-type]
        return any(self.recorded(each) > self.recorded(opening) for each in closing)

    def belongs(self, extension: Statement, opening: Statement) -> bool:
        """An extension is of what is open, of what its author knew to open later, and else of what opens next."""
        if extension.fact[:1] != opening.fact[:1]:
            return False
        at, opened_at = self.statements.index(extension), self.statements.index(opening)
        if opened_at < at or self.recorded(opening) < self.recorded(extension):
            return True
        openings = [each for each in self.said(NoticeOpened) if each.fact[:1] == opening.fact[:1]]
        earlier = [each for each in openings if self.statements.index(each) < at]
        is_open = any(not self.is_closed(each, self.statements[:at]) for each in earlier)
        return not is_open and opening == next(each for each in openings if each not in earlier)


def steps_of(statement: Statement) -> tuple[NoticeStep, ...]:
    return statement.fact.steps if isinstance(statement.fact, NoticeOpened | NoticeExtended) else ()
