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

    def notices(self) -> dict[str, list[NoticeStep]]:
        """The notices that are open, each with the steps it was opened for and those it was extended to."""
        found: dict[str, list[NoticeStep]] = {}
        for notice_id in {each.fact.notice_id for each in self.statements if isinstance(each.fact, NoticeOpened)}:
            about = [each.fact for each in self.statements if each.fact[:1] == (notice_id,)]
            last = max(at for at, fact in enumerate(about) if isinstance(fact, NoticeOpened))
            if not any(isinstance(fact, NoticeClosed) for fact in about[last:]):
                mine = [at for at in range(len(about)) if opening_of(about, at) == last]
                facts = [about[last], *(about[at] for at in mine)]
                found[notice_id] = [
                    step for fact in facts if isinstance(fact, NoticeOpened | NoticeExtended) for step in fact.steps
                ]
        return found


def opening_of(about: list[Fact], at: int) -> int | None:
    """The opening that an extension belongs to: the one in force, else the next, else none."""
    if not isinstance(about[at], NoticeExtended):
        return None
    turns = [each for each in range(at) if isinstance(about[each], NoticeOpened | NoticeClosed)]
    if turns and isinstance(about[turns[-1]], NoticeOpened):
        return turns[-1]
    later = [each for each in range(at, len(about)) if isinstance(about[each], NoticeOpened)]
    return later[0] if later else None
