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
    DeadEndMarked,
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    SteppingStoneMarked,
)
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement


class PlainRecord:
    """The statements that count: recorded by `known_at`, not corrected by then, in effect on the day `as_at`."""

    def __init__(
        self, statements: Iterable[Statement], as_at: date, known_at: datetime | NotKnown = NOT_KNOWN
    ) -> None:
        known = [each for each in statements if not known_at or each.recorded_at <= known_at]
        corrected = [each.corrects for each in known]
        self.as_at = as_at
        self.uncorrected = [each for each in known if each.number not in corrected]
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
        recorded = self.latest(cpl_entry_id, CertificatesRecorded)
        if isinstance(recorded, Statement) and isinstance(recorded.fact, CertificatesRecorded):
            until = recorded.fact.cpa_valid_until
            return isinstance(until, date) and self.as_at > until
        return False

    def is_marked(self, cpl_entry_id: int, kind: type[Fact]) -> bool:
        mark = self.latest(cpl_entry_id, SteppingStoneMarked, DeadEndMarked, MarkRemoved)
        return isinstance(mark, Statement) and type(mark.fact) is kind

    def notices(self) -> dict[str, list[NoticeStep]]:
        """The notices that are open, each with the steps it was opened for and those it was extended to since."""
        notices: dict[str, list[NoticeStep]] = {}
        about = [each.fact for each in self.statements]
        for at, opened in enumerate(about):
            if isinstance(opened, NoticeOpened):
                since = [
                    fact
                    for fact in about[at + 1 :]
                    if isinstance(fact, NoticeOpened | NoticeExtended | NoticeClosed)
                    and fact.notice_id == opened.notice_id
                ]
                if all(isinstance(fact, NoticeExtended) for fact in since):
                    extended = [step for fact in since if isinstance(fact, NoticeExtended) for step in fact.steps]
                    notices[opened.notice_id] = [*opened.steps, *extended]
        return notices
